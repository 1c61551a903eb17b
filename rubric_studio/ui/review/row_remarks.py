"""Flags and notes on the question at hand: asked for in a few words, kept, shown below the question."""

from PySide6.QtWidgets import QWidget

from rubric_studio.domain.first_words import first_words
from rubric_studio.domain.ids import RowId
from rubric_studio.services.edits import FlagRows, NoteOnRow, RemoveFlag
from rubric_studio.services.review_edits import RemoveNote
from rubric_studio.services.review_tasks import ReviewTask
from rubric_studio.services.reviewing import Review
from rubric_studio.ui.look import Look
from rubric_studio.ui.questions.reason_dialog import ReasonDialog, usual_doubts
from rubric_studio.ui.review.remarks_line import Remark, RemarksLine, remarks_on
from rubric_studio.ui.session import Session

NAMED_BY = 48
"""Letters of a question by which the strip names it."""


class RowRemarks:
    """Each is one undoable step. A note stays with the row over rounds."""

    def __init__(
        self, session: Session, review: Review, look: Look, line: RemarksLine, page: QWidget
    ) -> None:
        self._session, self._review, self._look, self._line, self._page = session, review, look, line, page
        line.removal_requested.connect(self._remove)

    def show(self, task: ReviewTask, *, locked: bool) -> None:
        """Show what she said of a task's question."""
        remarks = remarks_on(self._session.store, task.row, self._session.author.person)
        self._line.show_remarks(remarks, can_remove=not locked)

    def _remove(self, remark: Remark) -> None:
        words = self._words(remark.row)
        if remark.is_flag:
            self._session.perform(RemoveFlag(row=remark.row, flag=remark.subject, words=words))
        else:
            self._session.perform(RemoveNote(row=remark.row, note=remark.subject, words=words))

    def flag(self, task: ReviewTask) -> None:
        """Ask why the question is doubtful, and flag it."""
        title, words = self._page.tr("Flag this question"), self._words(task.row)
        dialog = ReasonDialog(self._look, title, usual_doubts(), parent=self._page)
        dialog.given.connect(
            lambda reason: self._session.perform(FlagRows(rows=(task.row,), reason=reason, words=words))
        )
        dialog.open()

    def note(self, task: ReviewTask) -> None:
        """Ask for a note, and keep it."""
        dialog = ReasonDialog(self._look, self._page.tr("Note on this question"), (), parent=self._page)
        dialog.reason_field.setPlaceholderText(self._page.tr("Stays with the question, over rounds"))
        dialog.reason_field.setAccessibleName(self._page.tr("Note"))
        words = self._words(task.row)
        dialog.given.connect(
            lambda text: self._session.perform(NoteOnRow(row=task.row, text=text, words=words))
        )
        dialog.open()

    def _words(self, id: RowId) -> str:
        """How the strip names a question: an expert knows it by its first words, not by its id."""
        row = self._review.rows.get(id)
        return first_words(row.prompt_text, NAMED_BY) if row is not None else ""
