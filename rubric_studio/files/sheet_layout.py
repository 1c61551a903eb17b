"""Read what openpyxl's streaming reader leaves out: hidden and merged cells, formulas without a value."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, iterparse

from openpyxl.utils import coordinate_to_tuple, get_column_letter
from openpyxl.utils.cell import range_boundaries

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, rows and columns from 1."""

    first_column: int
    first_row: int
    last_column: int
    last_row: int

    @property
    def address(self) -> str:
        """The range as Excel writes it."""
        first, last = get_column_letter(self.first_column), get_column_letter(self.last_column)
        return f"{first}{self.first_row}:{last}{self.last_row}"


@dataclass(slots=True)
class Layout:
    """What stands around the values of a worksheet; `formulas`, by (row, column), have no stored value."""

    filled_rows: int = 0
    last_column: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)


def read_layout(path: Path, part: str) -> Layout:
    """Read the layout of the worksheet stored as `part` inside the workbook, row by row."""
    layout = Layout()
    with zipfile.ZipFile(path) as archive, archive.open(part) as xml:
        for element, name in _elements(xml):
            if name == "row":
                _take_row(layout, element)
            elif name == "col" and element.get("hidden") in ("1", "true"):
                layout.hidden_columns.append((int(element.get("min", "1")), int(element.get("max", "1"))))
            elif name == "mergeCell":
                left, top, right, bottom = range_boundaries(element.get("ref", "A1"))
                layout.merges.append(Merge(left or 1, top or 1, right or 1, bottom or 1))
    return layout


def _elements(xml) -> Iterator[tuple[Element, str]]:
    rows: Element | None = None
    for event, element in iterparse(xml, events=("start", "end")):
        name = _local(element.tag)
        if event == "start":
            rows = element if name == "sheetData" else rows
            continue
        yield element, name
        if name == "row" and rows is not None:
            rows.clear()  # or the whole sheet would pile up in memory


def _local(tag: str) -> str:
    return tag.removeprefix(_MAIN).removeprefix(_STRICT)


def _take_row(layout: Layout, row: Element) -> None:
    filled = False
    number = int(row.get("r", "0"))
    for place, cell in enumerate(row, start=1):
        parts = {_local(part.tag): part for part in cell}
        if not parts:
            continue
        filled = True
        number, column = coordinate_to_tuple(cell.get("r") or f"{get_column_letter(place)}{number or 1}")
        layout.last_column = max(layout.last_column, column)
        if "f" in parts and not _has_value(cell, parts):
            layout.formulas[number, column] = parts["f"].text or ""
    if filled:
        layout.filled_rows += 1
        if row.get("hidden") in ("1", "true"):
            layout.hidden_rows.append(number)


def _has_value(cell: Element, parts: dict[str, Element]) -> bool:
    """A formula's text may be empty; a number that is written empty was never calculated."""
    value = parts.get("v")
    return value is not None and (bool(value.text) or cell.get("t") == "str")


def stretches(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Join neighboring numbers: 3, 4, 5, 9 gives (3, 5) and (9, 9)."""
    first = last = None
    for number in numbers:
        if first is None or last is None:
            first = last = number
        elif number == last + 1:
            last = number
        else:
            yield first, last
            first = last = number
    if first is not None and last is not None:
        yield first, last
