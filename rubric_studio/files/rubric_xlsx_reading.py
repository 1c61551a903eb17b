"""Read a workbook that was given out: every cell that holds a field, by its line's key, and the notes on cells."""

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from rubric_studio.domain.guide_lines import COLUMNS, SEPARATOR, place_of
from rubric_studio.domain.returned_guide import ReturnedComment, ReturnedField, ReturnedGuide
from rubric_studio.domain.rubric_field import FieldPlace, number_in, number_words
from rubric_studio.domain.table import Complaint
from rubric_studio.files.rubric_cell_text import text_of_cell
from rubric_studio.files.rubric_package import last_saved, not_given_out, open_package
from rubric_studio.files.rubric_xlsx import ABOUT, BASE_LABEL, OURS, POINTS

NEEDED = ("key", "what")
_THREAD = re.compile(r"\A\[Threaded comment\].*?\n\s*Comment:\s*", re.DOTALL)
_SIGNED = re.compile(r"\A([^\n:]{1,60}):\n")
_REPLY = re.compile(r"\n\s*Reply:\s*")


def read_xlsx_back(path: Path) -> ReturnedGuide:
    """Read a workbook that comes back.

    Raises:
        StudioError: it cannot be read, is damaged, locked by a password, carries macros, or was not given out
            by this program.
    """
    with open_package(path, ".xlsx") as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl speaks of styles and extensions that are not read here
        identifier, author, at = last_saved(package)
        book = _loaded(path)
        try:
            sheet = book[POINTS] if POINTS in book.sheetnames else book.worksheets[0]
            heads = _heads(sheet)
            if any(name not in heads for name in NEEDED):
                raise not_given_out(path)
            reading = _Reading(path.name, sheet, author, heads)
            return ReturnedGuide(
                file=path.name,
                format="xlsx",
                base=_base(book) or identifier,
                author=author,
                at=at,
                fields=tuple(reading.fields()),
                comments=tuple(reading.loose),
                notes=tuple(reading.notes),
                complaints=tuple(reading.complaints),
            )
        finally:
            book.close()


def _loaded(path: Path) -> Workbook:
    """Open the workbook; whatever openpyxl stumbles over is damage."""
    try:
        return load_workbook(path, data_only=True, keep_links=False)
    except (AttributeError, TypeError, LookupError, SyntaxError, ArithmeticError) as error:
        raise ValueError(str(error)) from error


def _base(book: Workbook) -> str:
    """What the sheet about the file says was given out."""
    if ABOUT not in book.sheetnames:
        return ""
    rows = book[ABOUT].iter_rows(max_row=50, max_col=2, values_only=True)
    found = (str(text or "").strip() for label, text in rows if label == BASE_LABEL)
    return next(found, "")


def _heads(sheet: Worksheet) -> dict[str, int]:
    """Which of our columns is where."""
    heads = {str(cell.value or "").strip().lower(): at for at, cell in enumerate(sheet[1], start=1)}
    return {name: heads[name] for name in COLUMNS if name in heads}


