"""How many samples a stop rule takes: a simulation of raters who agree as much as is assumed. Not a promise."""

from collections.abc import Callable, Sequence
from itertools import combinations_with_replacement
from math import comb, factorial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rubric_studio.domain.agreement import fleiss_kappa, gwet_ac, krippendorff_alpha, percent_agreement
from rubric_studio.domain.estimate import LEAST
from rubric_studio.domain.rating_table import Numbers, RatingTable, Ratio
from rubric_studio.domain.resampling import SEED
from rubric_studio.domain.round import Statistic, StopRule

TABLES = 1000
POWER = 0.8
"""In so many of the simulated rounds the rule must be met."""
SIZES = (
    *(10, 12, 15, 18, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90, 100, 120, 140, 160, 180, 200),
    *(250, 300, 400, 500, 700, 1000),
)
WAYS = 500
"""So many ways of rating a sample can be told apart in time; of more raters only as many are taken as have no more."""

CAUTIOUS = 99
"""The percentile of what raters would reach who agree no more than the bound asks for."""
MANY = 1e9
"""So many samples are as good as all."""


class SampleSize(NamedTuple):
    """The smallest number of samples that will do, None where even 1,000 are too few or agreement is too low.

    `reached` is the share of simulated rounds of that size (or of 1,000) in which the interval's lower end
    reaches the rule's bound; 0 where the assumed agreement is no higher than the bound. `by_least`: fewer would
    do, but the rule itself asks for so many.
    """

    n: int | None
    reached: float
    by_least: bool = False


def samples_needed(
    rule: StopRule, raters: int, shares: Sequence[float], agreement: float, seed: int = SEED
) -> SampleSize:
    """Say how many samples the rule takes, each rated by `raters` (two or more).

    `shares` are the levels' true shares, lowest level first; they are taken as equally far apart. `agreement` is
    the assumed true value of the rule's own statistic. Raters are taken as equally able, without leniency: each
    knows a sample's level with one probability and otherwise picks one by the shares. For how an interval's lower
    end is guessed see `_Units.reached`. The rule's target is not simulated, only its bound.

    Raises:
        ValueError: fewer than two raters or two levels with a share.
    """
    likely = np.asarray(shares, dtype=np.float64) / max(sum(shares), 1e-300)
    if raters < 2 or np.count_nonzero(likely > 0) < 2:
        raise ValueError("agreement takes two raters and two levels")
    units = _Units(rule.statistic, _fewer(raters, len(likely)), likely)
    start = max(rule.least, LEAST)
    sizes = [start, *(size for size in SIZES if size > start)]
    if agreement <= rule.lower:
        return SampleSize(None, 0.0)
    return _smallest(sizes, lambda size: units.reached(size, agreement, rule.lower, seed))


def _smallest(sizes: Sequence[int], reached: Callable[[int], float]) -> SampleSize:
    """Halve the grid: what a size reaches grows with the size."""
    shares: dict[int, float] = {}
    low, high = 0, len(sizes)
    while low < high:
        middle = (low + high) // 2
        shares[middle] = reached(sizes[middle])
        low, high = (low, middle) if shares[middle] >= POWER else (middle + 1, high)
    if high == len(sizes):
        return SampleSize(None, shares[high - 1])
    return SampleSize(sizes[high], shares[high], by_least=high == 0 and sizes[0] > LEAST)


class _Units:
    """Every way in which some raters can rate a sample, not asking who gave what, and a statistic over them."""

    def __init__(self, statistic: Statistic, raters: int, likely: Numbers) -> None:
        self._likely = likely
        levels = len(likely)
        codes = np.array(list(combinations_with_replacement(range(levels), raters)), dtype=np.int64)
        scale = tuple(float(at) for at in range(levels))
        self._table = RatingTable(codes, scale)
        self._ways = np.array([_orders(row) for row in self._table.counts])
        self._statistic = _STATISTICS[statistic]
        self._chance = self._statistic(self._table, MANY * self.chances(0.0)[None, :]).value or 0.0

    def chances(self, knowing: float) -> Numbers:
        """How likely each way is, where a rater knows the level with that probability."""
        counts, levels = self._table.counts, len(self._likely)
        given = knowing * np.eye(levels) + (1 - knowing) * self._likely
        by_level = np.prod(given[:, None, :] ** counts[None, :, :], axis=2)
        chances = self._ways * (self._likely @ by_level)
        return chances / chances.sum()

    def knowing(self, agreement: float) -> float:
        """The probability of knowing that gives the statistic this value in the long run.

        Two ratings are of one source with probability knowing^2; beyond it the statistic is what chance gives.
        """
        return float(np.sqrt(min(1.0, max(0.0, (agreement - self._chance) / (1 - self._chance)))))

    def reached(self, size: int, agreement: float, lower: float, seed: int) -> float:
        """The share of simulated rounds whose interval lies above `lower`; rounds without a value do not count.

        An interval is taken to lie above `lower` where the value is one that raters who agree just so much reach
        in one round of a hundred (CAUTIOUS). A 95 % interval would be one of forty; the program's corrected ones
        lie lower, so that 300 simulated rounds of each of eight rules reached what was promised, or .02 less.
        """
        values = self._values(size, self.knowing(agreement), seed)
        scattered = self._values(size, self.knowing(lower), seed)
        if not scattered.size:
            return 0.0
        return float(np.count_nonzero(values >= np.percentile(scattered, CAUTIOUS)) / TABLES)

    def _values(self, size: int, knowing: float, seed: int) -> Numbers:
        """The statistic of simulated rounds."""
        times = _drawn(size, self.chances(knowing), np.random.default_rng([seed, size]))
        return self._statistic(self._table, times.astype(np.float64)).known()


def _drawn(size: int, chances: Numbers, chance: np.random.Generator) -> NDArray[np.int64]:
    """How often each way occurs in each simulated round; drawn by way or by sample, whichever are fewer."""
    ways = len(chances)
    if ways < size:
        return chance.multinomial(size, chances, size=TABLES)
    picked = np.searchsorted(np.cumsum(chances)[:-1], chance.random((TABLES, size)), side="right")
    places = (picked + np.arange(TABLES)[:, None] * ways).ravel()
    return np.bincount(places, minlength=TABLES * ways).reshape(TABLES, ways)


def _fewer(raters: int, levels: int) -> int:
    """As many of the raters as have no more than WAYS ways to rate a sample, two at least."""
    return next((each for each in range(raters, 2, -1) if comb(levels + each - 1, each) <= WAYS), 2)


def _orders(counts: Numbers) -> float:
    """In how many orders raters can give levels so often: the multinomial coefficient."""
    ways = factorial(int(counts.sum()))
    for often in counts:
        ways //= factorial(int(often))
    return float(ways)


_STATISTICS: dict[Statistic, Callable[[RatingTable, Numbers], Ratio]] = {
    "percent": percent_agreement,
    "fleiss": lambda table, times: fleiss_kappa(table, "plain", times),
    "alpha_nominal": lambda table, times: krippendorff_alpha(table, "nominal", times),
    "alpha_ordinal": lambda table, times: krippendorff_alpha(table, "ordinal", times),
    "alpha_interval": lambda table, times: krippendorff_alpha(table, "interval", times),
    "ac1": lambda table, times: gwet_ac(table, "plain", times),
    "ac2": lambda table, times: gwet_ac(table, "quadratic", times),
    # Raters without leniency have the same ICC(2,1) and interval alpha, but for 1 / n.
    "icc_2_1": lambda table, times: krippendorff_alpha(table, "interval", times),
}
