"""A figure with what it rests on: its n, its interval, or the reason why there is none. Not how it is computed."""

import math
from typing import Literal, NamedTuple

Reason = Literal[
    "", "too few", "one level", "constant", "no overlap", "one rater", "incomplete", "no spread"
]  # fmt: skip

LEAST = 10
"""With fewer samples kappa and a bias say more of chance than of the raters, and no interval can be drawn."""
Z95 = 1.959963984540054
"""The 97.5 % point of the standard normal distribution."""


class Estimate(NamedTuple):
    """A statistic over `n` samples (or pairs) with its 95 % interval; `value` None with the reason where withheld.

    Reasons: "too few" pairs; "one level", nobody ever gave another; "constant", one of two raters always gave
    the same; "no overlap", no sample has two ratings; "one rater", there is no second; "incomplete", no sample
    has a rating of everybody; "no spread", the samples do not differ by more than the raters do.
    An interval may be absent where there is a value: below LEAST samples, and where hardly any resample has one.
    """

    n: int
    value: float | None
    low: float | None = None
    high: float | None = None
    reason: Reason = ""


def wilson_interval(same: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share, in [0, 1]; n > 0. `same` may be a sum of shares: the interval is then too wide.

    Source: Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    """
    share = same / n
    middle = share + Z95 * Z95 / (2 * n)
    reach = Z95 * math.sqrt(max(0.0, share * (1 - share)) / n + Z95 * Z95 / (4 * n * n))
    scale = 1 + Z95 * Z95 / n
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)
