"""An axis whose marks are names: written in full on one side of each line, parts bold, points set in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from rubric_studio.ui.look import Look
from rubric_studio.ui.results.plotting import pyqtgraph


@dataclass(frozen=True)
class Name:
    """One name; a part's stands out, a point's is set in."""

    text: str
    is_part: bool


class NameAxis(pyqtgraph.AxisItem):
    """Name `n` stands at height `n` of the plot. It is as wide as asked for; longer names are cut with dots."""

    def __init__(self, look: Look, side: str, role: str = "text") -> None:
        super().__init__(side)
        self._look, self._role = look, role
        self._names: Sequence[Name] = ()
        self.setStyle(showValues=False)

    def set_names(self, names: Sequence[Name], widest: int) -> None:
        """Show other names, no wider than that many pixels."""
        self._names = names
        self.setWidth(min(widest, self.natural_width()))
        self.update()

    def natural_width(self) -> int:
        """How wide the longest name is with its margins."""
        space = self._look.theme.space
        widths = [
            self._metrics(name).horizontalAdvance(name.text) + self._inset(name) for name in self._names
        ]
        return max(widths, default=0) + 2 * space.small

    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        theme = self._look.theme
        view: Any = self.linkedView()
        space = theme.space.small
        for at, name in enumerate(self._names):
            middle = self.mapFromItem(view, view.mapFromView(QPointF(0, at))).y()
            metrics, inset = self._metrics(name), self._inset(name)
            box = QRectF(space + inset, middle - metrics.height(), self.width() - inset - 2 * space, 0)
            box.setHeight(2 * metrics.height())
            painter.setFont(self._look.font("control" if name.is_part else "caption", bold=name.is_part))
            painter.setPen(theme.color(self._role))
            text = metrics.elidedText(name.text, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)

    def _metrics(self, name: Name) -> Any:
        return self._look.metrics("control" if name.is_part else "caption", bold=name.is_part)

    def _inset(self, name: Name) -> int:
        return 0 if name.is_part else self._look.theme.space.medium
