"""Make of one imported value what a field needs: an id, a text, a run, a mark, messages, criteria."""

import hashlib
import json
import math
import re
import unicodedata
from typing import Any, cast, get_args

from rubric_studio.domain.row import Message, Role, RowCriterion, user_prompt
from rubric_studio.domain.values import Json

YES = frozenset({"yes", "true", "ja", "wahr", "oui", "vrai"})
NO = frozenset({"no", "false", "nein", "falsch", "non", "faux"})
_NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T.*)?|\d\d?[./]\d\d?[./]\d{2,4}")


class NotUnderstood(ValueError):
    """A value that a field cannot take: why, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def as_id(value: Json) -> str:
    """Write an id as text: Excel's 12.0 is "12"; "" where there is none."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise NotUnderstood("An id is a text or a number.")


def as_text(value: Json) -> str:
    """Write a value as text; an object or a list (a structured answer) becomes its JSON."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def as_reason(value: Json) -> str:
    """Write a reason; "" where there is none."""
    return "" if value is None else as_text(value)


def as_number(value: Json) -> float | None:
    """Read a number, also one written as text and with a decimal comma; None if it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _finite(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return _finite(value.strip().replace(",", "."))
    return None


def _finite(value: float | str) -> float | None:
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def as_run(value: Json) -> int:
    """Read a run index; none is 0."""
    if value is None or value == "":
        return 0
    number = as_number(value)
    if number is None or number < 0 or not number.is_integer():
        raise NotUnderstood(f'"{as_text(value)[:40]}" is no run number.', "Runs are counted 0, 1, 2.")
    return int(number)


def as_mark(value: Json, scale: tuple[float, float] | None = (0.0, 1.0)) -> float | str | None:
    """Read a mark: a number in [0, 1], the text of a grade, or None where nothing was given.

    Args:
        scale: the worst and the best number; they become 0 and 1. None leaves numbers as they are.
    """
    if isinstance(value, bool):
        return float(value)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    number = as_number(value)
    if number is not None:
        return number if scale is None else _on_scale(number, scale)
    if not isinstance(value, str):
        raise NotUnderstood("A mark is a number or a word.")
    word = value.strip()
    if _DATE.fullmatch(word):
        raise NotUnderstood(
            f'"{word}" is a date: a spreadsheet may have made it of a number.',
            "Type the number again as text.",
        )
    return 1.0 if word.casefold() in YES else 0.0 if word.casefold() in NO else word


def _on_scale(number: float, scale: tuple[float, float]) -> float:
    worst, best = scale
    share = (number - worst) / (best - worst)
    if not 0 <= share <= 1:
        low, high = sorted(scale)
        raise NotUnderstood(
            f"The mark {number:g} is not between {low:g} and {high:g}.",
            "Say which number is the worst mark and which the best.",
        )
    return share


def as_prompt(value: Json) -> tuple[Message, ...]:
    """Read a prompt: a text, or a list of messages with role and content. () where there is none."""
    if value is None:
        return ()
    if isinstance(value, str):
        messages = _messages_in_text(value)
        return messages or (user_prompt(value) if value.strip() else ())
    if isinstance(value, list):
        return tuple(_message(item) for item in cast(list[Json], value))
    if isinstance(value, int | float):
        return user_prompt(as_text(value))
    raise NotUnderstood(
        "The question is an object, not a text.", "Name the text inside it, as in input.text."
    )


def _messages_in_text(text: str) -> tuple[Message, ...]:
    """Messages written as JSON into a cell; any other text is just a text."""
    if not text.lstrip().startswith("[{"):
        return ()
    try:
        return as_prompt(json.loads(text))
    except (ValueError, RecursionError):
        return ()


def _message(item: Json) -> Message:
    if not isinstance(item, dict) or "role" not in item:
        raise NotUnderstood("A message needs a role and a content.")
    message = cast(dict[str, Any], item)
    role, content = message["role"], message.get("content")
    if role not in get_args(Role):
        raise NotUnderstood(f'"{role}" is no role of a message.', f"Roles are {', '.join(get_args(Role))}.")
    if isinstance(content, list):
        content = "".join(_part(part) for part in cast(list[Json], content))
    if content is not None and not isinstance(content, str):
        raise NotUnderstood("A message's content is no text.")
    return Message(role=role, content=content or "")


def _part(part: Json) -> str:
    text = cast(dict[str, Any], part).get("text") if isinstance(part, dict) else part
    if not isinstance(text, str):
        raise NotUnderstood("A message holds something else than text (a picture, a file).")
    return text


def as_criteria(value: Json) -> tuple[RowCriterion, ...]:
    """Read a row's own criteria: a list of objects, perhaps written as JSON into a cell."""
    if isinstance(value, str):
        value = _json_in_cell(value)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise NotUnderstood("A question's own points must be a list.")
    criteria = tuple(_criterion(item, place) for place, item in enumerate(cast(list[Json], value), start=1))
    keys = [criterion.key for criterion in criteria]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise NotUnderstood(f'Two of the question\'s own points have the key "{twice}".')
    return criteria


def _json_in_cell(text: str) -> Json:
    if not text.strip():
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(
            "A question's own points must be a list written as JSON.", 'As in [{"key": "a", "title": "..."}].'
        ) from error


def _criterion(item: Json, place: int) -> RowCriterion:
    if isinstance(item, str):
        item = {"text": item}
    if not isinstance(item, dict):
        raise NotUnderstood(f"Point {place} is no object.")
    values = cast(dict[str, Any], item)
    description = as_reason(values.get("description"))
    text = as_reason(_first(values, "title", "criterion", "text"))
    if not (text or description).strip():
        raise NotUnderstood(f"Point {place} has no text.")
    given = _first(values, "weight", "points")
    weight = 1.0 if given is None else as_number(given)
    if weight is None:
        raise NotUnderstood(f'Point {place} has the weight "{as_text(given)[:40]}", which is no number.')
    key = as_id(_first(values, "id", "key")) or f"c-{short_hash(text or description)}"
    return RowCriterion(
        key=key, text=text or description, description=description if text else "", weight=weight
    )


def _first(values: dict[str, Any], *names: str) -> Json:
    return next((values[name] for name in names if values.get(name) is not None), None)


def made_id(prompt: tuple[Message, ...]) -> str:
    """Make an id from a prompt: the same question gets the same id in every file, whatever its spacing."""
    return "q-" + short_hash("\n".join(f"{message.role}: {message.content}" for message in prompt))


def short_hash(text: str) -> str:
    """Ten hexadecimal digits: two of 100,000 texts meet once in 200 files of that size."""
    even = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(even.encode("utf-8", "surrogatepass")).hexdigest()[:10]
