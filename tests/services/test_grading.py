"""Checks in worker processes: a pattern that hangs costs one sample, not the project."""

import time
from collections.abc import Iterator
from concurrent.futures import Executor

import pytest

from rubric_studio.domain.errors import Cancelled
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.verdict import State
from rubric_studio.sandbox.limited_executor import LimitedExecutor
from rubric_studio.services.edits import Author
from rubric_studio.services.grading import TOO_SLOW, grade_checks
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.marks import rater_choice
from rubric_studio.services.scores import project_scores
from rubric_studio.store.project_file import ProjectFile

HANGS = {"pattern": "^((?:a+)+)$"}
"""Exponential on a run of a's that does not end in one."""

GUIDE = Rubric.model_validate(
    {
        "row_criteria": None,
        "strata": [
            {
                "key": "all",
                "criteria": [
                    {"key": "hangs", "kind": {"type": "choice", "predicted": HANGS, "reference": "answer"}},
                    {"key": "plain", "kind": {"type": "choice", "reference": "answer"}},
                ],
            }
        ],
    }
)


@pytest.fixture
def workers() -> Iterator[Executor]:
    with LimitedExecutor(2, 1.0) as pool:
        yield pool


def bring_in(store: ProjectFile, author: Author, texts: list[str]) -> None:
    row = Row(id=RowId("slow"), prompt=user_prompt("?"), reference={"answer": "aaa", "labels": ["x"]})
    samples = tuple(Sample(row=row.id, model="m", run=run, text=text) for run, text in enumerate(texts))
    carry_out(store, ImportPlan(ImportedFile(name="slow", kind="mixed"), (row,), samples), author)


def marks(store: ProjectFile, key: str) -> dict[int, tuple[State, str]]:
    scores = project_scores(store, GUIDE, rater_choice(store))
    return {s.sample.run: (s.marks[key].state, s.marks[key].reason) for s in scores if s.sample.row == "slow"}


def test_one_answer_that_hangs_a_pattern_is_found_and_reported(
    store: ProjectFile, author: Author, workers: Executor
) -> None:
    bring_in(store, author, ["aaa", "a" * 40 + "!", "aaa", "b"])
    report = grade_checks(store, GUIDE, workers)
    assert report.slow == {"hangs": 1}
    states = marks(store, "hangs")
    assert states[1] == (State.UNSCORED, TOO_SLOW)
    assert [states[run][0] for run in (0, 2, 3)] == [State.SCORED] * 3
    assert {state for state, _ in marks(store, "plain").values()} == {State.SCORED}
    assert grade_checks(store, GUIDE, workers).measured == 0


def test_a_pattern_that_hangs_everywhere_is_given_up(
    store: ProjectFile, author: Author, workers: Executor
) -> None:
    bring_in(store, author, ["a" * 40 + f"!{run}" for run in range(12)])
    report = grade_checks(store, GUIDE, workers)
    assert report.slow["hangs"] >= 3
    assert {reason for _, reason in marks(store, "hangs").values()} == {TOO_SLOW}
    assert {state for state, _ in marks(store, "plain").values()} == {State.SCORED}


def test_stopping_keeps_what_is_finished(store: ProjectFile, author: Author, workers: Executor) -> None:
    bring_in(store, author, [f"aaa {run}" for run in range(1200)])

    def stop_late(done: int, total: int, what: str) -> None:
        if done >= 1000:
            time.sleep(2)  # long enough for the workers to have finished the first chunks
            raise Cancelled

    with pytest.raises(Cancelled):
        grade_checks(store, GUIDE, workers, stop_late)
    assert len(list(store.check_verdicts())) >= 1000
    grade_checks(store, GUIDE, workers)
    assert len(marks(store, "plain")) == 1200
