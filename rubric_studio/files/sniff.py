"""Recognize what a file is: its format, its encoding, its delimiter. Says when it is only guessing."""

import codecs
import csv
import json
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.table import FileFormat

DELIMITERS = (",", ";", "\t", "|")
ENCODINGS = ("utf-8", "cp1252", "utf-16-le", "utf-16-be", "iso8859-15", "cp1250", "mac-roman")
"""What the window offers where the encoding must be asked."""

_CHUNK = 1 << 20
_BYTE_ORDER_MARKS = (  # UTF-32 first: its little-endian mark begins like that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SUFFIXES: dict[str, FileFormat] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
}


class Guess(NamedTuple):
    """What was recognized, and whether one may rely on it without asking."""

    value: str
    certain: bool


def sniff_format(path: Path) -> FileFormat:
    """Tell the format from the first bytes, then from the name, then from the text.

    Raises:
        StudioError: the file is empty, or something that is not read here (an old .xls, a .pdf ...).
    """
    with path.open("rb") as file:
        head = file.read(8)
    if not head:
        raise StudioError("Empty file", "There is nothing in this file.", "Save it again.", file=path.name)
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise StudioError(
            "Old or protected workbook",
            "This is an .xls file, or a workbook with a password.",
            "Open it in Excel and save it as .xlsx without a password.",
            file=path.name,
        )
    if head.startswith((b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b")):
        raise StudioError(
            "Not a table", "This file holds no lines.", "Bring in XLSX, CSV, JSON or JSONL.", file=path.name
        )
    named = _SUFFIXES.get(path.suffix.lower())
    return named if named == "csv" else _sniff_text_format(path, named)


def _sniff_text_format(path: Path, named: FileFormat | None) -> FileFormat:
    encoding = sniff_encoding(path).value
    with open_text(path, encoding) as file:
        filled = (line for line in file if line.strip())
        first, second = (next(filled, ""), next(filled, ""))
    start = first.lstrip("\ufeff \t")[:1]
    if start == "[":
        return "jsonl" if second.lstrip()[:1] == "[" and _parses(first) else "json"
    if start != "{":
        return named or "csv"
    if not _parses(first):
        return named or "json"
    return "jsonl" if second else named or "jsonl"


def _parses(line: str) -> bool:
    try:
        json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return False
    return True


def sniff_encoding(path: Path) -> Guess:
    """Tell the encoding: by its mark, the NULs of UTF-16, being valid UTF-8; else Windows-1252, a guess."""
    with path.open("rb") as file:
        head = file.read(_CHUNK)
        marked = next((name for mark, name in _BYTE_ORDER_MARKS if head.startswith(mark)), None)
        if marked:
            return Guess(marked, True)
        wide = _wide_encoding(head)
        if wide:
            return Guess(wide, True)
        bad = _first_chunk_not_utf8(head, file.read)
    if bad is None:
        return Guess("utf-8", True)
    return Guess("utf-8" if _is_damaged_utf8(bad) else "cp1252", False)


def _wide_encoding(head: bytes) -> str | None:
    """UTF-16 without a mark: letters, spaces and line ends leave NULs in every other byte."""
    low, high = head[0::2].count(0), head[1::2].count(0)
    if max(low, high) * 50 < len(head) // 2 or min(low, high) * 4 > max(low, high):
        return None
    return "utf-16-le" if high > low else "utf-16-be"


def _first_chunk_not_utf8(chunk: bytes, read_more) -> bytes | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    while chunk:
        following: bytes = read_more(_CHUNK)
        try:
            decoder.decode(chunk, final=not following)
        except UnicodeDecodeError:
            return chunk
        chunk = following
    return None


def _is_damaged_utf8(chunk: bytes) -> bool:
    """A few stray bytes among many well-formed letters: the file is UTF-8, and the bytes are its damage."""
    foreign = [character for character in chunk.decode("utf-8", "surrogateescape") if character > "\x7f"]
    broken = sum("\udc80" <= character <= "\udcff" for character in foreign)
    return len(foreign) - broken > 4 * broken


def open_text(path: Path, encoding: str):
    """Open a text file so that no byte is lost: what cannot be decoded becomes a lone surrogate, to be named.

    Line ends are kept as they are, so that a cell's own line breaks survive.

    Raises:
        StudioError: there is no encoding of that name.
    """
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise StudioError(
            "Unknown encoding", f'There is no encoding "{encoding}".', file=path.name
        ) from error
    if encoding == "utf-8":
        return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")
    errors = "surrogatepass" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
    return path.open(encoding=encoding, errors=errors, newline="")


def sniff_delimiter(lines: Iterator[str]) -> Guess:
    """Tell the delimiter: the one that cuts most records into the same number of cells, more than one."""
    sample = list(islice(lines, 200))
    ranked = sorted((_steadiness(sample, mark) for mark in DELIMITERS), reverse=True)
    best, runner_up = ranked[0], ranked[1]
    if best.cells < 2:
        return Guess(",", True)
    alone = runner_up.cells < 2
    return Guess(best.delimiter, alone or (best.share > 0.9 and best.share - runner_up.share > 0.1))


class _Steadiness(NamedTuple):
    share: float
    cells: int
    delimiter: str


def _steadiness(sample: list[str], delimiter: str) -> _Steadiness:
    records = list(csv.reader(sample, delimiter=delimiter))
    if len(records) > 1 and len(sample) == 200:
        records.pop()  # the sample may end inside a quoted cell
    counts = Counter(len(record) for record in records if record)
    cut = {cells: times for cells, times in counts.items() if cells > 1}
    if not cut:
        return _Steadiness(0.0, 1, delimiter)
    cells = max(cut, key=lambda cells: (cut[cells], cells))
    if len(records[0]) < 2:  # a header without the delimiter: it occurs in the texts only
        return _Steadiness(cut[cells] / counts.total() / 2, cells, delimiter)
    return _Steadiness(cut[cells] / counts.total(), cells, delimiter)
