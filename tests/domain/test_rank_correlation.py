"""Spearman's rho: values by hand and from a published table, ties, and the cases in which it says nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric_studio.domain.rank_correlation import mid_ranks, rank_correlation


def test_the_same_order_is_one_and_the_opposite_minus_one() -> None:
    assert rank_correlation([0.1, 0.2, 0.9], [0.5, 0.6, 0.7]).value == pytest.approx(1.0)
    assert rank_correlation([0.1, 0.2, 0.9], [0.7, 0.6, 0.5]).value == pytest.approx(-1.0)


def test_one_swap_of_neighbors_among_five() -> None:
    # Without ties rho = 1 - 6 sum d^2 / (n (n^2 - 1)); one swap: sum d^2 = 2; 1 - 12 / 120 = .9
    assert rank_correlation([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]).value == pytest.approx(0.9)


def test_the_textbook_example_of_intelligence_and_television() -> None:
    # Ten pairs, sum d^2 = 194: rho = 1 - 6 * 194 / (10 * 99) = -29/165 (Wikipedia, "Spearman's rank correlation").
    iq = [86, 97, 99, 100, 101, 103, 106, 110, 112, 113]
    hours = [2, 20, 28, 27, 50, 29, 7, 17, 6, 12]
    assert rank_correlation(iq, hours).value == pytest.approx(-29 / 165)


def test_ties_share_the_mean_of_their_ranks() -> None:
    assert mid_ranks(np.array([0.3, 0.1, 0.3, 0.9])).tolist() == [2.5, 1.0, 2.5, 4.0]
    # Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4, means 2.5: products 2.25 + 0 + 0 + 2.25 = 4.5;
    # squares 4.5 and 5: 4.5 / sqrt(22.5) = .948683
    assert rank_correlation([1, 2, 2, 3], [1, 2, 3, 4]).value == pytest.approx(4.5 / 22.5**0.5)


def test_rounding_makes_no_order() -> None:
    assert rank_correlation([0.1 + 0.2, 0.3, 0.3], [1, 2, 3]).reason == "constant"


@pytest.mark.parametrize("pairs", [[], [1.0], [1.0, 2.0]])
def test_fewer_than_three_pairs_say_nothing(pairs: list[float]) -> None:
    assert rank_correlation(pairs, pairs) == (len(pairs), None, "too few")


def test_a_constant_side_says_nothing() -> None:
    assert rank_correlation([1, 2, 3], [5, 5, 5]) == (3, None, "constant")


def test_lists_of_different_length_make_no_pairs() -> None:
    with pytest.raises(ValueError, match="3 and 2"):
        rank_correlation([1, 2, 3], [1, 2])


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=3, max_size=20))
def test_it_lies_in_its_range_and_does_not_depend_on_the_side(pairs: list[tuple[int, int]]) -> None:
    first, second = [list(side) for side in zip(*pairs, strict=True)]
    one, other = rank_correlation(first, second), rank_correlation(second, first)
    assert (one.value is None) == (other.value is None)
    if one.value is not None and other.value is not None:
        assert -1 <= one.value <= 1
        assert one.value == pytest.approx(other.value)
