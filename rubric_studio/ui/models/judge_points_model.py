"""The points on which a judge is compared with the experts, as a table: the least agreement first."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from rubric_studio.services.judge_comparison import PointAgreement
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.judge_words import (
    number_words,
    point_title,
    share_words,
    tr,
    withheld_short,
    withheld_words,
)
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import tip
from rubric_studio.ui.results.figure_table import read_only_lines

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
TITLE, COUNT, SAME, KAPPA, BIAS = range(5)


class JudgePointsModel(QAbstractTableModel):
    """One line for each point."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.points: tuple[PointAgreement, ...] = ()

    def show_points(self, points: tuple[PointAgreement, ...]) -> None:
        """Show other figures."""
        self.beginResetModel()
        self.points = points
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.points)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else BIAS + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        point, column = self.points[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(point, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headerData(column, Qt.Orientation.Horizontal)}: {_text(point, column)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(_tip(point, column))
        if role == Qt.ItemDataRole.TextAlignmentRole and column == COUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section == COUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(_column_tip(section))
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("Point"), "n", tr("Same grade"), tr("Kappa"), tr("Judge minus experts"))[section]


class JudgePointsTable(QTableView):
    """`stood_on` names the line that somebody went to."""

    stood_on = Signal(int)

    def __init__(self, look: Look, model: JudgePointsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setModel(model)
        read_only_lines(self)
        self.setAccessibleName(tr("Agreement by point"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.stood_on.emit(now.row()))
        model.modelReset.connect(self._fit)
        look.changed.connect(self._fit)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_room()

    def _fit(self) -> None:
        line = self._look.metrics("control").height() + self._look.theme.space.medium
        self.verticalHeader().setDefaultSectionSize(line)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(self._look.metrics("control").averageCharWidth() * 5)
        for column in range(self.model().columnCount()):
            is_title = column == TITLE
            mode = QHeaderView.ResizeMode.Stretch if is_title else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)
        self._leave_room()

    def _leave_room(self) -> None:
        """A point must be known by its words: where it is narrow, the detail beside it alone has the rest."""
        letters = self.viewport().width() / self._look.metrics("control").averageCharWidth()
        self.setColumnHidden(BIAS, letters < 110)
        self.setColumnHidden(KAPPA, letters < 80)


def _text(point: PointAgreement, column: int) -> str:
    if column == TITLE:
        return point_title(point.point)
    if column == COUNT:
        return count_text(point.same.n)
    if column == SAME:
        return share_words(point.same)
    estimate = point.kappa if column == KAPPA else point.bias.whole
    return withheld_short(estimate) or number_words(estimate, signed=column == BIAS)


def _tip(point: PointAgreement, column: int) -> str:
    estimate = {SAME: point.same, KAPPA: point.kappa, BIAS: point.bias.whole}.get(column)
    return _text(point, column) if estimate is None else withheld_words(estimate)


def _column_tip(column: int) -> str:
    return (
        "",
        tr("Answers that both marked"),
        tr("How often both gave the same grade, and between which shares it must lie (95 %)"),
        tr("Agreement beyond what chance would give: 1 is perfect, 0 is chance. A step to the next grade weighs less "
           "than one across the scale."),
        tr("How much more the judge gives in the mean, on the scale from 0 to 1"),
    )[column]  # fmt: skip
