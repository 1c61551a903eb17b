"""Makes points and examples of what stands in answers and in reasons: each one step of the draft. Reads no mark."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.rubric import Anchor, Rubric
from rubric_studio.domain.rubric_edits import with_criterion, with_new_criterion, with_new_stratum
from rubric_studio.services.anchors import AddAnchor
from rubric_studio.services.mined_points import (
    MinedReason,
    mined_reasons,
    proposed_title,
    wording_of_passage,
)
from rubric_studio.services.ports import Store
from rubric_studio.ui.guide.editor import GuideEditor
from rubric_studio.ui.guide.preview import AnswersPreview
from rubric_studio.ui.guide.reasons_dialog import ReasonsDialog
from rubric_studio.ui.guide.selection_bar import TakenWords
from rubric_studio.ui.jobs import Progress
from rubric_studio.ui.look import Look
from rubric_studio.ui.session import Session


class Mining(QObject):
    """`open_editor` brings the editor into sight, where it is a drawer too."""

    def __init__(
        self,
        session: Session,
        look: Look,
        editor: GuideEditor,
        preview: AnswersPreview,
        open_editor: Callable[[], object],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._look, self._window = session, look, window
        self._editor, self._preview, self._open_editor = editor, preview, open_editor
        self._is_listing = False
        preview.columns.words_taken.connect(self._on_words_taken)
        preview.tools.reasons.toggled.connect(lambda on: self.list_reasons() if on else None)

    def make_point(self, title: str, wording: str, beside: str = "") -> None:
        """Add a point to the part of the point `beside`, else to the last part; its title waits to be written over."""
        self._editor.commit_pending()
        rubric, part = self._with_part(beside)
        rubric, key = with_new_criterion(rubric, title or self.tr("New point"), part)
        rubric = with_criterion(rubric, key, wording=wording)
        label = self.tr('Add "{0}"').format(title)
        if self._session.store.read_only or not self._session.change_draft(rubric, label):
            return
        self._open_editor()
        form = self._editor.open_point(key)
        if form is not None:
            form.title.setFocus(Qt.FocusReason.ShortcutFocusReason)
            form.title.selectAll()

    def list_reasons(self) -> None:
        """List reasons that no point says yet, once they are read."""
        if self._is_listing:
            return
        self._is_listing = True
        rubric = self._session.draft

        def work(store: Store, progress: Progress) -> list[MinedReason]:
            return mined_reasons(store, rubric, progress)

        job = self._session.background(self.tr("Reading reasons"), work)
        job.finished.connect(self._show_reasons)
        job.failed.connect(self._on_closed)
        job.cancelled.connect(self._on_closed)

    def _show_reasons(self, reasons: list[MinedReason]) -> None:
        titles = {str(each.key): each.title for each in self._session.draft.criteria()}
        question = self._preview.current.question
        titles |= {each.key: each.title for each in question.asked} if question is not None else {}
        dialog = ReasonsDialog(self._look, reasons, titles, self._window)
        dialog.chosen.connect(lambda text: self.make_point(proposed_title(text), text))
        dialog.finished.connect(self._on_closed)
        dialog.open()
        dialog.list.setFocus()

    def _on_closed(self) -> None:
        self._is_listing = False
        self._preview.tools.reasons.setChecked(False)

    def _on_words_taken(self, taken: TakenWords) -> None:
        if taken.level:
            self._add_example(taken)
        else:
            self.make_point(proposed_title(taken.quote), wording_of_passage(taken.quote), taken.criterion)

    def _add_example(self, taken: TakenWords) -> None:
        question = self._preview.current.question
        criterion = self._session.draft.criterion(taken.criterion)
        if question is None or criterion is None or not taken.quote.strip():
            return
        sample = question.sample(taken.answer)
        anchor = Anchor(row=RowId(sample.row), sample=sample.key, text=taken.quote)
        edit = AddAnchor(
            rubric=self._session.draft,
            criterion=taken.criterion,
            level=taken.level,
            anchor=anchor,
            title=criterion.title,
        )
        if edit.proposals():  # the same passage twice is not a second step to undo
            self._session.perform(edit)

    def _with_part(self, beside: str) -> tuple[Rubric, str]:
        """The draft with a part to put a point into, and that part's key."""
        rubric = self._session.draft
        stratum = rubric.stratum_of(beside) or next(reversed(rubric.strata), None)
        if stratum is not None and not rubric.has_graders:
            return rubric, stratum.key
        return with_new_stratum(rubric, self.tr("Answer"))
