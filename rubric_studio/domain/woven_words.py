"""Two texts as one, run by run: what both say, what only the first and what only the second says. No display."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from rubric_studio.domain.word_difference import Range, word_differences

_WORD = re.compile(r"\w+|[^\w\s]")


class Run(NamedTuple):
    """Some words with the space before them."""

    text: str
    place: Literal["same", "removed", "added"]


class _Word(NamedTuple):
    begin: int  # with the space before it
    start: int
    end: int
    differs: bool


def woven(old: str, new: str) -> tuple[Run, ...]:
    """Weave two texts into one to read; the space at their ends is left out."""
    removed, added = word_differences(old, new)
    left, right = _words(old, removed), _words(new, added)
    runs: list[Run] = []
    i = j = 0
    while i < len(left) or j < len(right):
        k, m = _stretch(left, i, differs=True), _stretch(right, j, differs=True)
        if k > i:
            runs.append(Run(old[left[i].begin : left[k - 1].end], "removed"))
        if m > j:
            runs.append(Run(new[right[j].begin : right[m - 1].end], "added"))
        size = min(_stretch(left, k, differs=False) - k, _stretch(right, m, differs=False) - m)
        if size:
            spaces = (old[left[k].begin : left[k].start], new[right[m].begin : right[m].start])
            text = max(spaces, key=len) + new[right[m].start : right[m + size - 1].end]
            runs.append(Run(text, "same"))
        i, j = k + size, m + size
    return tuple(runs)


def _words(text: str, ranges: Sequence[Range]) -> list[_Word]:
    found: list[_Word] = []
    at, begin = 0, 0
    for word in _WORD.finditer(text):
        while at < len(ranges) and ranges[at].end <= word.start():
            at += 1
        differs = at < len(ranges) and ranges[at].start <= word.start()
        found.append(_Word(begin, word.start(), word.end(), differs))
        begin = word.end()
    return found


def _stretch(words: Sequence[_Word], start: int, *, differs: bool) -> int:
    """Where the words end that, from `start` on, all differ, or all do not."""
    at = start
    while at < len(words) and words[at].differs is differs:
        at += 1
    return at
