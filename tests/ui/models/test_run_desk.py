"""Runs in the window: one under way, others in line; paused, gone on with, cancelled, kept smooth. No network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.connection import Connection
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.run import Batch, RunState
from rubric_studio.ui.session import Session
from tests.ui.models.model_room import (
    PLAN,
    PaperEngine,
    order,
    paper_access,
    paper_session,
    write_run,
)


@pytest.fixture
def paper() -> PaperEngine:
    return PaperEngine()


@pytest.fixture
def session(qapp, tmp_path: Path, paper: PaperEngine) -> Iterator[Session]:
    with paper_session(tmp_path / "Paper.rubric", paper, paper_access()) as session:
        yield session


def planned(session: Session, qtbot, *rows: str, title: str = "Paper answers") -> str:
    """Start a run and wait until it is planned."""
    with qtbot.waitSignal(session.runs.started) as told:
        session.runs.start(order(*rows, title=title))
    return told.args[0]


def state(session: Session, run: str) -> RunState:
    return session.store.run(run).state


def test_a_run_goes_through_to_its_end_and_what_it_brought_is_checked(session, paper, qtbot):
    begun: list[str] = []
    session.jobs.started.connect(lambda job: begun.append(job.title))
    paper.allow(3)
    run = planned(session, qtbot, "a", "b", "c")
    qtbot.waitUntil(lambda: state(session, run) is RunState.DONE)
    qtbot.waitUntil(lambda: session.runs.active == "" and not session.jobs.running)
    assert session.store.run(run).done == 3
    assert [info.row for info in session.store.sample_infos()] == ["a", "b", "c"]
    assert begun == ["Planning: Paper answers", "Paper answers", "Checking answers"]


def test_runs_wait_in_line_and_begin_one_after_the_other(session, paper, qtbot):
    first = planned(session, qtbot, "a", title="First")
    second = planned(session, qtbot, "b", title="Second")
    third = planned(session, qtbot, "c", title="Third")
    assert session.runs.active == first
    assert [session.runs.place_of(run) for run in (second, third)] == [1, 2]
    assert state(session, third) is RunState.WAITING
    paper.allow(3)
    qtbot.waitUntil(lambda: state(session, third) is RunState.DONE)
    assert state(session, second) is RunState.DONE
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_pausing_waits_for_what_is_on_the_wire_and_going_on_takes_up_the_rest(session, paper, qtbot):
    paper.in_flight = 2
    run = planned(session, qtbot, "a", "b")
    paper.allow(1)
    qtbot.waitUntil(lambda: session.store.run(run).done == 1)
    qtbot.waitUntil(lambda: session.runs.in_flight == 2)
    session.runs.pause(run)
    assert session.runs.is_pausing
    qtbot.wait(60)
    assert session.runs.active == run  # two answers are still under way
    paper.in_flight = 0
    qtbot.waitUntil(lambda: session.runs.active == "")
    assert state(session, run) is RunState.PAUSED
    paper.allow(1)
    session.runs.resume(run)
    qtbot.waitUntil(lambda: state(session, run) is RunState.DONE)
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_going_on_while_it_still_pauses_takes_the_pause_back(session, paper, qtbot):
    paper.in_flight = 1
    run = planned(session, qtbot, "a")
    qtbot.waitUntil(lambda: session.runs.in_flight == 1)
    session.runs.pause(run)
    session.runs.resume(run)
    paper.in_flight = 0
    paper.allow(1)
    qtbot.waitUntil(lambda: state(session, run) is RunState.DONE)
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_a_paused_run_lets_the_next_one_begin(session, paper, qtbot):
    first, second = planned(session, qtbot, "a"), planned(session, qtbot, "b")
    session.runs.pause(first)
    qtbot.waitUntil(lambda: session.runs.active == second)
    assert state(session, first) is RunState.PAUSED


def test_stopping_at_the_strip_pauses_the_run_and_those_in_line(session, qtbot):
    first, second = planned(session, qtbot, "a"), planned(session, qtbot, "b")
    assert session.jobs.running[0].afterwards == "The run pauses and can go on next time."
    session.jobs.running[0].stop()
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert state(session, first) is state(session, second) is RunState.PAUSED


def test_a_cancelled_run_keeps_what_it_brought_and_never_goes_on(session, paper, qtbot):
    run = planned(session, qtbot, "a", "b")
    paper.allow(1)
    qtbot.waitUntil(lambda: session.store.run(run).done == 1)
    session.runs.cancel(run)
    qtbot.waitUntil(lambda: session.runs.active == "")
    assert state(session, run) is RunState.CANCELLED
    assert session.store.counts().samples == 1
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_retrying_asks_only_what_failed(session, paper, qtbot):
    paper.failing = {"b"}
    paper.allow(2)
    run = planned(session, qtbot, "a", "b")
    qtbot.waitUntil(lambda: state(session, run) is RunState.DONE)
    assert session.store.run(run).failed == 1
    paper.failing = set()
    paper.allow(1)
    qtbot.waitUntil(lambda: session.runs.active == "")
    session.runs.retry_failed(run)
    qtbot.waitUntil(lambda: session.store.run(run).done == 2)
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_a_deleted_run_takes_its_answers_along(session, paper, qtbot):
    paper.allow(1)
    run = planned(session, qtbot, "a")
    qtbot.waitUntil(lambda: state(session, run) is RunState.DONE)
    qtbot.waitUntil(lambda: not session.jobs.running)
    session.runs.delete(run)
    qtbot.waitUntil(lambda: session.runs.runs() == [])
    assert session.store.counts().samples == 0
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_going_offline_pauses_the_run_and_says_why(session, qtbot):
    first, second = planned(session, qtbot, "a"), planned(session, qtbot, "b")
    session.network.set_offline(True)
    qtbot.waitUntil(lambda: session.runs.active == "")
    for run in (first, second):
        assert state(session, run) is RunState.PAUSED
        assert session.store.run(run).reason == "You switched to working offline."
    with qtbot.waitSignal(session.failed) as told:
        session.runs.resume(first)
    assert told.args[0].title == "The network is switched off"
    assert state(session, first) is RunState.PAUSED


def test_a_run_that_breaks_off_is_paused_with_the_reason(session, paper, qtbot):
    paper.broken = StudioError("Full", "The disk is full.")
    with qtbot.waitSignal(session.failed):
        run = planned(session, qtbot, "a")
    qtbot.waitUntil(lambda: session.runs.active == "")
    assert (state(session, run), session.store.run(run).reason) == (RunState.PAUSED, "The disk is full.")


def test_pages_hear_of_new_answers_once_a_second_and_at_the_end(session, paper, qtbot):
    heard: list[Changes] = []

    class Listener(QObject):
        def take(self, changes: Changes) -> None:
            heard.append(changes)

    listener = Listener()
    run = planned(session, qtbot, *(f"row {n}" for n in range(40)))
    session.changed.connect(listener.take)
    paper.allow(40)
    qtbot.waitUntil(lambda: state(session, run) is RunState.DONE)
    qtbot.waitUntil(lambda: not session.jobs.running)
    of_answers = [each for each in heard if each.touches(Topic.SAMPLES)]
    assert 1 <= len(of_answers) <= 3
    assert frozenset().union(*(each.rows for each in of_answers)) == {f"row {n}" for n in range(40)}


def test_opening_a_project_pauses_what_was_under_way_and_asks_nobody(session, paper):
    assert paper.reopenings == 1
    assert session.runs.active == ""


def test_a_cancelled_batch_is_ended_at_the_provider_too(session, paper, qtbot):
    wanted = order("a", "b")
    with qtbot.waitSignal(session.runs.started) as told:
        session.runs.start(wanted._replace(plan=wanted.plan.model_copy(update={"batch": True})))
    (run,) = told.args
    qtbot.waitUntil(lambda: session.runs.progress_of(run) is not None)
    session.runs.cancel(run)
    qtbot.waitUntil(lambda: paper.ended_batches == [run])
    assert state(session, run) is RunState.CANCELLED
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_pausing_a_batch_leaves_it_at_the_provider_and_ends_at_once(session, paper, qtbot):
    paper.in_flight = 5
    wanted = order("a", "b")
    with qtbot.waitSignal(session.runs.started) as told:
        session.runs.start(wanted._replace(plan=wanted.plan.model_copy(update={"batch": True})))
    (run,) = told.args
    qtbot.waitUntil(lambda: session.runs.in_flight == 5)
    session.runs.pause(run)
    qtbot.waitUntil(lambda: session.runs.active == "")
    assert state(session, run) is RunState.PAUSED
    assert paper.ended_batches == []
    qtbot.waitUntil(lambda: not session.jobs.running)


@pytest.mark.parametrize("offline", [False, True])
def test_a_deleted_batch_is_ended_at_the_provider_first(session, paper, qtbot, offline):
    plan = PLAN.model_copy(update={"batch": True})
    run = write_run(session.store, plan, ("a", "b"))
    numbers = [call.number for call in session.store.calls(run)]
    session.store.put_batch(Batch(token="t", run=run, id="b1", first=numbers[0], last=numbers[-1]))
    session.network.set_offline(offline)
    session.runs.delete(run)
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert paper.ended_batches == ([] if offline else [run])
    assert session.store.runs() == []


def test_offline_what_failed_is_not_put_back_in_line(session, paper, qtbot):
    paper.failing = {"a"}
    paper.allow(1)
    run = planned(session, qtbot, "a")
    qtbot.waitUntil(lambda: state(session, run) is RunState.DONE)
    qtbot.waitUntil(lambda: not session.jobs.running)
    session.network.set_offline(True)
    with qtbot.waitSignal(session.failed):
        session.runs.retry_failed(run)
    assert (state(session, run), session.store.run(run).failed) == (RunState.DONE, 1)


def test_a_run_whose_connection_this_computer_does_not_know_says_so(session, paper, qtbot):
    session.models.connections.remove("paper")
    with qtbot.waitSignal(session.failed) as told:
        run = planned(session, qtbot, "a")
    assert told.args[0].title == "No such connection"
    assert state(session, run) is RunState.PAUSED
    assert session.runs.active == ""


def test_a_connection_that_leads_elsewhere_than_planned_is_not_used(session, paper, qtbot):
    run = planned(session, qtbot, "a", "b")
    session.runs.pause(run)
    qtbot.waitUntil(lambda: session.runs.active == "")
    connections = session.models.connections
    connections.put(Connection(id="paper", name="Paper", base_url="https://other.example/v1"))
    failures: list[StudioError] = []
    session.failed.connect(failures.append)
    for go_on in (session.runs.resume, session.runs.retry_failed):
        go_on(run)
    assert [error.title for error in failures] == ["The run was planned for another server"] * 2
    assert "https://other.example/v1" in failures[0].message
    assert (session.runs.active, state(session, run)) == ("", RunState.PAUSED)
    qtbot.waitUntil(lambda: not session.jobs.running)
