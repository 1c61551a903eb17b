"""Own code in a project: who may run it, what its marks become, and what waits for whose word."""

from collections.abc import Sequence
from concurrent.futures import Executor, Future
from typing import Any

import pytest

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.measures import Answer
from rubric_studio.grader.own_code import Program, Told, sample_of
from rubric_studio.services.edits import Author, ChangeRow, NoteOnRow, perform
from rubric_studio.services.grading import grade_checks
from rubric_studio.services.marks import AS_TRAINED, rater_choice
from rubric_studio.services.own_code import (
    NOT_ALLOWED,
    Case,
    CodeTrust,
    OwnCode,
    Trust,
    hash_of,
    is_waiting,
    sources_of,
    tried,
)
from rubric_studio.services.scores import project_scores
from rubric_studio.store.project_file import ProjectFile

LENGTH = "def grade(sample, item):\n    return 1 / len(item['labels'])\n"
NUMPY = "import numpy\ndef grade(sample, item):\n    return 0.5\n"


class File:
    """A preferences file in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def read(self) -> dict[str, Any]:
        return dict(self.kept)

    def write(self, values: dict[str, Any]) -> None:
        self.kept = values


class Python:
    """Runs what it is told, in process: only the tests' own code comes here."""

    def __init__(self) -> None:
        self.runs: list[str] = []

    def run(self, source: str, cases: Sequence[Case]) -> list[Told]:
        self.runs.append(source)
        program = Program(source)
        return [program.says(sample_of(Answer(text)), item) for text, item in cases]

    def missing_protection(self) -> list[str]:
        return []

    def close(self) -> None:
        """Nothing is open."""


