"""Read a round's workbook that came back filled in: what was written beside each point. Not whether it is a grade."""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.review_sheet import FilledLine, FilledSheet
from rubric_studio.domain.table import Complaint
from rubric_studio.files.review_xlsx import (
    ABOUT,
    GRADE,
    GRADES,
    HEAD_ROW,
    HEADS,
    ID,
    PERSON_LABEL,
    REASON,
    ROUND_LABEL,
    SCORE,
)
from rubric_studio.files.rubric_cell_text import text_of_cell
from rubric_studio.files.rubric_package import open_package

FORMULA = object()
"""What stands in a cell whose value is worked out."""
LAST_ROW = 1_048_576
LARGEST = 128 << 20
"""Bytes, unpacked; a long round with long texts comes to a tenth of it."""


def read_review_sheet(path: Path) -> FilledSheet:
    """Read a workbook that comes back.

    Raises:
        StudioError: it cannot be read, is damaged, locked by a password, carries macros, is far too large, or was
            not given out by this program for a round.
    """
    with open_package(path, ".xlsx"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl speaks of styles and extensions that are not read here
        _refuse_large(path)
        with _opened(path, worked_out=False) as book:
            about = _about(book)
            sheet = _score_sheet(book)
            if sheet is None or ROUND_LABEL not in about or PERSON_LABEL not in about:
                raise _foreign(path)
            name, lines = sheet.title, list(_filled_rows(sheet))
        results = _results(path, name) if any(line.has_formula for line in lines) else {}
        found = list(_lines(lines, results, path.name, name))
    return FilledSheet(
        file=path.name,
        round=about[ROUND_LABEL],
        person=about[PERSON_LABEL],
        lines=tuple(each for each in found if isinstance(each, FilledLine)),
        complaints=tuple(each for each in found if isinstance(each, Complaint)),
    )


class _Row(NamedTuple):
    """A line of the sheet that says anything in the columns that are read."""

    number: int
    id: str
    grade: Any
    reason: Any

    @property
    def has_formula(self) -> bool:
        return FORMULA in (self.grade, self.reason)


@contextmanager
def _opened(path: Path, *, worked_out: bool) -> Iterator[Workbook]:
    """Open the workbook to be read line by line; whatever openpyxl stumbles over is damage.

    Read so, neither a merged range nor a link makes it build the millions of cells that these may claim to cover.
    """
    try:
        book = load_workbook(path, read_only=True, data_only=worked_out, keep_links=False)
        try:
            yield book
        finally:
            book.close()
    except (AttributeError, TypeError, LookupError, SyntaxError, ArithmeticError) as error:
        raise ValueError(str(error)) from error


def _refuse_large(path: Path) -> None:
    with ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > LARGEST:
        raise StudioError(
            "This workbook is too large",
            f"It unpacks to more than {LARGEST >> 20} MB, and no sheet of a round does. Nothing was changed.",
            "Bring in the workbook that was sent to the expert, with the grades filled in.",
            file=path.name,
        )


def _about(book: Workbook) -> dict[str, str]:
    if ABOUT not in book.sheetnames:
        return {}
    rows = book[ABOUT].iter_rows(max_row=10, max_col=2, values_only=True)
    return {str(row[0]): str(row[1]) for row in rows if len(row) > 1 and row[0] and row[1]}


def _score_sheet(book: Workbook) -> Any:
    """The sheet with the points: by its name, or, where it was given another, the only one that has ids."""
    if SCORE in book.sheetnames:
        return book[SCORE]
    others = [book[name] for name in book.sheetnames if name not in (GRADES, ABOUT)]
    marked = [sheet for sheet in others if any("/" in row.id for row in _filled_rows(sheet))]
    return marked[0] if len(marked) == 1 else None


def _filled_rows(sheet: Any) -> Iterator[_Row]:
    sheet.reset_dimensions()  # what a file claims of its size is not believed
    for number, row in enumerate(sheet.iter_rows(min_col=1, max_col=ID), start=1):
        if number > LAST_ROW:
            raise ValueError("it has more rows than a sheet can have")
        if number > HEAD_ROW and len(row) >= GRADE:
            grade, reason, id = ([_value(cell) for cell in row] + [None, None])[GRADE - 1 : ID]
            if (grade, reason, id) != (None, None, None):
                yield _Row(number, _said(id), grade, reason)


def _value(cell: Any) -> Any:
    return FORMULA if cell.data_type == "f" else cell.value


def _lines(
    rows: Iterable[_Row], results: Mapping[int, _Row], file: str, sheet: str
) -> Iterator[FilledLine | Complaint]:
    """Each line with an id; one that stands twice counts where it stands first."""
    seen: dict[str, str] = {}
    for row in rows:
        cell = f"{get_column_letter(GRADE)}{row.number}"
        trouble = _trouble(row, results, seen)
        if trouble is not None:
            message, hint, column = trouble
            cell = f"{get_column_letter(column)}{row.number}"
            yield Complaint(row.number, HEADS[column], message, hint, "error", file, sheet, cell)
        elif "/" in row.id:
            seen[row.id] = cell
            said = results.get(row.number, row) if row.has_formula else row
            yield FilledLine(row.id, _said(said.grade), _said(said.reason), cell)


def _trouble(row: _Row, results: Mapping[int, _Row], seen: Mapping[str, str]) -> tuple[str, str, int] | None:
    """Why a line cannot be read: what is wrong, what to do, and in which column; None where nothing is."""
    if "/" not in row.id:
        if not _said(row.grade) or row.has_formula:
            return None
        message = "This line belongs to no point; its grade was not read."
        return message, "Write the grade beside the point itself.", GRADE
    if row.id in seen:
        message = f"This point stands in {seen[row.id]} already; this line was not read."
        return message, "Lines must not be copied.", GRADE
    result = results.get(row.number)
    for column, said, found in (
        (GRADE, row.grade, result and result.grade),
        (REASON, row.reason, result and result.reason),
    ):
        if said is FORMULA and found is None:
            return "There is a formula that no program has worked out.", "Write what it shall say.", column
    return None


def _results(path: Path, sheet: str) -> dict[int, _Row]:
    """What the formulas came to when the workbook was saved."""
    with _opened(path, worked_out=True) as book:
        return {row.number: row for row in _filled_rows(book[sheet])}


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return text_of_cell(str(value)).strip()


def _foreign(path: Path) -> StudioError:
    return StudioError(
        "This is no sheet of a round",
        "It was not given out by Rubric Studio for a round, or its hidden sheets were removed.",
        "Bring in the workbook that was sent to the expert, with the grades filled in.",
        file=path.name,
    )
