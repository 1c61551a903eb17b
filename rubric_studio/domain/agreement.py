"""How far many raters agree: one function per statistic, each a `Ratio`, and all of them with n and intervals.

It takes numbers only and knows no sample, no expert and no project. Every function takes a table and, for the
bootstrap, `times`: how often each unit counts in each draw, (draws, units); without it each counts once and
`.value` is the statistic of the table as it is. None, never NaN, is the value of what is undefined.
"""

from collections.abc import Mapping
from functools import cached_property, partial
from itertools import combinations
from typing import Literal, NamedTuple

import numpy as np

from rubric_studio.domain.agreement_advice import Advice, advice
from rubric_studio.domain.agreement_intervals import Resamples, estimate, percent_estimate, resamples
from rubric_studio.domain.estimate import Estimate
from rubric_studio.domain.estimates_on_demand import ByScale, ByWeights, Metric, OnDemand
from rubric_studio.domain.rating_table import (
    NONE,
    TINY,
    Numbers,
    RatingTable,
    Ratio,
    Weights,
    complete,
    disagreeing,
    once,
    pairable,
    quotient,
    rating_raters,
    table_of,
    unit_disagreement,
)
from rubric_studio.domain.resampling import SEED

__all__ = [
    "NONE", "Advice", "ByScale", "ByWeights", "Estimate", "IccForm", "RatingTable", "Ratio", "Statistics",
    "advice", "cohen_kappa", "fleiss_kappa", "gwet_ac", "icc", "krippendorff_alpha", "mean_squares",
    "percent_agreement", "statistics", "table_of", "unit_disagreement",
]  # fmt: skip

IccForm = Literal["1,1", "2,1", "3,1", "1,k", "2,k", "3,k"]
WEIGHTS: tuple[Weights, ...] = ("plain", "linear", "quadratic")
METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval")
ICC_FORMS: tuple[IccForm, ...] = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")


# ---- shares of pairs


def percent_agreement(table: RatingTable, times: Numbers | None = None) -> Ratio:
    """Share of agreeing pairs of ratings within a unit, averaged over the units with two ratings or more.

    Each unit counts the same, however many rated it. In [0, 1]; undefined only where no unit has two ratings.
    Source: Fleiss, Psychological Bulletin 76 (1971), P-bar; with missing ratings Gwet, Handbook of Inter-Rater
    Reliability, 4th edition (2014), p_a.
    """
    draws = once(table) if times is None else times
    observed, there = _observed(table, "plain", draws)
    return Ratio(observed, there)


def _observed(table: RatingTable, weights: Weights, times: Numbers) -> tuple[Numbers, Numbers]:
    """The mean disagreement within units that have pairs, and whether a draw has such units (1 or 0)."""
    units = pairable(table)
    n = times[:, units].sum(axis=1)
    return quotient(times[:, units] @ unit_disagreement(table, weights)[units], n), (n > 0).astype(np.float64)


def _classified(table: RatingTable, times: Numbers) -> Numbers:
    """The probability of each level: its mean share of a unit's ratings, over units with any; (draws, levels)."""
    counts = table.counts
    n = counts.sum(axis=1)
    shares = quotient(counts, n[:, None])
    return quotient(times @ shares, (times @ (n > 0))[:, None])


# ---- kappa


def cohen_kappa(
    table: RatingTable, first: int, second: int, weights: Weights = "plain", times: Numbers | None = None
) -> Ratio:
    """Cohen's kappa of two raters over the units both rated; expected from each one's own shares of the levels.

    Weights are distances of what the levels are worth, or their squares. In (-inf, 1]; 0 where one rater always
    gives the same; undefined without a common unit and where both only ever give one and the same level.
    Sources: Cohen, Educational and Psychological Measurement 20 (1960); weighted: Psychological Bulletin 70 (1968).
    """
    pair = table.of_raters((first, second))
    common = complete(pair)
    draws = (once(table) if times is None else times)[:, common]
    one, other = (pair.codes[common, side][:, None] == np.arange(len(table.scale)) for side in (0, 1))
    one, other = one.astype(np.float64), other.astype(np.float64)
    n = draws.sum(axis=1)
    observed = draws @ disagreeing(one, other, table.worths, weights)
    expected = disagreeing(draws @ one, draws @ other, table.worths, weights)
    return Ratio(quotient(observed, n), quotient(expected, n * n))


