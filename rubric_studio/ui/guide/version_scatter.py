"""Every answer's total under one version against its total under another: on the line, nothing moved."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from rubric_studio.grader.column_functions import Column
from rubric_studio.grader.verdict_column import Places
from rubric_studio.ui.look import Look
from rubric_studio.ui.results.chart import SCALE, Chart
from rubric_studio.ui.results.group_style import faded, group_style
from rubric_studio.ui.results.plotting import pyqtgraph

MOST_POINTS = 20_000
"""With more points a scatter becomes a density image; those that moved most are still drawn as points."""
STILL_POINTS = 2_000
BINS = 200
NEAR = 0.02
"""How far from a point a click may be, in totals."""
LINES_HIGH = 30
FILL = 0.75


class VersionScatter(Chart):
    """Line `n` is the answer that moved nth most."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        self._old: Column = np.empty(0)
        self._new: Column = np.empty(0)
        self._model: Places = np.empty(0, dtype=np.intp)
        self._models = 0
        self._names = ("", "")
        super().__init__(look, parent)
        self.refresh()

    def show_totals(self, old: Column, new: Column, model: Places, models: int, names: Sequence[str]) -> None:
        """Draw other totals, the one that moved most first, each with the place of its model."""
        self._old, self._new, self._model, self._models = old, new, model, models
        self._names = (names[0], names[1])
        self.choose(-1)
        self.refresh()

    @property
    def is_density(self) -> bool:
        """Whether most answers are shown as a density image."""
        return self.line_count() > MOST_POINTS

    def fitting_height(self) -> int:
        return LINES_HIGH * self._look.metrics("control").height()

    def line_count(self) -> int:
        return len(self._old)

    def line_at(self, place: QPointF) -> int:
        if not self.line_count():
            return -1
        far = np.hypot(self._old - place.x(), self._new - place.y())
        nearest = int(np.argmin(far))
        return nearest if far[nearest] <= NEAR else -1

    def line_beside(self, line: int, across: int, down: int) -> int:
        return min(max(line + across + down, 0), self.line_count() - 1)

    def _draw(self) -> None:
        plot = self.drawing
        plot.setXRange(-0.02, 1.04, padding=0)
        plot.setYRange(-0.02, 1.04, padding=0)
        self.rule(SCALE)
        self.rule(SCALE, upright=True)
        before, after = self._names
        self.name_axis("bottom", self.tr("Total under {0}").format(before))
        self.name_axis("left", self.tr("Total under {0}").format(after))
        diagonal = pyqtgraph.PlotCurveItem(
            [0.0, 1.0], [0.0, 1.0], pen=self.pen("text_muted", 1.2), antialias=True
        )
        diagonal.setZValue(-5)
        plot.addItem(diagonal)
        if self.is_density:
            plot.addItem(self._density())
        self._draw_points()

    def _draw_points(self) -> None:
        shown = np.arange(min(self.line_count(), STILL_POINTS if self.is_density else MOST_POINTS))
        size = self._look.theme.space.small + (2 if self.line_count() <= STILL_POINTS else -2)
        for model in range(self._models):
            at = shown[self._model[shown] == model]
            style = group_style(self._look.theme, model)
            self.drawing.addItem(
                pyqtgraph.ScatterPlotItem(
                    self._old[at],
                    self._new[at],
                    symbol=style.symbol,
                    size=size,
                    pen=self._edge(style.color),
                    brush=faded(style.color, FILL),
                )
            )

    def _edge(self, color: QColor) -> object:
        return pyqtgraph.mkPen(color, width=1.0)

    def _density(self) -> object:
        """Where answers lie, darker where there are more of them."""
        span = ((0.0, 1.0), (0.0, 1.0))
        counts, _, _ = np.histogram2d(self._old, self._new, bins=BINS, range=span)
        color = self._look.theme.color("text")
        table = [[color.red(), color.green(), color.blue(), alpha] for alpha in range(256)]
        image = pyqtgraph.ImageItem(np.log1p(counts))
        image.setLookupTable(np.array(table, np.ubyte))
        image.setRect(QRectF(0.0, 0.0, 1.0, 1.0))
        image.setZValue(-4)
        return image

    def _mark_line(self, line: int) -> None:
        size = self._look.theme.space.large + self._look.theme.space.tiny
        self.add_mark(
            pyqtgraph.ScatterPlotItem(
                [self._old[line]],
                [self._new[line]],
                symbol="o",
                size=size,
                pen=self.pen("focus", self._look.theme.shape.focus),
                brush=QColor(Qt.GlobalColor.transparent),
            )
        )
