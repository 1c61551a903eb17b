"""Intervals of agreement: by sample, seeded, quick, and honest where there are few or where all agree."""

import time

import numpy as np
import pytest

from rubric_studio.domain.agreement import RatingTable, krippendorff_alpha, statistics, table_of
from rubric_studio.domain.agreement_intervals import bounds_of_perfect, resamples
from rubric_studio.domain.estimate import wilson_interval


def random_table(units: int, raters: int, levels: int, seed: int = 3, knowing: float = 0.8) -> RatingTable:
    chance = np.random.default_rng(seed)
    true = chance.integers(0, levels, (units, 1))
    guesses = chance.integers(0, levels, (units, raters))
    codes = np.where(chance.random((units, raters)) < knowing, true, guesses)
    return RatingTable(codes, tuple(np.linspace(0, 1, levels)))


def test_the_same_seed_gives_the_same_interval_and_another_one_another() -> None:
    table = random_table(40, 3, 3)
    assert statistics(table) == statistics(table)
    assert statistics(table, seed=1).alpha.ordinal.low != statistics(table, seed=2).alpha.ordinal.low


def test_without_draws_there_are_values_only() -> None:
    found = statistics(random_table(40, 3, 3), draws=False)
    assert found.fleiss.plain.value is not None
    assert found.fleiss.plain.low is None


def test_below_ten_samples_a_coefficient_has_no_interval_but_percent_has_wilsons() -> None:
    found = statistics(random_table(9, 3, 3))
    assert found.alpha.ordinal.value is not None
    assert (found.alpha.ordinal.low, found.alpha.ordinal.high) == (None, None)
    share = found.percent.value or 0
    assert (found.percent.low, found.percent.high) == wilson_interval(share * 9, 9)


def test_four_times_the_samples_halve_the_interval() -> None:
    few, many = (statistics(random_table(n, 4, 3)).alpha.nominal for n in (60, 240))
    assert few.low is not None
    assert few.high is not None
    assert many.low is not None
    assert many.high is not None
    assert (few.high - few.low) / (many.high - many.low) == pytest.approx(2, rel=0.3)


def test_samples_rated_alike_are_drawn_together() -> None:
    table = table_of([[0, 1], [1, 0], [0, 1], [0, 0]], [0, 1])
    assert len(resamples(table, 1).table.codes) == 3
    drawn = resamples(table, 1, raters_alike=True)
    assert drawn.table.codes.tolist() == [[0, 0], [0, 1]]
    assert set(drawn.times.sum(axis=1)) == {4.0}


def test_perfect_agreement_of_twelve_is_no_proof() -> None:
    # Wilson: 12 of 12 leaves 1 - 12 / (12 + 1.96^2) = .2425 that may yet differ; both levels are half: / .5.
    table = table_of([[0, 0]] * 6 + [[1, 1]] * 6, [0, 1])
    assert bounds_of_perfect(table) == pytest.approx((1 - 0.242494 / 0.5, 1.0), abs=1e-5)
    assert statistics(table).alpha.nominal.low == pytest.approx(0.515, abs=1e-3)


def test_perfect_agreement_on_nearly_one_level_says_nothing_of_alpha_but_something_of_ac1() -> None:
    found = statistics(table_of([[0, 0]] * 11 + [[1, 1]], [0, 1]))
    assert (found.alpha.nominal.low or 0) < 0
    # p = 1/12: chance disagrees by 1 - 2 * 11/144 = .8472; 1 - .2425 / .8472 = .7138.
    assert found.ac1.low == pytest.approx(0.7138, abs=1e-4)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    # Raters know a level with probability sqrt(.7): the truth is .7. 95 % of 60 is 57; a bootstrap is a bit narrow.
    held = 0
    for seed in range(60):
        found = statistics(random_table(60, 3, 3, seed, 0.7**0.5)).alpha.nominal
        held += (found.low or 0) <= 0.7 <= (found.high or 0)
    assert held >= 51


def test_two_hundred_samples_of_four_raters_take_no_time() -> None:
    table = random_table(200, 4, 4)
    drawn = resamples(table, 1, raters_alike=True)
    began = time.perf_counter()
    krippendorff_alpha(drawn.table, "ordinal", drawn.times)
    assert time.perf_counter() - began < 0.2  # some 3 ms; other work on the machine may be in the way
