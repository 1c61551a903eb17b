"""How a group of answers is told apart in every plot: a color, and a line, a hatching and a shape of its own."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from rubric_studio.ui.results.plotting import drawSymbol
from rubric_studio.ui.theme import Theme

LINES = (
    Qt.PenStyle.SolidLine,
    Qt.PenStyle.DashLine,
    Qt.PenStyle.DotLine,
    Qt.PenStyle.DashDotLine,
    Qt.PenStyle.DashDotDotLine,
)
HATCHES = (
    Qt.BrushStyle.NoBrush,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.HorPattern,
    Qt.BrushStyle.VerPattern,
    Qt.BrushStyle.CrossPattern,
    Qt.BrushStyle.DiagCrossPattern,
    Qt.BrushStyle.Dense6Pattern,
)
SYMBOLS = ("o", "s", "t1", "d", "p", "h", "star", "+")
FILL, HATCH = 0.22, 0.55
MOST_FILLED = 3
"""With more groups than this, fills would hide each other: outlines alone are drawn."""


@dataclass(frozen=True)
class GroupStyle:
    """The marks of one group."""

    color: QColor
    line: Qt.PenStyle
    hatch: Qt.BrushStyle
    symbol: str

    def pen(self, width: float = 2.0) -> QPen:
        """Return the outline; its width does not grow with the plot."""
        pen = QPen(self.color, width, self.line)
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        return pen

    def fill(self) -> QBrush:
        """Return the translucent ground."""
        return QBrush(faded(self.color, FILL))

    def hatching(self) -> QBrush:
        """Return the pattern over the ground."""
        return QBrush(faded(self.color, HATCH), self.hatch)


def group_style(theme: Theme, index: int) -> GroupStyle:
    """Return the style of the group at a fixed place; all but the color begin again after their last."""
    return GroupStyle(
        theme.model_color(index),
        LINES[index % len(LINES)],
        HATCHES[index % len(HATCHES)],
        SYMBOLS[index % len(SYMBOLS)],
    )


def faded(color: QColor, alpha: float) -> QColor:
    """Return a color that lets through what lies below."""
    result = QColor(color)
    result.setAlphaF(alpha)
    return result


def paint_symbol(painter: QPainter, symbol: str, center: QPointF, size: float, color: QColor) -> None:
    """Paint one of pyqtgraph's shapes as the plots do."""
    painter.save()
    painter.translate(center)
    drawSymbol(painter, symbol, size, QPen(color, 0), QBrush(color))
    painter.restore()


def paint_area(painter: QPainter, box: QRectF, style: GroupStyle) -> None:
    """Paint a small sample of a filled outline."""
    painter.fillRect(box, style.fill())
    painter.fillRect(box, style.hatching())
    painter.setPen(style.pen(1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
