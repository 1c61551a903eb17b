"""Comments beside the guide: how many are open on each point, and the list of one point's. Draws nothing itself."""

from datetime import UTC, datetime

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.services.comments import (
    AddComment,
    Comment,
    NewComment,
    SettleComment,
    comments_on,
    open_counts,
    threads,
)
from rubric_studio.ui.guide.comment_dialog import CommentDialog
from rubric_studio.ui.guide.comment_link import COMMENTS_KEY
from rubric_studio.ui.guide.editor import GuideEditor
from rubric_studio.ui.guide.editor_line import PointLine
from rubric_studio.ui.guide.editor_point import PointForm
from rubric_studio.ui.guide.guide_text import moment_text
from rubric_studio.ui.guide.preview import AnswersPreview
from rubric_studio.ui.look import Look
from rubric_studio.ui.session import Session


class CommentDesk(QObject):
    """Opens one list at a time: of the point where the keyboard is, in the editor or under an answer."""

    def __init__(
        self, session: Session, look: Look, editor: GuideEditor, preview: AnswersPreview, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._look, self._window = session, look, window
        self._editor, self._preview = editor, preview
        self.dialog: CommentDialog | None = None
        self._key = ""
        editor.desk.comments_requested.connect(self.open)
        session.changed.connect(self._on_session_changed)
        shortcut = QShortcut(QKeySequence(COMMENTS_KEY), window)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(lambda: self.open(self._key_in_focus()))
        self._count()

    def open(self, key: str) -> None:
        """Open the list of one point's comments."""
        criterion = self._session.draft.criterion(key)
        if criterion is None or self.dialog is not None:
            return
        self._editor.commit_pending()
        self._key = key
        self.dialog = dialog = CommentDialog(
            self._look,
            criterion.title or criterion.key,
            criterion.words,
            may_write=not self._session.store.read_only,
            parent=self._window,
        )
        dialog.written.connect(self._on_written)
        dialog.settled.connect(self._on_settled)
        dialog.finished.connect(self._on_closed)
        self._show()
        dialog.open()
        dialog.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _key_in_focus(self) -> str:
        """The point where the keyboard is; one under an answer, where it is there; else the open one."""
        widget = self._window.focusWidget()
        while widget is not None and widget is not self._window:
            if isinstance(widget, PointLine | PointForm):
                return widget.key
            if widget is self._preview:
                return next((c.panel.current() for c in self._preview.columns.shown_columns()), "")
            widget = widget.parentWidget()
        form = self._editor.form()
        return form.key if form is not None else ""

    def _show(self) -> None:
        if self.dialog is not None:
            store = self._session.store
            names = {str(person.id): person.name for person in store.people()}
            now = datetime.now(UTC)
            self.dialog.show_threads(
                threads(comments_on(store, self._key)), names, lambda at: moment_text(at, now)
            )

    def _on_written(self, text: str, answers: str) -> None:
        criterion = self._session.draft.criterion(self._key)
        words = criterion.words if criterion is not None else ""
        comment = NewComment(criterion=self._key, text=text, words=words, answers=answers)
        self._session.perform(AddComment(comments=(comment,)))

    def _on_settled(self, comment: Comment, resolved: bool) -> None:
        self._session.perform(SettleComment(comment=comment, resolved=resolved))

    def _on_closed(self) -> None:
        self.dialog = None

    def _on_session_changed(self, changes: Changes) -> None:
        if changes.touches(Topic.COMMENTS, Topic.PEOPLE):
            self._count()
            self._show()

    def _count(self) -> None:
        self._editor.desk.show_comments(open_counts(self._session.store))
