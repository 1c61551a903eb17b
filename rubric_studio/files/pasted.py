"""Read a range pasted from a spreadsheet: cells between tabs, quoted as Excel quotes them. Not CSV."""

import re
from collections.abc import Iterator

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.table import Doubt, FileFacts, ReadItem, ReadOptions, TableLine
from rubric_studio.files.csv_file import lines_of_text_grid
from rubric_studio.files.grid import LINES_FOR_HEADER, GridRow, guess_header

NAME = "pasted range"
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\r\n]|\Z)')
_PLAIN = re.compile(r"[^\t\r\n]*")
_LINE_END = re.compile(r"\r\n|\n|\r")


def describe_pasted(text: str, options: ReadOptions | None = None) -> FileFacts:
    """Say how a pasted range would be read.

    Raises:
        StudioError: the clipboard holds nothing.
    """
    rows = list(_rows(text))
    if not rows:
        raise StudioError("Nothing to paste", "The clipboard holds no cells.", "Copy a range in Excel first.")
    guess = guess_header(rows[:LINES_FOR_HEADER])
    asked = options.header_row if options else None
    chosen = ReadOptions("csv", "utf-8", "\t", None, guess.row if asked is None else asked)
    lines = [item for item in read_pasted(text, chosen) if isinstance(item, TableLine)]
    doubts: frozenset[Doubt] = frozenset(() if guess.certain or asked is not None else ("header_row",))
    return FileFacts(NAME, chosen, doubts, (), tuple(lines[0].values) if lines else (), tuple(lines[:10]))


def read_pasted(text: str, options: ReadOptions | None = None) -> Iterator[ReadItem]:
    """Yield the lines of a pasted range, and complaints; cells stay text."""
    return lines_of_text_grid(_rows(text), options.header_row if options else None, NAME)


def _rows(text: str) -> Iterator[GridRow]:
    for number, cells in enumerate(_records(text), start=1):
        if any(cells):
            yield GridRow(number, [cell or None for cell in cells])


def _records(text: str) -> Iterator[list[str]]:
    position, cells = 0, list[str]()
    while position < len(text):
        cell, position = _cell(text, position)
        cells.append(cell)
        line_end = _LINE_END.match(text, position)
        if line_end:
            yield cells
            position, cells = line_end.end(), []
        elif text[position : position + 1] == "\t":
            position += 1
            if position == len(text):
                cells.append("")
    if cells:
        yield cells


def _cell(text: str, position: int) -> tuple[str, int]:
    """Excel quotes only a cell that holds a tab or a line break; other quotes are the text's own."""
    quoted = _QUOTED.match(text, position)
    if quoted and re.search(r"[\t\r\n]", quoted.group(1)):
        return quoted.group(1).replace('""', '"'), quoted.end()
    plain = _PLAIN.match(text, position)
    return (plain.group(), plain.end()) if plain else ("", position)