class Sandbox:
    """Counts its calls, and knows no numpy."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, source: str, cases: Sequence[Case]) -> tuple[list[Told], str]:
        self.calls += 1
        if "import numpy" in source:
            return [], "it imports numpy"
        program = Program(source)
        return [program.says(sample_of(Answer(text)), item) for text, item in cases], ""


@pytest.fixture
def trust() -> CodeTrust:
    return CodeTrust(File())


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox()


@pytest.fixture
def python() -> Python:
    return Python()


@pytest.fixture
def own(trust: CodeTrust, sandbox: Sandbox, python: Python) -> OwnCode:
    return OwnCode(trust, sandbox, python)


def guide(source: str, **more: Any) -> Rubric:
    criteria = [{"key": "code", "kind": {"type": "python", "source": source}}]
    return Rubric.model_validate(
        {"row_criteria": None, "strata": [{"key": "all", "criteria": criteria}], **more}
    )


def marks(store: ProjectFile, of: Rubric) -> dict[str, tuple[float | None, str]]:
    """Value and reason by row and model."""
    scores = project_scores(store, of, rater_choice(store, AS_TRAINED))
    found = {f"{each.sample.row} {each.sample.model}": each.marks["code"] for each in scores}
    return {place: (mark.value, mark.reason) for place, mark in found.items()}


def test_code_that_nobody_allowed_does_not_run_and_says_so(
    store: ProjectFile, executor: Executor, own: OwnCode, sandbox: Sandbox
):
    grade_checks(store, guide(LENGTH), executor, own_code=own)
    assert sandbox.calls == 0
    assert set(marks(store, guide(LENGTH)).values()) == {(None, NOT_ALLOWED)}


def test_waiting_code_is_asked_again_once_it_is_allowed_and_not_before(
    store: ProjectFile, executor: Executor, own: OwnCode
):
    first = grade_checks(store, guide(LENGTH), executor, own_code=own)
    assert first.measured == len(marks(store, guide(LENGTH)))
    assert grade_checks(store, guide(LENGTH), executor, own_code=own).measured == 0
    own.trust.allow_sandbox(store.first_edit(), [LENGTH])
    grade_checks(store, guide(LENGTH), executor, own_code=own)
    # q1 has two labels: 1/2; q2 has one: 1/1
    assert {place[:2]: value for place, (value, _) in marks(store, guide(LENGTH)).items()} == {
        "q1": 0.5,
        "q2": 1.0,
    }


def test_marks_are_kept_until_the_code_or_the_row_changes(
    store: ProjectFile, executor: Executor, own: OwnCode, author: Author
):
    perform(store, NoteOnRow(row=RowId("q1"), text="checked"), author)
    own.trust.allow_sandbox(store.first_edit(), [LENGTH, LENGTH + "#"])
    count = grade_checks(store, guide(LENGTH), executor, own_code=own).measured
    assert grade_checks(store, guide(LENGTH), executor, own_code=own).measured == 0
    assert grade_checks(store, guide(LENGTH + "#"), executor, own_code=own).measured == count
    changed = Row(id=RowId("q2"), prompt=user_prompt("Which?"), reference={"labels": ["a", "b", "c", "d"]})
    perform(store, ChangeRow(row=changed), author)
    assert grade_checks(store, guide(LENGTH), executor, own_code=own).measured > 0
    assert all(
        value == 0.25 for place, (value, _) in marks(store, guide(LENGTH)).items() if place[:2] == "q2"
    )


def test_code_that_needs_python_waits_for_trust_in_that_very_text(
    store: ProjectFile, executor: Executor, own: OwnCode, python: Python
):
    project = store.first_edit()
    own.trust.allow_sandbox(project, [NUMPY])
    grade_checks(store, guide(NUMPY), executor, own_code=own)
    assert set(marks(store, guide(NUMPY)).values()) == {(None, "needs your trust: it imports numpy")}
    own.trust.allow_python(project, NUMPY + "# more")
    grade_checks(store, guide(NUMPY), executor, own_code=own)
    assert python.runs == []
    own.trust.allow_python(project, NUMPY)
    grade_checks(store, guide(NUMPY), executor, own_code=own)
    assert {value for value, _ in marks(store, guide(NUMPY)).values()} == {0.5}


def test_what_a_person_asks_for_on_the_command_line_runs_in_the_sandbox_only(
    store: ProjectFile, executor: Executor, trust: CodeTrust, sandbox: Sandbox, python: Python
):
    asked = OwnCode(trust, sandbox, python, asked=True)
    grade_checks(store, guide(LENGTH), executor, own_code=asked)
    grade_checks(store, guide(NUMPY), executor, own_code=asked)
    assert {value for value, _ in marks(store, guide(LENGTH)).values()} == {0.5, 1.0}
    assert python.runs == []
    assert trust.of(store.first_edit(), LENGTH) is Trust.NONE


def test_an_error_is_the_reason_with_its_line(store: ProjectFile, executor: Executor, own: OwnCode):
    source = "def grade(sample, item):\n    return item['nothing']\n"
    own.trust.allow_sandbox(store.first_edit(), [source])
    grade_checks(store, guide(source), executor, own_code=own)
    assert set(marks(store, guide(source)).values()) == {(None, "KeyError: 'nothing' (line 2)")}


def test_a_number_outside_0_and_1_is_no_mark_but_one_for_an_imported_formula(
    store: ProjectFile, executor: Executor, own: OwnCode
):
    source = "def grade(sample, item):\n    return 4\n"
    own.trust.allow_sandbox(store.first_edit(), [source])
    grade_checks(store, guide(source), executor, own_code=own)
    outside = (None, "grade gave 4, which is not between 0 and 1")
    assert set(marks(store, guide(source)).values()) == {outside}
    said = [Told(4.0)]
    assert [tuple(each) for each in tried(own.run(executor, "", source, [("", {})])._replace(said=said))] == [
        (None, outside[1], None)
    ]


def test_trust_is_by_project_text_and_machine_and_can_be_taken_back(trust: CodeTrust):
    trust.allow_python("p", NUMPY)
    assert trust.of("p", NUMPY) is Trust.PYTHON
    assert trust.of("another", NUMPY) is trust.of("p", NUMPY + " ") is Trust.NONE
    trust.allow_sandbox("p", [NUMPY])  # less than is there: nothing changes
    assert trust.of("p", NUMPY) is Trust.PYTHON
    trust.take_back("p", NUMPY)
    assert trust.of("p", NUMPY) is Trust.NONE


def test_a_damaged_file_trusts_nothing():
    for kept in ({"projects": 3}, {"projects": {"p": ["x"]}}, {"projects": {"p": {hash_of(NUMPY): 5}}}):
        file = File()
        file.kept = kept
        trust = CodeTrust(file)
        assert trust.of("p", NUMPY) is Trust.NONE
        trust.allow_python("p", NUMPY)
        assert trust.of("p", NUMPY) is Trust.PYTHON


def test_the_texts_that_wait_are_named(own: OwnCode):
    assert sources_of(guide(LENGTH)) == [LENGTH]
    assert own.waits_for(guide(LENGTH), "p") == [LENGTH]
    own.trust.allow_sandbox("p", [LENGTH])
    assert own.waits_for(guide(LENGTH), "p") == []


class Failing(Executor):
    """Hangs on a chunk that holds the answer "bad", and works on every other."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        if any(text == "bad" for text, _ in args[1]):
            future.set_exception(TimeoutError())
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def test_a_worker_that_hangs_costs_the_answer_it_was_at(own: OwnCode):
    own.trust.allow_sandbox("p", ["def grade(sample, item): return 1"])
    cases = [(text, {}) for text in ("a", "b", "bad", "c", "d")]
    said = own.run(Failing(), "p", "def grade(sample, item): return 1", cases).said
    assert [each.value for each in said] == [1.0, 1.0, None, 1.0, 1.0]
    assert said[2].reason.startswith("too slow")


def test_reasons_that_go_away_are_known():
    assert is_waiting(NOT_ALLOWED)
    assert is_waiting("needs your trust: it imports numpy")
    assert not is_waiting("ValueError: needs your trust")
