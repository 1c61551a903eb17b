"""In which words two texts differ, as ranges of each. It judges nothing and knows no display.

Words that occur once in both texts are the anchors ("patience" difference): the longest chain of them in one
order holds, and each gap between two anchors is compared anew, at last word by word.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

LARGEST_GAP = 40_000
"""Words on the left times words on the right that are still compared one by one."""
DEEPEST = 40
_WORD = re.compile(r"\w+|[^\w\s]")

Place = tuple[int, int]
"""How many words lie before, in the left and in the right text."""


class Range(NamedTuple):
    """A piece of a text, in code points from its beginning."""

    start: int
    end: int


Differences = tuple[tuple[Range, ...], tuple[Range, ...]]
"""What only the left and what only the right text says."""


class Block(NamedTuple):
    """`size` words that are the same from `left` in the one text and from `right` in the other."""

    left: int
    right: int
    size: int


def word_differences(left: str, right: str) -> Differences:
    """Find what only the left and what only the right text says, all at once."""
    steps = comparing(left, right)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def comparing(left: str, right: str) -> Generator[None, None, Differences]:
    """Find in small steps what only the left and what only the right text says; it is returned after the last.

    Neighboring words of a difference make one range, spaces between them included. Spacing and punctuation
    alone between words that differ count as different too; a lone word that both share between two
    differences does not make an island.
    """
    ours, theirs = list(_WORD.finditer(left)), list(_WORD.finditer(right))
    first, second = [word.group() for word in ours], [word.group() for word in theirs]
    found: list[Block] = []
    for block in _common(first, second, (0, 0), (len(first), len(second))):
        found.append(block)
        yield
    blocks = _joined(found)
    kept = [block for block in blocks if not _is_island(block, len(first), len(second))]
    return (
        _between(ours, [(block.left, block.size) for block in kept]),
        _between(theirs, [(block.right, block.size) for block in kept]),
    )


def _is_island(block: Block, left: int, right: int) -> bool:
    """Whether a single word stands between differences on both sides of it."""
    first = block.left == block.right == 0
    last = (block.left + 1, block.right + 1) == (left, right)
    return block.size == 1 and not (first or last)


def _between(words: Sequence[re.Match[str]], same: Sequence[tuple[int, int]]) -> tuple[Range, ...]:
    """The ranges of the words that no block covers."""
    found: list[Range] = []
    at = 0
    for start, size in (*same, (len(words), 0)):
        if at < start:
            found.append(Range(words[at].start(), words[start - 1].end()))
        at = start + size
    return tuple(found)


def _joined(blocks: Iterable[Block]) -> list[Block]:
    """Blocks that touch in both texts as one."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if last and (last.left + last.size, last.right + last.size) == (block.left, block.right):
            found[-1] = last._replace(size=last.size + block.size)
        elif block.size:
            found.append(block)
    return found


def _common(
    first: Sequence[str], second: Sequence[str], begin: Place, end: Place, depth: int = 0
) -> Iterator[Block]:
    """The words in common between two places of both texts, in order."""
    head = _same_from(first, second, begin, end)
    yield Block(*begin, head)
    left, right = begin[0] + head, begin[1] + head
    tail = _same_back(first, second, (left, right), end)
    left_end, right_end = end[0] - tail, end[1] - tail
    anchors = _anchors(first[left:left_end], second[right:right_end]) if depth < DEEPEST else []
    if anchors:
        yield from _around(first, second, anchors, (left, right), (left_end, right_end), depth)
    elif (left_end - left) * (right_end - right) <= LARGEST_GAP:
        matcher = SequenceMatcher(None, first[left:left_end], second[right:right_end], autojunk=False)
        yield from (Block(left + a, right + b, size) for a, b, size in matcher.get_matching_blocks())
    yield Block(left_end, right_end, tail)


def _around(
    first: Sequence[str],
    second: Sequence[str],
    anchors: Sequence[tuple[int, int]],
    begin: Place,
    end: Place,
    depth: int,
) -> Iterator[Block]:
    """The gap before each anchor, the anchor, and the gap after the last."""
    left, right = begin
    for a, b in anchors:
        at = (begin[0] + a, begin[1] + b)
        if at[0] < left or at[1] < right:
            continue
        yield from _common(first, second, (left, right), at, depth + 1)
        yield Block(*at, 1)
        left, right = at[0] + 1, at[1] + 1
    yield from _common(first, second, (left, right), end, depth + 1)


def _same_from(first: Sequence[str], second: Sequence[str], begin: Place, end: Place) -> int:
    """How many words are the same from the beginning on."""
    most = min(end[0] - begin[0], end[1] - begin[1])
    return next((n for n in range(most) if first[begin[0] + n] != second[begin[1] + n]), most)


def _same_back(first: Sequence[str], second: Sequence[str], begin: Place, end: Place) -> int:
    """How many words are the same up to the end."""
    most = min(end[0] - begin[0], end[1] - begin[1])
    return next((n for n in range(most) if first[end[0] - 1 - n] != second[end[1] - 1 - n]), most)


def _anchors(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """The longest chain, rising in both, of the words that occur exactly once in each."""
    once = {word for word, times in Counter(first).items() if times == 1}
    once &= {word for word, times in Counter(second).items() if times == 1}
    place = {word: at for at, word in enumerate(second) if word in once}
    return _longest_rising([(at, place[word]) for at, word in enumerate(first) if word in once])


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of pairs, rising in the first, that rises in the second too (patience sorting)."""
    tops: list[int] = []
    top_pairs: list[int] = []
    before: list[int] = []
    for at, (_, value) in enumerate(pairs):
        pile = bisect_left(tops, value)
        before.append(top_pairs[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [value]
        top_pairs[pile : pile + 1] = [at]
    chain: list[tuple[int, int]] = []
    at = top_pairs[-1] if top_pairs else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]
