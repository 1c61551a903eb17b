"""What was done in the project, newest first: one line per edit. It changes nothing and reads nothing itself."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.record import EditEntry
from rubric_studio.ui.day_text import time_text
from rubric_studio.ui.look import Look

LETTERS, LINES = 110, 30


class HistoryDialog(QDialog):
    """A table of when, who and what."""

    def __init__(
        self, look: Look, edits: Sequence[EditEntry], people: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._people = people
        self.setWindowTitle(self.tr("What was done"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = QTableWidget(len(edits), 3)
        self.table.setHorizontalHeaderLabels([self.tr("When"), self.tr("Who"), self.tr("What")])
        self.table.setAccessibleName(self.windowTitle())
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(True)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for line, entry in enumerate(edits):
            for column, text in enumerate(self._texts(entry)):
                self.table.setItem(line, column, QTableWidgetItem(text))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        space = look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.wide)
        layout.setSpacing(space.large)
        layout.addWidget(self.table, 1)
        layout.addWidget(buttons)
        self._fit(look)

    def _fit(self, look: Look) -> None:
        """Be as wide as its lines, and no larger than the window behind."""
        metrics, parent = look.metrics("control"), self.parentWidget()
        size = QSize(LETTERS * metrics.averageCharWidth(), LINES * metrics.lineSpacing())
        room = parent.window().size() * 0.95 if parent is not None else size
        self.resize(size.boundedTo(room))

    def _texts(self, entry: EditEntry) -> tuple[str, str, str]:
        words = {"do": "{0}", "undo": self.tr("Undone: {0}"), "redo": self.tr("Done again: {0}")}
        who = self._people.get(entry.person, entry.person)
        return time_text(entry.at), who, words[entry.role].format(entry.label)
