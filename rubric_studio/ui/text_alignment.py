"""Where the words of a Markdown text stand once it is rendered, and where they came from. No Qt."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

LOOK_AHEAD = 60
FURTHER = 8  # words past the first candidate; "ARD" or "the" further down stand in another sentence
_WORD = re.compile(r"[^\W_]+")
_SIGNS = re.compile(r"[*_`~]")
"""Markdown's marks for letters, which stand close to the words."""


class Alignment:
    """A mapping by words, with the full stop or bracket that a range ends with, if both texts have it there.

    Markup, addresses and whatever else is not rendered map to nothing.

    The words are paired when a range is asked for first: many texts are read without one.
    """

    def __init__(self, source: str, rendered: str) -> None:
        self._texts = source, rendered

    def to_display(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the range of the rendered words that a range of the source touches."""
        source, display = self._pairs
        return _carried(source, display, start, end, self._texts)

    def to_source(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the range of the source words that a range of the rendered text touches."""
        source, display = self._pairs
        return _carried(display, source, start, end, (self._texts[1], self._texts[0]))

    @cached_property
    def _pairs(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Where the words that found each other stand, in the source and rendered."""
        source, rendered = (list(_WORD.finditer(text)) for text in self._texts)
        pairs = _paired([word.group() for word in source], [word.group() for word in rendered])
        return [source[left].span() for left, _ in pairs], [rendered[right].span() for _, right in pairs]


def _carried(
    here: list[tuple[int, int]],
    there: list[tuple[int, int]],
    start: int,
    end: int,
    texts: tuple[str, str],
) -> tuple[int, int] | None:
    first = bisect_right(here, start, key=lambda word: word[1])
    last = bisect_left(here, end, key=lambda word: word[0]) - 1
    if first > last:
        return None
    into = max(0, start - here[first][0])
    short = max(0, here[last][1] - end)
    if short:
        return there[first][0] + into, there[last][1] - short
    after = _SIGNS.sub("", texts[0][here[last][1] : end]).split(maxsplit=1)
    closing = after[0] if after and not texts[0][here[last][1]].isspace() else ""
    return there[first][0] + into, _closed(texts[1], there[last][1], closing)


def _closed(text: str, end: int, closing: str) -> int:
    """Return where a passage ends that goes on with these signs, wherever markup stands between them."""
    at = end
    for sign in closing:
        while at < len(text) and _SIGNS.match(text[at]):
            at += 1
        if at >= len(text) or text[at] != sign:
            break
        at = end = at + 1
    return end


def _paired(source: list[str], rendered: list[str]) -> list[tuple[int, int]]:
    """Walk both texts word by word; where one lacks words, take the nearest place where two words agree."""
    pairs: list[tuple[int, int]] = []
    at = 0
    for index, word in enumerate(rendered):
        following = rendered[index + 1] if index + 1 < len(rendered) else None
        found = _nearest(source, at, word, following)
        if found is not None:
            pairs.append((found, index))
            at = found + 1
    return pairs


def _nearest(source: list[str], at: int, word: str, following: str | None) -> int | None:
    candidate = None
    for index in range(at, min(at + LOOK_AHEAD, len(source))):
        if candidate is not None and index > candidate + FURTHER:
            break
        if source[index] != word:
            continue
        candidate = index if candidate is None else candidate
        if following is None or (index + 1 < len(source) and source[index + 1] == following):
            return index
    return candidate
