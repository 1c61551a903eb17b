"""What Python is told while jobs run, so that the window has its turn; and that all of it is taken back."""

import gc
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from rubric_studio.ui.fair_turns import (
    NEVER,
    SHORT_SECONDS,
    USUAL_SECONDS,
    USUAL_THRESHOLDS,
    FairTurns,
)
from rubric_studio.ui.jobs import Jobs


@pytest.fixture
def turns(qapp) -> Iterator[FairTurns]:
    turns = FairTurns()
    yield turns
    turns.end()


def test_the_interpreter_is_handed_over_more_often_only_while_a_job_runs(qapp, qtbot):
    jobs, go_on = Jobs(2), threading.Event()
    assert sys.getswitchinterval() == pytest.approx(USUAL_SECONDS)
    long, short = (jobs.start("Reading", lambda _: go_on.wait(5)), jobs.start("Reading", lambda _: None))
    assert sys.getswitchinterval() == pytest.approx(SHORT_SECONDS)
    with qtbot.waitSignal(short.ended):
        pass
    assert sys.getswitchinterval() == pytest.approx(SHORT_SECONDS)
    with qtbot.waitSignal(long.ended):
        go_on.set()
    assert sys.getswitchinterval() == pytest.approx(USUAL_SECONDS)
    jobs.shutdown()


def test_all_values_are_never_looked_through_by_themselves_until_the_jobs_are_shut_down(qapp):
    jobs = Jobs()
    assert gc.get_threshold() == (*USUAL_THRESHOLDS[:2], NEVER)
    jobs.shutdown()
    assert gc.get_threshold() == USUAL_THRESHOLDS


def test_a_job_that_is_cut_off_leaves_nothing_changed(qapp):
    jobs = Jobs()
    jobs.start("Reading", lambda progress: progress.check())
    jobs.shutdown()
    assert sys.getswitchinterval() == pytest.approx(USUAL_SECONDS)
    assert gc.get_threshold() == USUAL_THRESHOLDS


def test_what_only_a_circle_holds_goes_in_a_calm_moment(turns: FairTurns):
    gone: list[str] = []

    class Held(QObject):
        itself: QObject

    held = Held()
    held.destroyed.connect(lambda: gone.append("held"))
    held.itself = held
    del held
    for _ in range(USUAL_THRESHOLDS[1] + 2):
        gc.collect(1)  # it is old by now, and waits for a look at everything
    turns.look_through()
    assert gone == ["held"]
