"""What sort of value a reference field holds and how it reads on one line. No Qt, no project."""

import json
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from rubric_studio.domain.listing import RowSummary
from rubric_studio.domain.values import Json

DASH = "\N{EN DASH}"
BULLET = "\N{BULLET}"
LINKS = ("http://", "https://")


class Sort(StrEnum):
    """How a value is shown and edited."""

    LABELS = "labels"
    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"
    OTHER = "other"  # nothing, objects, lists of lists: shown and edited as JSON


def sort_of(value: Json) -> Sort:
    """Say what sort of value it is; an empty list is one of labels."""
    if isinstance(value, bool):
        return Sort.TRUTH
    if isinstance(value, int | float):
        return Sort.NUMBER
    if isinstance(value, str):
        return Sort.TEXT
    if isinstance(value, list) and all(isinstance(member, str) for member in value):
        return Sort.LABELS
    return Sort.OTHER


def value_text(value: Json) -> str:
    """Write a value on one line as people read it."""
    if value is None:
        return ""
    if sort_of(value) is Sort.LABELS:
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def filter_text(value: Json) -> str:
    """Write one value as a filter by it is written."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def outline(value: Json, indent: str = "") -> str:
    """Write objects and lists as people write them down: a name and its value on a line, members below it."""
    if isinstance(value, dict):
        pairs: Iterable[tuple[str, Json]] = ((f"{name}:", member) for name, member in value.items())
    elif isinstance(value, list):
        pairs = ((BULLET, member) for member in value)
    else:
        return f"{indent}{value_text(value) or DASH}"
    lines: list[str] = []
    for name, member in pairs:
        if isinstance(member, dict | list) and member and sort_of(member) is not Sort.LABELS:
            below = outline(member, f"{indent}    ")
            lines.append(f"{indent}{name} {below.lstrip()}" if name == BULLET else f"{indent}{name}\n{below}")
        else:
            lines.append(f"{indent}{name} {value_text(member) or DASH}")
    return "\n".join(lines) or f"{indent}{DASH}"


def is_link(value: Json) -> bool:
    """Whether the value is an address in the web, and nothing beside it."""
    return isinstance(value, str) and value.startswith(LINKS) and not any(c.isspace() for c in value)


def labels_field(summaries: Iterable[RowSummary]) -> str | None:
    """The field that most often holds a list of labels, words rather than codes; None where none does."""
    lists: Counter[str] = Counter()
    worded: Counter[str] = Counter()
    for summary in summaries:
        for name, value in summary.reference.items():
            if isinstance(value, list) and value and sort_of(value) is Sort.LABELS:
                lists[name] += 1
                worded[name] += all(any(letter.isalpha() for letter in label) for label in value)
    return max(lists, key=lambda name: (worded[name], lists[name])) if lists else None


def fields_of(summaries: Iterable[RowSummary]) -> list[str]:
    """Names of the fields of those rows, most frequent first."""
    return [name for name, _ in Counter(n for s in summaries for n in s.reference).most_common()]
