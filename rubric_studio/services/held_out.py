"""Rows on which no wording is tuned, so that agreement on them may be quoted as final.

A row is held out when some round held it out and no round ever had it scored without holding it out: whichever
came first, wording may have been fitted to it then. So the answer is the same in whatever order copies of a
project come together, and a row that was tuned on never comes back.
"""

from collections.abc import Collection, Iterable, Sequence
from math import floor
from typing import NamedTuple

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.round import RoundPlan
from rubric_studio.services.chance import drawn
from rubric_studio.services.ports import Store
from rubric_studio.services.round_plans import plans
from rubric_studio.services.round_start import HoldOut


class Held(NamedTuple):
    """Which rows of the round are held out, and what became of wishes and of rows held out before."""

    rows: tuple[RowId, ...]
    kept: tuple[RowId, ...] = ()
    tuned: tuple[RowId, ...] = ()
    spent: tuple[RowId, ...] = ()


def held_out_rows(store: Store) -> frozenset[RowId]:
    """The rows whose agreement may be quoted as final."""
    return held_and_tuned(store)[0]


def held_and_tuned(store: Store) -> tuple[frozenset[RowId], frozenset[RowId]]:
    """The rows that are held out, and those that some round had scored without holding them out."""
    found = plans(store).values()
    return held_out_among(found), tuned_among(found)


def held_out_among(found: Collection[RoundPlan]) -> frozenset[RowId]:
    """The rows that are held out, as those plans have it."""
    return frozenset(row for plan in found for row in plan.held_out) - tuned_among(found)


def tuned_among(found: Collection[RoundPlan]) -> frozenset[RowId]:
    """The rows that one of those rounds had scored without holding them out."""
    return frozenset(row for plan in found for row in plan.tuned)


def choose_held_out(rows: Iterable[RowId], share: float, seed: int) -> tuple[RowId, ...]:
    """Draw a share of the rows (0 to 1), rounded to the nearest number, halves up; the same for the same seed."""
    order = [RowId(row) for row in drawn(f"{seed}/held out", set(rows))]
    return tuple(order[: floor(share * len(order) + 0.5)])


def hold_out(store: Store, wish: HoldOut, mine: Collection[RowId], seed: int) -> Held:
    """Of a round's rows those to hold out: held out before they stay so, tuned on before they cannot be."""
    before, tuned = held_and_tuned(store)
    held = tuple(row for row in mine if row in before)
    if wish.rows is not None:
        wanted = [row for row in mine if row in set(wish.rows)]
    else:
        wanted = list(_share(list(mine), held, tuned, wish.share, seed))
    chosen = {row for row in wanted if row not in tuned}
    kept = () if wish.spends else tuple(row for row in held if row not in chosen)
    return Held(
        rows=tuple(row for row in mine if row in chosen or row in kept),
        kept=kept,
        tuned=tuple(row for row in wanted if row in tuned),
        spent=tuple(row for row in held if row not in chosen) if wish.spends else (),
    )


def _share(
    rows: Sequence[RowId], held: Sequence[RowId], tuned: frozenset[RowId], share: float, seed: int
) -> Sequence[RowId]:
    """The share of all the round's rows, those held out before first, then drawn among the ones still free."""
    wanted = len(choose_held_out(rows, share, seed))
    free = choose_held_out((row for row in rows if row not in tuned and row not in held), 1, seed)
    return (*held, *free)[:wanted]
