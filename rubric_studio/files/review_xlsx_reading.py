"""Read a round's workbook that came back filled in: what was written beside each point. Not whether it is a grade."""

import warnings
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.review_sheet import FilledLine, FilledSheet
from rubric_studio.domain.table import Complaint
from rubric_studio.files.review_xlsx import ABOUT, GRADE, HEADS, ID, PERSON_LABEL, REASON, ROUND_LABEL, SCORE
from rubric_studio.files.rubric_cell_text import text_of_cell
from rubric_studio.files.rubric_package import open_package


def read_review_sheet(path: Path) -> FilledSheet:
    """Read a workbook that comes back.

    Raises:
        StudioError: it cannot be read, is damaged, locked by a password, carries macros, or was not given out by
            this program for a round.
    """
    with open_package(path, ".xlsx"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl speaks of styles and extensions that are not read here
        book = _loaded(path)
        try:
            about = _about(book)
            if SCORE not in book.sheetnames or ROUND_LABEL not in about or PERSON_LABEL not in about:
                raise _foreign(path)
            found = list(_lines(book[SCORE], path.name))
        finally:
            book.close()
    return FilledSheet(
        file=path.name,
        round=about[ROUND_LABEL],
        person=about[PERSON_LABEL],
        lines=tuple(each for each in found if isinstance(each, FilledLine)),
        complaints=tuple(each for each in found if isinstance(each, Complaint)),
    )


def _loaded(path: Path) -> Workbook:
    """Open the workbook; whatever openpyxl stumbles over is damage."""
    try:
        return load_workbook(path, data_only=True, keep_links=False)
    except (AttributeError, TypeError, LookupError, SyntaxError, ArithmeticError) as error:
        raise ValueError(str(error)) from error


def _about(book: Workbook) -> dict[str, str]:
    if ABOUT not in book.sheetnames:
        return {}
    rows = book[ABOUT].iter_rows(max_row=10, max_col=2, values_only=True)
    return {str(label): str(text) for label, text in rows if label and text}


def _lines(sheet: Worksheet, file: str) -> Iterator[FilledLine | Complaint]:
    """Each line with an id; one that stands twice counts where it stands first."""
    seen: dict[str, str] = {}
    for number, row in enumerate(sheet.iter_rows(min_col=1, max_col=ID, values_only=True), start=1):
        id, grade, reason = (_said(row[column - 1]) for column in (ID, GRADE, REASON))
        cell = f"{get_column_letter(GRADE)}{number}"
        if "/" not in id:
            continue
        if id in seen:
            message = f"This point stands in {seen[id]} already; this line was not read."
            yield Complaint(
                number, HEADS[GRADE], message, "Lines must not be copied.", "error", file, SCORE, cell
            )
            continue
        seen[id] = cell
        yield FilledLine(id, grade, reason, cell)


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
