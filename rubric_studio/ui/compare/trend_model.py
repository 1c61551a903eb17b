"""Points with their wordings as a table: from where agreement went where, and whether the last rewording helped."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from rubric_studio.services.trend import PointTrend
from rubric_studio.ui.compare.agreement_words import tr
from rubric_studio.ui.compare.trend_words import change_short, finding_words, from_to, wordings_count
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import tip
from rubric_studio.ui.results.figure_table import read_only_lines

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
TITLE, WORDINGS, WAY, CHANGE = range(4)


class TrendModel(QAbstractTableModel):
    """One line for each point, in guide order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.points: tuple[PointTrend, ...] = ()

    def show_points(self, points: Sequence[PointTrend]) -> None:
        """Show other points."""
        self.beginResetModel()
        self.points = tuple(points)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.points)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else CHANGE + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        point, column = self.points[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(point, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headerData(column, Qt.Orientation.Horizontal)}: {_text(point, column)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(_said(point) if column == CHANGE else _text(point, column))
        if role == Qt.ItemDataRole.TextAlignmentRole and column == WORDINGS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == WORDINGS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("Point"), tr("Wordings"), tr("Alike"), tr("Last rewording"))[section]


class TrendTable(QTableView):
    """`stood_on` names the line that somebody went to."""

    stood_on = Signal(int)

    def __init__(self, look: Look, model: TrendModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setModel(model)
        read_only_lines(self)
        self.setAccessibleName(tr("Points with their wordings"))
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.stood_on.emit(now.row()))
        look.changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_room()

    def _leave_room(self) -> None:
        """A point must be known by its words: where it is narrow, the plot beside it has the rest."""
        letters = self.viewport().width() / max(1, self._look.metrics("control").averageCharWidth())
        self.setColumnHidden(WORDINGS, letters < 82)
        self.setColumnHidden(WAY, letters < 56)

    def _fit(self) -> None:
        line = self._look.metrics("control").height() + self._look.theme.space.medium
        self.verticalHeader().setDefaultSectionSize(line)
        header = self.horizontalHeader()
        for column in range(self.model().columnCount()):
            mode = (
                QHeaderView.ResizeMode.Stretch if column == TITLE else QHeaderView.ResizeMode.ResizeToContents
            )
            header.setSectionResizeMode(column, mode)
        self._leave_room()


def _text(point: PointTrend, column: int) -> str:
    if column == TITLE:
        return point.title
    if column == WORDINGS:
        return wordings_count(point)
    if column == WAY:
        return from_to(point)
    if point.is_waiting:
        return tr("new words, not marked yet")
    return change_short(point.wordings[-1].change) if len(point.wordings) > 1 else ""


def _said(point: PointTrend) -> str:
    if point.is_waiting:
        return tr("The guide asks this in new words that no two people have marked yet.")
    return finding_words(point.wordings[-1]) if len(point.wordings) > 1 else ""
