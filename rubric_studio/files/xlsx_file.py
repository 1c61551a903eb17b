"""Read a worksheet row by row, and complain of all that Excel shows otherwise than it stores it."""

import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.table import Complaint, Progress, ReadItem, TableFacts, silent
from rubric_studio.domain.values import Json
from rubric_studio.files.grid import LINES_FOR_HEADER, GridRow, HeaderGuess, guess_header, open_grid
from rubric_studio.files.merged_cells import FilledMerges, merge_complaints
from rubric_studio.files.sheet_cells import Cell, CellReader, column_stretch
from rubric_studio.files.sheet_layout import Layout, read_layout, stretches

_LARGEST_UNPACKED = 4 << 30
_ROWS_AT_ONCE = 200
_DAMAGE = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    zlib.error,
    struct.error,
    ExpatError,
    EOFError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What zipfile, the XML parser and openpyxl raise over damaged and foreign files."""


class Workbook:
    """An open workbook: its worksheets, and the file parts they are stored in."""

    def __init__(self, path: Path, file: BinaryIO) -> None:
        reader = ExcelReader(file, read_only=True, data_only=True, keep_links=False)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl speaks of styles and extensions that are not read here
            reader.read()
        self.path = path
        self._book = reader.wb
        parts = {sheet.name: relation.target for sheet, relation in reader.parser.find_sheets()}
        self._sheets = {sheet.title: sheet for sheet in self._book.worksheets}
        self._parts = {name: parts[name] for name in self._sheets}

    def tables(self) -> tuple[TableFacts, ...]:
        """Count the filled rows of every worksheet."""
        return tuple(
            TableFacts(name, self.layout(name, silent).filled_rows, sheet.sheet_state != "visible")
            for name, sheet in self._sheets.items()
        )

    def hidden_sheets(self) -> tuple[str, ...]:
        """Name the worksheets that Excel does not show."""
        return tuple(name for name, sheet in self._sheets.items() if sheet.sheet_state != "visible")

    def layout(self, sheet: str, progress: Progress) -> Layout:
        """Read what stands around the values of a worksheet."""
        with _damage_named(self.path):
            return read_layout(self.path, self._parts[self._known(sheet)], progress)

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Cell]]]:
        """Yield row numbers and cells, from column A on."""
        worksheet = self._sheets[self._known(sheet)]
        worksheet.reset_dimensions()  # some writers store a wrong extent, and rows beyond it would be lost
        rows = enumerate(worksheet.iter_rows(), start=1)
        while batch := self._next_rows(rows):
            for number, cells in batch:
                yield number, [Cell(cell.value, cell.data_type) for cell in cells]

    def close(self) -> None:
        """Let go of the file."""
        self._book.close()

    def _known(self, sheet: str) -> str:
        if sheet in self._sheets:
            return sheet
        hint = f"There is: {', '.join(self._sheets)}."
        raise StudioError("No such sheet", f'There is no sheet "{sheet}".', hint, file=self.path.name)

    def _next_rows(self, rows: Iterator[tuple[int, tuple]]) -> list[tuple[int, tuple]]:
        """Take some rows; openpyxl warns of dates out of range, which then come as error values anyway."""
        with warnings.catch_warnings(), _damage_named(self.path):
            warnings.simplefilter("ignore")
            return list(islice(rows, _ROWS_AT_ONCE))


@contextmanager
def open_workbook(path: Path) -> Iterator[Workbook]:
    """Open a workbook for reading and close it again.

    Raises:
        StudioError: the file is no workbook, is damaged, or unpacks to more than 4 GB.
    """
    with path.open("rb") as file:
        with _damage_named(path):
            _refuse_bomb(path)
            workbook = Workbook(path, file)
        try:
            yield workbook
        finally:
            workbook.close()


def _refuse_bomb(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > _LARGEST_UNPACKED:
        raise StudioError("Workbook too large", f"It unpacks to {unpacked >> 30} GB.", file=path.name)


@contextmanager
def _damage_named(path: Path) -> Iterator[None]:
    """Say what openpyxl means when it stumbles over a damaged or foreign file."""
    try:
        yield
    except _DAMAGE as error:
        raise StudioError(
            "Not a readable workbook",
            f"Excel's own format could not be read ({error}).",
            "Open it in Excel and save it again as .xlsx.",
            file=path.name,
        ) from error


def guess_sheet(tables: tuple[TableFacts, ...]) -> tuple[str, bool]:
    """Choose the first visible sheet with rows; certain where it is the only one."""
    filled = [table for table in tables if table.lines and not table.hidden]
    filled = filled or [table for table in tables if table.lines] or list(tables)
    return (filled[0].name, len(filled) == 1) if filled else ("", True)


def guess_sheet_header(workbook: Workbook, sheet: str) -> HeaderGuess:
    """Recognize on which row the column names stand."""
    reader = CellReader({})
    filled = (reader.row(number, iter(cells)) for number, cells in workbook.rows(sheet) if cells)
    return guess_header(list(islice(filled, LINES_FOR_HEADER)))


def read_xlsx(path: Path, sheet: str, header_row: int | None, progress: Progress) -> Iterator[ReadItem]:
    """Yield the lines of a worksheet and complaints, each with its cell."""
    with open_workbook(path) as workbook:
        layout = workbook.layout(sheet, progress)
        reader = CellReader(layout.formulas)
        rows = _grid_rows(workbook, sheet, layout, reader, progress)
        grid, guess, below = open_grid(rows, header_row, path.name, sheet)
        yield from _hidden(workbook, sheet, layout, guess.row)
        yield from merge_complaints(layout.merges, guess.row, path.name, sheet)
        yield from grid.header_complaints()
        yield from grid.lines(below)
        yield from grid.lines(reader.dates_among_numbers())


def _grid_rows(
    workbook: Workbook, sheet: str, layout: Layout, reader: CellReader, progress: Progress
) -> Iterator[GridRow]:
    merges = FilledMerges(layout.merges)
    done, message = 0, f"Reading {workbook.path.name}, sheet {sheet}"
    for number, cells in workbook.rows(sheet):
        row = reader.row(number, iter(cells))
        values: list[Json] = list(row.cells)
        filled = any(value is not None for value in values)
        merges.fill(number, values)
        done += filled
        if number % _ROWS_AT_ONCE == 1:
            progress(done, layout.filled_rows, message)
        if filled or row.faults:
            yield GridRow(number, values, row.faults)
    progress(layout.filled_rows, layout.filled_rows, message)


def _hidden(workbook: Workbook, sheet: str, layout: Layout, header_row: int) -> Iterator[Complaint]:
    file = workbook.path.name
    for name in workbook.hidden_sheets():
        message = f'The sheet "{name}" is hidden.'
        hint = "It is the one that is read." if name == sheet else "It is not read."
        yield Complaint(None, None, message, hint, "warning", file=file, sheet=name)
    hint = "It is read like the others; leave it out, or show it in Excel first."
    for first, last in stretches(row for row in layout.hidden_rows if row > header_row):
        message = f"Row {first} is hidden." if first == last else f"Rows {first} to {last} are hidden."
        yield Complaint(first, None, message, hint, "warning", file, sheet, f"{first}:{last}")
    for first, last in layout.hidden_columns:
        if first <= layout.last_column:
            cells = column_stretch(first, min(last, layout.last_column))
            message = f"Hidden columns: {cells}."
            yield Complaint(None, None, message, hint, "warning", file=file, sheet=sheet, cell=cells)
