"""Read what openpyxl's streaming reader leaves out: hidden and merged cells, formulas without a value."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers.expat import ParserCreate

from openpyxl.utils import coordinate_to_tuple, get_column_letter
from openpyxl.utils.cell import range_boundaries

from rubric_studio.domain.table import Progress

_TRUE = ("1", "true")
_CHUNK = 1 << 18


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


def read_layout(path: Path, part: str, progress: Progress) -> Layout:
    """Read the layout of the worksheet stored as `part` inside the workbook, in one pass, keeping no cells."""
    reader = _LayoutReader()
    message = f"Looking over {path.name}"
    with zipfile.ZipFile(path) as archive, archive.open(part) as xml:
        total, done = archive.getinfo(part).file_size, 0
        while chunk := xml.read(_CHUNK):
            reader.parser.Parse(chunk, False)
            done += len(chunk)
            progress(min(done, total), total, message)
        reader.parser.Parse(b"", True)
    return reader.layout


class _LayoutReader:
    """Listens to the XML parser. A tree of a large sheet would take gigabytes, so each call does little."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.parser = ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._on_start
        self.parser.EndElementHandler = self._on_end
        self._number = self._column = 0
        self._row_is_hidden = False
        self._cell: dict[str, str] = {}
        self._last_filled = ""
        self._texts: dict[str, str] = {}
        self._listening = ""

    def _on_start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2] if ":" in tag else tag
        if name == "c":
            self._column += 1
            if "r" not in attributes:  # it may be left out where no cell is
                attributes["r"] = f"{get_column_letter(self._column)}{self._number}"
            self._cell = attributes
        elif name in ("v", "is"):
            self._last_filled = self._cell["r"]
            self._listening = name if self._texts else ""
        elif name == "f":
            self._last_filled = self._cell["r"]
            self._listening, self._texts = name, {name: ""}
            self.parser.CharacterDataHandler = self._on_text
        elif name == "row":
            self._number, self._column = int(attributes.get("r", self._number + 1)), 0
            self._row_is_hidden, self._last_filled = attributes.get("hidden") in _TRUE, ""
        elif name == "col" and attributes.get("hidden") in _TRUE:
            self.layout.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))
        elif name == "mergeCell":
            left, top, right, bottom = range_boundaries(attributes["ref"])
            self.layout.merges.append(Merge(left or 1, top or 1, right or 1, bottom or 1))

    def _on_text(self, text: str) -> None:
        if self._listening:
            self._texts[self._listening] = self._texts.get(self._listening, "") + text

    def _on_end(self, tag: str) -> None:
        name = tag.rpartition(":")[2] if ":" in tag else tag
        if name == "row":
            self._end_row()
        elif name == "c" and self._texts:
            self._end_formula()

    def _end_formula(self) -> None:
        # A formula's text may be empty; a number that is written empty was never calculated.
        if not self._texts.get("v") and self._cell.get("t") != "str":
            self.layout.formulas[coordinate_to_tuple(self._cell["r"])] = self._texts["f"]
        self._texts, self._listening = {}, ""
        self.parser.CharacterDataHandler = None

    def _end_row(self) -> None:
        if not self._last_filled:
            return
        number, column = coordinate_to_tuple(self._last_filled)
        self.layout.filled_rows += 1
        self.layout.last_column = max(self.layout.last_column, column)
        if self._row_is_hidden:
            self.layout.hidden_rows.append(number)


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
