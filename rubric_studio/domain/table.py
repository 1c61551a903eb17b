"""What a file turns into on its way in: lines of named values, and complaints. Not yet rows or samples.

Reading (files), understanding (services) and the wizard (ui) share these values.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from rubric_studio.domain.values import Json

Severity = Literal["error", "warning"]
FileFormat = Literal["jsonl", "json", "csv", "xlsx"]

Progress: TypeAlias = Callable[[int, int, str], None]
"""Called with what is done, what there is to do, and a sentence; it raises when the user stops the work."""


def silent(done: int, total: int, message: str) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that is wrong (error: its line cannot come in) or worth knowing (warning), and its place.

    `line` counts from 1 as an editor does; `cell` is a spreadsheet's address such as `C7` or `A2:A5`.
    """

    line: int | None
    column: str | None
    message: str
    hint: str = ""
    severity: Severity = "error"
    file: str = ""
    sheet: str = ""
    cell: str = ""

    @property
    def is_error(self) -> bool:
        """Whether the line, or without a line the whole file, cannot come in as it is."""
        return self.severity == "error"


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line of a file: its number and its values by column. An empty cell is None."""

    number: int
    values: dict[str, Json]
    file: str = ""
    sheet: str = ""

    def complaint(
        self, column: str | None, message: str, hint: str = "", severity: Severity = "error"
    ) -> Complaint:
        """Return a complaint about this line."""
        return Complaint(self.number, column, message, hint, severity, self.file, self.sheet)


ReadItem: TypeAlias = TableLine | Complaint


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How a file is to be read; what is None is recognized from the file.

    `sheet` names a worksheet, or the list to take from a JSON object. `header_row` is the line that holds the
    column names; 0 says there is none, and columns are called A, B, C.
    """

    format: FileFormat | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None


Doubt = Literal["encoding", "delimiter", "sheet", "header_row"]


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A worksheet, or a list in a JSON object: its name, how many lines it holds, whether it is hidden."""

    name: str
    lines: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a file looks like before it is read: the options recognized, and those worth asking about."""

    file: str
    options: ReadOptions
    doubts: frozenset[Doubt] = frozenset()
    tables: tuple[TableFacts, ...] = ()
    columns: tuple[str, ...] = ()
    examples: tuple[TableLine, ...] = ()
