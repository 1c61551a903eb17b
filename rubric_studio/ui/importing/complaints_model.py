"""Every complaint about a file as a table: line, column or cell, what is wrong, what to do."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from rubric_studio.domain.table import Complaint
from rubric_studio.ui.importing.import_words import shortened
from rubric_studio.ui.look import Look
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import tip

Index = QModelIndex | QPersistentModelIndex
LONGEST = 400


class ComplaintsModel(QAbstractTableModel):
    """Errors first, then notes, each in the order of the file."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._all: list[Complaint] = []
        self._shown: list[Complaint] = []

    def show(self, complaints: Sequence[Complaint]) -> None:
        """Show another list, unfiltered."""
        self._all = sorted(complaints, key=lambda complaint: (not complaint.is_error, complaint.line or 0))
        self.filter("", "all")

    def filter(self, words: str, kind: str) -> None:
        """Show those that hold the words; `kind` is "all", "error" or "warning"."""
        wanted = words.casefold().split()
        self.beginResetModel()
        self._shown = [
            complaint
            for complaint in self._all
            if kind in ("all", complaint.severity) and (not wanted or _holds(complaint, wanted))
        ]
        self.endResetModel()

    def complaints(self) -> list[Complaint]:
        """Return all of them, whatever is shown."""
        return list(self._all)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        complaint = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(complaint)[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._texts(complaint)[index.column()])
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            if complaint.is_error:
                return self._look.icon("warning", "missed")
            return self._look.icon("dot", "not_applicable")
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0:
            kind = self.tr("Must be settled") if complaint.is_error else self.tr("Note")
            return f"{kind}: {self._texts(complaint)[0]}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            titles = (self.tr("Line"), self.tr("Column"), self.tr("What is wrong"), self.tr("What to do"))
            return titles[section]
        return None

    def _texts(self, complaint: Complaint) -> tuple[str, str, str, str]:
        line = self.tr("whole file") if complaint.line is None else count_text(complaint.line)
        place = " ".join(part for part in (complaint.column or "", complaint.cell) if part)
        return (
            line,
            shortened(place, 60),
            shortened(complaint.message, LONGEST),
            shortened(complaint.hint, LONGEST),
        )


def _holds(complaint: Complaint, words: list[str]) -> bool:
    """Whether all words stand somewhere in a complaint; asked of 100,000 at every letter typed."""
    text = f"{complaint.line} {complaint.column} {complaint.cell} {complaint.message} {complaint.hint}".casefold()
    return all(word in text for word in words)
