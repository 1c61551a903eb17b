"""The way out of a project: work under way is asked about and ends first, a copy may be saved back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from rubric_studio.ui.jobs import Job, Jobs
from rubric_studio.ui.message import Choice, ask
from rubric_studio.ui.project_desk import ProjectDesk

Then = Callable[[], object]


class Leaving(QObject):
    """Asks one question at a time; "no" to the first leaves everything as it is."""

    def __init__(self, window: QWidget, jobs: Jobs) -> None:
        super().__init__(window)
        self._window, self._jobs = window, jobs
        self._then: Then | None = None
        jobs.ended.connect(self._on_jobs_ended)

    def leave(self, desk: ProjectDesk | None, then: Then, otherwise: Then | None = None) -> None:
        """Call `then` once nothing runs any more and the person agreed; `otherwise` where she stays."""
        go_on = partial(self._ask_to_save_back, desk, then)
        counting = desk.copies.counting if desk is not None else None
        worth_asking = [job for job in self._jobs.running if job is not counting]
        if worth_asking:
            self._ask_to_stop(worth_asking, go_on, otherwise)
        else:
            self._stop_all(go_on)

    def _ask_to_stop(self, jobs: list[Job], then: Then, otherwise: Then | None) -> None:
        titles = "\n".join(job.title for job in jobs)
        choice = Choice(
            self.tr("Work is under way"),
            self.tr("{work}\n\nWhat is finished is kept.").format(work=titles),
            self.tr("Stop it and close"),
            self.tr("Stay"),
        )
        ask(self._window, choice, lambda: self._stop_all(then), otherwise)

    def _stop_all(self, then: Then) -> None:
        for job in self._jobs.running:
            job.stop()
        self._when_quiet(then)

    def _ask_to_save_back(self, desk: ProjectDesk | None, then: Then) -> None:
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
        desk.copies.saved_back.connect(lambda: self._when_quiet(then))
        desk.copies.save_back()

    def _when_quiet(self, then: Then) -> None:
        self._then = then
        self._on_jobs_ended()

    def _on_jobs_ended(self) -> None:
        if self._then is not None and not self._jobs.running:
            then, self._then = self._then, None
            then()
