"""The answers behind a bar or a point as lines: question, model, run, score. Holds places, reads nothing."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from rubric_studio.domain.listing import SampleInfo
from rubric_studio.grader.verdict_column import Places
from rubric_studio.ui.labels import heading
from rubric_studio.ui.number_text import score_text
from rubric_studio.ui.plain_text import tip
from rubric_studio.ui.results.figure import NOTHING
from rubric_studio.ui.results.view import View

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ROW, MODEL, RUN, SCORE = range(4)


class AnswersModel(QAbstractTableModel):
    """Lines can be sorted by every column; those without a score come last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view: View | None = None
        self._places: Places = np.empty(0, dtype=np.intp)

    def show_samples(self, view: View, places: Places) -> None:
        """List other samples, by question."""
        self.beginResetModel()
        self._view = view
        self._places = places[np.argsort(view.board.row_of[places], kind="stable")]
        self.endResetModel()

    def info(self, line: int) -> SampleInfo:
        """The sample of a line."""
        assert self._view is not None
        return self._view.board.infos[int(self._places[line])]

    def ids(self) -> list[int]:
        """The samples' ids, as listed."""
        return [self.info(line).id for line in range(len(self._places))]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._text(index.row(), index.column()))
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in (RUN, SCORE):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (RUN, SCORE):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (heading("row"), self.tr("Model"), self.tr("Run"), heading("score"))[section]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if self._view is None or not 0 <= column < 4:
            return
        self.layoutAboutToBeChanged.emit()
        keys = self._keys(column)
        sign = 1 if order == Qt.SortOrder.AscendingOrder else -1
        ranks = np.unique(keys, return_inverse=True)[1] * sign
        last = np.zeros(len(ranks)) if column != SCORE else ~self._view.totals.scored[self._places]
        self._places = self._places[np.lexsort((ranks, last))]
        self.layoutChanged.emit()

    def _keys(self, column: int) -> Any:
        assert self._view is not None
        board, places = self._view.board, self._places
        if column == ROW:
            return board.row_of[places]
        if column == MODEL:
            return board.model_of[places]
        if column == SCORE:
            return self._view.totals.score[places]
        return np.array([board.infos[int(place)].run for place in places])

    def _text(self, line: int, column: int) -> str:
        assert self._view is not None
        info, place = self.info(line), int(self._places[line])
        if column == SCORE:
            totals = self._view.totals
            return score_text(float(totals.score[place])) if totals.scored[place] else NOTHING
        return (str(info.row), info.model, str(info.run))[column]
