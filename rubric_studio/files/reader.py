"""Describe a file, and read it line by line: the one door through which tables come in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.table import (
    Complaint,
    Doubt,
    FileFacts,
    Progress,
    ReadItem,
    ReadOptions,
    TableFacts,
    TableLine,
    silent,
)
from rubric_studio.files import csv_file, json_file, sniff, xlsx_file
from rubric_studio.files.jsonl_file import read_jsonl

_EXAMPLES = 10
_LINES_FOR_COLUMNS = 100
_DELIMITER_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def describe(path: Path, options: ReadOptions | None = None) -> FileFacts:
    """Recognize how a file is to be read and show its first lines; options given are taken as they are.

    Raises:
        StudioError: the file cannot be opened, or is no table.
    """
    with _translated(path):
        facts = _recognize(path, options or ReadOptions())
        items = read(path, facts.options)
        lines = list(islice((item for item in items if isinstance(item, TableLine)), _LINES_FOR_COLUMNS))
    columns = tuple(dict.fromkeys(column for line in lines for column in line.values))
    return replace(facts, columns=columns, examples=tuple(lines[:_EXAMPLES]))


def read(path: Path, options: ReadOptions | None = None, progress: Progress = silent) -> Iterator[ReadItem]:
    """Yield the lines of a file as they are read, and complaints between them.

    A line may come with complaints of its own: whoever takes it decides whether they matter.
    `progress` may raise to stop the reading.

    Raises:
        StudioError: the file cannot be opened, or is no table.
    """
    with _translated(path):
        facts = _recognize(path, options or ReadOptions())
        yield from _guesses(facts)
        yield from _read_as(path, facts.options, progress)


def _read_as(path: Path, options: ReadOptions, progress: Progress) -> Iterator[ReadItem]:
    encoding, sheet = options.encoding or "utf-8", options.sheet or ""
    match options.format:
        case "xlsx":
            return xlsx_file.read_xlsx(path, sheet, options.header_row, progress)
        case "csv":
            return csv_file.read_csv(path, encoding, options.delimiter or ",", options.header_row, progress)
        case "json":
            return json_file.read_json(path, encoding, sheet, progress)
        case _:
            return read_jsonl(path, encoding, progress)


def _recognize(path: Path, options: ReadOptions) -> FileFacts:
    options = replace(options, format=options.format or sniff.sniff_format(path))
    if options.format == "xlsx":
        return _recognize_workbook(path, options)
    doubts: set[Doubt] = set()
    if options.encoding is None:
        guess = sniff.sniff_encoding(path)
        options = replace(options, encoding=guess.value)
        if not guess.certain:
            doubts.add("encoding")
    facts = FileFacts(path.name, options, frozenset(doubts))
    if options.format == "csv":
        return _recognize_csv(path, facts)
    return _recognize_list(path, facts) if options.format == "json" else facts


def _recognize_csv(path: Path, facts: FileFacts) -> FileFacts:
    options, doubts = facts.options, set(facts.doubts)
    if options.delimiter is None:
        guess = csv_file.guess_delimiter(path, options.encoding or "utf-8")
        options = replace(options, delimiter=guess.value)
        if not guess.certain:
            doubts.add("delimiter")
    if options.header_row is None:
        header = csv_file.guess_csv_header(path, options.encoding or "utf-8", options.delimiter or ",")
        options = replace(options, header_row=header.row)
        if not header.certain:
            doubts.add("header_row")
    return replace(facts, options=options, doubts=frozenset(doubts))


def _recognize_list(path: Path, facts: FileFacts) -> FileFacts:
    if facts.options.sheet is not None:
        return facts
    tables = json_file.lists_in(path, facts.options.encoding or "utf-8")
    if not tables:
        hint = "A list of objects is needed: [{...}, {...}]."
        raise StudioError("No lines", "This object holds no list of objects.", hint, file=path.name)
    doubts = facts.doubts if len(tables) == 1 else facts.doubts | {"sheet"}
    longest = max(tables, key=lambda table: table.lines).name
    return replace(facts, options=replace(facts.options, sheet=longest), tables=tables, doubts=doubts)


def _recognize_workbook(path: Path, options: ReadOptions) -> FileFacts:
    if options.sheet is not None and options.header_row is not None:
        return FileFacts(path.name, options)
    doubts: set[Doubt] = set()
    with xlsx_file.open_workbook(path) as workbook:
        tables: tuple[TableFacts, ...] = workbook.tables()
        if options.sheet is None:
            sheet, certain = xlsx_file.guess_sheet(tables)
            options = replace(options, sheet=sheet)
            doubts |= set() if certain else {"sheet"}
        if options.header_row is None:
            header = xlsx_file.guess_sheet_header(workbook, options.sheet or "")
            options = replace(options, header_row=header.row)
            doubts |= set() if header.certain else {"header_row"}
    return FileFacts(path.name, options, frozenset(doubts), tables)


def _guesses(facts: FileFacts) -> Iterator[Complaint]:
    """Say what had to be guessed because nobody was asked."""
    options = facts.options
    mark = _DELIMITER_NAMES.get(options.delimiter or ",", options.delimiter)
    sentences = {
        "encoding": f"The encoding is not sure; the file was read as {options.encoding}.",
        "delimiter": f"The delimiter is not sure; cells were cut at {mark}.",
        "sheet": f'There are several tables; "{options.sheet}" was read.',
        "header_row": (
            f"The column names were taken from line {options.header_row}."
            if options.header_row
            else "No line with column names was found; columns are called A, B, C."
        ),
    }
    for doubt in sorted(facts.doubts):
        yield Complaint(None, None, sentences[doubt], "Look at the first lines.", "warning", file=facts.file)


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise StudioError(
            "File cannot be read", f"{reason}.", "Close it elsewhere, or check where it is.", file=path.name
        ) from error
    except UnicodeError as error:
        raise StudioError(
            "Text cannot be read", f"{error}.", "Choose another encoding.", file=path.name
        ) from error