def fleiss_kappa(table: RatingTable, weights: Weights = "plain", times: Numbers | None = None) -> Ratio:
    """Fleiss' kappa: agreement beyond what two ratings drawn from everybody's shares of the levels would have.

    With missing ratings: observed over units with two ratings or more, the levels' shares as means of the units'
    shares over units with any rating; with all ratings there it is Fleiss 1971. Weights as in `cohen_kappa`.
    In (-inf, 1]; undefined where no unit has two ratings and where only one level was ever given.
    Sources: Fleiss, Psychological Bulletin 76 (1971); missing ratings and weights: Gwet (2014), chapter 2 and 3.
    """
    draws = once(table) if times is None else times
    observed, there = _observed(table, weights, draws)
    shares = _classified(table, draws)
    return Ratio(observed, there * disagreeing(shares, shares, table.worths, weights))


# ---- alpha


def krippendorff_alpha(
    table: RatingTable, metric: Metric = "nominal", times: Numbers | None = None
) -> Ratio:  # fmt: skip
    """Krippendorff's alpha: 1 - observed / expected disagreement of all pairs of ratings that could be paired.

    Units with fewer than two ratings are left out, wholly. "interval" takes squared differences of what levels
    are worth; "ordinal" Krippendorff's own metric, squared differences of the levels' mean ranks among the
    ratings given. In (-inf, 1]; undefined where no unit has two ratings and where only one level was ever given.
    Source: Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), sections C and E.
    """
    units = pairable(table)
    draws = (once(table) if times is None else times)[:, units]
    counts = table.counts[units]
    given = draws @ counts
    n = given.sum(axis=1)
    ranks = (np.cumsum(given, axis=1) - given / 2) / np.maximum(n, 1)[:, None]
    if metric == "ordinal":
        observed, expected = _within_ordinal(counts, ranks, draws), _all_ordinal(given, ranks)
    else:
        weights: Weights = "plain" if metric == "nominal" else "quadratic"
        within = disagreeing(counts, counts, table.worths, weights) / (counts.sum(axis=1) - 1)
        observed, expected = draws @ within, disagreeing(given, given, table.worths, weights)
    return Ratio(quotient(observed, n), quotient(expected, n * (n - 1)))


def _within_ordinal(counts: Numbers, ranks: Numbers, times: Numbers) -> Numbers:
    """Squared differences of ranks within units, each unit's by its n - 1: ranks are another in each draw."""
    n = counts.sum(axis=1)
    squares = times @ (counts * (n / (n - 1))[:, None])
    sums = ranks @ counts.T
    apart = (squares * ranks**2).sum(axis=1) - (times * sums**2 / (n - 1)).sum(axis=1)
    return np.maximum(2 * apart, 0)


def _all_ordinal(given: Numbers, ranks: Numbers) -> Numbers:
    """Squared differences of ranks of all pairs of ratings."""
    sums = (given * ranks).sum(axis=1)
    return np.maximum(2 * (given.sum(axis=1) * (given * ranks**2).sum(axis=1) - sums**2), 0)


# ---- Gwet


def gwet_ac(table: RatingTable, weights: Weights = "plain", times: Numbers | None = None) -> Ratio:
    """Gwet's AC1 ("plain") and AC2 (weighted): chance agrees only where a rating is hard, so skew does no harm.

    Expected agreement is T * sum of p (1 - p) / (q (q - 1)): p the levels' shares as in `fleiss_kappa`, q all
    levels of the scale, T the sum of all agreement weights (1 - distance or its square, worths stretched to
    [0, 1]). In (-inf, 1]; undefined where no unit has two ratings and on a scale of one level. Where everybody
    gave one of several levels it is 1, for no rating was hard then (the kappas and alpha are 0 / 0 there): so a
    fault that nobody ever commits has a figure that a stop rule can ask for.
    Sources: Gwet, British Journal of Mathematical and Statistical Psychology 61 (2008); AC2: Gwet (2014), chapter 3.
    """
    draws = once(table) if times is None else times
    observed, there = _observed(table, weights, draws)
    q = len(table.scale)
    if q < 2:
        return Ratio(observed, np.zeros_like(observed))
    every = np.ones(q)
    total = q * q - float(disagreeing(every, every, table.worths, weights))
    shares = _classified(table, draws)
    return Ratio(observed, there * (1 - total * (shares * (1 - shares)).sum(axis=1) / (q * (q - 1))))


