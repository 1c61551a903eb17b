"""Who scores which sample: everybody all, or m of n each, evenly and by languages; and what comes again, hidden.

Loads are evened out by moving samples along paths of experts until no path makes them more even; then no other
assignment is: N. Harvey, R. Ladner, L. Lovasz, T. Tamir, "Semi-matchings for bipartite graphs and load
balancing", J. Algorithms 59 (2006). Whole rows are dealt first, so that few are torn apart by it.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rubric_studio.domain.ids import PersonId, RowId, SampleKey
from rubric_studio.services.chance import drawn, place

Rows = Mapping[SampleKey, RowId]
Reads = Mapping[RowId, Sequence[PersonId]]


class Assignment(NamedTuple):
    """Each expert's samples; those that nobody reads, and those that fewer read than shall score them."""

    assigned: dict[PersonId, tuple[SampleKey, ...]]
    unread: tuple[SampleKey, ...] = ()
    fewer: tuple[SampleKey, ...] = ()


def assign(
    samples: Sequence[SampleKey],
    rows: Rows,
    reads: Reads,
    people: Sequence[PersonId],
    overlap: int | None,
    seed: int,
) -> Assignment:
    """Give each sample to `overlap` of the people who read its row, or to all of them.

    `reads` names for each row who reads it. Samples are given out in the order of `samples`.
    """
    wanted = len(people) if overlap is None else overlap
    able = {key: reads[rows[key]] for key in samples}
    hands = _Hands(people, rows, able)
    for row in _rows_in_order(samples, rows, able, seed):
        hands.deal(row, wanted, seed)
    if overlap is not None:
        hands.even_out()
    return Assignment(
        assigned={person: tuple(key for key in samples if key in hands.of[person]) for person in people},
        unread=tuple(key for key in samples if not able[key]),
        fewer=tuple(key for key in samples if overlap is not None and 0 < len(able[key]) < wanted),
    )


def choose_repeats(own: Sequence[SampleKey], rows: Rows, count: int, seed: str) -> tuple[SampleKey, ...]:
    """Choose which of an expert's samples come again: drawn, from as many rows as possible."""
    order = [SampleKey(key) for key in drawn(seed, own)]
    met: Counter[RowId] = Counter()
    turn: dict[SampleKey, int] = {}
    for key in order:
        turn[key] = met[rows[key]]
        met[rows[key]] += 1
    return tuple(sorted(order, key=lambda key: turn[key])[:count])


def _rows_in_order(
    samples: Sequence[SampleKey], rows: Rows, able: Mapping[SampleKey, Sequence[PersonId]], seed: int
) -> list[list[SampleKey]]:
    """The samples by row: those that few read first, then the longest, so that the small ones fill the gaps."""
    by_row: dict[RowId, list[SampleKey]] = defaultdict(list)
    for key in samples:
        by_row[rows[key]].append(key)
    order = sorted(by_row, key=lambda row: (len(able[by_row[row][0]]), -len(by_row[row]), place(seed, row)))
    return [by_row[row] for row in order]


class _Hands:
    """What each expert holds, while it is dealt and evened out."""

    def __init__(
        self, people: Sequence[PersonId], rows: Rows, able: Mapping[SampleKey, Sequence[PersonId]]
    ) -> None:
        # Dicts keep an order that does not change from one start of Python to the next; sets would not.
        self.of: dict[PersonId, dict[SampleKey, None]] = {person: {} for person in people}
        self._rows, self._able = rows, able
        self._held: dict[PersonId, Counter[RowId]] = {person: Counter() for person in people}

    def deal(self, samples: Sequence[SampleKey], wanted: int, seed: int) -> None:
        """Give a whole row to those who hold least so far."""
        row = self._rows[samples[0]]
        ranked = sorted(
            self._able[samples[0]],
            key=lambda person: (len(self.of[person]), place(seed, f"{row}/{person}")),
        )
        for person in ranked[:wanted]:
            for key in samples:
                self._give(key, person)

    def even_out(self) -> None:
        """Move samples until no expert can be relieved by another who has two fewer or more."""
        while any(self._relieve(person) for person in self._heaviest_first()):
            pass

    def _heaviest_first(self) -> list[PersonId]:
        return sorted(self.of, key=lambda person: (-len(self.of[person]), person))

    def _relieve(self, person: PersonId) -> bool:
        """Hand one sample on, perhaps by way of others, to somebody with at least two fewer."""
        steps: dict[PersonId, tuple[PersonId, SampleKey] | None] = {person: None}
        queue = deque([person])
        while queue:
            giver = queue.popleft()
            for taker in reversed(self._heaviest_first()):
                key = None if taker in steps else self._movable(giver, taker)
                if key is None:
                    continue
                steps[taker] = (giver, key)
                if len(self.of[taker]) <= len(self.of[person]) - 2:
                    self._move_along(steps, taker)
                    return True
                queue.append(taker)
        return False

    def _movable(self, giver: PersonId, taker: PersonId) -> SampleKey | None:
        """The sample that can go with the least reading: of a row the taker reads anyway and the giver hardly."""
        free = [key for key in self.of[giver] if key not in self.of[taker] and taker in self._able[key]]
        return min(free, key=lambda key: self._cost(key, giver, taker), default=None)

    def _cost(self, key: SampleKey, giver: PersonId, taker: PersonId) -> tuple[bool, int, str]:
        row = self._rows[key]
        return (not self._held[taker][row], self._held[giver][row], key)

    def _move_along(
        self, steps: Mapping[PersonId, tuple[PersonId, SampleKey] | None], last: PersonId
    ) -> None:
        taker = last
        while (step := steps[taker]) is not None:
            giver, key = step
            del self.of[giver][key]
            self._held[giver][self._rows[key]] -= 1
            self._give(key, taker)
            taker = giver

    def _give(self, key: SampleKey, person: PersonId) -> None:
        self.of[person][key] = None
        self._held[person][self._rows[key]] += 1
