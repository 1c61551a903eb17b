"""Turn a grid of cells (CSV, worksheet, clipboard) into lines: header, column names, placed complaints."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from rubric_studio.domain.table import Complaint, ReadItem, Severity, TableLine
from rubric_studio.domain.values import Json
from rubric_studio.files.characters import character_complaints, is_cut_by_excel

LINES_FOR_HEADER = 30
_LONGEST_NAME = 120


class Fault(NamedTuple):
    """Something wrong with one cell (column counted from 0), before columns have names."""

    column: int
    message: str
    hint: str = ""
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class GridRow:
    """The cells of one line. A row without cells only carries faults."""

    number: int
    cells: Sequence[Json]
    faults: tuple[Fault, ...] = ()


class HeaderGuess(NamedTuple):
    """On which line the column names stand (0: nowhere), and whether one may rely on it without asking."""

    row: int
    certain: bool


def guess_header(rows: Sequence[GridRow]) -> HeaderGuess:
    """Take the first line that is nearly as wide as the table and holds short, different texts only."""
    filled = [(row, [cell for cell in row.cells if cell is not None]) for row in rows]
    filled = [(row, cells) for row, cells in filled if cells]
    if not filled:
        return HeaderGuess(0, True)
    width = max(len(cells) for _, cells in filled)
    for place, (row, cells) in enumerate(filled):
        if len(cells) >= max(1, 0.6 * width) and _are_names(cells):
            return HeaderGuess(row.number, place == 0 and len(filled) > 1)
        if len(cells) > 1 and len(cells) >= 0.6 * width:
            break  # the data have begun
    return HeaderGuess(0, False)


def _are_names(cells: Sequence[Json]) -> bool:
    texts = [cell for cell in cells if isinstance(cell, str)]
    if len(texts) < len(cells) or len(set(texts)) < len(texts) / 2:
        return False
    return all(len(text) <= _LONGEST_NAME and not _is_number(text) for text in texts)


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True


class Grid:
    """Names the columns of one table and makes its lines."""

    def __init__(self, file: str, sheet: str, header: GridRow | None) -> None:
        self._file = file
        self._sheet = sheet
        self._header = header
        self._names = _column_names(header.cells) if header else []

    def header_complaints(self) -> Iterator[Complaint]:
        """Name headers that are empty or stand twice; they were given names of their own."""
        if not self._header:
            return
        texts = [_header_text(cell) for cell in self._header.cells[: len(self._names)]]
        for column, text in enumerate(texts):
            if not text:
                message = f"Column {get_column_letter(column + 1)} has no name."
            elif text in texts[:column]:
                message = f'Two columns are called "{text}".'
            else:
                continue
            hint = f'It is called "{self._names[column]}" here.'
            yield self._complaint(self._header.number, Fault(column, message, hint, "warning"))

    def lines(self, rows: Iterable[GridRow]) -> Iterator[ReadItem]:
        """Yield complaints and the line they speak of; lines without any value are passed over."""
        for row in rows:
            for fault in row.faults:
                yield self._complaint(row.number, fault)
            if any(cell is not None for cell in row.cells):
                yield from self._line(row)

    def ragged(self, row: GridRow) -> Complaint | None:
        """Complain where a line of a text file has not as many cells as the header."""
        if not self._header or len(row.cells) == len(self._header.cells):
            return None
        return Complaint(
            row.number,
            None,
            f"This line has {len(row.cells)} cells, the header has {len(self._header.cells)}.",
            "A delimiter or a line break inside a text must stand in double quotes.",
            file=self._file,
            sheet=self._sheet,
        )

    def _line(self, row: GridRow) -> Iterator[ReadItem]:
        values: dict[str, Json] = {}
        for column, cell in enumerate(row.cells):
            if column < len(self._names) or not self._header:
                values[self._name(column)] = cell
            elif cell is not None:
                values[self._name(column)] = cell
                yield self._complaint(row.number, _BEYOND._replace(column=column))
        values.update(dict.fromkeys(self._names[len(row.cells) :]))
        line = TableLine(row.number, values, self._file, self._sheet)
        yield from character_complaints(line)
        for column, cell in enumerate(row.cells):
            if isinstance(cell, str) and is_cut_by_excel(cell):
                yield self._complaint(row.number, _CUT._replace(column=column))
        yield line

    def _name(self, column: int) -> str:
        return self._names[column] if column < len(self._names) else get_column_letter(column + 1)

    def _complaint(self, number: int, fault: Fault) -> Complaint:
        cell = f"{get_column_letter(fault.column + 1)}{number}" if self._sheet else ""
        return Complaint(
            number,
            self._name(fault.column),
            fault.message,
            fault.hint,
            fault.severity,
            self._file,
            self._sheet,
            cell,
        )


_BEYOND = Fault(
    0, "A value stands where no column has a name.", "Name the column, or empty the cell.", "warning"
)
_CUT = Fault(
    0,
    "The text is exactly 32,767 characters long: Excel has cut it.",
    "Bring this text in from its source (CSV, JSONL), not through Excel.",
)


def open_grid(
    rows: Iterator[GridRow], header_row: int | None, file: str, sheet: str = ""
) -> tuple[Grid, HeaderGuess, Iterator[GridRow]]:
    """Find the header among the first lines; return the grid, what was found, and the rows below."""
    first = list(islice(rows, LINES_FOR_HEADER if header_row is None else max(header_row, 1)))
    guess = guess_header(first) if header_row is None else HeaderGuess(header_row, True)
    header = next((row for row in first if row.number == guess.row), None)
    below = (row for row in chain(first, rows) if row.number > guess.row)
    return Grid(file, sheet, header), guess, below


def _header_text(cell: Json) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _column_names(cells: Sequence[Json]) -> list[str]:
    texts = [_header_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    names: list[str] = []
    for column, text in enumerate(texts):
        wanted = text or f"column {get_column_letter(column + 1)}"
        numbered = (f"{wanted} ({number})" for number in count(2))
        names.append(next(name for name in chain([wanted], numbered) if name not in names))
    return names
