"""Something read in the background: after a moment, again once it is no longer true. What it is, its heirs say."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.services.ports import Store
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.session import Session


class Task(NamedTuple):
    """What to read: `work` on a job's thread, `keep` takes what it found in the window's."""

    title: str
    work: Callable[[Store, Progress], Any]
    keep: Callable[[Any], None]


class BackgroundReading(QObject):
    """Only the newest reading counts. `read` tells that it is there, `ended` that it failed or was stopped.

    An heir says in `_task` what is read, and asks for it by starting `_wait`: what is asked for in one breath is
    read once.
    """

    read = Signal()
    ended = Signal()
    progressed = Signal(int, int)

    def __init__(
        self, session: Session, concerned: Sequence[Topic], wait_ms: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._concerned = concerned
        self._job: Job | None = None
        self._is_stale = True
        self._wait = QTimer(self, interval=wait_ms, singleShot=True)
        self._wait.timeout.connect(self.begin)

    @property
    def is_under_way(self) -> bool:
        """Whether something is being read."""
        return self._job is not None or self._wait.isActive()

    def note(self, changes: Changes) -> bool:
        """Remember what changed; True where it must be read again."""
        self._is_stale = self._is_stale or changes.touches(*self._concerned)
        return self._is_stale

    def begin(self) -> None:
        """Read now; what was being read is for nobody any more."""
        self.leave()
        self._is_stale = False
        task = self._task()
        job = self._session.background(task.title, task.work)
        job.progressed.connect(lambda done, total, _: self.progressed.emit(done, total))
        job.finished.connect(lambda found: self._on_finished(job, task, found))
        job.ended.connect(lambda: self._on_ended(job))
        self._job = job

    def leave(self) -> None:
        """Stop what runs: nobody looks any more."""
        if self.is_under_way:
            self._is_stale = True
        self._wait.stop()
        if self._job is not None:
            self._job.stop()
            self._job = None

    def _task(self) -> Task:
        raise NotImplementedError

    def _on_finished(self, job: Job, task: Task, found: object) -> None:
        if job is self._job:
            self._job = None
            task.keep(found)
            self.read.emit()

    def _on_ended(self, job: Job) -> None:
        """A job that failed leaves what is shown; its error is told by the session."""
        if job is self._job:
            self._job = None
            self._is_stale = True
            self.ended.emit()
