"""The bootstrap by sample: what a statistic might have been, had other samples been drawn. Not the statistics."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

SEED = 20
"""The same numbers give the same interval, on every computer."""
DRAWS = 1000
LEAST_SHARE = 0.5
"""Where fewer of the draws have a value, their spread is not the statistic's."""
DECIMALS = 9

Numbers = NDArray[np.float64]


def drawn(counts: ArrayLike, seed: int = SEED) -> NDArray[np.int64]:
    """Draw as many things anew as there are, with replacement: for each kind how often, (draws, kinds).

    `counts` says how often each kind of thing is there: alike things need no draw of their own.
    """
    there = np.asarray(counts, dtype=np.int64)
    total = int(there.sum())
    return np.random.default_rng(seed).multinomial(total, there / total, size=DRAWS)


def resampled(values: ArrayLike, clusters: ArrayLike, seed: int = SEED) -> Numbers:
    """The mean of the values in each of 1000 draws of whole clusters (a ratio of sums, for they differ in size)."""
    numbers = np.asarray(values, dtype=np.float64)
    _, cluster = np.unique(np.asarray(clusters), return_inverse=True)
    sums = np.round(np.bincount(cluster, weights=numbers), DECIMALS)
    sizes = np.bincount(cluster).astype(np.float64)
    kinds, counts = np.unique(np.stack([sums, sizes]), axis=1, return_counts=True)
    draws = drawn(counts, seed).astype(np.float64)
    return (draws @ kinds[0]) / (draws @ kinds[1])


def interval_of(draws: Numbers) -> tuple[float | None, float | None]:
    """The 2.5 and 97.5 percentiles (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13).

    None where fewer than half of the draws have a value.
    """
    if draws.size < DRAWS * LEAST_SHARE:
        return None, None
    low, high = np.percentile(draws, [2.5, 97.5])
    return float(low), float(high)
