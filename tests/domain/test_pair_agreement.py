"""Agreement of two raters, pair by pair, against numbers derived by hand and from textbooks."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric_studio.domain.estimate import wilson_interval
from rubric_studio.domain.pair_agreement import (
    clustered_share,
    cohen_kappa,
    confusion,
    disagreement,
    kappa_estimate,
    mean_difference,
    percent_agreement,
)
from rubric_studio.domain.resampling import DRAWS, drawn, interval_of, resampled

# Cohen 1960, as in every textbook: 50 applications, both yes 20, first only 5, second only 10, both no 15.
TWENTY = [[20, 5], [10, 15]]
RANKS = [0.0, 1.0, 2.0]


def test_wilson_interval_of_81_of_100() -> None:
    # Wilson 1927 with z = 1.96: middle (.81 + .019208) / 1.038415 = .79853,
    # reach 1.96 * sqrt(.81 * .19 / 100 + .00960365 / 100) / 1.038415 = .07633.
    low, high = wilson_interval(81, 100)
    assert (low, high) == pytest.approx((0.7222, 0.8749), abs=1e-4)


def test_percent_agreement_counts_equal_values() -> None:
    # Three of four; the third differs only by rounding.
    found = percent_agreement([1, 0.5, 0.1 + 0.2, 0], [1, 0, 0.3, 0])
    assert (found.n, found.value) == (4, 0.75)


def test_no_pairs_are_too_few() -> None:
    assert percent_agreement([], []).reason == "too few"
    assert clustered_share([], []).value is None
    assert mean_difference([], []).reason == "too few"


def test_lists_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="make no pairs"):
        percent_agreement([1, 0], [1])


def test_confusion_has_the_first_rater_in_rows() -> None:
    assert confusion([0, 0, 1], [0, 1, 1], 2).tolist() == [[1, 1], [0, 1]]


def test_kappa_of_the_textbook_table() -> None:
    # observed agreement .7; expected .5 * .6 + .5 * .4 = .5; (.7 - .5) / (1 - .5) = .4
    assert cohen_kappa(TWENTY, disagreement([0, 1], "plain")) == pytest.approx(0.4)


@pytest.mark.parametrize("weights", ["plain", "linear", "quadratic"])
def test_weighted_kappa_by_hand(weights: str) -> None:
    # Table [[2,1,0],[0,1,1],[0,1,0]], n = 6; rows 3,2,1; columns 2,3,1.
    # plain: observed 3/6; expected 1 - (3*2 + 2*3 + 1*1)/36 = 23/36; 1 - 18/23 = 5/23.
    table = [[2, 1, 0], [0, 1, 1], [0, 1, 0]]
    # linear: observed (1+1+1)/6 = 18/36; expected rows x columns x distance:
    #   3*3*1 + 3*1*2 + 2*2*1 + 2*1*1 + 1*2*2 + 1*3*1 = 28/36; 1 - 18/28 = 5/14.
    # quadratic: observed 18/36; expected 9 + 12 + 4 + 2 + 8 + 3 = 38/36; 1 - 18/38 = 10/19.
    by_hand = {"plain": 5 / 23, "linear": 5 / 14, "quadratic": 10 / 19}[weights]
    assert cohen_kappa(table, disagreement(RANKS, weights)) == pytest.approx(by_hand)  # type: ignore[arg-type]


def test_with_two_levels_all_weights_are_one_kappa() -> None:
    found = {
        cohen_kappa(TWENTY, disagreement([0, 1], weights)) for weights in ("plain", "linear", "quadratic")
    }
    assert len(found) == 1


def test_quadratic_kappa_does_not_depend_on_the_unit_of_the_scale() -> None:
    table = [[2, 1, 0], [0, 1, 1], [0, 1, 0]]
    ranks = cohen_kappa(table, disagreement(RANKS, "quadratic"))
    assert cohen_kappa(table, disagreement([0, 0.5, 1], "quadratic")) == pytest.approx(ranks)


def test_kappa_is_none_where_nothing_could_disagree() -> None:
    assert cohen_kappa([[7, 0], [0, 0]], disagreement([0, 1], "plain")) is None
    assert cohen_kappa([[0, 0], [0, 0]], disagreement([0, 1], "plain")) is None


@pytest.mark.parametrize(
    ("table", "reason"),
    [([[3, 1], [1, 4]], "too few"), ([[12, 0], [0, 0]], "one level"), ([[9, 3], [0, 0]], "constant")],
)
def test_kappa_is_withheld_with_the_reason(table: list[list[int]], reason: str) -> None:
    found = kappa_estimate(table, disagreement([0, 1], "plain"))
    assert (found.value, found.reason, found.n) == (None, reason, sum(map(sum, table)))


def test_kappa_has_an_interval_that_is_the_same_every_time() -> None:
    weights = disagreement([0, 1], "plain")
    found = kappa_estimate(TWENTY, weights)
    assert found == kappa_estimate(TWENTY, weights)
    assert found.low is not None
    assert found.high is not None
    # Fleiss, Cohen and Everitt's standard error for this table is about .13: .4 -+ .25, within what draws allow.
    assert found.low == pytest.approx(0.15, abs=0.06)
    assert found.high == pytest.approx(0.65, abs=0.06)


def test_bias_is_first_minus_second() -> None:
    # Ten pairs, the first gives .5 more in half of them: .25.
    first, second = [1.0, 0.5] * 5, [0.5, 0.5] * 5
    found = mean_difference(first, second)
    assert found.value == pytest.approx(0.25)
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low < 0.25 < found.high <= 0.5


def test_bias_of_nine_pairs_is_withheld() -> None:
    assert mean_difference([1] * 9, [0] * 9).reason == "too few"


def test_pairs_of_one_sample_are_drawn_together() -> None:
    # 40 pairs from 4 samples, in each sample all alike: much less is known than from 40 samples.
    same, clusters = [1] * 10 + [1] * 10 + [1] * 10 + [0] * 10, np.repeat(range(4), 10)
    together, apart = clustered_share(same, clusters), clustered_share(same, np.arange(40))
    assert together.value == apart.value == 0.75
    assert together.low is not None
    assert apart.low is not None
    assert together.low < apart.low


def test_where_all_agree_the_interval_still_has_a_width() -> None:
    found = clustered_share([True] * 40, np.repeat(range(20), 2))
    assert (found.value, found.high) == (1.0, pytest.approx(1.0))
    assert found.low == pytest.approx(wilson_interval(20, 20)[0])


def test_resampled_means_are_ratios_of_sums() -> None:
    # Clusters of sizes 1 and 3: whatever is drawn, all values are 2, so every mean is 2.
    assert np.allclose(resampled([2, 2, 2, 2], [0, 1, 1, 1]), 2.0)
    assert drawn([3, 1]).sum(axis=1).tolist() == [4] * DRAWS


def test_an_interval_of_few_draws_is_none() -> None:
    assert interval_of(np.ones(DRAWS // 2 - 1)) == (None, None)


grades = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=10, max_size=40)


@settings(max_examples=30, deadline=None)
@given(grades)
def test_the_order_of_raters_and_of_samples_does_not_matter(pairs: list[tuple[int, int]]) -> None:
    first, second = zip(*pairs, strict=True)
    weights = disagreement(RANKS, "quadratic")
    table = confusion(first, second, 3)
    kappa = kappa_estimate(table, weights)
    assert kappa_estimate(confusion(first[::-1], second[::-1], 3), weights) == kappa
    swapped = kappa_estimate(table.T, weights)
    assert (swapped.value is None) == (kappa.value is None)
    if kappa.value is not None:
        assert swapped.value == pytest.approx(kappa.value)
        assert kappa.value <= 1


@settings(max_examples=20, deadline=None)
@given(grades, st.permutations([0, 1, 2]))
def test_plain_kappa_does_not_care_for_the_names_of_levels(
    pairs: list[tuple[int, int]], names: list[int]
) -> None:
    weights = disagreement(RANKS, "plain")
    first, second = zip(*pairs, strict=True)
    renamed = confusion([names[at] for at in first], [names[at] for at in second], 3)
    kappa = cohen_kappa(confusion(first, second, 3), weights)
    assert cohen_kappa(renamed, weights) == (None if kappa is None else pytest.approx(kappa))
