"""Reads the comparison of judges and the steadiness of one in the background. No widget, no figure of its own."""

from PySide6.QtCore import QObject, QTimer, Signal

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.judge_comparison import JudgeComparison, compare_judges
from rubric_studio.services.ports import Store
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.session import Session

WAIT_MS = 100
AGAIN_MS = 1000
"""While marks come in, what is read is let finish and read again a second later, not begun anew with each."""
CONCERNED = (
    Topic.ROWS, Topic.SAMPLES, Topic.VERDICTS, Topic.CHECKS, Topic.SETTINGS, Topic.JUDGES, Topic.RUNS,
    Topic.VERSIONS, Topic.DRAFT,
)  # fmt: skip


Wanted = tuple[Rubric, tuple[str, ...]]


class JudgeReading(QObject):
    """The comparison under one guide. `read` tells that it is there."""

    read = Signal()
    ended = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._wanted: Wanted | None = None
        self._is_stale = True
        self._of: Wanted | None = None
        self._wait = QTimer(self, interval=WAIT_MS, singleShot=True)
        self._wait.timeout.connect(self._begin)
        self.found: JudgeComparison | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether something is being read."""
        return self._job is not None or self._wait.isActive()

    def note(self, changes: Changes) -> bool:
        """Remember what changed; True where it must be read again."""
        self._is_stale = self._is_stale or changes.touches(*CONCERNED)
        return self._is_stale

    def want(self, rubric: Rubric, judges: tuple[str, ...]) -> bool:
        """Ask for a comparison. True where the one at hand is it; else `read` will tell."""
        is_other = self._wanted != (rubric, judges)
        self._wanted = (rubric, judges)
        if not self._is_stale and self.found is not None and self._of == self._wanted:
            return True
        if is_other or not self.is_under_way:
            self._wait.start(AGAIN_MS if self._of == self._wanted else WAIT_MS)
        return False

    def leave(self) -> None:
        """Stop what runs: nobody looks any more."""
        if self.is_under_way:
            self._is_stale = True
        self._wait.stop()
        if self._job is not None:
            self._job.stop()
            self._job = None

    def _begin(self) -> None:
        self.leave()
        assert self._wanted is not None
        wanted = rubric, judges = self._wanted
        self._is_stale = False

        def work(store: Store, progress: Progress) -> JudgeComparison:
            return compare_judges(store, rubric, judges, progress)

        job = self._session.background(self.tr("Comparing marks"), work)
        job.finished.connect(lambda found: self._on_finished(job, wanted, found))
        job.ended.connect(lambda: self._on_ended(job))
        self._job = job

    def _on_finished(self, job: Job, wanted: Wanted, found: JudgeComparison) -> None:
        if job is self._job:
            self._job = None
            self.found, self._of = found, wanted
            self.read.emit()
            if self._is_stale:
                self._wait.start(AGAIN_MS)

    def _on_ended(self, job: Job) -> None:
        """A job that failed leaves what is shown; its error is told by the session."""
        if job is self._job:
            self._job = None
            self._is_stale = True
            self.ended.emit()
