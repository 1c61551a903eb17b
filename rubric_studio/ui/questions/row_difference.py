"""What differs between two states of a row: which parts, and which words. No Qt."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from rubric_studio.domain.row import Row
from rubric_studio.ui.questions.reference_values import value_text

LONGEST_COMPARED = 4_000
"""Words; above that comparing would be felt, and the two texts are shown as wholly different."""


@dataclass(frozen=True)
class FieldChange:
    """A reference field that was changed, added (no `before`) or taken away (no `after`)."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Words:
    """A run of words that both texts have ("same"), or only the second ("added") or the first ("removed")."""

    text: str
    place: str


def field_changes(before: Row, after: Row) -> list[FieldChange]:
    """The reference fields in which two states differ, in the order of the fields."""
    names = list(dict.fromkeys([*before.reference, *after.reference]))
    return [
        FieldChange(name, _text(before, name), _text(after, name))
        for name in names
        if (name in before.reference) != (name in after.reference)
        or before.reference.get(name) != after.reference.get(name)
    ]


def changes_prompt(before: Row, after: Row) -> bool:
    """Whether the prompts differ."""
    return before.prompt != after.prompt


def word_changes(before: str, after: str) -> list[Words]:
    """Both texts in one, run by run."""
    first, second = _words(before), _words(after)
    if len(first) + len(second) > LONGEST_COMPARED:
        return [Words(before, "removed"), Words("\n", "same"), Words(after, "added")]
    found: list[Words] = []
    for tag, i, j, k, m in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Words("".join(first[i:j]), "same"))
            continue
        found += [Words("".join(first[i:j]), "removed")] if i < j else []
        found += [Words("".join(second[k:m]), "added")] if k < m else []
    return found


def _text(row: Row, name: str) -> str | None:
    return value_text(row.reference[name]) if name in row.reference else None


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", text)
