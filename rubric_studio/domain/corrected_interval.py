"""The bootstrap interval of a coefficient of agreement, bias-corrected and accelerated. Not the draws themselves."""

from statistics import NormalDist

import numpy as np

from rubric_studio.domain.estimate import Z95
from rubric_studio.domain.rating_table import Numbers
from rubric_studio.domain.resampling import interval_of

ALIKE = 1e-12
"""Values that differ by less differ by rounding."""
NORMAL = NormalDist()


def corrected_interval(draws: Numbers, value: float, without: Numbers, often: Numbers) -> tuple[float, float]:
    """The 95 % interval BCa: percentiles of the draws, moved by how skewed the coefficient is.

    Where few samples differ, plain percentiles of weighted coefficients lie too high: in up to a fifth of rounds
    of 20 to 80 samples the whole interval was above the truth, where it should be a fortieth; these are so in 13 %
    at the worst (decision 013). `value` is that of all samples, `without` what it is when one sample of each
    pattern is left out, `often` how many have that pattern.
    Source: Efron, Better bootstrap confidence intervals, JASA 82 (1987); Efron and Tibshirani (1993), chapter 14.
    """
    bias, skew = _bias(draws, value), _acceleration(without, often)
    low, high = (100 * _place(bias, skew, end) for end in (-Z95, Z95))
    found = np.percentile(draws, [low, high])
    return float(found[0]), float(found[1])


def interval_with(
    draws: Numbers, value: float, without: Numbers, often: Numbers
) -> tuple[float | None, float | None]:
    """The corrected interval; plain percentiles where leaving a sample out leaves no value or changes nothing.

    None where fewer than half of the draws have a value.
    """
    plain = interval_of(draws)
    if plain[0] is None or len(without) < len(often) or np.ptp(without) < ALIKE:
        return plain
    return corrected_interval(draws, value, without, often)


def _bias(draws: Numbers, value: float) -> float:
    """How far the middle of the draws is from the value, in standard deviations; equal draws count half."""
    below, up_to = np.mean(draws < value - ALIKE), np.mean(draws <= value + ALIKE)
    half = 0.5 / len(draws)
    return NORMAL.inv_cdf(float(np.clip((below + up_to) / 2, half, 1 - half)))


def _acceleration(without: Numbers, often: Numbers) -> float:
    """How the spread changes with the value: a sixth of the skewness of what single samples do to it."""
    apart = float(np.average(without, weights=often)) - without
    squares = float(often @ apart**2)
    return float(often @ apart**3) / (6 * squares**1.5)


def _place(bias: float, skew: float, end: float) -> float:
    """At which share of the draws the end lies."""
    steps = bias + end
    room = 1 - skew * steps
    return NORMAL.cdf(bias + steps / room) if room > 0 else float(steps > 0)
