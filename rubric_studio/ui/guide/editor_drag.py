"""Dragging points and parts to another place: the grip, the line that shows where it would go, the scrolling."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import set_tip

SCROLL_MS = 30
SCROLL_STEP = 18
EDGE = 40


class Target(NamedTuple):
    """Where it would go: the stratum ("" for a part), the place among the others, and the mark to draw."""

    stratum: str
    place: int
    mark: QRect


class CardBox(NamedTuple):
    """Where a part's card lies, and its points' lines from the top."""

    key: str
    box: QRect
    points: Sequence[tuple[str, QRect]]


class Grip(QWidget):
    """The handle by which a part is dragged."""

    drag_began = Signal(QPointF)
    drag_moved = Signal(QPointF)
    drag_ended = Signal(QPointF)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_tip(self, self.tr("Drag to another place (Alt+Up, Alt+Down)"))
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        side = self._look.theme.shape.icon
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._look.icon("drag").paint(painter, self.rect())
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.drag_began.emit(event.globalPosition())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.drag_moved.emit(event.globalPosition())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.drag_ended.emit(event.globalPosition())


class Dragging(QObject):
    """One drag at a time over the cards in a scroll area. `dropped` carries key, stratum ("" for a part), place."""

    dropped = Signal(str, str, int)

    def __init__(
        self, look: Look, area: QScrollArea, content: QWidget, cards: Callable[[], Sequence[CardBox]]
    ) -> None:
        super().__init__(area)
        self._look, self._area, self._cards = look, area, cards
        self._content = content
        self._key, self._is_part = "", False
        self._last = QPointF()
        self._mark = QFrame(content)
        self._mark.hide()
        self._scrolling = QTimer(self, interval=SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll)

    def begin(self, key: str, at: QPointF, *, is_part: bool) -> None:
        """Take a point or a part into the hand."""
        self._key, self._is_part = key, is_part
        self._mark.setStyleSheet(f"background: {self._look.theme.roles['accent']};")
        self._scrolling.start()
        self.move(at)

    def move(self, at: QPointF) -> None:
        """Show where it would go."""
        if self._key:
            self._last = at
            target = self.target(at)
            self._mark.setVisible(target is not None)
            if target is not None:
                self._mark.setGeometry(target.mark)
                self._mark.raise_()

    def end(self, at: QPointF) -> None:
        """Put it there."""
        self._scrolling.stop()
        self._mark.hide()
        key = self._key
        target = self.target(at) if key else None
        self._key = ""
        if target is not None:
            self.dropped.emit(key, target.stratum, target.place)

    def target(self, at: QPointF) -> Target | None:
        """Return where the thing in the hand would go from a point of the screen."""
        y = self._content.mapFromGlobal(at.toPoint()).y()
        cards = list(self._cards())
        if not cards:
            return None
        return self._part_target(cards, y) if self._is_part else self._point_target(cards, y)

    def _part_target(self, cards: list[CardBox], y: int) -> Target:
        others = [card.box for card in cards if card.key != self._key]
        place = sum(box.center().y() < y for box in others)
        gap = self._look.theme.space.small
        last = others[-1].bottom() + gap if others else 0
        top = others[place].top() - gap if place < len(others) else last
        return Target("", place, QRect(cards[0].box.left(), top - 1, cards[0].box.width(), 3))

    def _point_target(self, cards: list[CardBox], y: int) -> Target:
        card = next((card for card in cards if y <= card.box.bottom()), cards[-1])
        boxes = [box for key, box in card.points if key != self._key]
        place = sum(box.center().y() < y for box in boxes)
        inset = self._look.theme.space.medium
        last = boxes[-1].bottom() if boxes else card.box.bottom() - inset
        top = boxes[place].top() if place < len(boxes) else last
        line = QRect(card.box.left() + inset, top - 1, card.box.width() - 2 * inset, 3)
        return Target(card.key, place, line)

    def _scroll(self) -> None:
        """Scroll while the hand is near an edge."""
        y = self._area.viewport().mapFromGlobal(self._last.toPoint()).y()
        step = -SCROLL_STEP if y < EDGE else SCROLL_STEP if y > self._area.viewport().height() - EDGE else 0
        if step:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + step)
            self.move(self._last)
