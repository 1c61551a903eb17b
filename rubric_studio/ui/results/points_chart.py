"""Parts and points from above to below: each group's mean as a shape with its interval, how many marks beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from rubric_studio.services.results import PartMeans
from rubric_studio.ui.look import Look
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.results.chart import BEHIND, SCALE, Chart, cosmetic
from rubric_studio.ui.results.group_style import group_style
from rubric_studio.ui.results.name_axis import Name, NameAxis
from rubric_studio.ui.results.plotting import pyqtgraph

BETWEEN = 0.19
ROOM = 0.6
NAMES_SHARE = 0.42


class PointsChart(Chart):
    """Line `place * groups + group` is one shape."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        self._found: Sequence[PartMeans] = ()
        self._names: Sequence[str] = ()
        self._groups = 0
        self._left, self._right = NameAxis(look, "left"), NameAxis(look, "right", "text_muted")
        super().__init__(look, parent)
        self.drawing.setAxisItems({"left": self._left, "right": self._right})
        self.drawing.showAxis("right")
        self.drawing.getViewBox().invertY(True)
        self.refresh()

    def show_means(self, found: Sequence[PartMeans], names: Sequence[str], groups: int) -> None:
        """Draw other means, named as told."""
        self._found, self._names, self._groups = found, names, groups
        self.choose(-1)
        self.refresh()

    def line_count(self) -> int:
        return len(self._found) * self._groups

    def line_at(self, place: QPointF) -> int:
        """The nearest shape in the line at that height."""
        at = round(place.y())
        low, high = self._ends()
        if not 0 <= at < len(self._found) or not low <= place.x() <= high:
            return -1
        box = self.drawing.getViewBox().viewPixelSize()
        distances = [
            (abs(mean.value - place.x()) / box[0] + abs(at + self._lift(group) - place.y()) / box[1], group)
            for group, mean in enumerate(self._found[at].means)
            if mean is not None
        ]
        return at * self._groups + min(distances)[1] if distances else -1

    def line_beside(self, line: int, across: int, down: int) -> int:
        """Up and down go from point to point, left and right from group to group."""
        at, group = divmod(line, self._groups)
        at = min(max(at + down, 0), len(self._found) - 1)
        return at * self._groups + min(max(group + across, 0), self._groups - 1)

    def fitting_height(self) -> int:
        """How high the plot must be so that every name has its line."""
        theme = self._look.theme
        line = self._look.metrics("control").height() + theme.space.small
        return max(1, len(self._found)) * max(line, 9 * max(1, self._groups)) + 3 * line

    def resizeEvent(self, event: QResizeEvent | None) -> None:  # pyqtgraph sends None while it is made
        super().resizeEvent(event)
        self._name_lines()

    def _draw(self) -> None:
        plot = self.drawing
        low, high = self._ends()
        plot.setXRange(low, high, padding=0.03)
        plot.setYRange(-ROOM, max(len(self._found), 1) - 1 + ROOM, padding=0)
        if (low, high) == (0.0, 1.0):
            self.rule(SCALE, upright=True)
        else:
            plot.getAxis("bottom").setTicks(None)
        self.name_axis("bottom", self.tr("Mean of the marks, with the range it lies in 95 of 100 times"))
        self._name_lines()
        for at, part in enumerate(self._found):
            if part.criterion is None:
                self._draw_band(at)
        for group in range(self._groups):
            self._draw_group(group)

    def _draw_band(self, at: int) -> None:
        """A quiet ground behind a part's line, so that its points are seen to follow it."""
        low, high = self._ends()
        wide = (high - low) * 0.5
        band = pyqtgraph.BarGraphItem(
            x0=[low - wide], x1=[high + wide], y0=[at - 0.5], y1=[at + 0.5],
            pen=None, brush=self._look.theme.color("window"),
        )  # fmt: skip
        band.setZValue(2 * BEHIND)
        self.drawing.addItem(band, ignoreBounds=True)

    def _draw_group(self, group: int) -> None:
        style = group_style(self._look.theme, group)
        x, y, ends, lifts = [], [], [], []
        for at, part in enumerate(self._found):
            mean = part.means[group]
            if mean is None:
                continue
            x.append(mean.value)
            y.append(at + self._lift(group))
            if mean.low is not None and mean.high is not None:
                ends += [mean.low, mean.high]
                lifts += [y[-1], y[-1]]
        plot = self.drawing
        plot.addItem(pyqtgraph.PlotCurveItem(ends, lifts, connect="pairs", pen=style.pen(1.5)))
        plot.addItem(
            pyqtgraph.ScatterPlotItem(
                x, y, symbol=style.symbol, size=self._look.theme.sizes.caption,
                pen=cosmetic(self._look.theme.color("surface")), brush=style.color, useCache=False,
            )
        )  # fmt: skip

    def _mark_line(self, line: int) -> None:
        at, group = divmod(line, self._groups)
        mean = self._found[at].means[group]
        if mean is not None:
            low, high = self._ends()
            half = (high - low) * 0.022
            self.mark_box(QRectF(mean.value - half, at + self._lift(group) - 0.3, 2 * half, 0.6))

    def _lift(self, group: int) -> float:
        between = min(BETWEEN, 0.7 / max(1, self._groups))
        return (group - (self._groups - 1) / 2) * between

    def _ends(self) -> tuple[float, float]:
        """The ends of the scale: 0 and 1, wider where an own formula's graders give other numbers."""
        values = [mean.value for part in self._found for mean in part.means if mean is not None]
        return min([0.0, *values]), max([1.0, *values])

    def _name_lines(self) -> None:
        names = [
            Name(name, part.criterion is None) for name, part in zip(self._names, self._found, strict=True)
        ]
        self._left.set_names(names, int(self.width() * NAMES_SHARE))
        self._right.set_names([Name(_n_text(part), is_part=False) for part in self._found], self.width())


def _n_text(part: PartMeans) -> str:
    counts = [0 if mean is None else mean.n for mean in part.means]
    if len(set(counts)) == 1:
        return f"n {count_text(counts[0])}"
    if len(counts) == 2:
        return f"n {count_text(counts[0])}, {count_text(counts[1])}"
    return f"n {count_text(min(counts))} \N{EN DASH} {count_text(max(counts))}"
