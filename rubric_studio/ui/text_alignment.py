"""Where the words of a Markdown text stand once it is rendered, and where they came from. No Qt."""

import re
from bisect import bisect_left, bisect_right

LOOK_AHEAD = 60
_WORD = re.compile(r"[^\W_]+")


class Alignment:
    """A mapping by words. Markup, addresses and whatever else is not rendered map to nothing."""

    def __init__(self, source: str, rendered: str) -> None:
        pairs = _paired(list(_WORD.finditer(source)), list(_WORD.finditer(rendered)))
        self._source = [(left.start(), left.end()) for left, _ in pairs]
        self._display = [(right.start(), right.end()) for _, right in pairs]

    def to_display(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the range of the rendered words that a range of the source touches."""
        return _carried(self._source, self._display, start, end)

    def to_source(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the range of the source words that a range of the rendered text touches."""
        return _carried(self._display, self._source, start, end)


def _carried(
    here: list[tuple[int, int]], there: list[tuple[int, int]], start: int, end: int
) -> tuple[int, int] | None:
    first = bisect_right(here, start, key=lambda word: word[1])
    last = bisect_left(here, end, key=lambda word: word[0]) - 1
    if first > last:
        return None
    into = max(0, start - here[first][0])
    short = max(0, here[last][1] - end)
    return there[first][0] + into, there[last][1] - short


def _paired(
    source: list[re.Match[str]], rendered: list[re.Match[str]]
) -> list[tuple[re.Match[str], re.Match[str]]]:
    """Walk both texts word by word; where one lacks words, take the nearest place where two words agree."""
    pairs: list[tuple[re.Match[str], re.Match[str]]] = []
    at = 0
    for index, word in enumerate(rendered):
        following = rendered[index + 1].group() if index + 1 < len(rendered) else None
        found = _nearest(source, at, word.group(), following)
        if found is not None:
            pairs.append((source[found], word))
            at = found + 1
    return pairs


def _nearest(source: list[re.Match[str]], at: int, word: str, following: str | None) -> int | None:
    candidate = None
    for index in range(at, min(at + LOOK_AHEAD, len(source))):
        if source[index].group() != word:
            continue
        candidate = index if candidate is None else candidate
        if following is None or (index + 1 < len(source) and source[index + 1].group() == following):
            return index
    return candidate
