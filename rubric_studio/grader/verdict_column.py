"""Verdicts as columns: one criterion's over many samples, and the sums of the rows' own criteria. No totals.

A column costs what it has verdicts: entries with the places of their samples where a criterion applies here
and there, one number for each sample where it applies to many.
"""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rubric_studio.grader.column_functions import Column

Places = NDArray[np.intp]
"""Samples by their place, counted from 0."""

Extent = Places | NDArray[np.bool_] | None
"""Some of the samples: their places, or True where they are; None = every sample."""

SCORED, NOT_APPLICABLE, UNSCORED = 0, 1, 2
"""States as a column holds them."""

_Number = TypeVar("_Number", bound=np.generic)

MOST = 0.125  # from this share of the samples on, adding along all of them is faster than picking places


@dataclass(frozen=True, slots=True)
class VerdictColumn:
    """One criterion of the rubric over all samples: where it applies, what it is worth, what is missing."""

    values: Column  # beside `at`
    at: Places | None  # the scored samples; None = the values run along all samples, 0 where there is none
    applies: Extent
    missing: Extent  # where it applies and is unscored
    levels: NDArray[np.int16] | None = None  # beside `values`: the level given, -1 where none is

    def has_missing(self) -> bool:
        """Whether any sample lacks a verdict."""
        return self.missing is None or bool(self.missing.size)

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
    if np.any(np.diff(places) <= 0):
        raise ValueError("samples must increase: a criterion has one verdict on a sample")
    scored = state == SCORED
    if not np.isfinite(numbers[scored]).all():
        raise ValueError("a scored value must be a finite number")
    applies, missing = places[state != NOT_APPLICABLE], places[state == UNSCORED]
    held, at = _held(count, places, numbers, scored, 0.0)
    return VerdictColumn(held, at, _extent(count, applies), _extent(count, missing))


def level_column(
    count: int,
    levels: ArrayLike,
    table: ArrayLike,
    states: ArrayLike | None = None,
    samples: ArrayLike | None = None,
) -> VerdictColumn:
    """Make a column from levels: the index into `table` (the levels' values) for each entry."""
    given = np.asarray(levels, dtype=np.int16)
    places, state = _entries(count, len(given), states, samples)
    if given[state == SCORED].min(initial=0) < 0:
        raise ValueError("a scored entry has no level")
    column = verdict_column(count, np.zeros(len(given)), state, places)
    held, _ = _held(count, places, given, state == SCORED, -1)
    return replace(column, levels=held).with_levels(table)


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


def _held(
    count: int, places: Places, entries: NDArray[_Number], scored: NDArray[np.bool_], absent: float
) -> tuple[NDArray[_Number], Places | None]:
    """The scored entries with their places where they are few, else along all samples."""
    if scored.sum() < MOST * count:
        return entries[scored], places[scored]
    column = np.full(count, absent, dtype=entries.dtype)
    column[places[scored]] = entries[scored]
    return column, None


def _extent(count: int, places: Places) -> Extent:
    if len(places) == count > 0:
        return None
    if len(places) < MOST * count or not count:
        return places
    return np.bincount(places, minlength=count) > 0


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
