"""A mean with its n and its interval, or the reason to withhold it. Knows no project."""

from typing import NamedTuple

import numpy as np

from rubric_studio.grader.column_functions import Column
from rubric_studio.grader.verdict_column import Places

LEAST_ROWS = 5
NORMAL_95 = 1.96


class Mean(NamedTuple):
    """A mean over `n` values. `low` and `high` are its 95 % interval, None where too few rows stand behind it."""

    n: int
    value: float
    low: float | None = None
    high: float | None = None


def mean_of(values: Column, rows: Places) -> Mean | None:
    """The mean of values with its interval; None without values.

    Samples of one row resemble each other, so rows, not samples, are what was drawn: the interval is normal
    with the cluster-robust variance G/(G-1) * sum over rows of (sum of residuals)^2 / n^2, G rows (Liang and
    Zeger 1986), cut to [0, 1] where all values lie there. With fewer than five rows it is withheld.
    """
    n = len(values)
    if n == 0:
        return None
    mean = float(values.mean())
    _, cluster = np.unique(rows, return_inverse=True)
    residuals = np.bincount(cluster, weights=values - mean)
    groups = len(residuals)
    if groups < LEAST_ROWS:
        return Mean(n, mean)
    half = NORMAL_95 * float(np.sqrt(groups / (groups - 1) * np.sum(residuals**2))) / n
    low = min(0.0, float(values.min()))
    high = max(1.0, float(values.max()))
    return Mean(n, mean, max(low, mean - half), min(high, mean + half))
