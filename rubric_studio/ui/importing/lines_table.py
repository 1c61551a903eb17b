"""The first lines of a file as a table, just as they were read."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from rubric_studio.domain.table import FileFacts
from rubric_studio.domain.values import Json
from rubric_studio.services.imported_values import as_text
from rubric_studio.ui.importing.import_words import shortened
from rubric_studio.ui.look import Look

MOST_COLUMNS = 40
CELL = 80


class LinesTable(QTableWidget):
    """Read only; Tab leaves it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(self.tr("The first lines"))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def show_lines(self, facts: FileFacts) -> None:
        """Show the lines that were read, under their columns."""
        columns = facts.columns[:MOST_COLUMNS]
        self.clear()
        self.setColumnCount(len(columns))
        self.setRowCount(len(facts.examples))
        self.setHorizontalHeaderLabels([shortened(column, CELL) for column in columns])
        self.setVerticalHeaderLabels([str(line.number) for line in facts.examples])
        for at, line in enumerate(facts.examples):
            for place, column in enumerate(columns):
                self.setItem(at, place, QTableWidgetItem(cell_text(line.values.get(column))))
        widest = self._look.metrics("control").averageCharWidth() * 32
        self.resizeColumnsToContents()
        for place in range(len(columns)):
            self.setColumnWidth(place, min(widest, self.columnWidth(place)))


def cell_text(value: Json) -> str:
    """Write a value for a cell: short and on one line."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return shortened(as_text(value), CELL)
