"""How much more or less a judge gives than the experts, group by group: bars to both sides of a zero line."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rubric_studio.domain.estimate import Estimate
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.judge_words import number_words, tr, withheld_short
from rubric_studio.ui.number_text import count_text

LEAST_REACH = 0.1
NAME_SHARE = 0.34
BAR = 0.42


class BiasLine(NamedTuple):
    """One group; `model` is its place among the models, which have colors of their own, None for others."""

    name: str
    bias: Estimate
    model: int | None = None


class BiasBars(QWidget):
    """A bar with its interval as a line and ends, and the number beside it."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.lines: tuple[BiasLine, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)

    def show_lines(self, lines: Sequence[BiasLine]) -> None:
        """Show other groups."""
        self.lines = tuple(lines)
        self.setAccessibleDescription(" ".join(self.words()))
        self.updateGeometry()
        self.update()

    def words(self) -> list[str]:
        """Every group, as a screen reader says it."""
        return [f"{line.name}: {_number(line.bias)}, n {count_text(line.bias.n)}." for line in self.lines]

    def sizeHint(self) -> QSize:
        head = self._look.metrics("caption").height() + self._look.theme.space.tiny
        wide = self._look.metrics("control").averageCharWidth() * 60
        return QSize(wide, int(head + self._line() * max(1, len(self.lines))))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.metrics("control").averageCharWidth() * 36, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        theme, caption = self._look.theme, self._look.metrics("caption")
        name = min(self.width() * NAME_SHARE, self._name_width())
        number = self._number_width()
        field = QRectF(name, 0, max(40.0, self.width() - name - number), caption.height())
        painter.setFont(self._look.font("caption"))
        painter.setPen(theme.color("text_muted"))
        middle = field.center().x()
        gap = theme.space.tiny
        left = QRectF(field.left(), 0, middle - field.left() - gap, field.height())
        right = QRectF(middle + gap, 0, field.right() - middle - gap, field.height())
        painter.drawText(left, Qt.AlignmentFlag.AlignRight, tr("stricter"))
        painter.drawText(right, Qt.AlignmentFlag.AlignLeft, tr("milder"))
        top = caption.height() + theme.space.tiny
        painter.setPen(QPen(theme.color("control_line"), 1))
        painter.drawLine(QPointF(middle, top), QPointF(middle, self.height()))
        reach = max([LEAST_REACH, *(_reach(line.bias) for line in self.lines)])
        for at, line in enumerate(self.lines):
            box = QRectF(0, top + at * self._line(), self.width(), self._line())
            self._paint_line(painter, box, line, (name, middle, field.width() / 2 / reach))

    def _paint_line(
        self, painter: QPainter, box: QRectF, line: BiasLine, place: tuple[float, float, float]
    ) -> None:
        theme, (name, middle, unit) = self._look.theme, place
        metrics, space = self._look.metrics("control"), theme.space
        painter.setFont(self._look.font("control"))
        painter.setPen(theme.color("text"))
        words = QRectF(0, box.top(), name - space.small, box.height())
        if line.model is not None:
            painter.fillRect(QRectF(0, box.top() + 3, 3, box.height() - 6), theme.model_color(line.model))
            words.setLeft(space.small)
        text = metrics.elidedText(line.name, Qt.TextElideMode.ElideMiddle, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
        number = QRectF(self.width() - self._number_width(), box.top(), self._number_width(), box.height())
        painter.setPen(theme.color("text_muted" if line.bias.value is None else "text"))
        painter.drawText(
            number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, _beside(line.bias)
        )
        if line.bias.value is not None:
            self._paint_bar(painter, box, line.bias, middle, unit)

    def _paint_bar(self, painter: QPainter, box: QRectF, bias: Estimate, middle: float, unit: float) -> None:
        theme, y = self._look.theme, box.center().y()
        assert bias.value is not None
        high = box.height() * BAR
        bar = QRectF(middle, y - high / 2, bias.value * unit, high).normalized()
        painter.fillRect(bar, theme.color("accent_soft"))
        painter.setPen(QPen(theme.color("accent"), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar)
        if bias.low is not None and bias.high is not None:
            low, top = middle + bias.low * unit, middle + bias.high * unit
            painter.setPen(QPen(theme.color("text"), 1.2))
            painter.drawLine(QPointF(low, y), QPointF(top, y))
            for end in (low, top):
                painter.drawLine(QPointF(end, y - high / 3), QPointF(end, y + high / 3))

    def _line(self) -> float:
        return self._look.metrics("control").height() + self._look.theme.space.small

    def _name_width(self) -> float:
        metrics = self._look.metrics("control")
        widest = max((metrics.horizontalAdvance(line.name) for line in self.lines), default=0)
        return widest + self._look.theme.space.wide

    def _number_width(self) -> float:
        metrics = self._look.metrics("control")
        widest = max((metrics.horizontalAdvance(_beside(line.bias)) for line in self.lines), default=0)
        return widest + self._look.theme.space.medium

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()


def _beside(bias: Estimate) -> str:
    number = withheld_short(bias) or number_words(Estimate(bias.n, bias.value), signed=True)
    return f"{number}  n {count_text(bias.n)}"


def _number(bias: Estimate) -> str:
    return withheld_short(bias) or number_words(bias, signed=True)


def _reach(bias: Estimate) -> float:
    return max((abs(end) for end in (bias.value, bias.low, bias.high) if end is not None), default=0.0)
