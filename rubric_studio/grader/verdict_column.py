"""Verdicts as columns: one criterion's over many samples, and the sums of the rows' own criteria. No totals.

A column is sparse: it has entries only for the samples to which its criterion applies.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rubric_studio.grader.column_functions import Column

Places = NDArray[np.intp]
"""Samples by their place, counted from 0."""

SCORED, NOT_APPLICABLE, UNSCORED = 0, 1, 2
"""States as a column holds them."""


@dataclass(frozen=True, slots=True)
class VerdictColumn:
    """One criterion of the rubric over all samples: where it applies, what it is worth, what is missing."""

    samples: Places | None  # where it applies, increasing; None = every sample in order
    values: Column  # beside `samples`; 0 where missing
    missing: Places  # the samples where it applies and is unscored
    levels: NDArray[np.int16] | None = None  # beside `samples`: the level given, -1 where missing

    def with_levels(self, table: ArrayLike) -> "VerdictColumn":
        """The same verdicts with other values of the levels: `table[level]` for each."""
        if self.levels is None:
            raise ValueError("this column holds values, not levels")
        worth = np.asarray(table, dtype=np.float64)
        if self.levels.max(initial=-1) >= len(worth):
            raise ValueError(
                f"there are {len(worth)} levels, but one of number {self.levels.max()} was given"
            )
        return replace(self, values=np.append(worth, 0.0)[self.levels])


def verdict_column(
    count: int, values: ArrayLike, states: ArrayLike | None = None, samples: ArrayLike | None = None
) -> VerdictColumn:
    """Make a column from verdicts: value and state (0 scored, 1 not applicable, 2 unscored) of each entry.

    Args:
        count: how many samples there are.
        values: one for each entry; only those of scored entries are read, and they must be finite.
        states: one for each entry; None = all scored.
        samples: which sample each entry belongs to, increasing; None = every sample in order. The criterion
            does not apply to samples that are not named.
    """
    numbers = np.asarray(values, dtype=np.float64)
    places, state = _entries(count, len(numbers), states, samples)
    if samples is not None and np.any(np.diff(places) <= 0):
        raise ValueError("samples must increase: a criterion has one verdict on a sample")
    scored = state == SCORED
    if not np.isfinite(numbers[scored]).all():
        raise ValueError("a scored value must be a finite number")
    applies = state != NOT_APPLICABLE
    everywhere = len(places) == count and bool(applies.all())
    return VerdictColumn(
        samples=None if everywhere else places[applies],
        values=np.where(scored, numbers, 0.0)[applies],
        missing=places[state == UNSCORED],
    )


def level_column(
    count: int,
    levels: ArrayLike,
    table: ArrayLike,
    states: ArrayLike | None = None,
    samples: ArrayLike | None = None,
) -> VerdictColumn:
    """Make a column from levels: the index into `table` (the levels' values) for each entry."""
    given = np.asarray(levels, dtype=np.int16)
    _, state = _entries(count, len(given), states, samples)
    if given[state == SCORED].min(initial=0) < 0:
        raise ValueError("a scored entry has no level")
    column = verdict_column(count, np.zeros(len(given)), state, samples)
    known = np.where(state == SCORED, given, np.int16(-1))[state != NOT_APPLICABLE]
    return replace(column, levels=known).with_levels(table)


def _entries(
    count: int, length: int, states: ArrayLike | None, samples: ArrayLike | None
) -> tuple[Places, NDArray[np.uint8]]:
    places = np.arange(count) if samples is None else np.asarray(samples, dtype=np.intp)
    state = np.zeros(length, dtype=np.uint8) if states is None else np.asarray(states, dtype=np.uint8)
    if not len(places) == len(state) == length:
        raise ValueError(f"{len(places)} samples, {len(state)} states and {length} values do not match")
    if length and (places.min() < 0 or places.max() >= count):
        raise ValueError(f"a sample lies outside of 0 to {count - 1}")
    return places, state


@dataclass(frozen=True, slots=True)
class OwnVerdicts:
    """The rows' own criteria over all samples. Their weights come with the rows, so they are summed once."""

    s: Column
    m: Column  # the weights of the missing are in it
    f: Column
    lost: Column  # here too
    open: Column  # weights of the missing points
    open_faults: Column  # and faults
    missing_points: NDArray[np.int32]
    missing_faults: NDArray[np.int32]
    applies: NDArray[np.bool_]


def own_verdicts(
    count: int, samples: ArrayLike, values: ArrayLike, weights: ArrayLike, states: ArrayLike | None = None
) -> OwnVerdicts:
    """Sum the verdicts on rows' own criteria: sample, value, weight and state of each, in any order."""
    numbers = np.asarray(values, dtype=np.float64)
    places, state = _entries(count, len(numbers), states, samples)
    weight = np.where(state == NOT_APPLICABLE, 0.0, np.asarray(weights, dtype=np.float64))
    if not np.isfinite(numbers[state == SCORED]).all():
        raise ValueError("a scored value must be a finite number")
    earned = weight * np.where(state == SCORED, numbers, 0.0)
    open_weight = weight * (state == UNSCORED)

    def summed(amounts: Column) -> Column:
        return np.asarray(np.bincount(places, weights=amounts, minlength=count), dtype=np.float64)

    return OwnVerdicts(
        s=summed(np.where(weight > 0, earned, 0.0)),
        m=summed(np.maximum(weight, 0.0)),
        f=summed(np.where(weight < 0, -earned, 0.0)),
        lost=summed(np.maximum(-weight, 0.0)),
        open=summed(np.maximum(open_weight, 0.0)),
        open_faults=summed(np.maximum(-open_weight, 0.0)),
        missing_points=np.bincount(places[open_weight > 0], minlength=count).astype(np.int32),
        missing_faults=np.bincount(places[open_weight < 0], minlength=count).astype(np.int32),
        applies=np.bincount(places[state != NOT_APPLICABLE], minlength=count) > 0,
    )
