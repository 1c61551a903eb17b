"""The contract of own code: which answers are numbers, which lines errors stand on, and what a plan makes of it."""

import math

import pytest

from rubric_studio.grader.measures import Answer
from rubric_studio.grader.own_code import (
    LONGEST_REASON,
    NO_FUNCTION,
    Program,
    Told,
    grade_with_own_code,
    sample_of,
    told,
    within_unit,
)


@pytest.mark.parametrize(("value", "number"), [(0.5, 0.5), (1, 1.0), (-0.0, 0.0), (7, 7.0)])
def test_finite_floats_and_ints_are_numbers(value, number):
    assert told(value) == Told(number)
    assert math.copysign(1, told(value).value or 0.0) == 1


@pytest.mark.parametrize("value", [True, None, "1", [1.0], math.nan, math.inf, -math.inf, 10**400, 1j])
def test_everything_else_is_none(value):
    assert told(value).value is None
    assert told(value).reason.startswith("grade gave")


def test_only_0_to_1_is_within_the_unit():
    assert within_unit(Told(1.0)) == Told(1.0)
    assert within_unit(Told(1.5)).reason == "grade gave 1.5, which is not between 0 and 1"
    assert within_unit(Told(None, "why", 3)) == Told(None, "why", 3)


def test_a_sample_holds_text_and_json_and_is_shared_with_nobody():
    answer = Answer('{"a": [1]}')
    first = sample_of(answer)
    first["output_json"]["a"].append(2)
    assert sample_of(answer) == {"output_text": '{"a": [1]}', "output_json": {"a": [1]}}
    assert sample_of(Answer("no"))["output_json"] is None


@pytest.mark.parametrize(
    ("source", "reason", "line"),
    [
        ("x = 1", NO_FUNCTION, None),
        ("grade = 1", NO_FUNCTION, None),
        ("def grade(:", "SyntaxError", 1),
        ("import nothing_of_that_name", "ModuleNotFoundError", 1),
        ("def grade(sample, item):\n    return helper()\ndef helper():\n    return {}[1]", "KeyError: 1", 4),
        ("def grade(sample, item):\n    raise SystemExit(1)", "SystemExit: 1", 2),
        ("def grade(sample, item):\n    raise GeneratorExit", "GeneratorExit", 2),
        ("class E(BaseException): pass\ndef grade(sample, item):\n    raise E", "E", 3),
        ("def grade(sample, item):\n    raise ValueError('\\udc00')", "ValueError: \\udc00", 2),
        ("raise BaseException('at once')", "BaseException: at once", 1),
        ("def grade(sample, item):\n    import json\n    json.loads('')", "JSONDecodeError", 3),
    ],
)
def test_what_goes_wrong_is_a_reason_with_the_codes_own_line(source, reason, line):
    said = Program(source).says({"output_text": ""}, {})
    assert said.value is None
    assert said.reason.startswith(reason)
    assert said.line == line


def test_a_long_message_is_cut():
    said = Program("def grade(sample, item): raise ValueError('x' * 10 ** 6)").says({}, {})
    assert len(said.reason) < LONGEST_REASON + 40


def test_a_plan_is_graded_with_its_own_code_and_its_conditions():
    source = "def grade(sample, item):\n    return item['n'] / 10\n"
    code = {
        "key": "code",
        "weight": 1,
        "when": {"field": "task", "in": ["a"]},
        "kind": {"type": "python", "source": source},
    }
    judged = {"key": "judged", "weight": 1, "kind": {"type": "judged"}}
    strata = [{"key": "all", "weight": 1, "criteria": [code, judged]}]
    plan = {
        "aggregation": "points_clipped",
        "row_criteria": None,
        "strata": strata,
        "formula": "all_s / all_m",
    }
    # (0.3 + 0.5) / 2; where the code does not apply, 0.5 / 1
    assert grade_with_own_code(plan, "", {"n": 3, "task": "a"}, {"judged": 0.5}).score == 0.4
    assert grade_with_own_code(plan, "", {"n": 3, "task": "b"}, {"judged": 0.5}).score == 0.5
    assert (
        grade_with_own_code(plan, "", {"task": "a"}, {"judged": 0.5}).reason
        == "1 of 2 criteria is unscored: code"
    )
