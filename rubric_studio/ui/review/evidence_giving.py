"""Giving evidence: what is selected in the answer, by mouse or by keys, goes to the point at hand. It keeps none."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent

from rubric_studio.domain.verdict import Span
from rubric_studio.ui.review.passage_choosing import PassageChoosing
from rubric_studio.ui.review.review_board import ReviewBoard


class EvidenceGiving(QObject):
    """`given` carries the passage that was taken. While one is chosen by keys the board says how."""

    given = Signal(object)

    def __init__(self, board: ReviewBoard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._board = board
        self._choosing = PassageChoosing(lambda: board.answers.text.view, self)
        self._choosing.switched.connect(self._on_switched)

    @property
    def is_choosing(self) -> bool:
        """Whether a passage is being chosen by keys."""
        return self._choosing.is_on

    def give(self) -> None:
        """Give what is selected; where nothing is, let a passage be chosen."""
        selection = self._board.answers.text.selection()
        if selection is None:
            self._choosing.begin()
            return
        start, end, quote = selection
        self.leave()
        self.given.emit(Span(start=start, end=end, quote=quote))

    def leave(self) -> None:
        """Select nothing any more."""
        if self._board.answers.text.view.textCursor().hasSelection():
            self._board.answers.text.clear_selection()
        self._choosing.end()

    def takes(self, event: QKeyEvent) -> bool:
        """Let a key move what is being chosen; False where none is, or the key does nothing to it."""
        return self._choosing.takes(event)

    def _on_switched(self, on: bool) -> None:
        self._board.choosing.setVisible(on)
        self._board.card.passage.setChecked(on)
