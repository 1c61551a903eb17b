"""One run as a job: the way a run's thread asks the window whether to go on, and tells its news. No network here."""

from collections.abc import Callable
from typing import NamedTuple

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.run import RunSummary
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.edits import Author
from rubric_studio.services.model_ports import ModelServers
from rubric_studio.services.ports import Store
from rubric_studio.services.run_progress import RunControl, RunProgress
from rubric_studio.ui.jobs import Progress


class RunEngine(NamedTuple):
    """What plans and makes calls. The real one is in the services; tests bring their own."""

    start: Callable[[Store, RunOrder, Author], RunSummary]
    calls: Callable[[Store, str, ModelServers, Connection, RunControl], RunSummary]
    reopened: Callable[[Store], object]
    end_batches: Callable[[Store, str, ModelServers, Connection], object]


def real_engine() -> RunEngine:
    """The engine of the services, imported when the first run is looked at: start is quick."""
    from rubric_studio.services.batch_running import cancel_batches
    from rubric_studio.services.running import run_calls
    from rubric_studio.services.runs import reopened, start_run

    return RunEngine(start_run, run_calls, reopened, cancel_batches)


class JobControl:
    """A job's switches and mailbox as a run sees them.

    It never waits and never raises: what is on the wire is paid, and must still be kept.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    @property
    def is_paused(self) -> bool:
        """Whether no further call may begin."""
        return self._progress.is_paused

    @property
    def is_stopped(self) -> bool:
        """Whether the run shall end."""
        return self._progress.is_stopped

    def tell(self, progress: RunProgress) -> None:
        """Hand the news to the window, which takes them in batches."""
        self._progress.tell(progress.done + progress.failed, progress.total, progress.waiting_for, progress)
