"""In which words two texts differ, found in turns and remembered for the last two. It shows nothing."""

from collections.abc import Generator

from PySide6.QtCore import QObject, Signal

from rubric_studio.domain.word_difference import Differences, comparing
from rubric_studio.ui.turns import Turns


class ComparedTexts(QObject):
    """`compared` tells that what was asked for last is known now."""

    compared = Signal()

    def __init__(self, turns: Turns, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turns = turns
        self._texts = ("", "")
        self._known: Differences | None = ((), ())
        self._steps: Generator[None, None, Differences] | None = None

    def differences(self, left: str, right: str) -> Differences | None:
        """Return what differs; None while it is still being looked for."""
        if (left, right) != self._texts:
            self._texts, self._known = (left, right), None
            self._steps = comparing(left, right)
            self._turns.later(self._go_on)
        return self._known

    def _go_on(self) -> None:
        if self._steps is None:
            return
        try:
            next(self._steps)
        except StopIteration as end:
            self._known, self._steps = end.value, None
            self.compared.emit()
        else:
            self._turns.later(self._go_on)
