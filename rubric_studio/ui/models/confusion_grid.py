"""Which grade one side gave and which the other: a square of counts, each with a dot as large as its share."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from rubric_studio.services.judge_comparison import LevelCounts
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.judge_words import grade_name, tr
from rubric_studio.ui.number_text import count_text

MOST_LETTERS = 16
DOT = 0.38
WIDE, HIGH = 5.2, 0.42
"""A cell's width in lines of text, and its height as a share of that."""


class Sides(NamedTuple):
    """What is said of the two that are compared.

    `lines` and `columns` stand at the edges, `name` is what the grid shows, `cell` one cell with {line}, {column}
    for the two grades and {n}.
    """

    lines: str
    columns: str
    name: str
    cell: str


class ConfusionGrid(QWidget):
    """Lines are one side's grades, columns the other's, the best first. Where they agree a cell is outlined.

    Unless told otherwise the lines are the experts', the columns a judge's.

    Agreement is a full dot, disagreement an open one: the color only repeats it.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.names: tuple[str, ...] = ()
        self.counts: tuple[tuple[int, ...], ...] = ()
        self._sides = experts_and_judge()
        self._levels = 0  # what lies between two grades may differ: there both are not of one mind
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)

    def show_counts(self, found: LevelCounts, sides: Sides | None = None) -> None:
        """Show other counts."""
        self._sides = sides or experts_and_judge()
        self.names = tuple(grade_name(level) for level in found.levels)
        self.counts = found.counts
        self._levels = sum(level is not None for level in found.levels)
        self.setAccessibleName(self._sides.name)
        self.setAccessibleDescription(" ".join(self.words()))
        self.updateGeometry()
        self.update()

    def words(self) -> list[str]:
        """Every cell that is not empty, as a screen reader says it."""
        said = self._sides.cell
        return [
            said.format(line=self.names[line], column=self.names[column], n=count_text(count))
            for line, counts in enumerate(self.counts)
            for column, count in enumerate(counts)
            if count
        ]

    def sizeHint(self) -> QSize:
        size, left, top = self._cell(), self._left(), self._top()
        return QSize(int(left + size * len(self.names)) + 2, int(top + size * HIGH * len(self.names)) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(int(self._left()) + 40 * max(1, len(self.names)), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.names:
                self._paint(painter)

    def _paint(self, painter: QPainter) -> None:
        theme, metrics = self._look.theme, self._look.metrics("caption")
        left, top = self._left(), self._top()
        wide = min(self._cell(), (self.width() - left - 2) / len(self.names))
        high = self._cell() * HIGH
        painter.setFont(self._look.font("caption"))
        painter.setPen(theme.color("text_muted"))
        painter.drawText(QRectF(left, 0, self.width() - left, metrics.height()), self._sides.columns)
        painter.drawText(QRectF(0, metrics.height() + 2, left, metrics.height()), self._sides.lines)
        painter.setPen(theme.color("text"))
        for at, name in enumerate(self.names):
            box = QRectF(left + at * wide, metrics.height() + 2, wide - 4, metrics.height())
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(wide) - 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, text)
            side = QRectF(0, top + at * high, left - theme.space.small, high)
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(side.width()))
            painter.drawText(side, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        largest = max((max(line) for line in self.counts), default=0) or 1
        for line, counts in enumerate(self.counts):
            for column, count in enumerate(counts):
                box = QRectF(left + column * wide, top + line * high, wide, high)
                self._paint_cell(painter, box, count, largest, agrees=line == column < self._levels)

    def _paint_cell(self, painter: QPainter, box: QRectF, count: int, largest: int, *, agrees: bool) -> None:
        theme = self._look.theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("control_line" if agrees else "line"), 1.5 if agrees else 1.0))
        painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.setFont(self._look.font("control", bold=agrees and count > 0))
        number = QRectF(box.center().x(), box.top(), box.width() / 2 - theme.space.small, box.height())
        painter.setPen(theme.color("text" if count else "text_disabled"))
        painter.drawText(
            number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count_text(count)
        )
        if count:
            radius = max(2.5, min(box.height(), box.width() / 2) * DOT * sqrt(count / largest))
            color = theme.color("met" if agrees else "missed")
            painter.setPen(QPen(color, 1.6))
            painter.setBrush(color if agrees else Qt.BrushStyle.NoBrush)
            middle = box.center()
            middle.setX(box.left() + box.width() / 4 + 2)
            painter.drawEllipse(middle, radius, radius)

    def _cell(self) -> float:
        return self._look.metrics("control").height() * WIDE

    def _top(self) -> float:
        return 2 * self._look.metrics("caption").height() + self._look.theme.space.small

    def _left(self) -> float:
        metrics = self._look.metrics("caption")
        widest = max(map(metrics.horizontalAdvance, (*self._short(self.names), self._sides.lines)), default=0)
        return widest + self._look.theme.space.medium

    def _short(self, names: Sequence[str]) -> list[str]:
        return [name[:MOST_LETTERS] for name in names]

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()


def experts_and_judge() -> Sides:
    """The experts' grades down, the judge's across."""
    return Sides(
        lines=tr("Experts'"),
        columns=tr("Judge's grade"),
        name=tr("Grades of the experts against those of the judge"),
        cell=tr("Experts {line}, judge {column}: {n}."),
    )
