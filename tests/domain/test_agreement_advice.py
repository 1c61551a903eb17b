"""Which statistic is to be trusted: each thing that is in the way of another is found."""

import numpy as np
import pytest

from rubric_studio.domain.agreement import RatingTable, table_of
from rubric_studio.domain.agreement_advice import Advice, advice, needed

NO = None
TWO, THREE = [0.0, 1.0], [0.0, 0.5, 1.0]


def test_one_rater_and_no_overlap_leave_nothing_to_trust() -> None:
    assert advice(table_of([[1]] * 12, TWO))[:2] == ("none", "one rater")
    assert advice(table_of([[1, NO], [NO, 0]] * 12, TWO))[:2] == ("none", "no overlap")


def test_few_samples_leave_percent_and_say_how_many_would_do() -> None:
    # Of 9 samples 6 agree: 1.96^2 * 2/3 * 1/3 / .01 = 85.4.
    found = advice(table_of([[0, 0], [1, 1], [1, 0]] * 3, TWO))
    assert found == Advice("percent", "few", 9, 86)


@pytest.mark.parametrize(("share", "samples"), [(0.5, 97), (0.8, 62), (1.0, 35), (0.0, 97)])
def test_needed_samples_by_hand(share: float, samples: int) -> None:
    # 1.96^2 p (1 - p) / .01: 96.04, 61.5, and .9 instead of 1: 34.6.
    assert needed(share) == samples


def test_one_level_throughout_leaves_percent() -> None:
    assert advice(table_of([[1, 1]] * 12, TWO))[:2] == ("percent", "one level")


def test_skewed_levels_call_for_gwet() -> None:
    rows = [[1, 1, 1]] * 18 + [[0, 1, 1], [0, 0, 1]]
    found = advice(table_of(rows, TWO))
    assert found[:2] == ("ac1", "skewed")
    assert found.share == pytest.approx(57 / 60)
    assert advice(table_of(rows, THREE))[:2] == ("ac2", "skewed")


def test_missing_ratings_call_for_alpha() -> None:
    rows = [[1, 1, NO], [0, 0, 1], [1, 0, 0]] * 5
    found = advice(table_of(rows, TWO))
    assert found[:2] == ("alpha_nominal", "missing")
    assert found.share == pytest.approx(5 / 45)
    assert advice(table_of(rows, THREE))[:2] == ("alpha_ordinal", "missing")


def test_two_raters_who_rated_all_have_cohen() -> None:
    assert advice(table_of([[1, 1], [0, 0], [0, 1]] * 5, TWO))[:2] == ("cohen", "two raters")


def test_ordered_levels_call_for_ordinal_alpha_and_two_levels_for_fleiss() -> None:
    rows = [[1, 1, 1], [0, 0, 0], [0, 1, 0]] * 5
    assert advice(table_of(rows, THREE))[:2] == ("alpha_ordinal", "ordered")
    assert advice(table_of(rows, TWO))[:2] == ("fleiss", "plain")


def test_totals_call_for_icc_or_interval_alpha() -> None:
    codes = np.random.default_rng(1).integers(0, 40, (30, 3))
    scale = tuple(np.linspace(0, 1, 40))
    assert advice(RatingTable(codes, scale))[:2] == ("icc_2_1", "continuous")
    codes[0, 0] = -1
    assert advice(RatingTable(codes, scale))[:2] == ("alpha_interval", "continuous")


def test_a_rater_who_rated_nothing_here_is_not_missing() -> None:
    assert advice(table_of([[1, 1, NO], [0, 0, NO]] * 6, TWO))[:2] == ("cohen", "two raters")
