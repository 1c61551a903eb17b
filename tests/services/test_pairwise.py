"""Mean pairwise agreement sample by sample, and the share of same grades over several criteria; by hand."""

import numpy as np
import pytest

from rubric_studio.domain.rating_table import RatingTable
from rubric_studio.services.pairwise import pairwise_agreement, pairwise_estimate, same_share

#                          all same   1 of 3 pairs  one rating   half apart
CODES = np.array([[2, 2, 2], [2, 2, 0], [1, -1, -1], [1, 2, -1]])
TABLE = RatingTable(CODES, (0.0, 0.5, 1.0))
SAMPLES = np.array([7, 8, 9, 10])


def test_a_pair_counts_how_near_its_grades_are() -> None:
    # Second line: pairs 0, 1, 1 apart: 1 - 2/3. The line with one rating is left out.
    assert pairwise_agreement(TABLE).tolist() == pytest.approx([1, 1 / 3, 0.5])


def test_without_grades_only_the_same_counts() -> None:
    assert pairwise_agreement(TABLE, graded=False).tolist() == pytest.approx([1, 1 / 3, 0])


def test_distances_are_those_of_the_worths_and_not_of_a_stretched_scale() -> None:
    near = RatingTable(np.array([[0, 1]]), (0.5, 0.75))
    assert pairwise_agreement(near).tolist() == pytest.approx([0.75])


def test_the_mean_is_over_samples_with_two_ratings() -> None:
    found = pairwise_estimate(TABLE, SAMPLES)
    assert (found.n, found.value) == (3, pytest.approx((1 + 1 / 3 + 0.5) / 3))


def test_same_grades_are_counted_by_pairs_over_criteria() -> None:
    # Three of three, one of three, none of one; the other table two of two.
    other = RatingTable(np.array([[0, 0], [1, 1]]), (0.0, 1.0))
    found = same_share([(TABLE, SAMPLES), (other, SAMPLES[:2])])
    assert (found.n, found.value) == (9, pytest.approx(6 / 9))
    assert same_share([]).value is None
