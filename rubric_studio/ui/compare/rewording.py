"""Leads an editor of words: what it begins with, and what is written when it ends. It shows nothing."""

from PySide6.QtCore import QObject, Signal

from rubric_studio.domain.ids import is_row_criterion
from rubric_studio.services.cures import NewWords, words_of, words_of_asked
from rubric_studio.services.disputes import Dispute, Disputes
from rubric_studio.ui.compare.settling_desk import SettlingDesk
from rubric_studio.ui.compare.wording_editor import WordingEditor
from rubric_studio.ui.session import Session


class Rewording(QObject):
    """`written` carries the dispute, the old and the new words and how many disputes they should end.

    `ended` tells that the editor may be left, with new words or without.
    """

    written = Signal(object, object, object, int)
    ended = Signal()

    def __init__(self, session: Session, desk: SettlingDesk, editor: WordingEditor) -> None:
        super().__init__(editor)
        self._session, self._desk, self._editor = session, desk, editor
        self._dispute: Dispute | None = None
        self._old = NewWords(wording="")
        editor.saved.connect(self._on_saved)
        editor.cancelled.connect(self.ended)

    def begin(self, dispute: Dispute, found: Disputes) -> None:
        """Open the words of a dispute's point, with every dispute on it attached."""
        others = [
            each
            for each in found
            if each.key == dispute.key and each.subject != dispute.subject and not each.dropped
        ]
        self._dispute, self._old = dispute, self._words_now(dispute)
        self._editor.begin([dispute, *others], self._old, dispute.subject)

    def _words_now(self, dispute: Dispute) -> NewWords:
        """The words in the draft, which others may have changed since; else those that experts saw."""
        criterion = self._session.draft.criterion(dispute.key)
        if criterion is None or is_row_criterion(dispute.key):
            return words_of_asked(dispute.asked)
        return words_of(criterion)

    def _on_saved(self, words: NewWords, chosen: list[str], reason: str) -> None:
        dispute = self._dispute
        if dispute is not None and self._desk.reword(dispute, words, chosen, reason):
            self.written.emit(dispute, self._old, words, len(chosen))
            self.ended.emit()
