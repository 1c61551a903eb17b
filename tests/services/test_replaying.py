"""Record and replay: recorded answers give the same marks and scores, on another machine and without a network."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.domain.model_call import Reply, Request
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.edits import Author
from rubric_studio.services.judging import JudgingWork
from rubric_studio.services.marks import rater_choice
from rubric_studio.services.replaying import replayed_run
from rubric_studio.services.runs import delete_run
from rubric_studio.services.scores import project_scores
from rubric_studio.store.project_file import ProjectFile, open_project
from tests.services.judge_fake import JUDGE, RUBRIC, first_grade, judged, judging_plan, marks_text

JUDGE_TWICE = JUDGE.model_copy(update={"repeats": 2, "mode": "stratum"})


def hesitating(request: Request) -> Reply:
    """Does not fit at first where the answer holds labels; quotes and reasons differ from answer to answer."""
    shown = [message.content for message in request.messages][1]
    if "birch" in shown or len(request.messages) > 2:
        return first_grade(request)
    if '{"labels": ["tax"]}' in shown:
        return Reply(text="I would say fully.", at="2026-01-01T00:00:00.000Z")
    text = marks_text(request, grade=1, quotes=["no JSON", "invented"], reason="Ünsure \u2026 \U0001f600")
    return Reply(text=f"```\n{text}\n```", at="2026-01-03T00:00:00.000Z", fingerprint="fp")


def nobody(request: Request) -> Reply:
    raise AssertionError("a request went out")


def refused(self: socket.socket, address: object) -> None:
    raise AssertionError(f"a connection to {address} was tried")


def told_scores(store: ProjectFile) -> str:
    """Every score with its marks, to the last bit: Python writes a float's shortest exact form."""
    told: list[Any] = [
        [each.sample.key, each.score, {key: [mark.value, mark.level, mark.reason, mark.at, repr(mark.spans)]
                                       for key, mark in each.marks.items()}]
        for each in project_scores(store, RUBRIC, rater_choice(store))
    ]  # fmt: skip
    return json.dumps(told)


def told_verdicts(store: ProjectFile) -> list[str]:
    return sorted(verdict.model_dump_json() for _, verdict in store.judge_verdicts())


@pytest.fixture
def marked(store: ProjectFile, author: Author) -> ProjectFile:
    run, _ = judged(store, author, hesitating, judging_plan(JUDGE_TWICE))
    assert (run.done, run.failed) == (12, 0)  # three samples, two strata, twice
    return store


@pytest.fixture
def copy(marked: ProjectFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ProjectFile]:
    """The file as a colleague gets it, on a computer on which no connection can be made."""
    place = tmp_path / "colleague" / "copied.rubric"
    marked.copy_to(place)
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refused)
    project = open_project(place)
    yield project
    project.close()


def test_a_copy_gives_bit_identical_scores_without_a_network(marked: ProjectFile, copy: ProjectFile):
    assert told_scores(copy) == told_scores(marked)


def test_recorded_answers_read_again_give_equal_verdicts(marked: ProjectFile, copy: ProjectFile):
    (run,) = copy.runs()
    found = list(replayed_run(copy, run.id, JudgingWork(RunOrder(run.plan)), run.plan))
    again = [verdict.model_dump_json() for each in found for verdict in each.settled.verdicts]
    assert sorted(again) == told_verdicts(marked)
    assert sum(each.settled.dropped_quotes for each in found) == run.dropped_quotes > 0


def test_a_deleted_run_is_judged_again_from_its_answers_at_no_cost(copy: ProjectFile, author: Author):
    before, scores = told_verdicts(copy), told_scores(copy)
    delete_run(copy, copy.runs()[0].id)
    assert not told_verdicts(copy)
    run, servers = judged(copy, author, nobody, judging_plan(JUDGE_TWICE))
    assert (run.done, run.reused, run.usage.prompt, servers.asked) == (12, 12, 0, [])
    assert (told_verdicts(copy), told_scores(copy)) == (before, scores)
