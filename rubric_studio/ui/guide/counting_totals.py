"""Counts in the background how many different totals the guide can give; only the newest count is told."""

from PySide6.QtCore import QObject, QTimer, Signal

from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.possible_totals import distinct_totals
from rubric_studio.ui.jobs import Job, Jobs, Progress

FEW_TOTALS = 10
COMBINATIONS = 500
WAIT_MS = 150


class CountingTotals(QObject):
    """`told` carries the number where there are few totals, None otherwise."""

    told = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._wanted: Rubric | None = None
        self._job: Job | None = None
        self._wait = QTimer(self, interval=WAIT_MS, singleShot=True)
        self._wait.timeout.connect(self._begin)

    def count(self, rubric: Rubric | None) -> None:
        """Count for this guide, and no longer for the one before; None where its totals cannot be counted."""
        self._wanted = rubric
        if self._job is not None:
            self._job.stop()
            self._job = None
        self._wait.start()

    def is_counting(self) -> bool:
        """Whether the newest count is still to come."""
        return self._wait.isActive() or self._job is not None

    def _begin(self) -> None:
        rubric = self._wanted
        if rubric is None or not any(True for _ in rubric.criteria()):
            self.told.emit(None)
            return

        def work(progress: Progress) -> int | None:
            count = distinct_totals(rubric, COMBINATIONS)
            progress.check()
            return count

        job = self._jobs.start(self.tr("Counting the totals a guide can give"), work)
        self._job = job
        job.finished.connect(self._on_job_finished)  # a method, so that it ends with this object

    def _on_job_finished(self, count: int | None) -> None:
        if self.sender() is self._job:
            self._job = None
            self.told.emit(count if count is not None and count <= FEW_TOTALS else None)