# ---- intraclass correlation


class MeanSquares(NamedTuple):
    """The analysis of variance of units by raters, each (draws,): between units, within them, raters, the rest."""

    between: Numbers
    within: Numbers
    raters: Numbers
    rest: Numbers


def mean_squares(table: RatingTable, times: Numbers | None = None) -> MeanSquares:
    """Mean squares of what the levels are worth, over units that every rater rated: at least two of each needed.

    Source: Shrout and Fleiss, Psychological Bulletin 86 (1979), table 3: BMS, WMS, JMS, EMS.
    """
    units = complete(table)
    draws = (once(table) if times is None else times)[:, units]
    scale = np.asarray(table.scale)
    worth = (scale - scale.mean())[table.codes[units]]
    k, n = worth.shape[1], draws.sum(axis=1)
    correction = (draws @ worth.sum(axis=1)) ** 2 / (n * k)
    whole = draws @ (worth**2).sum(axis=1) - correction
    between = draws @ worth.sum(axis=1) ** 2 / k - correction
    raters = ((draws @ worth) ** 2).sum(axis=1) / n - correction
    within, rest = whole - between, whole - between - raters
    parts = ((between, n - 1), (within, n * (k - 1)), (raters, n * 0 + k - 1), (rest, (n - 1) * (k - 1)))
    return MeanSquares(*(quotient(np.maximum(squares, 0), freedom) for squares, freedom in parts))


def icc(table: RatingTable, form: IccForm = "2,1", times: Numbers | None = None) -> Ratio:
    """Intraclass correlation over the units that every rater rated: the units' share of all variance of the worths.

    Forms: 1 each unit has raters of its own; 2 the raters stand for others, their leniency counts as error; 3 only
    these raters, leniency does not count; "1" one rating, "k" the mean of all. In (-inf, 1]; undefined with fewer
    than two raters or such units, and where the denominator is not positive: the units do not differ.
    Source: Shrout and Fleiss, Psychological Bulletin 86 (1979), pages 423 to 426.
    """
    k, n = table.codes.shape[1], int(complete(table).sum())
    if k < 2 or n < 2:
        return Ratio(np.zeros(1), np.zeros(1))
    squares = mean_squares(table, times)
    drawn = n if times is None else times[:, complete(table)].sum(axis=1)
    base = squares.within if form[0] == "1" else squares.rest
    leniency = (squares.raters - squares.rest) / drawn if form[0] == "2" else 0
    error = (base + leniency) * (1 if form.endswith("k") else k)
    size = squares.between + squares.within + squares.raters
    size = size * (size > TINY * float(np.ptp(table.scale)) ** 2)  # what is only rounding is nothing
    return Ratio(quotient(error, size), quotient(squares.between + error - base, size))


# ---- all of them


