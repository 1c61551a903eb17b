"""A drift check: which samples it takes, that it asks anew and marks nothing, and what it finds."""

import pytest

from rubric_studio.domain.estimate import wilson_interval
from rubric_studio.domain.model_call import Fault, FaultKind, Reply, Request
from rubric_studio.domain.redaction import Redaction
from rubric_studio.domain.rubric import Anchor, Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.services.anchors import with_anchor
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.drift import Changed, ServedBy, compared_drift, drift_order, drift_samples
from rubric_studio.services.edits import Author
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.store.project_file import ProjectFile
from tests.services.conftest import ROWS
from tests.services.judge_fake import (
    CONNECTION,
    JUDGE,
    RUBRIC,
    every_sample,
    first_grade,
    judged,
    judging_plan,
    marks_text,
    run_order,
)

CHECKED = "2026-06-01T00:00:00.000Z"


def later(request: Request) -> Reply:
    """The model has changed its mind on the answers that hold no JSON."""
    text = marks_text(request, grade=1 if "no JSON" in request.messages[1].content else 0, reason="Now so.")
    return Reply(text=text, model="small-2", fingerprint="fp_2", at=CHECKED)


@pytest.fixture
def marked(store: ProjectFile, author: Author) -> ProjectFile:
    judged(store, author, first_grade, criteria=("steps", "invents"))
    return store


def order(store: ProjectFile, rubric: Rubric = RUBRIC) -> RunOrder:
    return drift_order(store, JUDGE, rubric, CONNECTION, CHECKED)


def test_the_same_questions_are_asked_anew_and_nothing_is_marked(marked: ProjectFile, author: Author):
    before = list(marked.judge_verdicts())
    run, servers = run_order(marked, author, order(marked), later)
    # Three samples with two marks each: "clear" was never marked, so it cannot have changed.
    assert (run.done, run.reused, len(servers.asked)) == (6, 0, 6)
    assert list(marked.judge_verdicts()) == before


def test_grades_then_and_now_are_laid_side_by_side(marked: ProjectFile, author: Author):
    run, _ = run_order(marked, author, order(marked), later)
    report = compared_drift(marked, run.id)
    other = next(sample.key for _, sample in marked.samples() if sample.text == "no JSON")
    assert report.changed == (
        Changed(other, "steps", "fully", "partly", "Now so."),
        Changed(other, "invents", "yes", "no", "Now so."),
    )
    # Of three samples two are the same on each of the two points.
    low, high = wilson_interval(2, 3)
    assert [(point.criterion, tuple(point.same)[:4]) for point in report.points] == [
        ("steps", (3, 2 / 3, low, high)),
        ("invents", (3, 2 / 3, low, high)),
    ]
    assert (report.same.n, report.same.value, report.missing) == (6, pytest.approx(4 / 6), 0)
    assert report.then == (ServedBy("small-1", "", 6),)
    assert report.now == (ServedBy("small-2", "fp_2", 6),)
    assert (report.judge, report.at) == (JUDGE, CHECKED)


def test_a_second_check_asks_again(marked: ProjectFile, author: Author):
    run_order(marked, author, order(marked), later)
    again = drift_order(marked, JUDGE, RUBRIC, CONNECTION, "2026-07-01T00:00:00.000Z")
    run, servers = run_order(marked, author, again, first_grade)
    assert len(servers.asked) == 6
    assert compared_drift(marked, run.id).same.value == 1.0


def test_what_was_redacted_then_is_redacted_again(store: ProjectFile, author: Author):
    redaction = Redaction(names=("topics",))
    judged(store, author, first_grade, judging_plan(redaction=redaction), criteria=("steps",))
    check = order(store)
    assert check.plan.redaction == redaction
    run, servers = run_order(store, author, check, first_grade)
    assert not any("topics" in request.messages[1].content for request in servers.asked)
    assert compared_drift(store, run.id).then == (ServedBy("small-1", "", 3),)


def test_a_call_without_an_answer_is_no_change(marked: ProjectFile, author: Author):
    fault = Fault(kind=FaultKind.BAD_REQUEST, message="No.")
    run, _ = run_order(marked, author, order(marked), lambda request: fault)
    report = compared_drift(marked, run.id)
    assert (report.same.n, report.same.value, report.changed, report.missing) == (0, None, (), 6)


def test_samples_with_examples_come_first_then_a_draw_of_what_was_marked(store: ProjectFile, author: Author):
    more = tuple(Sample(row=ROWS[0].id, model="cedar", run=at, text=f"{at}") for at in range(30))
    carry_out(store, ImportPlan(ImportedFile(name="more", kind="mixed"), (), more), author)
    marked = every_sample(store)[3:]
    judged(store, author, first_grade, criteria=("steps",), samples=marked)
    by_text = {sample.text: (id, sample) for id, sample in store.samples()}
    id, sample = by_text["17"]
    anchor = Anchor(row=sample.row, sample=sample.key, text="17")
    rubric = with_anchor(RUBRIC, "steps", "partly", anchor)
    chosen = drift_samples(store, JUDGE, rubric, seed="a", most=5)
    assert chosen[0] == id
    assert len(set(chosen)) == 5
    assert set(chosen) <= set(marked)
    assert drift_samples(store, JUDGE, rubric, seed="a", most=5) == chosen
    assert drift_samples(store, JUDGE, rubric, seed="b", most=5) != chosen


def test_what_was_marked_under_another_wording_is_not_checked(marked: ProjectFile):
    body = RUBRIC.to_json()
    for criterion in body["strata"][1]["criteria"][1:]:
        criterion["wording"] += " New."
    assert drift_samples(marked, JUDGE, Rubric.model_validate(body)) == ()
