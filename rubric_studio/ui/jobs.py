"""Work in the background: a plain function, its progress, and its end told to the window.

A job is `work(progress) -> result`. `progress(done, total, message)` raises `Cancelled` once the user stopped
it, and `progress.deliver(part)` hands over what is finished so far. Workers only put reports into a mailbox;
the window empties it some thirty times a second, so that a busy worker cannot flood it.
"""

import logging
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event, Lock
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from rubric_studio.domain.errors import Cancelled, StudioError
from rubric_studio.ui.fair_turns import FairTurns

BATCH_MS = 30
PROGRESS_SECONDS = 0.05

log = logging.getLogger(__name__)


class _Report(NamedTuple):
    number: int
    fact: str
    payload: Any


class _Mailbox:
    """Reports from workers to the window; the bell is rung once for many of them."""

    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring
        self._lock = Lock()
        self._reports: deque[_Report] = deque()
        self._rung = False

    def put(self, report: _Report) -> None:
        """Called by workers."""
        with self._lock:
            self._reports.append(report)
            ring, self._rung = not self._rung, True
        if ring:
            self._ring()

    def empty(self) -> list[_Report]:
        """Called by the window."""
        with self._lock:
            reports, self._rung = list(self._reports), False
            self._reports.clear()
        return reports


class Switches:
    """What the window sets and the worker reads: go on, wait, end."""

    def __init__(self) -> None:
        self.stopped = Event()
        self.running = Event()
        self.running.set()


class Progress:
    """What a job's function is handed. It lives in the worker's thread and knows nothing of Qt."""

    def __init__(self, put: Callable[[str, Any], None], switches: Switches) -> None:
        self._put, self._switches = put, switches
        self._reported = 0.0

    def __call__(self, done: int, total: int, message: str = "") -> None:
        """Report how much is done; wait while the job is paused; raise Cancelled when it was stopped."""
        self.check()
        now = time.monotonic()
        if done >= total or now - self._reported >= PROGRESS_SECONDS:
            self._reported = now
            self._put("progressed", (done, total, message))

    def deliver(self, part: object) -> None:
        """Hand over a finished part; the window gets parts in batches."""
        self.check()
        self._put("delivered", part)

    def tell(self, done: int, total: int, message: str, part: object) -> None:
        """Report and hand over, for work that watches `is_paused` and `is_stopped` itself: never waits or raises."""
        self._put("progressed", (done, total, message))
        self._put("delivered", part)

    @property
    def is_paused(self) -> bool:
        """Whether the job is paused."""
        return not self._switches.running.is_set()

    @property
    def is_stopped(self) -> bool:
        """Whether the job was asked to end."""
        return self._switches.stopped.is_set()

    def check(self) -> None:
        """Wait while the job is paused; raise Cancelled when it was stopped."""
        self._switches.running.wait()
        if self._switches.stopped.is_set():
            raise Cancelled


class Job(QObject):
    """One piece of work under way. It ends with exactly one of finished, failed or cancelled, then ended."""

    progressed = Signal(int, int, str)
    delivered = Signal(list)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.started_at = time.monotonic()
        self.done = 0
        self.total = 0
        self.message = ""
        self.afterwards = ""
        """What becomes of the work where it is stopped, in words; "" where there is nothing to say."""
        self.switches = Switches()

    def stop(self) -> None:
        """Ask the work to end; what it has finished is kept."""
        self.switches.stopped.set()
        self.switches.running.set()

    def pause(self) -> None:
        """Let the work wait at its next report."""
        self.switches.running.clear()

    def resume(self) -> None:
        """Let the work go on."""
        self.switches.running.set()

    @property
    def is_paused(self) -> bool:
        """Whether the work waits."""
        return not self.switches.running.is_set()

    @property
    def is_stopping(self) -> bool:
        """Whether the work was asked to end."""
        return self.switches.stopped.is_set()

    def seconds_left(self, now: float) -> float | None:
        """Estimate the time left from the pace so far; None before there is a pace. `now` is monotonic."""
        if self.done <= 0 or self.total <= 0:
            return None
        return (now - self.started_at) / self.done * (self.total - self.done)


class Jobs(QObject):
    """The thread pool and the jobs in it. Whoever makes it calls `shutdown` before it goes."""

    started = Signal(object)
    ended = Signal(object)
    _rang = Signal()

    def __init__(self, workers: int = 3, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="job")
        self._mailbox = _Mailbox(self._rang.emit)
        self._running: dict[int, Job] = {}
        self._numbers = count()
        self._turns = FairTurns(self)
        self._batch = QTimer(self, interval=BATCH_MS, singleShot=True)
        self._batch.timeout.connect(self._on_batch_timeout)
        self._rang.connect(self._batch.start, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs under way or waiting for a thread, oldest first."""
        return tuple(self._running.values())

    def start(self, title: str, work: Callable[[Progress], object]) -> Job:
        """Begin a piece of work; connect to the job's signals before returning to the event loop."""
        job = Job(title)
        number = next(self._numbers)
        self._running[number] = job
        self._turns.set_busy(True)
        self.started.emit(job)
        # The thread gets no hold on the job: a QObject must not be let go in another thread than its own.
        self._pool.submit(_run, number, work, job.switches, self._mailbox)
        return job

    def shutdown(self) -> None:
        """Stop everything and let the threads end; nothing is reported any more."""
        for job in self._running.values():
            job.stop()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._batch.stop()
        self._mailbox.empty()
        self._running.clear()
        self._turns.end()

    def _on_batch_timeout(self) -> None:
        latest: dict[int, Any] = {}
        parts: dict[int, list[object]] = {}
        endings: list[_Report] = []
        for report in self._mailbox.empty():
            if report.fact == "progressed":
                latest[report.number] = report.payload
            elif report.fact == "delivered":
                parts.setdefault(report.number, []).append(report.payload)
            else:
                endings.append(report)
        for number, (done, total, message) in latest.items():
            job = self._running[number]
            job.done, job.total, job.message = done, total, message
            job.progressed.emit(done, total, message)
        for number, batch in parts.items():
            self._running[number].delivered.emit(batch)
        for report in endings:
            self._end(report)

    def _end(self, report: _Report) -> None:
        job = self._running.pop(report.number)
        self._turns.set_busy(bool(self._running))
        if report.fact == "cancelled":
            job.cancelled.emit()
        else:
            (job.failed if report.fact == "failed" else job.finished).emit(report.payload)
        job.ended.emit()
        self.ended.emit(job)


def _run(number: int, work: Callable[[Progress], object], switches: Switches, mailbox: _Mailbox) -> None:
    """Do the work in a worker's thread and report how it ended."""

    def put(fact: str, payload: Any) -> None:
        mailbox.put(_Report(number, fact, payload))

    try:
        progress = Progress(put, switches)
        progress.check()
        put("finished", work(progress))
    except Cancelled:
        put("cancelled", None)
    except StudioError as error:
        put("failed", error)
    except Exception as error:  # a mistake of ours must reach the window too, not die with the thread
        log.exception("A job broke")
        put("failed", error)
