"""Takes things out of texts before they leave the machine, and finds places in the originals. Not what is looked for.

Finders know what an e-mail or an IBAN looks like, see `services/identifiers.py`; names are in `naming.py`.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from rubric_studio.domain.redaction import Redaction
from rubric_studio.domain.row import Message, Row

KINDS = ("IBAN", "VAT number", "tax number", "e-mail", "phone", "name")
"""The words that stand in the place of what was taken out; where two finds overlap, the earlier kind names both."""

PLACEHOLDER = re.compile(rf"\[(?P<kind>{'|'.join(KINDS)}) (?P<number>[1-9][0-9]{{0,5}})\]")
MASK = "\N{OBJECT REPLACEMENT CHARACTER}"  # no letter, no digit, no space: nothing is found across it
BIG_NUMBER = 10**7  # an integer of fewer digits is no identifier


class Found(NamedTuple):
    """Something that shall not go out: its place in code points, its kind, and what it is ("DE8937...")."""

    start: int
    end: int
    kind: str
    thing: str


Finder = Callable[[str], Iterable[Found]]


class Replaced(NamedTuple):
    """One place that was replaced: where it is now, where it was, and what is there instead."""

    start: int
    end: int
    original_start: int
    original_end: int
    kind: str
    thing: str


class Redacted(NamedTuple):
    """A text as it goes out, and what was replaced in it, in order."""

    text: str
    spans: tuple[Replaced, ...] = ()

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Where that part of the redacted text is in the original; a part of a placeholder means all of it."""
        return self._original(start, is_end=False), self._original(end, is_end=True)

    def _original(self, place: int, *, is_end: bool) -> int:
        at = bisect_right(self.spans, place - is_end, key=_start) - 1
        if at < 0:
            return place
        span = self.spans[at]
        if place - is_end < span.end:
            return span.original_end if is_end else span.original_start
        return place - span.end + span.original_end


class Redactor:
    """Redacts the texts of one call: the same thing gets the same number in all of them.

    What stands in a text like a placeholder already is left alone, and its number is not given again within that
    text; so redacting a redacted text changes nothing.
    """

    def __init__(self, redaction: Redaction, finders: Sequence[Finder]) -> None:
        self._left_out = frozenset(redaction.fields)
        self._finders = tuple(finders)
        self._numbers: dict[tuple[str, str], int] = {}
        self._last: dict[str, int] = {}
        self._taken: dict[str, set[int]] = {}

    @property
    def is_idle(self) -> bool:
        """Whether everything goes out as it stands."""
        return not (self._left_out or self._finders)

    @property
    def things(self) -> Mapping[tuple[str, str], int]:
        """What was taken out so far, by kind and thing, with its number."""
        return self._numbers

    def text(self, text: str) -> Redacted:
        """The text without what was found in it."""
        return self._redacted(text) if self._finders else Redacted(text)

    def fields(self, reference: Mapping[str, Any]) -> dict[str, Any]:
        """The reference without the fields left out; texts inside are redacted, however deep."""
        kept = {name: value for name, value in reference.items() if name not in self._left_out}
        return {name: self._value(value, name) for name, value in kept.items()} if self._finders else kept

    def messages(self, messages: Iterable[Message]) -> tuple[Message, ...]:
        """The messages with their texts redacted."""
        return tuple(Message(role=each.role, content=self.text(each.content).text) for each in messages)

    def row(self, row: Row) -> Row:
        """The row as it goes out: its prompt and its reference; its own criteria stay as they are."""
        if self.is_idle:
            return row
        changes = {"prompt": self.messages(row.prompt), "reference": self.fields(row.reference)}
        return row.model_copy(update=changes)

    def _redacted(self, text: str, hint: str = "") -> Redacted:
        for placeholder in PLACEHOLDER.finditer(text):
            self._taken.setdefault(placeholder["kind"], set()).add(int(placeholder["number"]))
        parts: list[str] = []
        spans: list[Replaced] = []
        done = length = 0
        for found in self._found(text, hint):
            placeholder = f"[{found.kind} {self._number(found)}]"
            parts += (text[done : found.start], placeholder)
            start = length + found.start - done
            done, length = found.end, start + len(placeholder)
            spans.append(Replaced(start, length, *found))
        return Redacted("".join([*parts, text[done:]]), tuple(spans)) if spans else Redacted(text)

    def _found(self, text: str, hint: str) -> list[Found]:
        """Everything to be replaced, in order. What was found is masked and searched again: it may have hidden more."""
        lead = f"{hint}: " if hint else ""
        masked = lead + PLACEHOLDER.sub(lambda match: MASK * len(match[0]), text)
        every: list[Found] = []
        while new := _merged(found for find in self._finders for found in find(masked)):
            every += new
            masked = _masked(masked, new)
        inside = (each for each in every if each.end > len(lead))
        moved = [
            each._replace(start=max(each.start - len(lead), 0), end=each.end - len(lead)) for each in inside
        ]
        return sorted(moved)

    def _number(self, found: Found) -> int:
        known = self._numbers.get((found.kind, found.thing))
        if known is not None:
            return known
        taken = self._taken.get(found.kind, set())
        number = self._last.get(found.kind, 0) + 1
        while number in taken:
            number += 1
        self._last[found.kind] = self._numbers[found.kind, found.thing] = number
        return number

    def _value(self, value: Any, name: str) -> Any:
        """A value of a reference; the field's name tells what a bare number in it may be."""
        if isinstance(value, str):
            return self._redacted(value, name).text
        if isinstance(value, int) and abs(value) >= BIG_NUMBER:
            redacted = self._redacted(str(value), name)
            return redacted.text if redacted.spans else value
        if isinstance(value, list):
            return [self._value(each, name) for each in cast(list[Any], value)]
        if isinstance(value, dict):
            return self._inner_fields(cast(dict[str, Any], value))
        return value

    def _inner_fields(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Names of inner fields may be people's, so they are redacted too; none gets lost by becoming equal."""
        made: dict[str, Any] = {}
        for name, value in fields.items():
            shown = plain = self.text(name).text
            again = 2
            while shown in made:
                shown, again = f"{plain} ({again})", again + 1
            made[shown] = self._value(value, name)
        return made


def _start(span: Replaced) -> int:
    return span.start


def _merged(found: Iterable[Found]) -> list[Found]:
    """Finds in order, those that overlap made one: over all of them, of the kind that comes first in `KINDS`."""
    made: list[Found] = []
    for each in sorted(found, key=lambda found: (found.start, -found.end)):
        if made and each.start < made[-1].end:
            last = made[-1]
            leading = min(last, each, key=lambda found: KINDS.index(found.kind))
            made[-1] = leading._replace(start=last.start, end=max(last.end, each.end))
        else:
            made.append(each)
    return made


def _masked(text: str, found: Sequence[Found]) -> str:
    return "".join(_masked_parts(text, found))


def _masked_parts(text: str, found: Sequence[Found]) -> Iterator[str]:
    done = 0
    for each in found:
        yield text[done : each.start]
        yield MASK * (each.end - each.start)
        done = each.end
    yield text[done:]
