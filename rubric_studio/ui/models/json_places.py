"""Where in a JSON text a JSON pointer leads to, for problems to be shown in place. It judges no JSON."""

import re
from json.decoder import scanstring  # type: ignore[attr-defined]

_SPACE = re.compile(r"[ \t\r\n]*")
_PLAIN = re.compile(r"[^\s,\]}]+")


def line_of(text: str, pointer: str) -> int:
    """The line, from 1, on which what the pointer names begins; the nearest part around it where it is not there.

    The text must be JSON.
    """
    places: dict[str, int] = {}
    _read(text, 0, "", places)
    while pointer and pointer not in places:
        pointer = pointer.rpartition("/")[0]
    return text.count("\n", 0, places.get(pointer, 0)) + 1


def _read(text: str, at: int, pointer: str, places: dict[str, int]) -> int:
    """Note where a value begins, and those in it; where it ends."""
    at = _after_space(text, at)
    places.setdefault(pointer, at)
    if text[at] == "{":
        return _read_object(text, at + 1, pointer, places)
    if text[at] == "[":
        return _read_list(text, at + 1, pointer, places)
    if text[at] == '"':
        return scanstring(text, at + 1, True)[1]
    found = _PLAIN.match(text, at)
    assert found is not None, "the text is JSON"
    return found.end()


def _read_object(text: str, at: int, pointer: str, places: dict[str, int]) -> int:
    at = _after_space(text, at)
    while text[at] != "}":
        key, end = scanstring(text, at + 1, True)
        inside = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
        places[inside] = at
        end = _read(text, _after_space(text, end) + 1, inside, places)
        at = _after_space(text, end)
        if text[at] == ",":
            at = _after_space(text, at + 1)
    return at + 1


def _read_list(text: str, at: int, pointer: str, places: dict[str, int]) -> int:
    at, number = _after_space(text, at), 0
    while text[at] != "]":
        at = _after_space(text, _read(text, at, f"{pointer}/{number}", places))
        number += 1
        if text[at] == ",":
            at = _after_space(text, at + 1)
    return at + 1


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found is not None else at
