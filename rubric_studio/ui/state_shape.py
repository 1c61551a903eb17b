"""The state of a point as a shape that is told apart without its color: circle, person, dash, triangle."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import set_tip
from rubric_studio.ui.theme import Theme


class Shape(StrEnum):
    """What a shape says. The first five are also roles of the theme."""

    MET = "met"
    PARTLY = "partly"
    MISSED = "missed"
    PERSON = "person"
    NOT_APPLICABLE = "not_applicable"
    FAULT = "fault"

    @property
    def role(self) -> str:
        """The color role it is painted in."""
        return Shape.MISSED.value if self is Shape.FAULT else self.value


def shape_of(value: float, *, costs_points: bool = False) -> Shape:
    """Return the shape of a value in [0, 1]; where the point costs points, 1 is bad and 0 is good."""
    good = 1.0 - value if costs_points else value
    if good >= 1.0:
        return Shape.MET
    return Shape.MISSED if good <= 0.0 else Shape.PARTLY


class StateShape(QWidget):
    """A shape as large as the house's icons."""

    def __init__(self, look: Look, shape: Shape = Shape.PERSON, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)
        self.set_shape(shape)

    def set_shape(self, shape: Shape) -> None:
        """Show another state."""
        self._shape = shape
        name = heading(f"shape.{shape}")
        self.setAccessibleName(name)
        set_tip(self, name)
        self.update()

    def shape(self) -> Shape:
        """Return the state shown."""
        return self._shape

    def sizeHint(self) -> QSize:
        side = self._look.theme.shape.icon
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = min(self.width(), self.height())
        left, top = (self.width() - side) / 2, (self.height() - side) / 2
        paint_shape(painter, QRectF(left, top, side, side), self._shape, self._look.theme)
        painter.end()


def paint_shape(painter: QPainter, box: QRectF, shape: Shape, theme: Theme) -> None:
    """Paint a shape into a square."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    color = theme.color(shape.role)
    line = max(1.5, box.width() / 9)
    painter.setPen(
        QPen(color, line, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = box.width() * 0.14
    _PAINTERS[shape](painter, box.adjusted(inset, inset, -inset, -inset))
    painter.restore()


def _full(painter: QPainter, box: QRectF) -> None:
    painter.setBrush(painter.pen().color())
    painter.drawEllipse(box)


def _half(painter: QPainter, box: QRectF) -> None:
    painter.drawEllipse(box)
    painter.setBrush(painter.pen().color())
    painter.drawPie(box, 90 * 16, 180 * 16)


def _empty(painter: QPainter, box: QRectF) -> None:
    painter.drawEllipse(box)


def _person(painter: QPainter, box: QRectF) -> None:
    head = box.width() * 0.24
    painter.drawEllipse(QPointF(box.center().x(), box.top() + head), head, head)
    shoulders = QPainterPath(box.bottomLeft())
    top = box.top() + box.height() * 0.56
    shoulders.cubicTo(QPointF(box.left(), top), QPointF(box.right(), top), box.bottomRight())
    painter.drawPath(shoulders)


def _dash(painter: QPainter, box: QRectF) -> None:
    painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))


def _triangle(painter: QPainter, box: QRectF) -> None:
    middle = box.center().x()
    painter.drawPolygon([QPointF(middle, box.top()), box.bottomRight(), box.bottomLeft()])
    mark = box.height()
    painter.drawLine(QPointF(middle, box.top() + mark * 0.42), QPointF(middle, box.top() + mark * 0.62))
    painter.drawPoint(QPointF(middle, box.top() + mark * 0.8))


_PAINTERS = {
    Shape.MET: _full,
    Shape.PARTLY: _half,
    Shape.MISSED: _empty,
    Shape.PERSON: _person,
    Shape.NOT_APPLICABLE: _dash,
    Shape.FAULT: _triangle,
}
