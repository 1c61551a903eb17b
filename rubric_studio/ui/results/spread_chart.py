"""Question by question, the weakest first: the mean as a bar, one standard deviation, the best and the worst answer."""

from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QWidget

from rubric_studio.services.board import Spread
from rubric_studio.ui.look import Look
from rubric_studio.ui.results.chart import SCALE, Chart, cosmetic
from rubric_studio.ui.results.group_style import faded
from rubric_studio.ui.results.plotting import pyqtgraph

MOST_BARS = 160
"""With more questions the bars grow together into one area."""
MOST_POINTS = 20_000
"""With more points a scatter becomes a density image."""
IMAGE = (480, 100)
BEST, WORST = "x", "t"
EMPTY = Spread(*(np.empty(0, dtype=kind) for kind in (np.intp, np.intp, float, float, float, float)))


class SpreadChart(Chart):
    """Line `n` is the nth question from the left."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        self._found = EMPTY
        self._model: int | None = None
        super().__init__(look, parent)
        self.refresh()

    def show_spread(self, found: Spread, model: int | None) -> None:
        """Draw other questions' scores, in a group's color or in the house's."""
        self._found, self._model = found, model
        self.choose(-1)
        self.refresh()

    @property
    def color(self) -> QColor:
        """The color of the bars."""
        theme = self._look.theme
        return theme.color("accent") if self._model is None else theme.model_color(self._model)

    @property
    def fill(self) -> QColor:
        """The translucent ground of the bars."""
        return faded(self.color, 0.3)

    @property
    def is_density(self) -> bool:
        """Whether best and worst answers are shown as a density image."""
        return 2 * self.line_count() > MOST_POINTS

    def line_count(self) -> int:
        return len(self._found.rows)

    def line_at(self, place: QPointF) -> int:
        line = int(np.floor(place.x() + 0.5))
        return line if 0 <= line < self.line_count() and -0.02 <= place.y() <= 1.02 else -1

    def line_beside(self, line: int, across: int, down: int) -> int:
        return min(max(line + across + down, 0), self.line_count() - 1)

    def _draw(self) -> None:
        plot, count = self.drawing, self.line_count()
        plot.setXRange(-0.75, max(count, 1) - 0.25, padding=0)
        plot.setYRange(-0.02, 1.04, padding=0)
        self.rule(SCALE)
        plot.getAxis("bottom").setTicks([[]])
        self.name_axis("left", self.tr("Score"))
        self.name_axis("bottom", self.tr("Questions, the weakest on the left"))
        if not count:
            return
        self._draw_means()
        if self.is_density:
            plot.addItem(self._density())
        else:
            self._draw_points()

    def _draw_means(self) -> None:
        found, x, plot = self._found, np.arange(self.line_count(), dtype=float), self.drawing
        brush, pen = QBrush(self.fill), cosmetic(self.color, 1.2)
        if len(x) <= MOST_BARS:
            plot.addItem(pyqtgraph.BarGraphItem(x=x, height=found.mean, width=0.72, brush=brush, pen=pen))
            self._draw_deviations(x)
        else:
            edges = np.arange(len(x) + 1) - 0.5
            plot.addItem(
                pyqtgraph.PlotCurveItem(
                    edges, found.mean, stepMode="center", fillLevel=0.0, brush=brush, pen=pen
                )
            )

    def _draw_deviations(self, x: np.ndarray) -> None:
        found = self._found
        several = found.n > 1
        low = np.clip(found.mean - found.deviation, 0, 1)[several]
        high = np.clip(found.mean + found.deviation, 0, 1)[several]
        across = np.repeat(x[several], 2)
        up = np.column_stack([low, high]).ravel()
        line = pyqtgraph.PlotCurveItem(across, up, connect="pairs", pen=self.pen("text", 1.2))
        self.drawing.addItem(line)

    def _draw_points(self) -> None:
        found, x = self._found, np.arange(self.line_count(), dtype=float)
        size = self._point_size()
        several = found.n > 1
        for scores, symbol, role in ((found.best, BEST, "text"), (found.worst, WORST, "text_muted")):
            self.drawing.addItem(
                pyqtgraph.ScatterPlotItem(
                    x[several],
                    scores[several],
                    symbol=symbol,
                    size=size,
                    pen=QColor(Qt.GlobalColor.transparent),
                    brush=self._look.theme.color(role),
                    useCache=self.line_count() > MOST_BARS,
                )
            )

    def _point_size(self) -> int:
        space = self._look.theme.space
        return space.small + 1 if self.line_count() <= MOST_BARS else space.tiny

    def _density(self) -> Any:
        """Where best and worst answers lie, darker where there are more of them."""
        found, count = self._found, self.line_count()
        x = np.concatenate([np.arange(count)] * 2)
        counts, _, _ = np.histogram2d(
            x, np.concatenate([found.best, found.worst]), bins=IMAGE, range=((-0.5, count - 0.5), (0.0, 1.0))
        )
        color = self._look.theme.color("text")
        table = np.array(
            [[color.red(), color.green(), color.blue(), alpha] for alpha in range(256)], np.ubyte
        )
        image = pyqtgraph.ImageItem(np.log1p(counts))
        image.setLookupTable(table)
        image.setRect(QRectF(-0.5, 0.0, count, 1.0))
        return image

    def _mark_line(self, line: int) -> None:
        half = max(0.46, self.line_count() / 600)
        self.mark_box(QRectF(line - half, -0.01, 2 * half, 1.03))
