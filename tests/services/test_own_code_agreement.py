"""Own code both ways over every answer: what agrees may go out, what differs is listed and blocks."""

from collections.abc import Sequence
from concurrent.futures import Executor

import pytest

from rubric_studio.domain.ids import RowId
from rubric_studio.grader.own_code import Told
from rubric_studio.services.own_code import Case, CodeTrust, OwnCode
from rubric_studio.services.own_code_agreement import agreements, obstacles
from rubric_studio.store.project_file import ProjectFile
from tests.services.test_own_code import LENGTH, NUMPY, File, Python, Sandbox, guide


class OtherPython(Python):
    """Says something else of the answers to rows with one label: a little off, far off, or no number."""

    def __init__(self, off: float | None) -> None:
        super().__init__()
        self.off = off

    def run(self, source: str, cases: Sequence[Case]) -> list[Told]:
        said = super().run(source, cases)
        return [
            each if len(item["labels"]) > 1 else self._bent(each)
            for each, (_, item) in zip(said, cases, strict=True)
        ]

    def _bent(self, said: Told) -> Told:
        return (
            Told(None, "KeyError: 'x' (line 2)", 2)
            if self.off is None
            else Told((said.value or 0) - self.off)
        )


def own(python: Python, *trusted: str) -> OwnCode:
    trust = CodeTrust(File())
    for source in trusted:
        trust.allow_python("", source)
    return OwnCode(trust, Sandbox(), python)


@pytest.fixture(autouse=True)
def nobody_decided_yet(store: ProjectFile):
    assert store.first_edit() == ""


def test_what_agrees_on_every_answer_may_go_out(store: ProjectFile, executor: Executor):
    found = agreements(store, guide(LENGTH), executor, own(Python(), LENGTH))["code"]
    assert (found.compared, found.differing, found.obstacle) == (store.counts().samples, 0, "")
    assert obstacles({"code": found}) == {"code": ""}


def test_the_last_digit_may_differ(store: ProjectFile, executor: Executor):
    assert agreements(store, guide(LENGTH), executor, own(OtherPython(1e-10), LENGTH))["code"].obstacle == ""


@pytest.mark.parametrize(("off", "there"), [(0.5, "0.5"), (None, "no mark (KeyError: 'x' (line 2))")])
def test_a_difference_is_listed_and_blocks(off, there, store: ProjectFile, executor: Executor):
    found = agreements(store, guide(LENGTH), executor, own(OtherPython(off), LENGTH))["code"]
    assert found.differing == len(found.differences) == len(store.samples_of(RowId("q2")))
    first = found.differences[0]
    assert (first.row, first.sandbox, first.python) == ("q2", 1.0, None if off is None else 0.5)
    assert found.obstacle.endswith(f"on question q2: 1 here, {there} there")


def test_without_trust_nothing_runs_and_the_reason_says_so(store: ProjectFile, executor: Executor):
    python = Python()
    waiting = own(python)
    assert "needs your word" in agreements(store, guide(LENGTH), executor, waiting)["code"].obstacle
    waiting.trust.allow_sandbox("", [LENGTH])
    assert "needs your trust" in agreements(store, guide(LENGTH), executor, waiting)["code"].obstacle
    assert python.runs == []


def test_code_that_only_cpython_can_run_has_nothing_to_compare(store: ProjectFile, executor: Executor):
    found = agreements(store, guide(NUMPY), executor, own(Python(), NUMPY))["code"]
    assert (found.obstacle, found.only_python) == ("", "it imports numpy")
