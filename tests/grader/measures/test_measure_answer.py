"""What counts as an answer's JSON: the whole text, or exactly one fenced block."""

from typing import Any

import pytest

from rubric_studio.grader.measures import DEEPEST_JSON, Answer


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        (" \n\ufeff[1, 2]\u00a0", [1, 2]),
        ("null", None),
        ('```json\n{"a": 1}\n```', {"a": 1}),
        ('Here it is:\r\n\r\n~~~\r\n{"a": 1}\r\n~~~\r\nI hope this helps.', {"a": 1}),
        ('````\n{"a": "```"}\n````', {"a": "```"}),
        ('{"a": 1, "a": 2}', {"a": 2}),  # the last of a name given twice, as every trainer reads it
        ('"a\u2028b"', "a\u2028b"),
    ],
)
def test_json_is_read_from_the_whole_text_or_its_one_fenced_block(text: str, value: Any) -> None:
    answer = Answer(text)
    assert answer.json() == (True, value)
    assert answer.json_problem() == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "it is not JSON"),
        ("The answer is {}", "it is not JSON"),
        ('{"a": NaN}', "it is not JSON"),
        ("[Infinity, -Infinity]", "it is not JSON"),
        ("{'a': 1}", "it is not JSON"),
        ("```\nprose\n```", "its fenced block is not JSON"),
        ('```json\n{"a": 1}', "its fenced block is not closed"),
        ("```\n1\n```\nor\n```\n2\n```", "it holds 2 fenced blocks"),
        ("[" * 1_000_000, f"its JSON is nested more than {DEEPEST_JSON} deep"),
        ("```\n" + "[" * 100_000 + "\n```", f"its JSON is nested more than {DEEPEST_JSON} deep"),
        ("[" * 101 + "]" * 101, f"its JSON is nested more than {DEEPEST_JSON} deep"),
    ],
)
def test_where_there_is_no_json_the_problem_is_told(text: str, problem: str) -> None:
    answer = Answer(text)
    assert answer.json() == (False, None)
    assert answer.json_problem() == problem


def test_a_hundred_levels_are_read_wherever_the_brackets_stand() -> None:
    assert Answer("[" * 100 + "]" * 100).json()[0]
    assert Answer('{"a": "' + "[" * 500 + '"}').json()[0]
    assert Answer("[" + "[]," * 500 + "[]]").json()[0]


def test_an_integer_of_any_length_is_json() -> None:
    assert Answer("9" * 100_000).json() == (True, float("inf"))
    assert Answer("-12").json() == (True, -12)
