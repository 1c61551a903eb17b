"""Mends are offered only where they are certain, and leave nothing to find."""

# A None fails these tests by itself.
# pyright: reportOptionalMemberAccess=false

import pytest

from rubric_studio.domain.doctor.examination import examine
from rubric_studio.domain.rubric import Level, Rubric
from tests.domain.doctor.hand_made import points, rubric, with_levels, with_words


def the_finding(faulty: Rubric):
    found = examine(faulty)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The answer names the tax year (5 points).", "The answer names the tax year."),
        ("[+3] The answer names the tax year.", "The answer names the tax year."),
        ("The answer names the tax year: 10 pts", "The answer names the tax year"),
        ("The answer names the tax year. Worth 5 points.", "The answer names the tax year."),
    ],
)
def test_points_in_a_wording_are_taken_out(before: str, after: str):
    faulty = with_words(before)
    mend = the_finding(faulty).mend
    assert (mend.before, mend.after) == (before, after)
    mended = mend.mended(faulty)
    assert mended.criterion("p3").wording == after
    assert mended.criterion("p3").weight == faulty.criterion("p3").weight
    assert examine(mended) == []


def test_points_on_which_a_sentence_hangs_stay():
    assert the_finding(with_words("0.5 if the answer names only the year.")).mend is None


def test_two_verbs_become_two_points_of_half_the_weight():
    faulty = with_words("The response calculates the gain and explains the holding period.")
    mended = the_finding(faulty).mend.mended(faulty)
    words = [(c.key, c.wording, c.weight) for c in mended.criteria()][2:]
    assert words == [
        ("p3", "The response calculates the gain.", 0.5),
        ("p3_2", "The response explains the holding period.", 0.5),
    ]
    assert examine(mended) == []


@pytest.mark.parametrize(
    "words",
    [
        "The response calculates the gain and explains its origin.",  # "its" leans on the first half
        "The response names the rule, applies it to the sale, and concludes that no tax is due.",
        "The response states all of the following: rate; base; due date.",
    ],
)
def test_halves_that_lean_on_each_other_are_left_to_people(words: str):
    assert the_finding(with_words(words)).mend is None


def test_grades_with_words_of_their_own_are_left_to_people():
    given = (
        Level(key="yes", value=1, text="The gain is explained."),
        Level(key="no", value=0, text="It is not."),
    )
    words = "The response calculates the gain and explains the holding period."
    assert the_finding(rubric(*points(words, levels=given))).mend is None


def test_the_second_of_two_equal_grades_goes():
    given = (
        Level(key="yes", value=1, text="All dates are named."),
        Level(key="no", value=0, text="No date is named."),
        Level(key="none", value=0, text="No date is named"),
    )
    faulty = with_levels(given)
    mended = the_finding(faulty).mend.mended(faulty)
    assert [level.key for level in mended.criterion("p3").levels] == ["yes", "no"]
    assert examine(mended) == []
