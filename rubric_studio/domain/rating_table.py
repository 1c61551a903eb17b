"""Who gave which level to which sample, as numbers, and the sums that every coefficient is made of. No coefficient."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Weights = Literal["plain", "linear", "quadratic"]
Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]

NONE = -1
"""The code of a missing rating."""
TINY = 1e-12
"""An expected disagreement below this is rounding: nothing could have disagreed."""


@dataclass(frozen=True, eq=False)
class RatingTable:
    """One criterion's ratings: `codes[unit, rater]` is the place of the level in `scale`, -1 where there is none.

    `scale` says what each level is worth, ascending. All its levels count as categories, also those nobody gave.
    What every coefficient is made of is worked out once; none of these arrays may be written to.
    """

    codes: Codes
    scale: tuple[float, ...]

    @cached_property
    def counts(self) -> Numbers:
        """How often each unit was given each level, (units, levels)."""
        places = np.arange(len(self.scale))
        return (self.codes[:, :, None] == places).sum(axis=1).astype(np.float64)

    @cached_property
    def worths(self) -> Numbers:
        """What the levels are worth, stretched to [0, 1]: no coefficient depends on the unit of the scale."""
        scale = np.asarray(self.scale, dtype=np.float64)
        reach = float(np.ptp(scale)) if scale.size else 0.0
        return (scale - scale.min()) / reach if reach > 0 else np.zeros_like(scale)

    @cached_property
    def is_rated(self) -> NDArray[np.bool_]:
        """Where there is a rating, (units, raters)."""
        return self.codes >= 0

    @cached_property
    def pairable(self) -> NDArray[np.bool_]:
        """Which units have two ratings or more."""
        return np.asarray(np.count_nonzero(self.is_rated, axis=1) >= 2)

    @cached_property
    def complete(self) -> NDArray[np.bool_]:
        """Which units every rater has rated."""
        return np.asarray(np.all(self.is_rated, axis=1))

    @cached_property
    def n_pairable(self) -> int:
        """How many units have two ratings or more."""
        return int(self.pairable.sum())

    @cached_property
    def n_given(self) -> int:
        """How many different levels were given."""
        return int(np.unique(self.codes[self.is_rated]).size)

    def only(self, units: NDArray[np.bool_]) -> "RatingTable":
        """The same table with these units only."""
        return RatingTable(self.codes[units], self.scale)

    def of_raters(self, raters: Sequence[int]) -> "RatingTable":
        """The same table with these raters only, in this order."""
        return RatingTable(self.codes[:, list(raters)], self.scale)


class Ratio(NamedTuple):
    """A coefficient 1 - observed / expected, once for each draw; it has no value where nothing is expected."""

    observed: Numbers
    expected: Numbers

    @property
    def value(self) -> float | None:
        """The value of the first draw, the only one of a table as it is; None where it is undefined."""
        known = self.known(slice(0, 1))
        return float(known[0]) if known.size else None

    def known(self, draws: slice = slice(None)) -> Numbers:
        """The values of those draws that have one."""
        observed, expected = self.observed[draws], self.expected[draws]
        there = expected > TINY
        return 1 - observed[there] / expected[there]


def table_of(rows: Sequence[Sequence[float | None]], scale: Sequence[float]) -> RatingTable:
    """Make a table of what the levels are worth, a list for each unit, None where a rating is missing.

    Raises:
        KeyError: a worth that is not on the scale.
    """
    place = {worth: at for at, worth in enumerate(scale)}
    raters = len(rows[0]) if rows else 0
    codes = [[NONE if worth is None else place[worth] for worth in row] for row in rows]
    return RatingTable(np.array(codes, dtype=np.int64).reshape(len(rows), raters), tuple(scale))


def pairable(table: RatingTable) -> NDArray[np.bool_]:
    """Which units have two ratings or more."""
    return table.pairable


def complete(table: RatingTable) -> NDArray[np.bool_]:
    """Which units every rater has rated."""
    return table.complete


def rated(table: RatingTable) -> NDArray[np.bool_]:
    """Which units have any rating."""
    return np.asarray(np.any(table.is_rated, axis=1))


def rating_raters(table: RatingTable) -> list[int]:
    """The raters who rated anything at all."""
    return [int(rater) for rater in np.flatnonzero(table.is_rated.any(axis=0))]


def once(table: RatingTable) -> Numbers:
    """A single draw in which every unit counts once: the table as it is, (1, units)."""
    return np.ones((1, len(table.codes)))


def quotient(above: Numbers, below: Numbers) -> Numbers:
    """Divide where that is possible; 0 elsewhere."""
    return np.divide(above, below, out=np.zeros(np.broadcast(above, below).shape), where=below > 0)


def disagreeing(first: Numbers, second: Numbers, worths: Numbers, weights: Weights) -> Numbers:
    """Sum how much all pairs disagree, one of each side: sum over k, l of first[k] * second[l] * d(k, l).

    `first` and `second` say how often each level is on their side, (..., levels). d is 0 for the same level, else
    1 ("plain"), the distance of their worths or its square. The closed forms need no levels x levels matrix, so
    that totals with hundreds of different values cost no more than grades.
    """
    left, right = first.sum(axis=-1), second.sum(axis=-1)
    if weights == "plain":
        return left * right - (first * second).sum(axis=-1)
    if weights == "quadratic":
        squares = left * (second @ worths**2) + right * (first @ worths**2)
        return np.maximum(squares - 2 * (first @ worths) * (second @ worths), 0)
    below_first, below_second = (np.cumsum(side, axis=-1)[..., :-1] for side in (first, second))
    across = below_first * (right[..., None] - below_second) + (left[..., None] - below_first) * below_second
    return across @ np.diff(worths)


def unit_disagreement(table: RatingTable, weights: Weights = "plain") -> Numbers:
    """How much the pairs of ratings of each unit disagree on average, in [0, 1]; 0 for a unit without any pair."""
    counts = table.counts
    n = counts.sum(axis=1)
    return quotient(disagreeing(counts, counts, table.worths, weights), n * (n - 1))
