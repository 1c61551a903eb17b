"""What is read of a run in the background: what failed, and names for what its calls are about. Shows nothing."""

from PySide6.QtCore import QObject, Signal

from rubric_studio.domain.run import RunSummary
from rubric_studio.services.ports import Store
from rubric_studio.services.runs import FailureKind, failures
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.models.run_words import tr
from rubric_studio.ui.session import Session


class RunReading(QObject):
    """Reads again only where something was asked or failed since; one reading at a time."""

    read = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._wanted: RunSummary | None = None
        self._of: tuple[str, int, int] = ("", 0, 0)
        self.failures: list[FailureKind] = []
        self.names: dict[str, str] = {}

    def want(self, run: RunSummary) -> None:
        """Read a run where it is not known as it is now."""
        if run.id != self._of[0]:
            self.failures, self.names = [], {}
        if _standing(run) != self._of:
            self._wanted = run
            self._begin()

    def leave(self) -> None:
        """Let go: nobody looks any more."""
        self._wanted = None
        if self._job is not None:
            self._job.stop()

    def _begin(self) -> None:
        if self._job is not None or self._wanted is None:
            return
        run, self._wanted = self._wanted, None
        self._of = _standing(run)
        known = dict(self.names)

        def work(store: Store, _: Progress) -> tuple[str, list[FailureKind], dict[str, str]]:
            found = failures(store, run.id) if run.failed else []
            return run.id, found, known or _names(store, run)

        self._job = job = self._session.background(tr("Looking at a run"), work)
        job.finished.connect(self._on_job_finished)
        job.ended.connect(self._on_job_ended)

    def _on_job_finished(self, result: tuple[str, list[FailureKind], dict[str, str]]) -> None:
        id, found, names = result
        if self._wanted is None or self._wanted.id == id:
            self.failures, self.names = found, names
            self.read.emit()

    def _on_job_ended(self) -> None:
        if self._job is not None and self._job.is_stopping:
            self._of = ("", 0, 0)
        self._job = None
        self._begin()


def _standing(run: RunSummary) -> tuple[str, int, int]:
    """What tells whether there is something new: who it is, what failed, and whether there are names yet."""
    return run.id, run.failed, run.calls


def _names(store: Store, run: RunSummary) -> dict[str, str]:
    """Names of the answers that are judged; a question's id is its name."""
    if run.plan.purpose == "sampling":
        return {}
    number = tr("{row}, {model} {n}")
    return {
        str(info.key): number.format(row=info.row, model=info.model, n=info.run + 1)
        for info in store.sample_infos()
    }
