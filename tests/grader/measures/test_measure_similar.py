"""similar: how alike two texts are, drawn out between floor and ceiling."""

from typing import Any

import pytest

from rubric_studio.grader.measures import Answer, Outcome, measure


def similar(text: str, reference: Any, **kind: Any) -> Outcome:
    return measure({"type": "similar", "reference": "ideal", **kind}, Answer(text), {"ideal": reference})


def test_the_same_text_but_for_case_and_spaces_is_one() -> None:
    assert similar(" The  LAW\n", "the law").value == 1.0


# "abcd" and "abxx": one substitution is a deletion and an insertion; 4 edits of 8 letters leave 0.5.
@pytest.mark.parametrize(
    ("limits", "value"),
    [({}, 0.5), ({"floor": 0.5}, 0.0), ({"floor": 0.25, "ceiling": 0.75}, 0.5), ({"ceiling": 0.5}, 1.0)],
)
def test_the_ratio_is_drawn_out_between_floor_and_ceiling(limits: dict[str, float], value: float) -> None:
    assert similar("abxx", "abcd", **limits).value == pytest.approx(value)


def test_a_part_and_a_set_of_words_are_found_where_asked_for() -> None:
    assert similar("so the law applies here", "the law applies", ratio="partial").value == 1.0
    assert similar("law the applies", "applies the law", ratio="token_set").value == 1.0
    assert similar("law the applies", "applies the law").value != 1.0


def test_an_empty_answer_is_zero_and_an_empty_reference_unscored() -> None:
    assert similar("", "the law").value == 0.0
    assert similar("the law", "") == Outcome(None, "reference missing: ideal")


def test_long_texts_are_compared_by_their_beginning_and_the_reason_says_so() -> None:
    outcome = similar("a" * 30_000, "a" * 25_000)
    assert outcome.value == 1.0
    assert outcome.reason.endswith("only the first 20000 characters were compared")
