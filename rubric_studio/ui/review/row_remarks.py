"""Flags and notes on the question at hand: asked for in a few words, kept, shown below the question."""

from PySide6.QtWidgets import QWidget

from rubric_studio.services.edits import FlagRows, NoteOnRow, RemoveFlag
from rubric_studio.services.review_edits import RemoveNote
from rubric_studio.services.review_tasks import ReviewTask
from rubric_studio.ui.look import Look
from rubric_studio.ui.questions.reason_dialog import ReasonDialog, usual_doubts
from rubric_studio.ui.review.remarks_line import Remark, RemarksLine, remarks_on
from rubric_studio.ui.session import Session


class RowRemarks:
    """Each is one undoable step. A note stays with the row over rounds."""

    def __init__(self, session: Session, look: Look, line: RemarksLine, page: QWidget) -> None:
        self._session, self._look, self._line, self._page = session, look, line, page
        line.removal_requested.connect(self._remove)

    def show(self, task: ReviewTask, *, locked: bool) -> None:
        """Show what she said of a task's question."""
        remarks = remarks_on(self._session.store, task.row, self._session.author.person)
        self._line.show_remarks(remarks, can_remove=not locked)

    def _remove(self, remark: Remark) -> None:
        if remark.is_flag:
            self._session.perform(RemoveFlag(row=remark.row, flag=remark.subject))
        else:
            self._session.perform(RemoveNote(row=remark.row, note=remark.subject))

    def flag(self, task: ReviewTask) -> None:
        """Ask why the question is doubtful, and flag it."""
        title = self._page.tr("Flag this question")
        dialog = ReasonDialog(self._look, title, usual_doubts(), parent=self._page)
        dialog.given.connect(lambda reason: self._session.perform(FlagRows(rows=(task.row,), reason=reason)))
        dialog.open()

    def note(self, task: ReviewTask) -> None:
        """Ask for a note, and keep it."""
        dialog = ReasonDialog(self._look, self._page.tr("Note on this question"), (), parent=self._page)
        dialog.reason_field.setPlaceholderText(self._page.tr("Stays with the question, over rounds"))
        dialog.reason_field.setAccessibleName(self._page.tr("Note"))
        dialog.given.connect(lambda text: self._session.perform(NoteOnRow(row=task.row, text=text)))
        dialog.open()
