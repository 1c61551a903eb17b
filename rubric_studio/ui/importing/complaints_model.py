"""Every complaint about a file as a table: line, column or cell, what is wrong, what to do."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from rubric_studio.domain.table import Complaint
from rubric_studio.ui.importing.import_words import shortened
from rubric_studio.ui.look import Look
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import tip

Index = QModelIndex | QPersistentModelIndex
LONGEST = 400


class ComplaintLine(NamedTuple):
    """A complaint and the words by which it is found."""

    complaint: Complaint
    words: str


def complaint_lines(complaints: Sequence[Complaint]) -> list[ComplaintLine]:
    """Errors first, then notes, each in the order of the file. Takes a while where there are 100,000."""
    ordered = sorted(complaints, key=lambda complaint: (not complaint.is_error, complaint.line or 0))
    return [ComplaintLine(complaint, _words(complaint)) for complaint in ordered]


class ComplaintsModel(QAbstractTableModel):
    """Shows the lines it is given, or those of them that hold some words."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._all: Sequence[ComplaintLine] = ()
        self._shown: Sequence[ComplaintLine] = ()

    def show(self, lines: Sequence[ComplaintLine]) -> None:
        """Show another list, unfiltered."""
        self._all = lines
        self.filter("", "all")

    def filter(self, words: str, kind: str) -> None:
        """Show those that hold the words; `kind` is "all", "error" or "warning"."""
        found = self._all
        for word in words.casefold().split():
            found = [line for line in found if word in line.words]
        if kind != "all":
            found = [line for line in found if line.complaint.severity == kind]
        self.beginResetModel()
        self._shown = found
        self.endResetModel()

    def complaints(self) -> list[Complaint]:
        """Return all of them, whatever is shown."""
        return [line.complaint for line in self._all]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        complaint = self._shown[index.row()].complaint
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


def _words(complaint: Complaint) -> str:
    """All that is searched, folded once: the list is filtered at every letter typed."""
    place = f"{complaint.line} {complaint.column} {complaint.cell}"
    return f"{place} {complaint.message} {complaint.hint}".casefold()
