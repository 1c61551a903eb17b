"""Every statistic of one point as a small table: name, value, interval and n, or why there is none."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from rubric_studio.ui.compare.agreement_words import (
    interval_words,
    reason_words,
    statistic_meaning,
    statistic_name,
    tr,
    value_words,
)
from rubric_studio.ui.compare.figure_lines import FigureLine
from rubric_studio.ui.look import Look
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import tip
from rubric_studio.ui.results.figure_table import read_only_lines

NAME, VALUE, BETWEEN, COUNT = range(4)
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class StatisticsTable(QTableWidget):
    """The trusted one stands first, and says so."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(0, 4, parent)
        self._look = look
        read_only_lines(self)
        self.setAccessibleName(tr("Every figure"))
        self.setHorizontalHeaderLabels([tr("Figure"), tr("Value"), tr("95 % between"), "n"])
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for column in (VALUE, BETWEEN, COUNT):
            head = self.horizontalHeaderItem(column)
            if head is not None:
                head.setTextAlignment(RIGHT)
        look.changed.connect(self._fit)

    def show_figures(self, lines: Sequence[FigureLine], trusted: str) -> None:
        """Show other figures."""
        ordered = sorted(lines, key=lambda line: line.name != trusted)
        self.setRowCount(len(ordered))
        for at, line in enumerate(ordered):
            self._show_line(at, line, is_trusted=line.name == trusted)
        self._fit()

    def _show_line(self, at: int, line: FigureLine, *, is_trusted: bool) -> None:
        name = statistic_name(line.name)
        shown = tr("▸ {name}, to trust here").format(name=name) if is_trusted else name
        said = reason_words(line.estimate) or statistic_meaning(line.name)
        cells = (
            shown,
            value_words(line.name, line.estimate),
            interval_words(line.name, line.estimate),
            count_text(line.estimate.n),
        )
        for column, text in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setToolTip(tip(said))
            item.setTextAlignment(RIGHT if column else Qt.AlignmentFlag.AlignVCenter)
            head = self.horizontalHeaderItem(column)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{head.text() if head else ''}: {text}")
            if is_trusted:
                item.setFont(self._look.font("control", bold=True))
            elif line.estimate.value is None and column == VALUE:
                item.setFont(_slanted(self._look.font("control")))
            self.setItem(at, column, item)

    def _fit(self) -> None:
        line = self._look.metrics("control").height() + self._look.theme.space.small
        self.verticalHeader().setDefaultSectionSize(line)
        header = self.horizontalHeader()
        for column in range(self.columnCount()):
            mode = (
                QHeaderView.ResizeMode.Stretch if column == NAME else QHeaderView.ResizeMode.ResizeToContents
            )
            header.setSectionResizeMode(column, mode)
        self.setFixedHeight(self.rowCount() * line + header.sizeHint().height() + 4)


def _slanted(font: QFont) -> QFont:
    font.setItalic(True)
    return font
