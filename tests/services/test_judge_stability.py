"""How steady a judge is, on marks that were given twice or three times."""

import pytest

from rubric_studio.services.edits import Author
from rubric_studio.services.judge_stability import judge_stability
from rubric_studio.store.project_file import ProjectFile
from tests.services.judged_project import GUIDE, JUDGE, JUDGE_GOOD, NEVER, fill, judge_says


@pytest.fixture
def answered(store: ProjectFile, author: Author) -> ProjectFile:
    fill(store, author)
    judge_says(store, {"good": JUDGE_GOOD, "bad": NEVER})
    return store


def test_one_mark_each_says_nothing_of_steadiness(answered: ProjectFile) -> None:
    assert judge_stability(answered, GUIDE, JUDGE) is None


def test_the_share_of_answers_on_which_all_repeats_agree(answered: ProjectFile) -> None:
    judge_says(answered, {"good": (0, *JUDGE_GOOD[1:]), "bad": NEVER}, repeat=1)
    found = judge_stability(answered, GUIDE, JUDGE)
    assert found is not None
    assert found.repeats == 2
    assert [(each.key, each.same.n, each.same.value) for each in found.points] == [
        ("good", 12, pytest.approx(11 / 12)), ("bad", 12, 1.0)
    ]  # fmt: skip
    assert found.same.value == pytest.approx(23 / 24)


def test_the_spread_within_an_answer(answered: ProjectFile) -> None:
    judge_says(answered, {"good": (0, *JUDGE_GOOD[1:])}, repeat=1)
    found = judge_stability(answered, GUIDE, JUDGE)
    assert found is not None
    # 1 and 0 have the standard deviation sqrt(.5 / 1) = .7071; eleven answers have none.
    assert found.points[0].deviation == pytest.approx(0.70710678 / 12)
    assert [(flip.key, flip.values) for flip in found.flips] == [("good", (1.0, 0.0))]


def test_what_flips_most_comes_first(answered: ProjectFile) -> None:
    judge_says(answered, {"good": (0.5, 0, *JUDGE_GOOD[2:])}, repeat=1)
    found = judge_stability(answered, GUIDE, JUDGE)
    assert found is not None
    assert [flip.values for flip in found.flips] == [(1.0, 0.0), (1.0, 0.5)]


def test_a_repeat_without_an_answer_is_left_out(answered: ProjectFile) -> None:
    judge_says(answered, {"good": ("fault", "absent", *JUDGE_GOOD[2:])}, repeat=1)
    found = judge_stability(answered, GUIDE, JUDGE)
    assert found is not None
    assert found.points[0].same.n == 11
    assert [flip.values for flip in found.flips] == [(1.0, None)]
