"""Read CSV with any delimiter; cells stay text, an empty cell is None."""

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from rubric_studio.domain.table import Complaint, Progress, ReadItem, silent
from rubric_studio.files.grid import LINES_FOR_HEADER, Grid, GridRow, HeaderGuess, guess_header, open_grid
from rubric_studio.files.sniff import Guess, sniff_delimiter
from rubric_studio.files.streaming import text_lines

_LONGEST_CELL = (
    2**31 - 1
)  # a C long on Windows; the module's own limit of 131,072 is shorter than many answers


def guess_delimiter(path: Path, encoding: str) -> Guess:
    """Recognize the delimiter from the first lines."""
    return sniff_delimiter(text_lines(path, encoding, silent))


def guess_csv_header(path: Path, encoding: str, delimiter: str) -> HeaderGuess:
    """Recognize on which line the column names stand."""
    rows = _rows(text_lines(path, encoding, silent), delimiter, path.name)
    return guess_header([row for row in islice(rows, LINES_FOR_HEADER) if isinstance(row, GridRow)])


def read_csv(
    path: Path, encoding: str, delimiter: str, header_row: int | None, progress: Progress
) -> Iterator[ReadItem]:
    """Yield lines and complaints. A line's number is the physical line on which it begins."""
    rows = _rows(text_lines(path, encoding, progress), delimiter, path.name)
    yield from lines_of_text_grid(rows, header_row, path.name)


def lines_of_text_grid(
    rows: Iterator[GridRow | Complaint], header_row: int | None, file: str
) -> Iterator[ReadItem]:
    """Yield the lines of a grid that came as text: every line must have as many cells as the header."""
    complaints: list[Complaint] = []
    grid, _, below = open_grid(_only_rows(rows, complaints), header_row, file)
    yield from grid.header_complaints()
    for row in below:
        yield from _drain(complaints)
        yield from _checked(grid, row)
    yield from _drain(complaints)


def _checked(grid: Grid, row: GridRow) -> Iterator[ReadItem]:
    ragged = grid.ragged(row)
    if ragged:
        yield ragged
    else:
        yield from grid.lines([row])


def _only_rows(rows: Iterator[GridRow | Complaint], complaints: list[Complaint]) -> Iterator[GridRow]:
    for row in rows:
        if isinstance(row, GridRow):
            yield row
        else:
            complaints.append(row)


def _drain(complaints: list[Complaint]) -> Iterator[Complaint]:
    while complaints:
        yield complaints.pop(0)


def _rows(lines: Iterator[str], delimiter: str, file: str) -> Iterator[GridRow | Complaint]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _quoting_complaint(start, reader.line_num, str(error), file)
            continue
        if any(cells):
            yield GridRow(start, [cell or None for cell in cells])


def _quoting_complaint(start: int, end: int, error: str, file: str) -> Complaint:
    if "unexpected end" in error:
        message = (
            f"A double quote opened in this line is never closed; lines {start} to {end} became one cell."
        )
        # What it swallowed cannot be told apart any more, so it cannot be left out as one line.
        return Complaint(None, None, f"Line {start}: {message}", "Close the quote.", file=file)
    hint = 'A double quote inside a text must be doubled ("") and the text must stand in double quotes.'
    return Complaint(start, None, "The double quotes in this line do not match.", hint, file=file)
