"""What all plots of the page share: the house's look, and choosing a bar or point by mouse or keyboard."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from rubric_studio.ui.look import Look, paint_focus
from rubric_studio.ui.results.group_style import faded
from rubric_studio.ui.results.plotting import pyqtgraph

STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_PageUp: (-10, 0),
    Qt.Key.Key_PageDown: (10, 0),
}
LINES_HIGH = 21
BEHIND = -10
FAINT = 0.6
SCALE = [(tick / 10, f"{tick / 10:.1f}") for tick in range(0, 11, 2)]
OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Chart(pyqtgraph.PlotWidget):
    """A plot of lines of a figure. Subclasses draw them and say which one lies where.

    `chosen` tells that the keyboard or a click stands on another line, `hovered` what lies under the pointer
    (-1: nothing), `opened` that somebody wants to see the answers behind a line.
    """

    chosen = Signal(int)
    hovered = Signal(int)
    opened = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._at = -1
        self._marks: list[object] = []
        plot = self.drawing
        plot.hideButtons()
        plot.setMenuEnabled(False)
        # pyqtgraph keeps its settings in a menu without a parent, which would outlive the plot.
        plot.ctrlMenu.setParent(self, plot.ctrlMenu.windowFlags())
        plot.setMouseEnabled(False, False)
        plot.setDefaultPadding(0.0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setFrameShape(self.Shape.NoFrame)
        look.changed.connect(self.refresh)

    @property
    def drawing(self) -> Any:
        """What pyqtgraph draws into."""
        return self.getPlotItem()

    @property
    def at(self) -> int:
        """The line on which the keyboard stands, -1 for none."""
        return self._at

    def choose(self, line: int) -> None:
        """Stand on a line, -1 for none."""
        if line != self._at:
            self._at = line
            self._draw_mark()
            self.chosen.emit(line)

    def refresh(self) -> None:
        """Draw everything again, in the look of now."""
        plot, theme = self.drawing, self._look.theme
        self.setBackground(theme.color("surface"))
        for name in ("left", "bottom", "right", "top"):
            axis = plot.getAxis(name)
            axis.setPen(QPen(theme.color("line")))
            axis.setTextPen(QPen(theme.color("text")))
            axis.setTickFont(self._look.font("caption"))
            room = self._look.metrics("caption").horizontalAdvance("100 %")
            # A number is how far tick labels may reach over the ends of the axis.
            axis.setStyle(
                tickLength=-theme.space.tiny, tickTextOffset=theme.space.tiny, hideOverlappingLabels=room
            )
            axis.enableAutoSIPrefix(False)
        space = theme.space
        plot.layout.setContentsMargins(space.tiny, space.small, space.large, space.tiny)
        self.setFixedHeight(self.fitting_height())
        plot.clear()
        self._marks = []
        self._draw()
        self._draw_mark()

    def name_axis(self, name: str, words: str) -> None:
        """Say in words what an axis shows."""
        axis, theme = self.drawing.getAxis(name), self._look.theme
        style = {"color": theme.color("text").name(), "font-size": f"{theme.sizes.caption}px"}
        axis.setLabel(words, **style)
        axis.label.setFont(self._look.font("caption"))

    def rule(self, ticks: Sequence[tuple[float, str]], *, upright: bool = False) -> None:
        """Name an axis at these places and draw a quiet line through each."""
        (left, right), (bottom, top) = self.drawing.getViewBox().viewRange()
        self.drawing.getAxis("bottom" if upright else "left").setTicks([list(ticks)])
        at = [place for place, _ in ticks for _ in range(2)]
        ends = ([bottom, top] if upright else [left, right]) * len(ticks)
        x, y = (at, ends) if upright else (ends, at)
        line = pyqtgraph.PlotCurveItem(
            x, y, connect="pairs", pen=cosmetic(faded(self._look.theme.color("line"), FAINT))
        )
        line.setZValue(BEHIND)
        self.drawing.addItem(line, ignoreBounds=True)

    def add_mark(self, item: object) -> None:
        """Show where the chosen line lies; it goes with the next choice."""
        self.drawing.addItem(item)
        self._marks.append(item)

    def mark_box(self, box: QRectF) -> None:
        """Outline the chosen line."""
        pen = QPen(self._look.theme.color("focus"), self._look.theme.shape.focus)
        pen.setCosmetic(True)
        x = [box.left(), box.right(), box.right(), box.left(), box.left()]
        y = [box.top(), box.top(), box.bottom(), box.bottom(), box.top()]
        self.add_mark(pyqtgraph.PlotCurveItem(x, y, pen=pen))

    def pen(self, role: str, width: float = 1.0) -> QPen:
        """Return a pen in a role's color that does not grow with the plot."""
        return cosmetic(self._look.theme.color(role), width)

    def fitting_height(self) -> int:
        """How high the plot stands on the page."""
        return LINES_HIGH * self._look.metrics("control").height()

    # ---- what a plot must say

    def line_count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def line_at(self, place: QPointF) -> int:
        """The line at a place in the plot's own measures, -1 where there is none."""
        raise NotImplementedError

    def line_beside(self, line: int, across: int, down: int) -> int:
        """The line some steps to the right or below."""
        raise NotImplementedError

    def _draw(self) -> None:
        raise NotImplementedError

    def _mark_line(self, line: int) -> None:
        raise NotImplementedError

    # ---- as Qt asks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        count = self.line_count()
        if key in OPENING and 0 <= self._at < count:
            self.opened.emit(self._at)
        elif key in STEPS and count:
            self.choose(self.line_beside(self._at, *STEPS[key]) if self._at >= 0 else self._first())
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and count:
            self.choose(0 if key == Qt.Key.Key_Home else count - 1)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        line = self.line_at(self._place(event))
        if event.button() == Qt.MouseButton.LeftButton and line >= 0:
            self.choose(line)
            self.opened.emit(line)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        line = self.line_at(self._place(event))
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if line >= 0 else Qt.CursorShape.ArrowCursor
        )
        self.hovered.emit(line)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self.hovered.emit(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the wheel scrolls the page

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            paint_focus(painter, self.viewport(), self._look.theme)
            painter.end()

    def _first(self) -> int:
        return 0

    def _place(self, event: QMouseEvent) -> QPointF:
        return self.drawing.getViewBox().mapSceneToView(self.mapToScene(event.position().toPoint()))

    def _draw_mark(self) -> None:
        for item in self._marks:
            self.drawing.removeItem(item)
        self._marks = []
        if 0 <= self._at < self.line_count():
            self._mark_line(self._at)
        else:
            self._at = -1


def cosmetic(color: QColor, width: float = 1.0) -> QPen:
    """Return a pen that does not grow with the plot."""
    pen = QPen(color, width)
    pen.setCosmetic(True)
    return pen