class Statistics:
    """Every statistic of one table: `n` units with two ratings or more, `raters` who rated any.

    `cohen` has each pair of raters, by their columns, the lower first. `ac2` has quadratic weights. Each is worked
    out when it is first asked for, by the draws that all of one kind share.
    """

    def __init__(self, table: RatingTable, seed: int | None) -> None:
        raters = rating_raters(table)
        self._table, self._seed = table, seed
        self._known = table.of_raters(raters)
        self.n = self._known.n_pairable
        self.raters = len(raters)
        self.fleiss = ByWeights(self._fleiss)
        self.alpha = ByScale(self._alpha)
        self.cohen: Mapping[tuple[int, int], ByWeights] = OnDemand(
            tuple(combinations(range(table.codes.shape[1]), 2)), self._cohen
        )
        self.icc: Mapping[IccForm, Estimate] = OnDemand(ICC_FORMS, self._icc)

    @cached_property
    def percent(self) -> Estimate:
        """The share of pairs that are the same."""
        return percent_estimate(self._known, percent_agreement, self._drawn)

    @cached_property
    def ac1(self) -> Estimate:
        """Gwet's coefficient of levels as names."""
        return self._ac("plain")

    @cached_property
    def ac2(self) -> Estimate:
        """Gwet's coefficient of levels as what they are worth."""
        return self._ac("quadratic")

    @cached_property
    def advice(self) -> Advice:
        """Which of them to trust."""
        return advice(self._table)

    def with_percent(self, percent: Estimate) -> "Statistics":
        """The same with another percent agreement, drawn otherwise."""
        found = Statistics(self._table, self._seed)
        found.percent = percent
        return found

    def without_draws(self) -> "Statistics":
        """The same values without intervals."""
        return Statistics(self._table, None)

    def told(self) -> dict[str, object]:
        """All of them by name, worked out now."""
        return {
            "n": self.n,
            "raters": self.raters,
            "percent": self.percent,
            "cohen": {pair: kappa.by_name() for pair, kappa in self.cohen.items()},
            "fleiss": self.fleiss.by_name(),
            "alpha": self.alpha.by_name(),
            "ac1": self.ac1,
            "ac2": self.ac2,
            "icc": dict(self.icc),
            "advice": self.advice,
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Statistics) and self.told() == other.told()

    def __hash__(self) -> int:
        return hash((self.n, self.raters, self.percent))

    # ---- as they are asked for

    @property
    def _drawn(self) -> Resamples | None:
        return None if self._seed is None else resamples(self._known, self._seed, raters_alike=True)

    @cached_property
    def _whole(self) -> RatingTable:
        """The units that every rater rated."""
        return self._known.only(complete(self._known))

    @property
    def _whole_drawn(self) -> Resamples | None:
        return None if self._seed is None else resamples(self._whole, self._seed)

    def _fleiss(self, weights: Weights) -> Estimate:
        return estimate(self._known, partial(fleiss_kappa, weights=weights), self._drawn)

    def _alpha(self, metric: Metric) -> Estimate:
        return estimate(self._known, partial(krippendorff_alpha, metric=metric), self._drawn)

    def _ac(self, weights: Weights) -> Estimate:
        """Gwet's coefficient, whose chance does not come from the levels' shares alone."""
        chance = float(gwet_ac(self._known, weights).expected[0])
        return estimate(self._known, partial(gwet_ac, weights=weights), self._drawn, chance=chance)

    def _cohen(self, pair: tuple[int, int]) -> ByWeights:
        """Cohen's kappa of two columns, by sample among those the two have in common."""
        both = self._table.of_raters(pair)
        both = both.only(complete(both))
        kappa = partial(cohen_kappa, first=0, second=1)

        def of(weights: Weights) -> Estimate:
            drawn = None if self._seed is None else resamples(both, self._seed)
            return estimate(both, partial(kappa, weights=weights), drawn)

        return ByWeights(of)

    def _icc(self, form: IccForm) -> Estimate:
        """A form of ICC over the units that all have rated."""
        if len(self._whole.codes) < 2 <= self.n:
            return Estimate(len(self._whole.codes), None, reason="incomplete")
        return estimate(self._whole, partial(icc, form=form), self._whole_drawn)


def statistics(table: RatingTable, *, seed: int = SEED, draws: bool = True) -> Statistics:
    """Every statistic with its n and interval, or the reason why it is withheld.

    A value is given from two units on wherever it is defined; its interval from LEAST units on. Without `draws`
    there are no intervals: for what is asked many times over. Where all ratings are one level of several, percent
    agreement, AC1 and AC2 are 1 and all else is withheld: it takes its chance from how levels were given.
    """
    return Statistics(table, seed if draws else None)