class _Reading:
    """One sheet while it is read, from top to bottom."""

    def __init__(self, file: str, sheet: Worksheet, author: str, columns: dict[str, int]) -> None:
        self._columns = columns
        self._file, self._sheet, self._author = file, sheet, author
        self._seen: dict[str, int] = {}
        self.loose: list[ReturnedComment] = []
        self.notes: list[str] = []
        self.complaints: list[Complaint] = []

    def fields(self) -> Iterator[ReturnedField]:
        """Every cell that holds a field."""
        for number, row in enumerate(self._sheet.iter_rows(min_row=2), start=2):
            what, key = self._text(number, "what").lower(), self._text(number, "key")
            if what in ("part", "point", "grade", "guide") and (key or what == "guide"):
                if self._is_new(what, key, number):
                    yield from self._line(number, what, key)
            else:
                self._other_line(number, row)

    def _line(self, number: int, what: str, key: str) -> Iterator[ReturnedField]:
        for name, column in self._columns.items():
            cell, place = self._cell(number, column), place_of(what, key, name)
            comments = tuple(_comments(cell, self._author))
            if place is None:
                self.loose += comments
                continue
            text = self._said(cell, place)
            if text is not None:
                id, where = place.id, cell.coordinate
                yield ReturnedField(id=id, before=text, after=text, comments=comments, cell=where)
            else:
                self.loose += comments

    def _is_new(self, what: str, key: str, number: int) -> bool:
        """Whether no line above is about the same."""
        first = self._seen.setdefault(f"{what}\n{key}", number)
        if first == number:
            return True
        message = f"The key {key} stands on line {first} already; this line was not read."
        self._complain(number, "key", message, "Keys must not be copied; add points in the guide itself.")
        return False

    def _other_line(self, number: int, row: tuple[Any, ...]) -> None:
        """A line without a key is somebody's own; one whose key was broken is complained about."""
        texts = [str(cell.value).strip() for cell in row if cell.value not in (None, "")]
        if not texts:
            return
        if self._text(number, "key"):
            message = f"“{self._text(number, 'what')}” is neither guide, part, point nor grade."
            self._complain(number, "what", message, "Write again what stood there.")
        else:
            self.notes.append(
                f"Line {number} was added, to be done in the guide itself: “{' · '.join(texts)[:120]}”"
            )

    def _said(self, cell: Cell, place: FieldPlace) -> str | None:
        """What a cell says as the field's text; None, with a complaint, where it cannot."""
        value = cell.value
        if place.is_number:
            return self._number(cell, place, value)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, datetime | date | time):
            return value.isoformat()
        return number_words(float(value)) if isinstance(value, int | float) else text_of_cell(str(value))

    def _number(self, cell: Cell, place: FieldPlace, value: Any) -> str | None:
        name = place.field
        if isinstance(value, str) and value.strip():
            try:
                value = number_in(value)
            except ValueError:
                value = value.strip()
        if isinstance(value, bool) or not isinstance(value, int | float):
            shown = "empty" if value is None or value == "" else f"“{value}”, which is no number"
            message = f"The {name} of {self._owner(place)} is {shown}."
            self._complain(cell.row, name, message, "Write a number.", cell.coordinate)
            return None
        if name == "value" and not 0 <= value <= 1:
            message = f"The value of {self._owner(place)} is {number_words(float(value))}."
            self._complain(cell.row, name, message, "Write a number from 0 to 1.", cell.coordinate)
            return None
        return number_words(float(value))

    def _owner(self, place: FieldPlace) -> str:
        return SEPARATOR.join(key for key in (place.stratum, place.criterion, place.level) if key)

    def _complain(self, line: int, column: str, message: str, hint: str, cell: str = "") -> None:
        where = cell or self._cell(line, self._columns[column]).coordinate
        self.complaints.append(
            Complaint(line, column, message, hint, "warning", self._file, self._sheet.title, where)
        )

    def _text(self, number: int, name: str) -> str:
        value = self._cell(number, self._columns[name]).value
        return "" if value is None else text_of_cell(str(value)).strip()

    def _cell(self, number: int, column: int) -> Any:
        return self._sheet.cell(number, column)


def _comments(cell: Cell, author: str) -> Iterator[ReturnedComment]:
    """The note on a cell; of a conversation in Excel the first word and each reply."""
    note = cell.comment
    if note is None or note.author == OURS or not str(note.text or "").strip():
        return
    text = str(note.text).replace("\r\n", "\n")
    by = (note.author or "").strip()
    is_thread = _THREAD.match(text) is not None
    signed = _SIGNED.match(text)
    if is_thread or by.startswith("tc="):
        by = author
    elif signed and by in (
        "",
        signed[1],
    ):  # Excel begins a note with its author, and LibreOffice keeps only that
        by, text = signed[1], text[signed.end() :]
    by = by or author
    first, *replies = _REPLY.split(_THREAD.sub("", text)) if is_thread else [text]
    words = str(cell.value if cell.value is not None else "")
    for number, said in enumerate((first, *replies)):
        yield ReturnedComment(text=said.strip(), words=words, author=by, is_reply=number > 0)
