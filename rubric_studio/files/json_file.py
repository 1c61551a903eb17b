"""Read JSON: an array of objects, or an object that holds such an array. Items are made one at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.table import Complaint, Progress, ReadItem, TableFacts, TableLine
from rubric_studio.files.characters import character_complaints
from rubric_studio.files.json_values import NotJson, parse_value
from rubric_studio.files.sniff import open_text

_AT_ONCE = 1 << 20
_SPACE = " \t\r\n\ufeff"


class _Item(NamedTuple):
    """One item of an array, where it begins, and why it could not be read."""

    value: object
    position: int
    error: NotJson | None = None


def lists_in(path: Path, encoding: str) -> tuple[TableFacts, ...]:
    """Name the arrays of a file and count their items; an array at the top has the name ""."""
    text = _text(path, encoding)
    return tuple(TableFacts(name, sum(1 for _ in _items(text, at))) for name, at in _arrays(text, path.name))


def read_json(path: Path, encoding: str, list_name: str, progress: Progress) -> Iterator[ReadItem]:
    """Yield the items of the array with that name; a line's number is its item's, counted from 1.

    Raises:
        StudioError: the file is no JSON before an array begins, or has no array of that name.
    """
    text = _text(path, encoding)
    start = dict(_arrays(text, path.name)).get(list_name)
    if start is None:
        raise StudioError("No such list", f'There is no list "{list_name}" in this file.', file=path.name)
    for number, item in enumerate(_items(text, start), start=1):
        if number % 500 == 1:
            progress(item.position, len(text), f"Reading {path.name}")
        yield from _read_item(item, number, text, path.name)
    progress(len(text), len(text), f"Reading {path.name}")


def _read_item(item: _Item, number: int, text: str, file: str) -> Iterator[ReadItem]:
    if item.error:
        position = item.error.position if item.error.position is not None else item.position
        line, character = _place(text, position)
        # The items that follow are lost too, so this is about the file: it cannot be left out as one line.
        message = f"Item {number}, line {line}, character {character}: {item.error.message}"
        hint = f"{item.error.hint} Nothing after this place could be read.".strip()
        yield Complaint(None, None, message, hint, file=file)
    elif isinstance(item.value, dict):
        found = TableLine(number, item.value, file)
        yield from character_complaints(found)
        yield found
    else:
        yield Complaint(number, None, "This item of the list is no object.", file=file)


def _text(path: Path, encoding: str) -> str:
    """The whole text, decoded in parts: the window has no turn while one is decoded."""
    with open_text(path, encoding) as file:
        return "".join(iter(lambda: file.read(_AT_ONCE), ""))


def _skip(text: str, position: int, marks: str = "") -> int:
    """Step over space, and over at most one of the marks."""
    while position < len(text) and text[position] in _SPACE:
        position += 1
    if marks and text[position : position + 1] in tuple(marks):
        return _skip(text, position + 1)
    return position


def _arrays(text: str, file: str) -> Iterator[tuple[str, int]]:
    """Yield the name and the place of each array that may hold lines."""
    position = _skip(text, 0)
    if text[position : position + 1] == "[":
        yield "", position
        return
    if text[position : position + 1] != "{":
        raise _not_a_table(file, "It begins with neither [ nor {.")
    position = _skip(text, position + 1)
    try:
        while text[position : position + 1] not in ("}", ""):
            name, after = parse_value(text, position)
            position = _skip(text, after, ":")
            if _holds_objects(text, position):
                yield str(name), position
            _, after = parse_value(text, position)
            position = _skip(text, after, ",")
    except NotJson as error:
        line, column = _place(text, error.position or position)
        raise StudioError(
            "Not JSON", f"{error.message} (character {column})", error.hint, file=file, line=line
        ) from error


def _holds_objects(text: str, position: int) -> bool:
    return text[position : position + 1] == "[" and text.startswith("{", _skip(text, position + 1))


def _items(text: str, start: int) -> Iterator[_Item]:
    position = _skip(text, start + 1)
    while text[position : position + 1] != "]":
        try:
            value, after = parse_value(text, position)
        except NotJson as error:
            yield _Item(None, position, error)
            return
        yield _Item(value, position)
        position = _skip(text, after)
        mark = text[position : position + 1]
        if mark not in (",", "]") or not mark:
            yield _Item(None, position, NotJson("This is no JSON: the list is not closed here.", position))
            return
        position = _skip(text, position, ",")


def _place(text: str, position: int) -> tuple[int, int]:
    """Line and column of a position, both from 1."""
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)


def _not_a_table(file: str, message: str) -> StudioError:
    return StudioError("Not a table", message, "A list of objects is needed: [{...}, {...}].", file=file)
