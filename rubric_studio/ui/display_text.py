"""Text from outside made fit for display, and the way back: no offset of the original is ever lost. No Qt.

Qt lays out an unbroken run of letters in quadratic time and a whole paragraph at once, so long runs get
places where they may break and very long lines are cut into several. A `Mapping` turns a range of one text
into the range of the other; mappings are chained.
"""

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import Protocol

LONGEST_RUN = 100
LONGEST_LINE = 4000
BREAK = "\u200b"

_NOT_FOR_QT = dict.fromkeys((0x0, 0xFDD0, 0xFDD1, 0xFFFC, *range(0xD800, 0xE000)), 0xFFFD)
_LINE_ENDS = dict.fromkeys((0x0D, 0x85, 0x2028, 0x2029), 0x0A)
_SAME_LENGTH = _NOT_FOR_QT | _LINE_ENDS
_LONG_LINE = re.compile(rf"[^\n]{{{LONGEST_RUN + 1},}}")
_RUN = re.compile(r"[^ \t]+")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Mapping(Protocol):
    """Turns ranges of one text into ranges of another."""

    def to_display(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a range of the first text lies in the second, None where it does not show."""
        ...

    def to_source(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a range of the second text came from, None where nothing of it did."""
        ...


class Stretch:
    """A mapping between two texts of which the second is the first with some letters wider or gone.

    `events` are (index of the letter, places it takes beyond one), in order of the index.
    """

    def __init__(self, events: list[tuple[int, int]]) -> None:
        self._indices = [index for index, _ in events]
        self._sums = [0, *accumulate(extra for _, extra in events)]
        self._afters = [index + 1 + total for index, total in zip(self._indices, self._sums[1:], strict=True)]

    def to_display(self, start: int, end: int) -> tuple[int, int]:
        """Return the range in the second text."""
        return self._forward(start), self._forward(end)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Return the range in the first text; letters that are gone belong to no range."""
        first = self._backward(start, bisect_right(self._afters, start))
        return first, max(first, self._backward(end, bisect_left(self._afters, end)))

    def _forward(self, offset: int) -> int:
        return offset + self._sums[bisect_left(self._indices, offset)]

    def _backward(self, position: int, passed: int) -> int:
        offset = position - self._sums[passed]
        inside = passed < len(self._indices) and offset > self._indices[passed] + 1
        return self._indices[passed] + 1 if inside else offset


def displayed(text: str) -> tuple[str, Stretch]:
    """Return a text that Qt shows letter by letter without stalling, and the mapping from the original."""
    dropped = [(found.start(), -1) for found in re.finditer("\r\n", text)]
    cleaned = text.translate(_SAME_LENGTH)
    inserted = _breaks(cleaned, {index for index, _ in dropped})
    if not dropped and not inserted:
        return cleaned, Stretch([])
    pieces, at = list[str](), 0
    events = sorted([*dropped, *((index, 1) for index in inserted)])
    for index, extra in events:
        keep = index if extra < 0 else index + 1
        pieces.append(cleaned[at:keep] + inserted.get(index, ""))
        at = index + 1
    pieces.append(cleaned[at:])
    return "".join(pieces), Stretch(events)


def _breaks(text: str, dropped: set[int]) -> dict[int, str]:
    """Return what is put in after which letter so that no run and no line is too long."""
    inserted: dict[int, str] = {}
    for line in _LONG_LINE.finditer(text):
        for run in _RUN.finditer(text, line.start(), line.end()):
            for index in range(run.start() + LONGEST_RUN, run.end(), LONGEST_RUN):
                inserted[index - 1] = BREAK
        at = line.start()
        while line.end() - at > LONGEST_LINE:
            space = text.rfind(" ", at + LONGEST_LINE // 2, at + LONGEST_LINE)
            at = space + 1 if space >= 0 else at + LONGEST_LINE
            inserted[at - 1] = "\n"
    return {index: mark for index, mark in inserted.items() if index not in dropped}


def utf16(text: str) -> Stretch:
    """Return the mapping from letters to the places Qt counts: letters beyond U+FFFF take two."""
    return Stretch([(found.start(), 1) for found in _ASTRAL.finditer(text)])


def shown_range(mappings: tuple[Mapping, ...], start: int, end: int) -> tuple[int, int] | None:
    """Take a range through all mappings, first to last."""
    for mapping in mappings:
        through = mapping.to_display(start, end)
        if through is None:
            return None
        start, end = through
    return start, end


def source_range(mappings: tuple[Mapping, ...], start: int, end: int) -> tuple[int, int] | None:
    """Take a range back through all mappings, last to first."""
    for mapping in reversed(mappings):
        back = mapping.to_source(start, end)
        if back is None:
            return None
        start, end = back
    return start, end
