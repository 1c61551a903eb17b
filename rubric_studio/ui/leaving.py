"""The way out of a project: short work may end, long work is asked about, a copy may be saved back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from rubric_studio.ui.jobs import Job, Jobs
from rubric_studio.ui.message import Choice, ask
from rubric_studio.ui.project_desk import ProjectDesk

Then = Callable[[], object]
PATIENCE_MS = 1200
"""Work that ends within this time is not worth a question: pages read in the background all the time."""


def _nothing() -> None:
    """She stays, and nothing has to be put away for that."""


class Leaving(QObject):
    """Asks one question at a time; "no" to the first leaves everything as it is."""

    def __init__(self, window: QWidget, jobs: Jobs) -> None:
        super().__init__(window)
        self._window, self._jobs = window, jobs
        self._then: Then | None = None
        self._otherwise: Then = _nothing
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self._on_patience_timeout)
        self._is_stopping = False
        jobs.started.connect(self._on_jobs_started)
        jobs.ended.connect(self._go_on_if_quiet)

    def leave(self, desk: ProjectDesk | None, then: Then, otherwise: Then = _nothing) -> None:
        """Call `then` once nothing runs any more and the person agreed; `otherwise` where she stays."""
        self._stay()  # whoever was about to leave before is overtaken by this
        self._then, self._otherwise = partial(self._ask_to_save_back, desk, then), otherwise
        self._patience.start()
        self._go_on_if_quiet()

    def _go_on_if_quiet(self) -> None:
        if self._then is not None and not self._jobs.running:
            then, self._then, self._is_stopping = self._then, None, False
            self._patience.stop()
            then()

    def _on_jobs_started(self, job: Job) -> None:
        """End what begins only because other work has ended, such as the next run in line."""
        if self._is_stopping:
            job.stop()

    def _on_patience_timeout(self) -> None:
        titles = "\n".join(job.title for job in self._jobs.running)
        kept = [self.tr("What is finished is kept."), *(job.afterwards for job in self._jobs.running)]
        text = "\n\n".join([titles, " ".join(dict.fromkeys(each for each in kept if each))])
        choice = Choice(
            self.tr("Work is under way"),
            text,
            self.tr("Stop it and close"),
            self.tr("Stay"),
        )
        then, self._then = self._then, None  # what ends while the question stands closes nothing by itself
        ask(self._window, choice, lambda: self._stop_all(then), self._stay)

    def _stop_all(self, then: Then | None) -> None:
        self._then, self._is_stopping = then, True
        for job in self._jobs.running:
            job.stop()
        self._go_on_if_quiet()

    def _stay(self) -> None:
        self._then, self._is_stopping = None, False
        self._patience.stop()
        otherwise, self._otherwise = self._otherwise, _nothing
        otherwise()

    def _ask_to_save_back(self, desk: ProjectDesk | None, then: Then) -> None:
        self._otherwise = _nothing
        if desk is None or desk.original is None or desk.store.read_only or desk.copies.is_saved_back:
            then()
            return
        choice = Choice(
            self.tr("Save your work back?"),
            self.tr("You worked on a copy of {project} in {folder}.").format(
                project=desk.original.name, folder=desk.original.parent
            ),
            self.tr("Save it back"),
            self.tr("Keep it here for now"),
        )
        ask(self._window, choice, lambda: self._save_back(desk, then), then)

    def _save_back(self, desk: ProjectDesk, then: Then) -> None:
        # Where saving back fails the session tells why, and the window stays: the work is in the copy.
        desk.copies.saved_back.connect(lambda: self._wait_for(then))
        desk.copies.save_back()

    def _wait_for(self, then: Then) -> None:
        self._then = then
        self._go_on_if_quiet()
