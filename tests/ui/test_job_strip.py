"""The strip of jobs: shows, pauses and stops them."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rubric_studio.ui.job_strip import GRACE_MS, JobStrip
from rubric_studio.ui.jobs import Jobs, Progress
from rubric_studio.ui.look import Look


@pytest.fixture
def jobs(qapp) -> Iterator[Jobs]:
    jobs = Jobs(2)
    yield jobs
    jobs.shutdown()


@pytest.fixture
def holder(qtbot) -> QWidget:
    holder = QWidget()
    qtbot.addWidget(holder)
    return holder


@pytest.fixture
def strip(look: Look, jobs: Jobs, holder: QWidget) -> JobStrip:
    strip = JobStrip(look, jobs, clock=lambda: 0.0)
    layout = QVBoxLayout(holder)
    layout.addWidget(strip)
    holder.resize(600, 100)
    holder.show()
    return strip


def endless(progress: Progress) -> None:
    while True:
        progress(12_000, 50_000)
        threading.Event().wait(0.005)


def test_the_strip_is_there_only_while_something_runs(strip: JobStrip, jobs: Jobs, qtbot):
    assert not strip.isVisible()
    gate = threading.Event()
    job = jobs.start("Scoring answers", lambda progress: gate.wait(5))
    qtbot.waitUntil(strip.isVisible)
    with qtbot.waitSignal(job.ended):
        gate.set()
    assert not strip.isVisible()


def test_counts_and_time_left_are_said(strip: JobStrip, jobs: Jobs, qtbot):
    job = jobs.start("Scoring answers", endless)
    line = strip.lines()[0]
    job.started_at = -120.0  # 12,000 in two minutes: the 38,000 left take 6 min 20 s
    qtbot.waitUntil(lambda: line.state_text() == "12,000 of 50,000, about 6 min left")


def test_stop_says_at_once_that_what_is_done_is_kept(strip: JobStrip, jobs: Jobs, qtbot):
    job = jobs.start("Scoring answers", endless)
    line = strip.lines()[0]
    with qtbot.waitSignal(job.cancelled):
        qtbot.mouseClick(line.stop_button, Qt.MouseButton.LeftButton)
        assert line.state_text() == "Stopping; what is done is kept"
        assert not line.stop_button.isEnabled()


def test_pause_and_go_on(strip: JobStrip, jobs: Jobs, qtbot):
    job = jobs.start("Scoring answers", endless)
    line = strip.lines()[0]
    qtbot.waitUntil(lambda: job.done > 0)
    qtbot.mouseClick(line.pause_button, Qt.MouseButton.LeftButton)
    assert job.is_paused
    assert line.state_text() == "12,000 of 50,000, paused"
    assert line.pause_button.accessibleName() == "Go on"
    qtbot.mouseClick(line.pause_button, Qt.MouseButton.LeftButton)
    assert not job.is_paused


def test_a_short_job_does_not_make_the_page_jump(strip: JobStrip, jobs: Jobs, qtbot):
    with qtbot.waitSignal(jobs.start("Looking", lambda progress: None).ended):
        assert not strip.isVisible()
    qtbot.wait(GRACE_MS + 100)
    assert not strip.isVisible()


def test_several_jobs_open_to_a_list(strip: JobStrip, jobs: Jobs, qtbot):
    for title in ("One", "Two", "Three"):
        jobs.start(title, endless)
    qtbot.waitUntil(strip.isVisible)
    assert strip.more_button.text() == "2 more"
    assert [line.isVisible() for line in strip.lines()] == [True, False, False]
    qtbot.mouseClick(strip.more_button, Qt.MouseButton.LeftButton)
    assert [line.isVisible() for line in strip.lines()] == [True, True, True]
