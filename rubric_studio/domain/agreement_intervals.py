"""A coefficient with its n and interval, by drawing samples anew; or the reason why there is none. No coefficient."""

from functools import lru_cache
from typing import NamedTuple, Protocol

import numpy as np

from rubric_studio.domain.corrected_interval import ALIKE, interval_with
from rubric_studio.domain.estimate import LEAST, Estimate, Reason, wilson_interval
from rubric_studio.domain.rating_table import Numbers, RatingTable, Ratio, once, rated
from rubric_studio.domain.resampling import drawn, interval_of

MOST_LEFT_OUT = 300
"""With more patterns than this plain percentiles do as well, and leaving each out would take long."""
KEPT = 2
"""Statistics of one table are asked for one after another: so many draws wait for the next one, for they are large."""


class Coefficient(Protocol):
    """A statistic of a table in which unit u counts `times[draw, u]` times."""

    def __call__(self, table: RatingTable, *, times: Numbers) -> Ratio: ...


class Resamples(NamedTuple):
    """The distinct patterns of a table's units, how often each is there, and in each draw, (draws, patterns)."""

    table: RatingTable
    times: Numbers
    often: Numbers

    def interval(self, coefficient: Coefficient, value: float) -> tuple[float | None, float | None]:
        """The interval of a coefficient that has this value, from its values in the draws."""
        draws = coefficient(self.table, times=self.times).known()
        if len(self.often) > MOST_LEFT_OUT:
            return interval_of(draws)
        without = coefficient(self.table, times=self.often - np.eye(len(self.often))).known()
        return interval_with(draws, value, without, self.often)


@lru_cache(maxsize=KEPT)
def resamples(table: RatingTable, seed: int, *, raters_alike: bool = False) -> Resamples:
    """Draw units anew, as many as there are, with replacement (Efron, Annals of Statistics 7, 1979).

    Units rated alike are one pattern, so a draw is a handful of counts. Where the statistic does not ask who gave
    a rating (`raters_alike`), the order within a unit does not make another pattern. Units nobody rated are out.
    """
    codes = table.codes[rated(table)]
    if not len(codes):
        return Resamples(RatingTable(codes, table.scale), np.zeros((1, 0)), np.zeros(0))
    if raters_alike:
        codes = np.sort(codes, axis=1)
    patterns, counts = np.unique(codes, axis=0, return_counts=True)
    return Resamples(
        RatingTable(patterns, table.scale), drawn(counts, seed).astype(np.float64), counts.astype(np.float64)
    )


def estimate(
    table: RatingTable, coefficient: Coefficient, draws: Resamples | None, *, chance: float | None = None
) -> Estimate:
    """A coefficient with its n and interval, or why it is withheld; from two units on wherever it is defined.

    The interval takes LEAST units: below, a bootstrap is much too narrow. `chance` is for `bounds_of_perfect`.
    """
    n = table.n_pairable
    reason = _withheld(table, n)
    value = None if reason else coefficient(table, times=once(table)).value
    if value is None:
        return Estimate(n, None, reason=reason or _undefined(table))
    if draws is None or n < LEAST:
        return Estimate(n, value)
    low, high = draws.interval(coefficient, value)
    if low is not None and low > 1 - ALIKE:
        low, high = bounds_of_perfect(table, chance)
    return Estimate(n, value, low, high)


def percent_estimate(table: RatingTable, coefficient: Coefficient, draws: Resamples | None) -> Estimate:
    """Percent agreement with its interval: by sample; Wilson's for few samples, and where all or none agree.

    Wilson's takes the mean share for a share of samples that agree, which is never too narrow. One unit will do.
    """
    n = table.n_pairable
    share = coefficient(table, times=once(table)).value
    if share is None:
        return Estimate(n, None, reason=_withheld(table, n))
    if draws is None:
        return Estimate(n, share)
    if n < LEAST or share in (0.0, 1.0):
        return Estimate(n, share, *wilson_interval(share * n, n))
    return Estimate(n, share, *draws.interval(coefficient, share))


def bounds_of_perfect(table: RatingTable, chance: float | None = None) -> tuple[float, float]:
    """The interval of a coefficient where everybody always agrees, so that every resample is alike.

    Of n units that all agree, Wilson's lower end says how many might yet not (u). The lower end is what the
    coefficient would then be, if what differs did so as any two ratings that differ: 1 - u / d, at least -1.
    d is by how much ratings would disagree by `chance`: 1 - sum of squared shares of the levels if not given.
    """
    known = table.counts[table.pairable]
    shares = known.sum(axis=0) / known.sum()
    differing = 1 - float((shares**2).sum()) if chance is None else chance
    missed = 1 - wilson_interval(len(known), len(known))[0]
    return 1 - missed / max(differing, missed / 2), 1.0


def _withheld(table: RatingTable, n: int) -> Reason:
    """Why nothing can be said of such ratings at all; "" where something can."""
    if table.codes.shape[1] < 2:
        return "one rater"
    if n < 2:
        return "too few" if n else "no overlap"
    return ""


def _undefined(table: RatingTable) -> Reason:
    """Why a coefficient has no value although there are ratings to compare."""
    return "one level" if table.only(table.pairable).n_given == 1 else "no spread"
