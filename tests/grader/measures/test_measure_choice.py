"""choice: the one right thing."""

from typing import Any

import pytest

from rubric_studio.grader.measures import Answer, Outcome, measure


def choice(text: str, reference: Any, **kind: Any) -> Outcome:
    return measure({"type": "choice", "reference": "answer", **kind}, Answer(text), {"answer": reference})


@pytest.mark.parametrize(
    ("text", "reference"), [(" b\n", "B"), ("28", 28), ("true", True), ("B", ["A", "B"])]
)
def test_the_right_choice_is_one(text: str, reference: Any) -> None:
    assert choice(text, reference).value == 1.0


def test_another_choice_is_zero_and_both_are_named() -> None:
    assert choice("C", ["A", "B"]) == Outcome(0.0, "expected A or B, the answer says C", ((0, 1),))


def test_naming_several_is_no_choice() -> None:
    outcome = choice('{"x": ["A", "B"]}', "A", predicted="output_json.x")
    assert outcome == Outcome(0.0, "expected one choice, A, the answer names several: A, B")
    assert choice('{"x": ["A", "a"]}', "A", predicted="output_json.x").value == 1.0


def test_naming_none_is_zero() -> None:
    assert choice('{"x": null}', "A", predicted="output_json.x").value == 0.0
    assert choice("  ", "A").value == 0.0


def test_exact_minds_the_case() -> None:
    assert choice("b", "B", exact=True).value == 0.0


def test_a_pattern_gives_its_first_match_and_its_place() -> None:
    text = "Answer: B. Or Answer: C."
    assert choice(text, "B", predicted={"pattern": r"Answer: (\w)"}) == Outcome(
        1.0, "as expected: B", ((8, 9),)
    )
    missed = choice("B", "B", predicted={"pattern": r"Answer: (\w)"})
    assert missed == Outcome(0.0, r"the answer has nothing that fits Answer: (\w)")


@pytest.mark.parametrize("reference", [None, "", [], [None]])
def test_without_a_reference_it_is_unscored(reference: Any) -> None:
    assert choice("B", reference) == Outcome(None, "reference missing: answer")
