"""Background jobs: progress, parts, ends, stopping and a clean shutdown."""

import threading
from collections.abc import Iterator

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.ui.jobs import Jobs, Progress


@pytest.fixture
def jobs(qapp) -> Iterator[Jobs]:
    jobs = Jobs(2)
    yield jobs
    jobs.shutdown()


def test_the_result_comes_back_in_the_windows_thread(jobs: Jobs, qtbot):
    threads: list[threading.Thread] = []
    job = jobs.start("Adding", lambda progress: 1 + 1)
    job.finished.connect(lambda result: threads.append(threading.current_thread()))
    with qtbot.waitSignal(job.finished) as told:
        assert jobs.running == (job,)
    assert told.args == [2]
    assert threads == [threading.main_thread()]
    qtbot.waitUntil(lambda: jobs.running == ())


def test_parts_come_in_batches_and_none_is_lost(jobs: Jobs, qtbot):
    batches: list[list[int]] = []

    def work(progress: Progress) -> None:
        for number in range(5000):
            progress.deliver(number)

    job = jobs.start("Counting", work)
    job.delivered.connect(batches.append)
    with qtbot.waitSignal(job.finished):
        pass
    assert [number for batch in batches for number in batch] == list(range(5000))
    assert len(batches) < 500


def test_progress_is_told_and_its_last_word_is_not_dropped(jobs: Jobs, qtbot):
    def work(progress: Progress) -> None:
        for done in range(1, 1001):
            progress(done, 1000, "scoring")

    job = jobs.start("Scoring", work)
    with qtbot.waitSignal(job.finished):
        pass
    assert (job.done, job.total, job.message) == (1000, 1000, "scoring")


def test_a_stopped_job_ends_at_its_next_report_and_is_cancelled(jobs: Jobs, qtbot):
    def work(progress: Progress) -> None:
        while True:
            progress(1, 2)

    job = jobs.start("Endless", work)
    with qtbot.waitSignals([job.cancelled, jobs.ended]):
        job.stop()


def test_a_job_stopped_before_it_began_never_runs(jobs: Jobs, qtbot):
    gate, ran = threading.Event(), threading.Event()
    for _ in range(2):
        jobs.start("Waiting", lambda progress: gate.wait(5))
    third = jobs.start("Third", lambda progress: ran.set())
    third.stop()
    with qtbot.waitSignal(third.cancelled):
        gate.set()
    assert not ran.is_set()


def test_a_paused_job_waits_and_goes_on(jobs: Jobs, qtbot):
    begun = threading.Event()

    def work(progress: Progress) -> str:
        begun.set()
        for done in range(1, 20):
            progress(done, 20)
            threading.Event().wait(0.01)
        return "done"

    job = jobs.start("Pausing", work)
    begun.wait(5)
    job.pause()
    with qtbot.assertNotEmitted(job.finished, wait=400):
        pass
    with qtbot.waitSignal(job.finished) as told:
        job.resume()
    assert told.args == ["done"]


@pytest.mark.parametrize("error", [StudioError("No such file", "rows.csv is gone"), ZeroDivisionError("oh")])
def test_a_failure_reaches_the_window(jobs: Jobs, qtbot, error: Exception):
    def work(progress: Progress) -> None:
        raise error

    job = jobs.start("Failing", work)
    with qtbot.waitSignal(job.failed) as told:
        pass
    assert told.args == [error]


def test_shutdown_stops_what_runs_and_reports_nothing(qapp, qtbot):
    jobs = Jobs(1)

    def work(progress: Progress) -> None:
        while True:
            progress(0, 1)

    job = jobs.start("Endless", work)
    job.pause()
    with qtbot.assertNotEmitted(job.ended, wait=50):
        jobs.shutdown()
    assert jobs.running == ()


def test_time_left_follows_the_pace(jobs: Jobs, qtbot):
    job = jobs.start("Quick", lambda progress: None)
    assert job.seconds_left(job.started_at + 10) is None
    job.done, job.total = 20, 100
    # 20 in 10 s are 2 a second; 80 are left.
    assert job.seconds_left(job.started_at + 10) == pytest.approx(40)
