"""Save a list of complaints as a workbook, for the person who repairs the source."""

import re
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from rubric_studio.domain.table import Complaint
from rubric_studio.files.atomic_write import written_atomically
from rubric_studio.files.characters import EXCEL_CELL_LIMIT

_COLUMNS = (
    *(("Kind", 10), ("File", 24), ("Sheet", 16), ("Line", 8), ("Column", 20), ("Cell", 10)),
    *(("What is wrong", 70), ("What to do", 70)),
)
_NOT_IN_EXCEL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def save_complaints(path: Path, complaints: Iterable[Complaint]) -> None:
    """Write one line per complaint.

    Raises:
        StudioError: the file cannot be written there.
    """
    with written_atomically(path) as beside:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Complaints")
        sheet.freeze_panes = "A2"
        for letter, (_, width) in zip("ABCDEFGH", _COLUMNS, strict=True):
            sheet.column_dimensions[letter].width = width
        sheet.append([_cell(sheet, title, bold=True) for title, _ in _COLUMNS])
        for complaint in complaints:
            sheet.append([_cell(sheet, value) for value in _values(complaint)])
        book.save(beside)


def _values(complaint: Complaint) -> tuple[str | int, ...]:
    return (
        "Error" if complaint.is_error else "Note",
        complaint.file,
        complaint.sheet,
        "" if complaint.line is None else complaint.line,
        complaint.column or "",
        complaint.cell,
        complaint.message,
        complaint.hint,
    )


def _cell(sheet, text: str | int, *, bold: bool = False):
    """Make a cell in which text stays text: a complaint that quotes "=1+1" must not become a formula."""
    if isinstance(text, int):
        return WriteOnlyCell(sheet, text)
    cell = WriteOnlyCell(sheet)
    cell.value = _NOT_IN_EXCEL.sub("\ufffd", text)[:EXCEL_CELL_LIMIT]
    cell.data_type = "s"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=len(text) > 40, vertical="top")
    return cell
