"""Own code in the sandbox: values, reasons with their lines, limits, and what only CPython can run."""

import subprocess
import sys

import pytest

from rubric_studio.grader.own_code import NO_FUNCTION
from rubric_studio.sandbox import monty_code
from rubric_studio.sandbox.limited_executor import LimitedExecutor
from rubric_studio.sandbox.monty_code import GIVEN_UP, TOO_LARGE, TOO_SLOW, Case, Limits, SandboxRun

QUICK = Limits(batch_seconds=0.3, case_seconds=0.15, memory=32 * 1024 * 1024)
MANY = """
def grade(sample, item):
    text = sample["output_text"]
    if text == "index":
        return [1][5]
    if text == "loop":
        while True:
            pass
    if text == "large":
        return len("x" * 10 ** 10)
    return {"none": None, "bool": True, "nan": float("nan"), "text": "1", "above": 1.5, "whole": 1}.get(text, 0.25)
"""


@pytest.fixture(scope="module")
def run():
    def ran(source: str, *texts: str, item: dict | None = None) -> SandboxRun:
        cases: list[Case] = [(text, item or {}) for text in texts]
        return executor.submit(monty_code.run_in_sandbox, source, cases, QUICK).result()

    with LimitedExecutor(1, 10.0) as executor:
        executor.submit(monty_code.run_in_sandbox, MANY, [("", {})]).result()
        yield ran


def values(found: SandboxRun) -> list[float | None]:
    return [each.value for each in found.said]


def test_importing_it_brings_no_monty():
    command = "import sys, rubric_studio.sandbox.monty_code; print('pydantic_monty' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "False"


def test_numbers_are_values_and_everything_else_is_a_reason(run):
    found = run(MANY, "whole", "", "none", "bool", "nan", "text", "above")
    assert values(found) == [1.0, 0.25, None, None, None, None, 1.5]  # held to [0, 1] by whoever asks
    assert [each.reason for each in found.said[2:6]] == [
        "grade gave nothing (None), not a number",
        "grade gave a bool (True or False), not a number",
        "grade gave NaN, which is not a number",
        "grade gave something of type str, not a number",
    ]


def test_an_exception_is_the_reason_with_its_line_and_the_rest_goes_on(run):
    found = run(MANY, "a", "index", "b", "index")
    assert values(found) == [0.25, None, 0.25, None]
    assert found.said[1] == found.said[3]
    assert (found.said[1].reason, found.said[1].line) == ("IndexError: list index out of range (line 5)", 5)


@pytest.mark.parametrize(
    ("source", "reason", "line"),
    [
        ("x = 1", NO_FUNCTION, None),
        ("", NO_FUNCTION, None),
        ("\n\nx = 1 / 0\n", "ZeroDivisionError: division by zero (line 3)", 3),
        ("def grade(sample, item)\n    return 1\n", "SyntaxError: Expected `:`, found newline (line 1)", 1),
        ("while True:\n    pass\n", TOO_SLOW, None),
    ],
)
def test_code_that_does_not_get_as_far_as_its_function_says_why(source, reason, line, run):
    for said in run(source, "a", "b").said:
        assert (said.value, said.reason, said.line) == (None, reason, line)


@pytest.mark.parametrize(
    ("source", "needs"),
    [
        ("import numpy\ndef grade(sample, item): return 1", "it imports numpy"),
        ("def grade(sample, item):\n    from rapidfuzz import fuzz\n    return 1", "it imports rapidfuzz"),
        ("class A(Exception):\n    pass\ndef grade(sample, item): return 1", "class inheritance"),
        ("def f():\n    yield 1\ndef grade(sample, item): return 1", "yield"),
        ("from collections import OrderedDict\ndef grade(sample, item): return 1", "OrderedDict"),
    ],
)
def test_what_only_cpython_can_run_is_not_run_and_said(source, needs, run):
    found = run(source, "a")
    assert found.said == []
    assert needs in found.needs_python


def test_the_answer_that_takes_too_long_or_too_much_is_found(run):
    found = run(MANY, "a", "loop", "b", "large", "c")
    assert values(found) == [0.25, None, 0.25, None, 0.25]
    assert (found.said[1].reason, found.said[3].reason) == (TOO_SLOW, TOO_LARGE)


def test_code_that_always_hangs_is_given_up(run):
    found = run(MANY, *["loop"] * 6)
    assert [each.reason for each in found.said] == [TOO_SLOW] * 3 + [GIVEN_UP] * 3


def test_every_call_gets_arguments_of_its_own(run):
    source = """
def grade(sample, item):
    item["labels"].append(1)
    sample["output_json"]["a"].append(1)
    return (len(item["labels"]) + len(sample["output_json"]["a"])) / 10
"""
    # one label and one element, each with one more: (2 + 2) / 10, every time
    assert values(run(source, '{"a": [1]}', '{"a": [1]}', item={"labels": ["x"]})) == [0.4, 0.4]


def test_the_answers_json_is_read_by_our_own_parser(run):
    source = "def grade(sample, item):\n    return 0.0 if sample['output_json'] is None else sample['output_json']['v']"
    assert values(run(source, '```json\n{"v": 0.5}\n```', "no json", '{"v": 1}')) == [0.5, 0.0, 1.0]


def test_names_of_the_source_do_not_bend_what_runs_it(run):
    assert values(run("len = type = float = range = 3\ndef grade(sample, item): return 0.5", "a", "b")) == [
        0.5,
        0.5,
    ]


def test_half_a_character_costs_only_its_answer(run):
    assert values(run(MANY, "a", "\ud800", "b")) == [0.25, None, 0.25]


def test_nothing_is_left_of_the_last_code(run):
    run("secret = 5\ndef grade(sample, item): return 1", "a")
    assert run("def grade(sample, item): return secret", "a").said[0].reason.startswith("NameError")


def test_many_answers_come_back_in_order(run):
    source = "def grade(sample, item):\n    return int(sample['output_text']) / 1000"
    assert values(run(source, *map(str, range(700)))) == [number / 1000 for number in range(700)]
