"""A narrow ruler beside a text that shows where in it the evidence lies. Knows places, not texts."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rubric_studio.ui.look import Look

TICK = 4


@dataclass(frozen=True)
class Tick:
    """A place from 0 (the text's beginning) to 1 (its end), in a role's color; the selected one is wider."""

    key: str
    at: float
    role: str
    selected: bool = False


class EvidenceRuler(QWidget):
    """A click on a tick chooses it. For the keyboard the same evidence is listed in the opened point."""

    tick_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._ticks: tuple[Tick, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Where the evidence lies"))
        look.changed.connect(self.update)

    def set_ticks(self, ticks: Sequence[Tick]) -> None:
        """Show these places."""
        self._ticks = tuple(ticks)
        self.setAccessibleDescription(self.tr("%n passages", "", len(self._ticks)))
        self.update()

    def ticks(self) -> tuple[Tick, ...]:
        """Return the places shown."""
        return self._ticks

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.space.medium, 0)

    def top_of(self, tick: Tick) -> float:
        """Return where a tick lies on the ruler, in pixels from its top."""
        return 2 + tick.at * max(0, self.height() - TICK - 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._look.theme
        for tick in self._ticks:
            inset = 1 if tick.selected else 3
            box = QRectF(inset, self.top_of(tick), self.width() - 2 * inset, TICK)
            painter.fillRect(box, theme.color(tick.role))
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._ticks:
            nearest = min(self._ticks, key=lambda tick: abs(self.top_of(tick) - event.position().y()))
            self.tick_chosen.emit(nearest.key)
