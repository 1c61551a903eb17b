"""Letting go of what a large file left: everything goes, and one value at a time."""

import weakref

from rubric_studio.services.letting_go import SLICE, let_go


class Thing:
    """Something that tells in which order it went."""

    def __init__(self, number: int, gone: list[int]) -> None:
        weakref.finalize(self, gone.append, number).atexit = False


def test_every_value_of_every_sequence_goes():
    gone: list[int] = []
    held = [tuple(Thing(number, gone) for number in range(SLICE + 1)), [Thing(-1, gone)], ()]
    let_go(held)
    assert held == []
    assert sorted(gone) == list(range(-1, SLICE + 1))


def test_what_somebody_else_holds_stays():
    gone: list[int] = []
    kept = Thing(1, gone)
    let_go([(kept, Thing(2, gone))])
    assert gone == [2]
    assert kept is not None
