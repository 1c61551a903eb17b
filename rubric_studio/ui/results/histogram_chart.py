"""The scores of each group as overlaid outlines over the same twenty bins."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget

from rubric_studio.services.results import BINS, Distribution
from rubric_studio.ui.look import Look
from rubric_studio.ui.number_text import share_text
from rubric_studio.ui.results.chart import SCALE, Chart
from rubric_studio.ui.results.group_style import MOST_FILLED, group_style
from rubric_studio.ui.results.plotting import pyqtgraph

EDGES = np.linspace(0.0, 1.0, BINS + 1)
HEADROOM = 1.12
LEAST_TOP = 0.05
QUIET = 0.18


class HistogramChart(Chart):
    """Line `group * 20 + bin` is one bar. Heights are shares of the group, so that small groups compare."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        self._shares: list[np.ndarray] = []
        self._means: list[float | None] = []
        self._items: list[list[Any]] = []
        super().__init__(look, parent)
        self.chosen.connect(self._single_out)
        self.hovered.connect(self._on_hovered)
        self.refresh()

    def show_distributions(self, found: Sequence[Distribution]) -> None:
        """Draw other scores."""
        self._shares = [each.counts / max(1, each.counts.sum()) for each in found]
        self._means = [None if each.mean is None else each.mean.value for each in found]
        self.choose(-1)
        self.refresh()

    def line_count(self) -> int:
        return len(self._shares) * BINS

    def line_at(self, place: QPointF) -> int:
        """Among the bars that reach up to the place, the lowest: the others lie behind it."""
        if not 0 <= place.x() <= 1 or place.y() < 0:
            return -1
        at = min(int(place.x() * BINS), BINS - 1)
        reaching = [(share[at], group) for group, share in enumerate(self._shares) if share[at] >= place.y()]
        return min(reaching)[1] * BINS + at if reaching else -1

    def line_beside(self, line: int, across: int, down: int) -> int:
        group, at = divmod(line, BINS)
        group = (group + down) % len(self._shares)
        return group * BINS + min(max(at + across, 0), BINS - 1)

    def _first(self) -> int:
        """The first bar that is there at all."""
        return int(np.flatnonzero(np.concatenate(self._shares))[0]) if any(map(np.any, self._shares)) else 0

    def _draw(self) -> None:
        plot = self.drawing
        top = max([LEAST_TOP, *(share.max() for share in self._shares)]) * HEADROOM
        plot.setXRange(0, 1, padding=0.03)
        plot.setYRange(0, top, padding=0)
        plot.getAxis("bottom").setTicks([SCALE])
        self.rule(_share_ticks(top))
        self.name_axis("bottom", self.tr("Score of an answer"))
        self.name_axis("left", self.tr("Share of the answers"))
        self._items = [self._drawn(index, share, top) for index, share in enumerate(self._shares)]
        for item in (item for items in self._items for item in items):
            plot.addItem(item)
        self._single_out(self.at)

    def _drawn(self, index: int, share: np.ndarray, top: float) -> list[Any]:
        """Make what is seen of a group: its fill, its outline, its mean."""
        style = group_style(self._look.theme, index)
        brushes = (style.fill(), style.hatching()) if len(self._shares) <= MOST_FILLED else ()
        items = [
            _steps(share, pen=None, brush=brush)
            for brush in brushes
            if brush.style() != Qt.BrushStyle.NoBrush
        ]
        items.append(_steps(share, pen=style.pen()))
        mean = self._means[index]
        if mean is not None:
            height = top * 0.955
            head = pyqtgraph.ScatterPlotItem(
                [mean], [height], symbol=style.symbol, size=self._look.theme.space.medium - 1,
                pen=self.pen("surface"), brush=style.color, useCache=False,
            )  # fmt: skip
            items += [pyqtgraph.PlotCurveItem([mean, mean], [0, height], pen=style.pen(1.0)), head]
        return items

    def _single_out(self, line: int) -> None:
        """Where there are many groups, let the others step back behind the one that is looked at."""
        group = line // BINS if line >= 0 and len(self._shares) > MOST_FILLED else None
        for index, items in enumerate(self._items):
            for item in items:
                item.setOpacity(1.0 if group in (None, index) else QUIET)
                item.setZValue(1 if index == group else 0)

    def _on_hovered(self, line: int) -> None:
        self._single_out(line if line >= 0 else self.at)

    def _mark_line(self, line: int) -> None:
        group, at = divmod(line, BINS)
        self.mark_box(QRectF(EDGES[at], 0.0, 1 / BINS, max(float(self._shares[group][at]), 0.004)))


def _steps(share: np.ndarray, **look: object) -> object:
    """Outline the bars; the ends go down to the ground."""
    x = np.concatenate([[0.0], EDGES, [1.0]])
    y = np.concatenate([[0.0], share, [0.0]])
    level = 0.0 if look.get("brush") is not None else None
    return pyqtgraph.PlotCurveItem(x, y, stepMode="center", fillLevel=level, **look)


def _share_ticks(top: float) -> list[tuple[float, str]]:
    step = next(step for step in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5) if top / step <= 5.6 or step == 0.5)
    return [(at * step, share_text(at * step)) for at in range(int(top / step) + 1)]
