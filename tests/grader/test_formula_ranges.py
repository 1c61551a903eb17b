"""Ranges of imported formulas, derived by hand."""

import pytest

from rubric_studio.grader.ranges import sample_range
from rubric_studio.grader.scoring import criterion_states
from tests.grader.random_formulas import plan_over


def range_of(text, ranges=None, **marks):
    """The range while every name that is not given is missing."""
    plan = plan_over(text, ranges)
    return sample_range(plan, criterion_states(plan, {}, marks))


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("0.7 * a + 0.3 * b", (0, 1)),
        ("0.7 * a + 0.3", (0.3, 1)),
        ("1 - a / 2", (0.5, 1)),
        ("a / 2 * b / 2", (0, 0.25)),
        ("min(0.4, a)", (0, 0.4)),
        ("a ^ 2 / 4", (0, 0.25)),
        ("abs(a - 0.5)", (0, 0.5)),
        ("sqrt(a) / 2", (0, 0.5)),
        ("0.2 + 0 * a", (0.2, 0.2)),
        ("exp(a) / 4", (0.25, pytest.approx(0.679570457))),  # e / 4 = 0.679570457...
        ("ceil(a) / 4", (0, 0.25)),
        ("max(0, log(a)) + 0.25", (0.25, 0.25)),  # log of [0, 1] ends at 0
    ],
)
def test_missing_graders_between_0_and_1(text, ends):
    assert range_of(text) == ends


def test_a_name_that_occurs_twice_and_rises_throughout_is_exact():
    # By intervals alone a / (a + 1) lies in [0 / 2, 1 / 1]; a ^ 2 + a is exact either way.
    assert range_of("(a ^ 2 + a) / 4") == (0, 0.5)
    # a and -a/2: by intervals [-0.5, 1]; as it is not known to rise, the wider range stands.
    assert range_of("a - a / 2") == (0, 1)


def test_the_range_takes_a_graders_own_numbers():
    assert range_of("a / 20", {"a": [0, 10]}) == (0, 0.5)
    assert range_of("(a + 5) / 20", {"a": [-5, 5]}) == (0, 0.5)


def test_own_code_may_say_any_number():
    assert range_of("a / 2", {"a": None}) is None  # cannot be told
    assert range_of("min(1, max(0, a)) / 2", {"a": None}) == (0, 0.5)
    assert range_of("min(0.3, a)", {"a": None}) == (0, 0.3)


def test_outcomes_without_a_score_have_no_part_in_it():
    assert range_of("0.5 / a") == (0.5, 1)  # 0.5 / a is 0.5 or more, and up to 1 a total
    assert range_of("2 + a") is None
    assert range_of("a / 0") is None
    assert range_of("a - 2") is None


def test_nothing_missing_is_one_number():
    assert range_of("a * b", a=0.5, b=0.5, C_1=0) == (0.25, 0.25)
