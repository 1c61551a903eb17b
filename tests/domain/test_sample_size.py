"""How many samples a stop rule takes: more where it is hard, none where it cannot be, and about right."""

from typing import get_args

import numpy as np
import pytest

from rubric_studio.domain.agreement import RatingTable, statistics
from rubric_studio.domain.round import Statistic, StopRule
from rubric_studio.domain.sample_size import samples_needed

EVEN = (1.0, 1.0, 1.0)


def rule(statistic: Statistic = "alpha_ordinal", lower: float = 0.667, least: int = 2) -> StopRule:
    return StopRule(statistic=statistic, lower=lower, least=least)


def n(*args: object, **options: object) -> int:
    return samples_needed(*args, **options).n or 10_000  # type: ignore[arg-type]


@pytest.mark.parametrize("statistic", get_args(Statistic))
def test_every_statistic_has_an_answer(statistic: Statistic) -> None:
    found = samples_needed(rule(statistic), 4, EVEN, 0.85)
    assert found.n is not None
    assert 10 <= found.n <= 100
    assert found.reached >= 0.8


def test_less_agreement_fewer_raters_and_skewed_levels_take_more() -> None:
    usual = n(rule(), 4, EVEN, 0.85)
    assert n(rule(), 4, EVEN, 0.78) > usual
    assert n(rule(), 2, EVEN, 0.85) > usual
    assert n(rule(), 4, (0.05, 0.05, 0.9), 0.85) > usual
    assert n(rule(lower=0.6), 4, EVEN, 0.85) < usual


def test_agreement_no_higher_than_the_bound_never_reaches_it() -> None:
    assert samples_needed(rule(), 4, EVEN, 0.667).n is None
    assert samples_needed(rule(), 4, EVEN, 0.669).n is None


def test_the_rules_own_least_number_is_kept() -> None:
    found = samples_needed(rule(least=150), 4, EVEN, 0.9)
    assert (found.n, found.by_least) == (150, True)


def test_the_answer_is_the_same_every_time() -> None:
    assert samples_needed(rule(), 4, EVEN, 0.85) == samples_needed(rule(), 4, EVEN, 0.85)


def test_many_raters_and_many_levels_are_still_quick() -> None:
    assert samples_needed(rule(), 12, (1.0,) * 20, 0.9).n is not None


@pytest.mark.parametrize(("raters", "shares"), [(1, EVEN), (4, (1.0, 0.0)), (4, (1.0,)), (4, ())])
def test_without_two_raters_and_two_levels_there_is_no_agreement(
    raters: int, shares: tuple[float, ...]
) -> None:
    with pytest.raises(ValueError, match="two raters and two levels"):
        samples_needed(rule(), raters, shares, 0.8)


def test_real_intervals_of_so_many_samples_reach_the_bound_about_as_often_as_it_says() -> None:
    found = samples_needed(rule(), 4, EVEN, 0.85)
    assert found.n is not None
    chance = np.random.default_rng(3)
    reached = 0
    for _ in range(40):
        true = chance.integers(0, 3, (found.n, 1))
        knows = chance.random((found.n, 4)) < 0.85**0.5
        codes = np.where(knows, true, chance.integers(0, 3, (found.n, 4)))
        low = statistics(RatingTable(codes, (0, 0.5, 1))).alpha.ordinal.low
        reached += low is not None and low >= 0.667
    assert reached / 40 >= 0.6  # .8, less three standard deviations of .063
