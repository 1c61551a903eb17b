"""A figure's data as a table: for screen readers, and for people who would rather read numbers."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import tip
from rubric_studio.ui.results.figure import Figure, cell_text

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
MOST_LINES = 12
MEASURED = 50
LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class FigureModel(QAbstractTableModel):
    """A figure's lines as they are asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._figure: Figure | None = None

    def show_figure(self, figure: Figure) -> None:
        """Show other data."""
        self.beginResetModel()
        self._figure = figure
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or self._figure is None else self._figure.count

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or self._figure is None else len(self._figure.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._figure is None or not index.isValid():
            return None
        cell = self._figure.line(index.row())[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell_text(cell)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(cell, str):
            return tip(cell)
        if role == Qt.ItemDataRole.TextAlignmentRole and not isinstance(cell, str):
            return RIGHT | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self._figure is None or orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and self._figure.count:
            is_words = isinstance(self._figure.line(0)[section], str)
            return (LEFT if is_words else RIGHT) | Qt.AlignmentFlag.AlignVCenter
        return self._figure.columns[section] if role == Qt.ItemDataRole.DisplayRole else None


class FigureTable(QTableView):
    """Enter and a double click open the answers behind a line."""

    opened = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._model = FigureModel(self)
        self.setModel(self._model)
        read_only_lines(self)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        look.changed.connect(self._fit)
        self._fit()

    def show_figure(self, figure: Figure) -> None:
        """Show other data."""
        self._model.show_figure(figure)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setAccessibleName(figure.title)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        line = self._look.metrics("control").height() + self._look.theme.space.medium
        self.verticalHeader().setDefaultSectionSize(line)
        lines = min(max(self._model.rowCount(), 1), MOST_LINES)
        self.setFixedHeight(lines * line + self.horizontalHeader().sizeHint().height() + 4)


def read_only_lines(table: QTableView) -> None:
    """Set a table of whole lines to read: no grid, no editing, Tab leaves it."""
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setWordWrap(False)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setResizeContentsPrecision(MEASURED)
