"""A figure with its interval in a cell of a table: the number, and a small bar from 0 to 1. It reckons nothing."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from rubric_studio.ui.look import Look

Index = QModelIndex | QPersistentModelIndex
INTERVAL = Qt.ItemDataRole.UserRole + 1
NUMBER_LETTERS, BAR_LETTERS = 6, 13
WIDEST = "\N{MINUS SIGN}0.00"
DOT, END = 3.5, 0.22


class Interval(NamedTuple):
    """A figure to paint; `target` is where it is wished to be, None where nobody said so."""

    value: float | None
    low: float | None
    high: float | None
    target: float | None = None


class IntervalDelegate(QStyledItemDelegate):
    """Paints what the model gives under `INTERVAL` beside the cell's words; a cell without it is as any other."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hint = super().sizeHint(option, index)
        letter = self._look.metrics("control").averageCharWidth()
        return QSize(max(hint.width(), letter * (NUMBER_LETTERS + BAR_LETTERS)), hint.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        interval = index.data(INTERVAL)
        if not isinstance(interval, Interval) or interval.value is None:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        words, option.text = option.text, ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, QRectF(option.rect), words, interval)
        painter.restore()

    def _paint(self, painter: QPainter, box: QRectF, words: str, interval: Interval) -> None:
        theme, metrics = self._look.theme, self._look.metrics("control", bold=True)
        wide = metrics.horizontalAdvance(WIDEST) + theme.space.small
        place = box.adjusted(theme.space.small, 0, 0, 0)
        painter.setFont(self._look.font("control", bold=True))
        painter.setPen(theme.color("text"))
        painter.drawText(QRectF(place.left(), place.top(), wide, place.height()), _MIDDLE, words)
        bar = QRectF(
            place.left() + wide, box.top(), box.width() - wide - 2 * theme.space.medium, box.height()
        )
        if bar.width() > wide:
            paint_interval(painter, bar, self._look, interval)


_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def paint_interval(painter: QPainter, box: QRectF, look: Look, interval: Interval) -> None:
    """Paint a scale from 0 to 1 with the interval as a line and the value as a dot on it."""
    theme, y = look.theme, box.center().y()

    def at(value: float) -> float:
        return box.left() + min(max(value, 0.0), 1.0) * box.width()

    painter.setPen(QPen(theme.color("line"), 1))
    painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
    high = box.height() * END
    for end in (0.0, 1.0):
        painter.drawLine(QPointF(at(end), y - high / 2), QPointF(at(end), y + high / 2))
    if interval.target is not None:
        painter.setPen(QPen(theme.color("control_line"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(at(interval.target), y - high), QPointF(at(interval.target), y + high))
    if interval.low is not None and interval.high is not None:
        painter.setPen(QPen(theme.color("accent"), 2))
        painter.drawLine(QPointF(at(interval.low), y), QPointF(at(interval.high), y))
    if interval.value is not None:
        painter.setPen(QPen(theme.color("surface"), 1))
        painter.setBrush(theme.color("accent"))
        painter.drawEllipse(QPointF(at(interval.value), y), DOT, DOT)
