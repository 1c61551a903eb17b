"""Whether a rewording helped: p by hand, by the binomial, and under no change at all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_studio.domain.paired_change import PairedChange, paired_change, sign_flip_p


def test_p_of_three_differences_by_hand() -> None:
    # Sums of +-1 +-2 +-3 are 6 4 2 0 0 -2 -4 -6; as far from 0 as 6: two of eight; as 4: four of eight.
    assert sign_flip_p([1, 2, 3]) == 0.25
    assert sign_flip_p([-1, 2, 3]) == 0.5


def test_six_samples_that_all_rose_are_just_enough() -> None:
    # 2 of 2^6 ways.
    found = paired_change([0.0] * 6, [0.5] * 6)
    assert (found.n, found.mean, found.p) == (6, 0.5, 2 / 64)
    assert found.low is None


def test_samples_that_did_not_change_do_not_count_against_it() -> None:
    assert sign_flip_p([1, 1, 1, 1, 1, 1] + [0] * 50) == 2 / 64


def test_many_differences_of_one_size_are_a_sign_test() -> None:
    # 20 of 28 rose: P(at least 20 of 28 heads), both sides = .0357 (binomial).
    found = paired_change([0] * 28, [1] * 20 + [-1] * 8)
    assert found.p == pytest.approx(0.0357, abs=0.006)
    assert found.low is not None
    assert found.high is not None
    assert found.low < (found.mean or 0) < found.high


def test_no_samples_and_no_change() -> None:
    assert paired_change([], []) == PairedChange(0)
    assert paired_change([1, 0.5], [1, 0.5]) == PairedChange(2, 0.0, None, None, 1.0)


def test_lists_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="make no pairs"):
        paired_change([1], [1, 2])


def test_under_no_change_p_is_below_a_twentieth_one_time_in_twenty() -> None:
    chance = np.random.default_rng(5)
    low = sum(sign_flip_p(chance.normal(size=25), seed) < 0.05 for seed in range(150))
    assert 1 <= low <= 16  # 7.5, give or take three standard deviations of 2.7


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-3, 3), min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_neither_direction_nor_order_matters(steps: list[int], chance) -> None:
    mixed = steps[:]
    chance.shuffle(mixed)
    p = sign_flip_p(steps)
    assert 0 < p <= 1
    assert sign_flip_p(mixed) == p
    assert sign_flip_p([-step for step in steps]) == p
