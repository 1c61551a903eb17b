"""Points, parts or the total with how far people agree on them, as a table: the worst first, or in guide order."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from rubric_studio.services.agreement import PointFigures
from rubric_studio.ui.compare.agreement_words import (
    DASH,
    advice_words,
    hint_words,
    reason_words,
    share_words,
    statistic_meaning,
    statistic_name,
    tr,
    value_words,
    whole_words,
)
from rubric_studio.ui.compare.figure_lines import FigureLine, advised
from rubric_studio.ui.compare.interval_delegate import INTERVAL, Interval
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import tip

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
TITLE, PART, FIGURE, COUNT, PEOPLE, SAME, JUDGE, HINT = range(8)
NUMBERS = (COUNT, PEOPLE)
Order = Literal["worst", "guide"]


class FiguresLine(NamedTuple):
    """One line; `title` and `part` are what people see, `judge` how a judge does beside the experts ("" without)."""

    figures: PointFigures
    title: str
    part: str
    trusted: FigureLine
    judge: str = ""
    judge_said: str = ""

    @property
    def hint(self) -> str:
        """What is to be minded, "" where nothing is."""
        return hint_words(self.figures.statistics.advice, self.figures.statistics.raters)


def figures_line(figures: PointFigures, title: str, part: str, judge: tuple[str, str]) -> FiguresLine:
    """Make the line of one point, part or total."""
    return FiguresLine(figures, title, part, advised(figures.statistics, len(figures.table.scale)), *judge)


def ordered(lines: Sequence[FiguresLine], order: Order) -> list[FiguresLine]:
    """The lines with the least agreement first, those without a figure last; or as the guide has them."""
    if order == "guide":
        return list(lines)
    return sorted(lines, key=_worth)


def _worth(line: FiguresLine) -> tuple[float, float]:
    value, same = line.trusted.estimate.value, line.figures.statistics.percent.value
    return (2.0 if value is None else value, 2.0 if same is None else same)


class FiguresModel(QAbstractTableModel):
    """One line for each; `target` is the value that was declared to be enough, by the statistic's name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[FiguresLine, ...] = ()
        self._targets: Mapping[str, float] = {}
        self._first = ""

    def show_lines(self, lines: Sequence[FiguresLine], first: str, targets: Mapping[str, float]) -> None:
        """Show other lines; `first` heads the first column."""
        self.beginResetModel()
        self.lines, self._first, self._targets = tuple(lines), first, targets
        self.endResetModel()

    def place(self, key: str) -> int:
        """The line of a key, -1 where there is none."""
        return next((at for at, line in enumerate(self.lines) if line.figures.key == key), -1)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else HINT + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(line, column)
        if role == INTERVAL and column == FIGURE:
            return self._interval(line.trusted)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headerData(column, Qt.Orientation.Horizontal)}: {_said(line, column)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(_tip(line, column))
        if role == Qt.ItemDataRole.TextAlignmentRole and column in NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in NUMBERS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(_column_tip(section))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        heads = (
            tr("Part"),
            tr("Agreement"),
            tr("Answers"),
            tr("People"),
            tr("Same grade"),
            tr("Judge"),
            tr("Mind"),
        )
        return (self._first, *heads)[section]

    def _interval(self, line: FigureLine) -> Interval:
        estimate = line.estimate
        return Interval(estimate.value, estimate.low, estimate.high, self._targets.get(line.name))


def _text(line: FiguresLine, column: int) -> str:
    statistics = line.figures.statistics
    return {
        TITLE: line.title,
        PART: line.part,
        FIGURE: value_words(line.trusted.name, line.trusted.estimate) if statistics.raters else DASH,
        COUNT: count_text(statistics.n),
        PEOPLE: count_text(statistics.raters),
        SAME: share_words(statistics.percent),
        JUDGE: line.judge,
        HINT: line.hint,
    }[column]


def _said(line: FiguresLine, column: int) -> str:
    """The same as a screen reader says it: the interval is not only a picture."""
    name, estimate = line.trusted
    if column == FIGURE:
        return f"{whole_words(name, estimate)}, {statistic_name(name)}"
    return _text(line, column)


def _tip(line: FiguresLine, column: int) -> str:
    name, estimate = line.trusted
    if column == FIGURE:
        meaning = reason_words(estimate) or statistic_meaning(name)
        return f"{statistic_name(name)}: {whole_words(name, estimate)}\n{meaning}"
    if column == HINT:
        return advice_words(line.figures.statistics.advice, line.figures.statistics.raters)
    return line.judge_said if column == JUDGE else _text(line, column)


def _column_tip(column: int) -> str:
    return {
        FIGURE: tr("The figure to trust on this point, with the range it lies in 95 of 100 times on a scale from 0 to "
                   "1. Which figure that is, the details say."),
        COUNT: tr("Answers that two people or more have marked"),
        SAME: tr("How often two people gave the same grade; chance is not taken off"),
        JUDGE: tr("How often the judge gives the grade of an expert, beside how often another expert does"),
    }.get(column, "")  # fmt: skip
