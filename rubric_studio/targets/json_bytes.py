"""JSON as bundles hold it: sorted keys, LF, UTF-8, the same bytes for the same value."""

import json
import re
from collections.abc import Iterable
from typing import Any

from rubric_studio.domain.errors import StudioError

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def json_file(value: Any, *, sort_keys: bool = True) -> bytes:
    """One value as an indented file that ends with a line feed.

    A JSON Schema keeps its own order (`sort_keys=False`): models write an answer's fields in that order.
    """
    return (_dumped(value, indent=2, sort_keys=sort_keys) + "\n").encode()


def jsonl_file(values: Iterable[Any]) -> bytes:
    """One value a line."""
    return "".join(_dumped(value, indent=None) + "\n" for value in values).encode()


def json_text(value: Any) -> str:
    """One value as a text that can stand in a column."""
    return _dumped(value, indent=None)


def rounded(value: Any) -> Any:
    """The value with every computed float rounded to 12 decimals, so that noise never shows in bytes."""
    match value:
        case float():
            return round(value, 12) + 0.0  # + 0.0 turns -0.0 into 0.0
        case dict():
            return {key: rounded(item) for key, item in value.items()}
        case list() | tuple():
            return [rounded(item) for item in value]
        case _:
            return value


def _dumped(value: Any, indent: int | None, *, sort_keys: bool = True) -> str:
    try:
        text = json.dumps(value, sort_keys=sort_keys, ensure_ascii=False, indent=indent, allow_nan=False)
        if _LONE_SURROGATE.search(text):  # half a character has no UTF-8; written \ud83d it is plain ASCII
            text = json.dumps(value, sort_keys=sort_keys, indent=indent, allow_nan=False)
    except ValueError as error:
        raise StudioError(
            "A number that JSON has not",
            "a row or a mark holds NaN or infinity, which no trainer reads",
            "Correct the row or leave it out.",
        ) from error
    return text
