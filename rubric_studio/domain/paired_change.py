"""Whether the same samples are scored otherwise after a change than before: by how much, or is it noise?"""

from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rubric_studio.domain.pair_agreement import mean_estimate
from rubric_studio.domain.resampling import SEED

EXACT = 12
"""Up to so many differences every way of flipping their signs is tried: at most 4,096."""
FLIPS = 10_000
TINY = 1e-9
"""Means that differ by less differ by rounding: they count as equal."""

Numbers = NDArray[np.float64]


class PairedChange(NamedTuple):
    """The mean of after - before over `n` samples, its 95 % interval and the two-sided p of no change.

    All None without samples; the interval None below ten. A p below .05 takes six samples at the least.
    """

    n: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None


def paired_change(before: ArrayLike, after: ArrayLike, seed: int = SEED) -> PairedChange:
    """Compare what each sample had before and has after, such as how far its raters agree; NaN is not allowed.

    The interval is a percentile bootstrap of the mean difference by sample; p that of `sign_flip_p`.

    Raises:
        ValueError: the lists differ in length.
    """
    first, second = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if first.shape != second.shape:
        raise ValueError(f"{first.size} and {second.size} values make no pairs")
    if not first.size:
        return PairedChange(0)
    apart = second - first
    spread = mean_estimate(apart, seed=seed)
    return PairedChange(first.size, float(apart.mean()), spread.low, spread.high, sign_flip_p(apart, seed))


def sign_flip_p(differences: ArrayLike, seed: int = SEED) -> float:
    """How often flipping signs at random makes the mean at least as far from 0; in (0, 1], 1 without differences.

    If nothing changed, before and after could as well be exchanged, each sample by itself. Exact up to EXACT
    differences that are not 0 (those that are 0 change nothing), else 10,000 seeded flips, counting the one seen.
    Sources: Fisher, The Design of Experiments (1935), section 21; (b + 1) / (m + 1): Phipson and Smyth,
    Statistical Applications in Genetics and Molecular Biology 9 (2010).
    """
    numbers = np.asarray(differences, dtype=np.float64)
    there = numbers[np.abs(numbers) > TINY]
    seen = abs(float(there.sum())) - TINY
    if there.size <= EXACT:
        signs = np.array(list(product((1, -1), repeat=there.size)), dtype=np.float64)
        return float(np.mean(np.abs(signs @ there) >= seen))
    return float((1 + np.count_nonzero(np.abs(_flipped(there, seed)) >= seen)) / (1 + FLIPS))


def _flipped(numbers: Numbers, seed: int) -> Numbers:
    """Sums of the numbers with random signs. Alike numbers are drawn together: how many of them turn positive."""
    sizes, counts = np.unique(np.round(np.abs(numbers), 9), return_counts=True)
    positive = np.random.default_rng(seed).binomial(counts, 0.5, size=(FLIPS, counts.size))
    return (2.0 * positive - counts) @ sizes
