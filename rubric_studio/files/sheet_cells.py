"""Turn the cells of a worksheet into values, and name what Excel has done to them."""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from rubric_studio.domain.values import Json
from rubric_studio.files.grid import Fault, GridRow

_DECIMAL_COMMA = re.compile(r"\s*[-+]?(\d{1,3}(\.\d{3})+|\d+),\d+\s*")
_CARRIAGE_RETURN = re.compile("_x000[dD]_")

DECIMAL_COMMA = Fault(
    0,
    'The number "{}" is stored as text, with a decimal comma.',
    "It is read as a number where a number is needed.",
    "warning",
)
NO_STORED_VALUE = Fault(
    0,
    "The formula {}has no stored value.",
    "Open the workbook in Excel, let it calculate, save it, and bring it in again.",
)
ERROR_VALUE = Fault(0, "The cell holds the error {}.", "Repair the formula in Excel, or leave the line out.")
DATE_AMONG_NUMBERS = Fault(
    0,
    "A date ({}) stands in a column of numbers: Excel may have turned a number into it.",
    "Give the column a number format in Excel and type the number again.",
)


class Cell(NamedTuple):
    """What openpyxl says of a cell: its value and its type (`e` is an error)."""

    value: object
    data_type: str


class CellReader:
    """Converts cells and remembers which columns hold both numbers and dates."""

    def __init__(self, formulas: dict[tuple[int, int], str]) -> None:
        self._formulas = formulas
        self._number_columns: set[int] = set()
        self._dates: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)

    def row(self, number: int, cells: Iterator[Cell]) -> GridRow:
        """Convert one row; `cells` begin with column A."""
        values: list[Json] = []
        faults: list[Fault] = []
        for column, cell in enumerate(cells):
            value, fault = self._convert(number, column, cell)
            values.append(value)
            if fault:
                faults.append(fault._replace(column=column))
        return GridRow(number, values, tuple(faults))

    def dates_among_numbers(self) -> Iterator[GridRow]:
        """Once the sheet is read: name the dates in columns that hold numbers, as rows without cells."""
        for column in sorted(self._number_columns & self._dates.keys()):
            for number, text in self._dates[column]:
                yield GridRow(number, (), (_fault(DATE_AMONG_NUMBERS, text)._replace(column=column),))

    def _convert(self, row: int, column: int, cell: Cell) -> tuple[Json, Fault | None]:
        value = cell.value
        if value is None:
            formula = self._formulas.get((row, column + 1))
            if formula is None:
                return None, None
            return None, _fault(NO_STORED_VALUE, f"={formula[:60]} " if formula else "")
        if cell.data_type == "e":
            return None, _fault(ERROR_VALUE, str(value))
        if isinstance(value, bool):
            return value, None
        if isinstance(value, int | float):
            self._number_columns.add(column)
            return value, None
        if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
            text = date_text(value)
            self._dates[column].append((row, text))
            return text, None
        return _text(str(value))


def _text(raw: str) -> tuple[Json, Fault | None]:
    text = _CARRIAGE_RETURN.sub("\r", raw)
    if len(text) <= 40 and _DECIMAL_COMMA.fullmatch(text):
        return text, _fault(DECIMAL_COMMA, text)
    return text if text else None, None


def _fault(fault: Fault, detail: str) -> Fault:
    return fault._replace(message=fault.message.format(detail))


def date_text(value: datetime.date | datetime.time | datetime.timedelta) -> str:
    """Write a date or time in ISO 8601; a date at midnight is a day."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value) if isinstance(value, datetime.timedelta) else value.isoformat()


def column_stretch(first: int, last: int) -> str:
    """Write columns as Excel does: `C:D`."""
    return f"{get_column_letter(first)}:{get_column_letter(last)}"
