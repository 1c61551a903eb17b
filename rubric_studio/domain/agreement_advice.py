"""Which statistic to trust for a table of ratings, and why: a code with the facts behind it. Not the words."""

import math
from typing import Literal, NamedTuple

import numpy as np

from rubric_studio.domain.estimate import LEAST, Z95
from rubric_studio.domain.rating_table import (
    RatingTable,
    complete,
    pairable,
    rated,
    rating_raters,
    unit_disagreement,
)

Trusted = Literal[
    "none", "percent", "cohen", "fleiss", "alpha_nominal", "alpha_ordinal", "alpha_interval", "ac1", "ac2", "icc_2_1"
]  # fmt: skip
Why = Literal[
    "one rater", "no overlap", "few", "one level", "continuous", "skewed", "missing", "two raters", "ordered", "plain"
]  # fmt: skip

SKEWED = 0.8
"""From this share of one level on, kappa and alpha fall although raters agree (Feinstein and Cicchetti, 1990)."""
MANY = 8
"""With more different values than this they are numbers, not grades."""
REACH = 0.1
"""An interval of percent agreement is wanted that is not wider than this to either side."""


class Advice(NamedTuple):
    """The statistic to trust here, and why; with the facts a sentence about it needs.

    "few": only `n` samples have two ratings; `needed` would give percent agreement to about ten points either way.
    "skewed": `share` of all ratings are one level. "missing": `share` of the ratings are not there. "cohen" stands
    for quadratic weights where there are more than two levels. `needed` is always given.
    """

    statistic: Trusted
    why: Why
    n: int = 0
    needed: int = 0
    share: float = 0.0


def advice(table: RatingTable) -> Advice:
    """Say which statistic to trust: what is in the way of another decides, the worst first."""
    raters = rating_raters(table)
    known = table.of_raters(raters)
    known = known.only(rated(known))
    n = int(pairable(known).sum())
    if n == 0:
        return Advice("none", "one rater" if len(raters) < 2 else "no overlap", 0, needed(0.5))
    enough = needed(1 - float(unit_disagreement(known)[pairable(known)].mean()))
    if n < LEAST:
        return Advice("percent", "few", n, enough)
    skew, missing = _skew(known), float((known.codes < 0).mean())
    if skew == 1:
        return Advice("percent", "one level", n, enough, 1.0)
    if len(_given(known)) > MANY:
        whole = int(complete(known).sum()) >= LEAST
        return Advice(
            "icc_2_1" if whole and not missing else "alpha_interval", "continuous", n, enough, missing
        )
    ordered = len(known.scale) > 2
    if skew >= SKEWED:
        return Advice("ac2" if ordered else "ac1", "skewed", n, enough, skew)
    if missing:
        return Advice("alpha_ordinal" if ordered else "alpha_nominal", "missing", n, enough, missing)
    if len(raters) == 2:
        return Advice("cohen", "two raters", n, enough)
    return Advice("alpha_ordinal" if ordered else "fleiss", "ordered" if ordered else "plain", n, enough)


def needed(share: float) -> int:
    """How many samples give percent agreement to about REACH either way: z^2 p (1 - p) / REACH^2, at least LEAST.

    The normal approximation of a share's interval (Cochran, Sampling Techniques, 1977, section 4.4); a share
    above .9 is taken for .9, for few samples without a difference are no proof that there is none.
    """
    likely = min(max(share, 0.5), 0.9)
    return max(LEAST, math.ceil(Z95**2 * likely * (1 - likely) / REACH**2))


def _skew(table: RatingTable) -> float:
    """The share of the most frequent level among all ratings."""
    return float(_given(table).max() / _given(table).sum())


def _given(table: RatingTable) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """How often each level was given, of those given at all."""
    _, often = np.unique(table.codes[table.codes >= 0], return_counts=True)
    return often
