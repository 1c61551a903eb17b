"""How far a judge and the experts agree, pair by pair: shares, kappa, bias. Not the statistics of many raters.

It takes numbers only and knows no sample, no judge and no project.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rubric_studio.domain.estimate import LEAST, Estimate, wilson_interval
from rubric_studio.domain.rating_table import Weights
from rubric_studio.domain.resampling import SEED, drawn, interval_of, resampled

DECIMALS = 9
"""Values that agree in so many decimals are the same: a mean of .1, .2 and .3 is .2."""

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]


# ---- shares


def percent_agreement(first: ArrayLike, second: ArrayLike) -> Estimate:
    """Share of pairs with the same value, in [0, 1], with Wilson's interval; withheld only without any pair."""
    same = same_values(first, second)
    if same.size == 0:
        return Estimate(0, None, reason="too few")
    found = int(np.count_nonzero(same))
    return Estimate(same.size, found / same.size, *wilson_interval(found, same.size))


def clustered_share(same: ArrayLike, clusters: ArrayLike, seed: int = SEED) -> Estimate:
    """Share of pairs that are the same where several come from one sample: samples are drawn, not pairs.

    `clusters` numbers each pair's sample. The interval is a percentile bootstrap over samples; where all or none
    agree every resample is alike, and Wilson's interval over the number of samples stands instead.
    """
    values = np.asarray(same, dtype=np.float64)
    if values.size == 0:
        return Estimate(0, None, reason="too few")
    share = float(values.mean())
    if share in (0.0, 1.0):
        samples = int(np.unique(np.asarray(clusters)).size)
        return Estimate(values.size, share, *wilson_interval(round(share) * samples, samples))
    return Estimate(values.size, share, *interval_of(resampled(values, clusters, seed)))


def same_values(first: ArrayLike, second: ArrayLike) -> NDArray[np.bool_]:
    """Whether the two of each pair are equal to nine decimals.

    Raises:
        ValueError: the lists differ in length.
    """
    left, right = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if left.shape != right.shape:
        raise ValueError(f"{left.size} and {right.size} values make no pairs")
    return np.round(left - right, DECIMALS) == 0


# ---- kappa


def confusion(first: ArrayLike, second: ArrayLike, size: int) -> Counts:
    """Count pairs: `table[i, j]` is how often the first rater gave level i where the second gave j.

    Levels are places in [0, size).
    """
    left, right = np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64)
    return np.bincount(left * size + right, minlength=size * size).reshape(size, size)


def disagreement(scale: Sequence[float], weights: Weights) -> Numbers:
    """How much each pair of levels disagrees: 0 on the diagonal, else 1, the distance, or its square.

    `scale` gives the place of each level: 0, 1, 2 ... for ordered levels, or what they are worth.
    """
    places = np.asarray(scale, dtype=np.float64)
    apart = np.abs(places[:, None] - places[None, :])
    return {"plain": (apart > 0).astype(np.float64), "linear": apart, "quadratic": apart**2}[weights]


def cohen_kappa(table: ArrayLike, weights: Numbers) -> float | None:
    """Cohen's kappa of one table of counts: 1 - observed / expected disagreement, in (-inf, 1].

    `weights` are those of `disagreement`: "plain" is Cohen 1960, the others weighted kappa (Cohen, Psychological
    Bulletin 70, 1968). Expected is what the two raters' own shares of each level would give by chance. None
    without pairs and where nothing could disagree: both raters gave one and the same level throughout.
    """
    counts = np.asarray(table, dtype=np.float64)
    n = counts.sum()
    expected = float(counts.sum(axis=1) @ weights @ counts.sum(axis=0))
    if n == 0 or expected == 0:
        return None
    return float(1 - n * (counts * weights).sum() / expected)


def kappa_estimate(table: ArrayLike, weights: Numbers, *, least: int = LEAST, seed: int = SEED) -> Estimate:
    """Cohen's kappa with a percentile bootstrap over the pairs, each from a sample of its own.

    Withheld below `least` pairs, where both raters gave one and the same level ("one level"), and where one of
    them gave a single one ("constant"): kappa is then 0 whatever the other says.
    """
    counts = np.asarray(table, dtype=np.int64)
    n = int(counts.sum())
    if n < least:
        return Estimate(n, None, reason="too few")
    used = (int(np.count_nonzero(counts.sum(axis=1))), int(np.count_nonzero(counts.sum(axis=0))))
    kappa = cohen_kappa(counts, weights)
    if kappa is None or 1 in used:
        return Estimate(n, None, reason="one level" if kappa is None else "constant")
    return Estimate(n, kappa, *interval_of(_resampled_kappas(counts, weights, seed)))


def _resampled_kappas(counts: Counts, weights: Numbers, seed: int) -> Numbers:
    """Kappa of each resample that has one. Drawing pairs anew is drawing the table's cells, by their counts."""
    rows, columns = np.nonzero(counts)
    draws = drawn(counts[rows, columns], seed).astype(np.float64)
    size = len(counts)
    first = draws @ np.eye(size)[rows]
    second = draws @ np.eye(size)[columns]
    expected = ((first @ weights) * second).sum(axis=1)
    observed = draws @ weights[rows, columns]
    known = expected > 0
    return 1 - counts.sum() * observed[known] / expected[known]


# ---- differences


def mean_difference(
    first: ArrayLike, second: ArrayLike, clusters: ArrayLike | None = None, *, least: int = LEAST,
    seed: int = SEED,
) -> Estimate:  # fmt: skip
    """Mean of first minus second: how much more the first rater gives. A percentile bootstrap over samples.

    `clusters` numbers each pair's sample, where a sample has several. Withheld below `least` pairs.
    """
    apart = np.asarray(first, dtype=np.float64) - np.asarray(second, dtype=np.float64)
    return mean_estimate(apart, clusters, least=least, seed=seed)


def mean_estimate(
    values: ArrayLike, clusters: ArrayLike | None = None, *, least: int = LEAST, seed: int = SEED
) -> Estimate:
    """A mean with a percentile bootstrap over samples (Efron, Annals of Statistics 7, 1979)."""
    numbers = np.asarray(values, dtype=np.float64)
    if numbers.size < max(1, least):
        return Estimate(numbers.size, None, reason="too few")
    groups = np.arange(numbers.size) if clusters is None else clusters
    return Estimate(numbers.size, float(numbers.mean()), *interval_of(resampled(numbers, groups, seed)))
