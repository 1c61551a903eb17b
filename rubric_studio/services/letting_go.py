"""Let go of many values without keeping the window waiting. Decides nothing about what is let go."""

from collections.abc import Sequence
from typing import Any

SLICE = 1000


def let_go(held: list[Sequence[Any]]) -> None:
    """Empty a list of sequences that nobody else holds, value by value.

    Python frees what goes with a sequence within one step, in which no other thread runs: a million values
    take a quarter of a second. Freed one by one, the others have their turn in between.
    """
    while held:
        things = _listed(held.pop())
        while things:
            things.pop()


def _listed(sequence: Sequence[Any]) -> list[Any]:
    """The same values in a list; made slice by slice, for a look at 100,000 is felt too."""
    things: list[Any] = []
    for start in range(0, len(sequence), SLICE):
        things += sequence[start : start + SLICE]
    return things
