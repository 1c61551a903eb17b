"""Parse one JSON value strictly: numbers stay numbers, what JSON does not allow is refused by place."""

import json
import math
from typing import Any

from rubric_studio.domain.values import Json

DEEPEST = 100
"""Levels of nesting taken in: far more than tables need, far fewer than would exhaust a stack later."""

_TOO_DEEP = f"The value is nested more than {DEEPEST} levels deep."
_HINTS = {
    "Expecting property name enclosed in double quotes": "Names stand in double quotes; no comma before }.",
    "Expecting ',' delimiter": "A comma, or an opening double quote, is missing just before this place.",
    "Expecting ':' delimiter": "A colon is missing after the name.",
    "Expecting value": "Something else than a value stands here, or nothing at all.",
    "Unterminated string starting at": "The text that begins here has no closing double quote.",
    "Invalid control character at": "A line break or tab inside a text must be written \\n or \\t.",
    "Invalid \\escape": "A backslash inside a text must be written \\\\.",
    "Extra data": "There is more after the end of the value; one line holds one object.",
}


class NotJson(ValueError):
    """A text that is no JSON: why, and at which position of the text (None where it is not known)."""

    def __init__(self, message: str, position: int | None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.hint = hint


class RepeatedName(ValueError):
    """An object holds one name twice, so one of its values would be lost."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise RepeatedName(f'The name "{repeated}" stands twice in one object.')
    return values


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"The number {text[:40]} is too large.")
    return number


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON value; an absent number is null.")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_finite, parse_constant=_refuse_constant)


def parse_value(text: str, start: int = 0) -> tuple[Json, int]:
    """Parse the value that begins at `start`; return it with the position after it.

    Raises:
        NotJson: it is no JSON, holds a name twice, a number too large, or is nested too deeply.
    """
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise NotJson(f"This is no JSON: {error.msg}.", error.pos, _HINTS.get(error.msg, "")) from error
    except RecursionError as error:
        raise NotJson(_TOO_DEEP, None, "Flatten it before bringing it in.") from error
    except ValueError as error:
        raise NotJson(str(error), None) from error
    if text.count("[", start, end) + text.count("{", start, end) > DEEPEST and _is_too_deep(value):
        raise NotJson(_TOO_DEEP, None, "Flatten it before bringing it in.")
    return value, end


def _is_too_deep(value: Json) -> bool:
    level = [value]
    for _ in range(DEEPEST + 1):
        inner = [
            item.values() if isinstance(item, dict) else item
            for item in level
            if isinstance(item, dict | list)
        ]
        level = [item for items in inner for item in items]
    return bool(level)


def parse_whole(text: str) -> Json:
    """Parse a text that holds one value and nothing else but space around it."""
    start = len(text) - len(text.lstrip(" \t\r\n\ufeff"))
    value, end = parse_value(text, start)
    rest = text[end:].lstrip(" \t\r\n")
    if rest:
        raise NotJson("This is no JSON: Extra data.", len(text) - len(rest), _HINTS["Extra data"])
    return value
