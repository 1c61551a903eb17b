"""The corrected bootstrap interval: by hand, beside plain percentiles, and how often it holds the truth."""

from statistics import NormalDist

import numpy as np
import pytest

from rubric_studio.domain.agreement import RatingTable, statistics
from rubric_studio.domain.corrected_interval import corrected_interval, interval_with
from rubric_studio.domain.resampling import interval_of

DRAWS = np.linspace(0.0, 1.0, 1001)


def test_without_bias_and_skew_it_is_the_plain_percentiles() -> None:
    found = corrected_interval(DRAWS, 0.5, np.array([0.4, 0.6]), np.array([5.0, 5.0]))
    assert found == pytest.approx((0.025, 0.975), abs=1e-3)


def test_by_hand_with_bias_and_acceleration() -> None:
    # Of 1001 draws 600 lie below .6 and one is it: z0 = phi^-1(600.5 / 1001). Left out: mean .5, apart -.1 (twice)
    # and .2, so a = (2 * -.001 + .008) / (6 * (2 * .01 + .04) ** 1.5).
    z0, a = NormalDist().inv_cdf(600.5 / 1001), 0.006 / (6 * 0.06**1.5)
    ends = [NormalDist().cdf(z0 + (z0 + z) / (1 - a * (z0 + z))) for z in (-1.959964, 1.959964)]
    found = corrected_interval(DRAWS, 0.6, np.array([0.6, 0.3]), np.array([2.0, 1.0]))
    assert found == pytest.approx(ends, abs=1e-6)


def test_a_sample_without_which_there_is_no_value_leaves_the_plain_percentiles() -> None:
    often = np.array([5.0, 1.0])
    assert interval_with(DRAWS, 0.9, np.array([0.4]), often) == interval_of(DRAWS)
    assert interval_with(DRAWS[:400], 0.9, np.array([0.4, 0.5]), often) == (None, None)


def test_where_few_differ_it_seldom_lies_above_the_truth() -> None:
    # Two raters of two even levels who know .8 of the answers each: both know .64, and AC of the rest is 0. Of 20
    # answers plain percentiles lay above that in 13 % of 300 rounds; 2.5 % is what is meant.
    chance = np.random.default_rng(11)
    above = 0
    for _ in range(100):
        true = chance.integers(0, 2, (20, 1))
        codes = np.where(chance.random((20, 2)) < 0.8, true, chance.integers(0, 2, (20, 2)))
        low = statistics(RatingTable(codes, (0.0, 1.0))).ac2.low
        above += low is not None and low > 0.64
    assert above <= 7  # three standard deviations above 2.5
