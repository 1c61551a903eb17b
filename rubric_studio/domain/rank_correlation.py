"""Whether two lists of numbers put the same things in the same order: Spearman's rho. Not how far they differ."""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

LEAST = 3
"""Two pairs always lie on a line: their correlation says nothing."""
DECIMALS = 9
"""Numbers that agree in so many decimals are tied: .1 + .2 and .3 are the same total."""


class Correlation(NamedTuple):
    """rho in [-1, 1] over `n` pairs, or None with the reason: too few pairs, or one side is always the same."""

    n: int
    value: float | None
    reason: Literal["", "too few", "constant"] = ""


def rank_correlation(first: ArrayLike, second: ArrayLike) -> Correlation:
    """Compute Spearman's rank correlation of two lists of finite numbers.

    rho is Pearson's correlation of the ranks, ties having the mean of the ranks they share (mid-ranks), so that
    no correction for ties is needed (Kendall, Rank Correlation Methods, 1948, sections 3.8 and 3.9; first in
    Spearman, American Journal of Psychology 15, 1904). None where n < 3 or where one side is constant, for then
    the ranks' variance is 0.

    Raises:
        ValueError: the lists differ in length.
    """
    left, right = (np.round(np.asarray(side, dtype=np.float64), DECIMALS) for side in (first, second))
    if left.shape != right.shape:
        raise ValueError(f"{left.size} and {right.size} numbers make no pairs")
    if left.size < LEAST:
        return Correlation(int(left.size), None, "too few")
    a, b = mid_ranks(left), mid_ranks(right)
    a, b = a - a.mean(), b - b.mean()
    spread = float(np.sqrt((a @ a) * (b @ b)))
    if spread == 0:
        return Correlation(int(left.size), None, "constant")
    return Correlation(int(left.size), float(np.clip((a @ b) / spread, -1.0, 1.0)))


def mid_ranks(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rank numbers from 1, the smallest first; equal ones share the mean of their ranks."""
    _, group, sizes = np.unique(numbers, return_inverse=True, return_counts=True)
    return (np.cumsum(sizes) - (sizes - 1) / 2)[group]
