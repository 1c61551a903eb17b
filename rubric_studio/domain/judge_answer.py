"""Reads what a judge answered: marks, or a complaint in plain words. Nothing is guessed and nothing becomes a number.

It takes the JSON as the caller's parser found it: the one that reads answers everywhere, see `grader/measures.py`.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from rubric_studio.domain.judge_prompt import PointToMark
from rubric_studio.domain.model_call import Reply
from rubric_studio.domain.quotes import QuoteFinder
from rubric_studio.domain.values import Json

MOST_QUOTES = 50
LONGEST_REASON = 4_000
LONGEST_SHOWN = 60
CUT_OFF = frozenset({"length", "max_tokens", "max_output_tokens", "incomplete"})
FIELDS = ("quotes", "reason", "grade")


class PointMark(NamedTuple):
    """What was said of one point. A level of None is not applicable. Spans lie in the text that the judge saw."""

    level: str | None
    reason: str
    spans: tuple[tuple[int, int], ...]


class Marking(NamedTuple):
    """What was said of every point, by alias; `dropped` counts quotes that are not in the text."""

    marks: dict[str, PointMark]
    dropped: int


class Unfit(Exception):
    """The answer cannot be used; its text is a plain clause that says why."""


def complaint_of(reply: Reply) -> str:
    """Why a reply cannot be an answer, whatever its text says; "" where it can."""
    if reply.refusal:
        return f"it is a refusal ({_short(reply.refusal)})"
    if reply.finish in CUT_OFF:
        return "it was cut off at the most tokens allowed"
    return "" if reply.text.strip() else "it is empty"


def read_marking(value: Json, points: Sequence[PointToMark], text: str) -> Marking:
    """The marks for all points out of an answer's JSON; quotes are looked for in the text that was shown.

    Raises:
        Unfit: something is missing, unknown or of another kind than was asked for.
    """
    given = _mapping(value, "it is not a JSON object")
    _exactly(given, [point.alias for point in points], "the answer")
    finder = QuoteFinder(text)
    read = {point.alias: _read_point(point, given[point.alias], finder) for point in points}
    return Marking({alias: mark for alias, (mark, _) in read.items()}, sum(lost for _, lost in read.values()))


def _read_point(point: PointToMark, value: Json, finder: QuoteFinder) -> tuple[PointMark, int]:
    given = _mapping(value, f"{point.alias} is not an object")
    _exactly(given, FIELDS, point.alias)
    quotes, reason, grade = (given[name] for name in FIELDS)
    if not isinstance(reason, str):
        raise Unfit(f"the reason of {point.alias} is not a text")
    choices = point.choices
    if not isinstance(grade, str) or grade not in choices:
        allowed = ", ".join(f'"{choice}"' for choice in choices)
        raise Unfit(f"the grade of {point.alias} is {_short(grade)}, which is none of {allowed}")
    spans, dropped = _found(_texts(quotes, point.alias), finder)
    return PointMark(choices[grade], _cut(reason.strip()), spans), dropped


def _texts(quotes: Json, alias: str) -> list[str]:
    if not isinstance(quotes, list) or not all(isinstance(each, str) for each in cast(list[Any], quotes)):
        raise Unfit(f"the quotes of {alias} are not a list of texts")
    return [each for each in cast(list[str], quotes) if each.strip()]


def _found(quotes: Sequence[str], finder: QuoteFinder) -> tuple[tuple[tuple[int, int], ...], int]:
    spans = [finder.span(quote) for quote in quotes[:MOST_QUOTES]]
    found = tuple(dict.fromkeys(span for span in spans if span is not None))
    return found, spans.count(None) + len(quotes[MOST_QUOTES:])


def _mapping(value: Json, complaint: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Unfit(complaint)
    return cast(Mapping[str, Any], value)


def _exactly(given: Mapping[str, Any], names: Sequence[str], where: str) -> None:
    missing = [name for name in names if name not in given]
    if missing:
        raise Unfit(f"{', '.join(missing)} is missing in {where}")
    strange = [name for name in given if name not in set(names)]
    if strange:
        raise Unfit(f"{_short(strange[0])} was not asked for in {where}")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_REASON else text[: LONGEST_REASON - 1].rstrip() + "…"


def _short(value: Json) -> str:
    words = value if isinstance(value, str) else type(value).__name__
    flat = " ".join(words.split())
    return f'"{flat}"' if len(flat) <= LONGEST_SHOWN else f'"{flat[: LONGEST_SHOWN - 1]}…"'
