"""Agreement on one point over its wordings, drawn: a dot and its interval for each, a line between neighbours."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QWidget

from rubric_studio.ui.compare.agreement_words import tr
from rubric_studio.ui.look import Look
from rubric_studio.ui.results.chart import SCALE, Chart, cosmetic
from rubric_studio.ui.results.plotting import pyqtgraph

ROOM = 0.45
LINES_HIGH = 13
DOT = 11
TICK_LINES = 3
CAP = 0.012
MARK = 0.014
"""Half of what is wide about a cap of an interval, and of the mark, as a share of the whole plot."""
REACH = 0.16
"""How near to a wording a click must be, as a share of the way to the next."""


class TrendDot(NamedTuple):
    """One wording: what stands under it, its figure, whether the step to it is more than noise, and how far it goes."""

    words: str
    value: float | None
    low: float | None
    high: float | None
    is_sure: bool | None = None
    change: str = ""


class TrendChart(Chart):
    """Steps that may be noise are dashed; those that are more are drawn through and thicker."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._dots: tuple[TrendDot, ...] = ()
        self._axis_name = ""
        self._target: float | None = None
        self.refresh()

    def show_dots(self, dots: Sequence[TrendDot], axis: str, target: float | None = None) -> None:
        """Show other wordings, the oldest first."""
        self._dots, self._axis_name, self._target = tuple(dots), axis, target
        self._at = -1
        self.refresh()

    def line_count(self) -> int:
        return len(self._dots)

    def line_at(self, place: QPointF) -> int:
        at = round(place.x())
        return at if 0 <= at < len(self._dots) and abs(place.x() - at) <= REACH else -1

    def line_beside(self, line: int, across: int, down: int) -> int:
        return min(max(line + across + down, 0), len(self._dots) - 1)

    def fitting_height(self) -> int:
        return LINES_HIGH * self._look.metrics("control").height()

    def _first(self) -> int:
        return len(self._dots) - 1

    def _draw(self) -> None:
        plot = self.drawing
        lowest = min(
            [0.0, *(each for dot in self._dots for each in (dot.value, dot.low) if each is not None)]
        )
        plot.setXRange(-ROOM, max(len(self._dots), 1) - 1 + ROOM, padding=0)
        plot.setYRange(max(lowest, -1.0) - 0.04, 1.04, padding=0)
        self.rule(SCALE)
        self.name_axis("left", self._axis_name or tr("Agreement"))
        words = self._look.metrics("caption").lineSpacing() * TICK_LINES
        plot.getAxis("bottom").setHeight(words + self._look.theme.space.medium)
        plot.getAxis("bottom").setTicks([[(at, dot.words) for at, dot in enumerate(self._dots)]])
        self._draw_target()
        self._draw_steps()
        self._draw_dots()

    def _draw_target(self) -> None:
        """Where the agreement was declared to be enough."""
        if self._target is not None and self._dots:
            ends = [-ROOM, len(self._dots) - 1 + ROOM]
            pen = cosmetic(self._look.theme.color("control_line"))
            pen.setStyle(Qt.PenStyle.DotLine)
            self.drawing.addItem(
                pyqtgraph.PlotCurveItem(ends, [self._target] * 2, pen=pen), ignoreBounds=True
            )

    def _draw_steps(self) -> None:
        for at, (before, after) in enumerate(zip(self._dots, self._dots[1:], strict=False), 1):
            if before.value is not None and after.value is not None:
                ends = ([at - 1, at], [before.value, after.value])
                self.drawing.addItem(pyqtgraph.PlotCurveItem(*ends, pen=self._step_pen(after)))
                self._say_change(at - 0.5, (before.value + after.value) / 2, after)

    def _say_change(self, x: float, y: float, after: TrendDot) -> None:
        """Say at the line how far it moves."""
        words = pyqtgraph.TextItem(after.change, self._look.theme.color("text"), anchor=(0.5, 1.15))
        words.setFont(self._look.font("caption", bold=bool(after.is_sure)))
        words.setPos(x, y)
        self.drawing.addItem(words, ignoreBounds=True)

    def _step_pen(self, after: TrendDot) -> QPen:
        pen = self.pen("accent", 2.6 if after.is_sure else 1.3)
        pen.setStyle(Qt.PenStyle.SolidLine if after.is_sure else Qt.PenStyle.DashLine)
        return pen

    def _draw_dots(self) -> None:
        x = [at for at, dot in enumerate(self._dots) if dot.value is not None]
        y = [dot.value for dot in self._dots if dot.value is not None]
        cap = (len(self._dots) - 1 + 2 * ROOM) * CAP
        for at, dot in enumerate(self._dots):
            if dot.low is not None and dot.high is not None:
                xs = [at, at, at - cap, at + cap, at - cap, at + cap]
                ys = [dot.low, dot.high, dot.low, dot.low, dot.high, dot.high]
                self.drawing.addItem(
                    pyqtgraph.PlotCurveItem(xs, ys, connect="pairs", pen=self.pen("accent", 1.5))
                )
        surface = cosmetic(self._look.theme.color("surface"))
        brush = self._look.theme.color("accent")
        self.drawing.addItem(
            pyqtgraph.ScatterPlotItem(x, y, symbol="o", size=DOT, pen=surface, brush=brush, useCache=False)
        )

    def _mark_line(self, line: int) -> None:
        value = self._dots[line].value
        middle = 0.5 if value is None else value
        half = (len(self._dots) - 1 + 2 * ROOM) * MARK
        self.mark_box(QRectF(line - half, middle - 0.07, 2 * half, 0.14))
