"""Trusted own code in a confined CPython: the same contract as the sandbox, packages, crashes, what is lacking."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.grader.own_code import NO_FUNCTION
from rubric_studio.sandbox import confinement
from rubric_studio.sandbox.trusted_code import DIED, DIED_LOADING, GIVEN_UP, TOO_SLOW, Seconds, TrustedCode
from tests.sandbox.test_monty_code import MANY


@pytest.fixture
def code() -> Iterator[TrustedCode]:
    running = TrustedCode(Seconds(start=15.0, case=0.4, batch=10.0))
    yield running
    running.close()


def values(code: TrustedCode, source: str, *texts: str, **item: object) -> list[float | None]:
    return [each.value for each in code.run(source, [(text, dict(item)) for text in texts])]


def test_it_says_what_the_sandbox_says(code: TrustedCode):
    said = code.run(
        MANY, [(text, {}) for text in ("whole", "", "none", "bool", "nan", "text", "above", "index")]
    )
    assert [each.value for each in said] == [1.0, 0.25, None, None, None, None, 1.5, None]
    assert [each.reason for each in said[2:6]] == [
        "grade gave nothing (None), not a number",
        "grade gave a bool (True or False), not a number",
        "grade gave NaN, which is not a number",
        "grade gave something of type str, not a number",
    ]
    assert (said[7].reason, said[7].line) == ("IndexError: list index out of range (line 5)", 5)


def test_packages_of_trainers_can_be_imported(code: TrustedCode):
    source = """
import numpy
from rapidfuzz import fuzz

class Odd(Exception):
    pass

def grade(sample, item):
    return float(numpy.mean([fuzz.ratio(sample["output_text"], "abc") / 100, 0.5]))
"""
    assert values(code, source, "abc", "xyz") == [0.75, 0.25]  # (1 + 0.5) / 2 and (0 + 0.5) / 2


@pytest.mark.parametrize(
    ("source", "reason", "line"),
    [
        ("x = 1", NO_FUNCTION, None),
        ("\n\nx = 1 / 0\n", "ZeroDivisionError: division by zero (line 3)", 3),
        ("import os\nos._exit(1)", DIED_LOADING, None),
    ],
)
def test_code_that_does_not_get_as_far_as_its_function_says_why(source, reason, line, code: TrustedCode):
    for said in code.run(source, [("a", {}), ("b", {})]):
        assert (said.value, said.reason, said.line) == (None, reason, line)


def test_a_crash_and_a_hang_cost_one_answer_each(code: TrustedCode):
    source = """
import ctypes
def grade(sample, item):
    while sample["output_text"] == "loop":
        pass
    if sample["output_text"] == "crash":
        ctypes.string_at(0)
    return 0.5
"""
    said = code.run(source, [(text, {}) for text in ("a", "crash", "b", "loop", "c")])
    assert [each.value for each in said] == [0.5, None, 0.5, None, 0.5]
    assert (said[1].reason, said[3].reason) == (DIED, TOO_SLOW)


def test_code_that_always_crashes_is_given_up(code: TrustedCode):
    said = code.run("import os\ndef grade(sample, item): os._exit(3)", [("a", {})] * 6)
    assert [each.reason for each in said] == [DIED] * 3 + [GIVEN_UP] * 3


def test_sources_have_processes_and_folders_of_their_own_which_go_with_them(code: TrustedCode):
    write = "def grade(sample, item):\n    open('mine', 'w').write('x')\n    return 1"
    count = "import os\ndef grade(sample, item): return len(os.listdir('.')) / 10"
    where = "import os\ndef grade(sample, item): raise ValueError(os.getcwd())"
    assert values(code, write, "a") == [1.0]
    assert values(code, count, "a") == [0.0]
    folder = Path(
        code.run(where, [("a", {})])[0].reason.removeprefix("ValueError: ").removesuffix(" (line 2)")
    )
    assert folder.is_dir()
    code.close()
    assert not folder.exists()


def test_every_call_gets_arguments_of_its_own(code: TrustedCode):
    source = "def grade(sample, item):\n    item['labels'].append(1)\n    return len(item['labels']) / 10"
    assert values(code, source, "a", "b", labels=["x"]) == [0.2, 0.2]


def test_many_answers_come_back_in_order_and_print_harms_nobody(code: TrustedCode):
    source = "def grade(sample, item):\n    print('x' * 1000)\n    return int(sample['output_text']) / 1000"
    assert values(code, source, *map(str, range(700))) == [number / 1000 for number in range(700)]


def test_a_system_without_a_measure_says_what_the_code_could_do(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(confinement, "measures_here", lambda: frozenset({"limits"}))
    assert TrustedCode().missing_protection() == [confinement.NO_FILES, confinement.NO_CALLS]
    monkeypatch.setattr(confinement, "measures_here", frozenset)
    assert len(TrustedCode().missing_protection()) == 3


def test_a_process_that_cannot_be_closed_off_runs_nothing(code: TrustedCode, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(confinement, "measures_here", lambda: frozenset({"limits", "moat"}))
    assert code.run("def grade(sample, item): return 1", [("a", {})])[0].reason.startswith("not run here")
