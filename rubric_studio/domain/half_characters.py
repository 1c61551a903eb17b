"""Find a text that holds half a character (a lone surrogate), which no UTF-8 can hold. It repairs nothing."""

from typing import Any, cast

from rubric_studio.domain.values import Json


def half_character_field(value: Json) -> str | None:
    """The path of the first text or name in a JSON value that holds half a character ("" where it is the value)."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        path, item = waiting.pop()
        if isinstance(item, str) and _is_half(item):
            return path
        if isinstance(item, dict):
            named = cast("dict[str, Any]", item)
            if any(map(_is_half, named)):
                return path
            waiting += reversed([(_inside(path, name), each) for name, each in named.items()])
        elif isinstance(item, list):
            listed = enumerate(cast("list[Any]", item))
            waiting += reversed([(_inside(path, str(place)), each) for place, each in listed])
    return None


def _inside(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _is_half(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
