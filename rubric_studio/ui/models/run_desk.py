"""The runs of the open project: one under way, others in line behind it. Makes no call itself and shows nothing."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.run import RunState, RunSummary
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.ports import Store
from rubric_studio.services.run_address import check_goes_there
from rubric_studio.services.run_progress import RunProgress
from rubric_studio.services.runs import delete_run
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.models.run_control import JobControl, RunEngine, real_engine
from rubric_studio.ui.models.run_telling import RunTelling

if TYPE_CHECKING:
    from rubric_studio.domain.connection import Connection
    from rubric_studio.services.model_ports import ModelServers
    from rubric_studio.ui.session import Session


class RunDesk(QObject):
    """Starts, pauses, goes on with, cancels and deletes runs.

    A run that was under way when the project was closed is paused: nothing goes out by itself. `changed` tells
    that a state is another, `progressed` the newest `RunProgress`, `in_flight_changed` the calls on the wire,
    `started` the id of a run that was planned.
    """

    changed = Signal()
    progressed = Signal(object)
    in_flight_changed = Signal(int)
    started = Signal(str)

    def __init__(self, session: "Session", engine: RunEngine | None = None) -> None:
        super().__init__(session)
        self._session = session
        self._engine = engine or real_engine()
        self._line: list[str] = []
        self._job: Job | None = None
        self._active = ""
        self._is_batch = False
        self._ends_as: tuple[RunState, str] | None = None
        self._progress: RunProgress | None = None
        self._was_stopped_here = False
        self._telling = RunTelling(session, self)
        session.network.changed.connect(self._on_network_changed)
        if not session.store.read_only:
            self._engine.reopened(session.store)
            self._wait_for_a_person()

    # ---- what there is

    def runs(self) -> list[RunSummary]:
        """Every run with its numbers, the newest first; of the one under way as they are now."""
        found = self._session.store.runs()[::-1]
        return [self.as_it_is(run) for run in found]

    def as_it_is(self, run: RunSummary) -> RunSummary:
        """A run with its numbers of this moment."""
        told = self.progress_of(run.id)
        if told is None:
            return run
        return run.model_copy(
            update={"done": told.done, "failed": told.failed, "usage": told.usage, "state": RunState.RUNNING}
        )

    @property
    def active(self) -> str:
        """The id of the run under way, "" without one."""
        return self._active

    @property
    def is_pausing(self) -> bool:
        """Whether the run under way begins no further call and waits for what is on the wire."""
        return self._job is not None and (self._job.is_paused or self._job.is_stopping)

    @property
    def in_flight(self) -> int:
        """Calls that are on the wire now."""
        return self._progress.in_flight if self._progress is not None else 0

    def progress_of(self, run: str) -> RunProgress | None:
        """The newest numbers of a run under way; None of any other."""
        return self._progress if run == self._active else None

    def place_of(self, run: str) -> int:
        """How many runs come before one that waits in line, the one under way counted."""
        return self._line.index(run) + bool(self._active) if run in self._line else 0

    # ---- what people do

    def start(self, order: RunOrder) -> Job:
        """Plan a run in the background and put it in line."""
        engine, author = self._engine, self._session.author
        title = self._session.tr("Planning: {0}").format(order.plan.title)
        job = self._session.background(title, lambda store, _: engine.start(store, order, author))
        job.finished.connect(self._on_planned)
        return job

    def resume(self, run: str) -> None:
        """Go on with a run: at once where none is under way, else after those in line."""
        if run == self._active and self._job is not None:
            self._ends_as = None
            self._job.resume()
            self.changed.emit()
            return
        if run not in self._line and self._can_begin(run):
            self._line.append(run)
            self._set_state(run, RunState.WAITING)
        self._begin_next()

    def pause(self, run: str, reason: str = "") -> None:
        """Begin no further call of a run; what is on the wire is waited for and kept."""
        if run == self._active and self._job is not None:
            self._ends_as = (RunState.PAUSED, reason)
            # Nothing is on the wire before the first news, nor while a provider works off a batch by itself.
            if self._progress is None or self._is_batch:
                self._stop()
            else:
                self._job.pause()
            self.changed.emit()
        elif run in self._line:
            self._line.remove(run)
            self._set_state(run, RunState.PAUSED, reason)

    def cancel(self, run: str) -> None:
        """End a run for good; what it brought stays."""
        if run == self._active and self._job is not None:
            self._ends_as = (RunState.CANCELLED, "")
            self._stop()
            self.changed.emit()
            return
        if run in self._line:
            self._line.remove(run)
        self._set_state(run, RunState.CANCELLED)
        self._end_batches(self._session.store.run(run))

    def retry_failed(self, run: str) -> None:
        """Ask again only what failed."""
        if self._can_begin(run):
            self._session.store.retry_failed(run)
            self.resume(run)

    def delete(self, run: str) -> Job:
        """Take a run away with what it brought, or hide it where people's records hang on that.

        What a provider still has of it is ended first: nobody would ever fetch it.
        """
        if run in self._line:
            self._line.remove(run)
        reached = self._reached_batch(self._session.store.run(run))
        engine = self._engine

        def work(store: Store, _: Progress) -> Changes:
            if reached is not None:
                engine.end_batches(store, run, *reached)
            return delete_run(store, run)

        job = self._session.background(self._session.tr("Deleting a run"), work)
        job.finished.connect(self._session.announce)
        job.finished.connect(lambda _: self.changed.emit())
        return job

    # ---- one after the other

    def _on_planned(self, run: RunSummary) -> None:
        self._session.announce(Changes(topics=frozenset({Topic.RUNS})))
        self.resume(run.id)
        self.started.emit(run.id)

    def _begin_next(self) -> None:
        """Begin the first run in line where none is under way."""
        while self._line and self._job is None:
            run = self._session.store.run(self._line.pop(0))
            try:
                self._begin(run)
            except StudioError as error:
                self._set_state(run.id, RunState.PAUSED, error.message)
                self._session.failed.emit(error)
        self.changed.emit()

    def _can_begin(self, id: str) -> bool:
        """Whether a run can be made; where not, tell why and let it wait for a person."""
        run = self._session.store.run(id)
        try:
            self._reached(run)
        except StudioError as error:
            if run.state is RunState.WAITING:
                self._set_state(id, RunState.PAUSED, error.message)
            self._session.failed.emit(error)
            return False
        return True

    def _reached(self, run: RunSummary) -> "tuple[ModelServers, Connection]":
        """The servers and the connection of a run.

        Raises:
            StudioError: the network is switched off, this computer does not know the connection, or it
                leads elsewhere than the run was planned for.
        """
        models = self._session.models
        if models is None or self._session.network.is_offline:
            raise StudioError(
                self.tr("The network is switched off"),
                self.tr("You work offline."),
                self.tr("Go online first: the button at the bottom right. Then go on with the run."),
            )
        connection = models.connections.named(run.plan.connection)
        check_goes_there(run.plan, connection)
        return models.servers, connection

    def _begin(self, run: RunSummary) -> None:
        (servers, connection), engine, id = self._reached(run), self._engine, run.id

        def work(store: Store, progress: Progress) -> RunSummary:
            return engine.calls(store, id, servers, connection, JobControl(progress))

        self._active, self._progress, self._ends_as = id, None, None
        self._is_batch, self._was_stopped_here = run.plan.batch, False
        self._telling.begin(run.plan.purpose)
        job = self._session.background(run.plan.title, work)
        job.afterwards = self._session.tr("The run pauses and can go on next time.")
        job.total, job.done = run.calls, run.done + run.failed
        job.delivered.connect(self._on_job_delivered)
        job.finished.connect(self._on_job_finished)
        job.failed.connect(self._on_job_failed)
        job.cancelled.connect(self._on_job_cancelled)
        job.ended.connect(partial(self._on_job_ended, run))
        self._job = job

    def _on_job_delivered(self, told: Sequence[RunProgress]) -> None:
        self._progress = told[-1]
        self.progressed.emit(self._progress)
        self.in_flight_changed.emit(self._progress.in_flight)
        self._telling.take(row for progress in told for row in progress.rows)

    def _on_job_finished(self) -> None:
        if self._ends_as is not None:
            self._settle(*self._ends_as)

    def _on_job_failed(self, error: BaseException) -> None:
        reason = (
            error.message if isinstance(error, StudioError) else self.tr("It broke off: {0}").format(error)
        )
        self._settle(*(self._ends_as or (RunState.PAUSED, reason)))

    def _on_job_cancelled(self) -> None:
        self._settle(*(self._ends_as or (RunState.PAUSED, "")))

    def _settle(self, state: RunState, reason: str) -> None:
        """Say how the run ended, unless it was through already or gives a better reason itself."""
        run = self._session.store.run(self._active)
        has_reason = state is run.state is RunState.PAUSED and bool(run.reason) and not reason
        if run.state is not RunState.DONE and not has_reason:
            self._session.store.set_run_state(self._active, state, reason)

    def _on_job_ended(self, run: RunSummary) -> None:
        was_stopped = self._job is not None and self._job.is_stopping and not self._was_stopped_here
        self._job, self._active, self._progress = None, "", None
        self.in_flight_changed.emit(0)
        has_answers = self._telling.end()
        if self._ends_as is not None and self._ends_as[0] is RunState.CANCELLED:
            self._end_batches(run)
        if was_stopped:  # at the strip, or with the window: then the ones in line shall not begin either
            self._pause_line()
        self._begin_next()
        if has_answers:
            self._session.run_checks()

    def _stop(self) -> None:
        """End the run under way, as its own part of the window wants it."""
        if self._job is not None:
            self._was_stopped_here = True
            self._job.stop()

    def _end_batches(self, run: RunSummary) -> None:
        """Ask the provider to end what it has of a cancelled run; offline it cannot be asked, and works it off."""
        if not run.plan.batch or self._session.network.is_offline or not self._can_begin(run.id):
            return
        (servers, connection), engine = self._reached(run), self._engine
        self._session.background(
            self._session.tr("Cancelling at the provider"),
            lambda store, _: engine.end_batches(store, run.id, servers, connection),
        )

    def _reached_batch(self, run: RunSummary) -> "tuple[ModelServers, Connection] | None":
        """The servers and the connection of a run that a provider works on; None where it cannot be asked now."""
        if not run.sent or self._session.network.is_offline:
            return None
        try:
            return self._reached(run)
        except StudioError:  # the connection is gone or leads elsewhere: the provider works it off
            return None

    def _wait_for_a_person(self) -> None:
        """Pause what stood in line when the project was closed."""
        for run in self._session.store.runs():
            if run.state is RunState.WAITING:
                reason = self.tr("The project was closed before its turn came.")
                self._session.store.set_run_state(run.id, RunState.PAUSED, reason)

    def _pause_line(self, reason: str = "") -> None:
        waiting, self._line = self._line, []
        for run in waiting:
            self._session.store.set_run_state(run, RunState.PAUSED, reason)

    def _on_network_changed(self) -> None:
        if not self._session.network.is_offline:
            return
        reason = self.tr("You switched to working offline.")
        self._pause_line(reason)
        if self._job is not None:
            self._ends_as = (RunState.PAUSED, reason)
            self._stop()  # nothing is on the wire any more that could be waited for
        self.changed.emit()

    # ---- telling

    def _set_state(self, run: str, state: RunState, reason: str = "") -> None:
        self._session.store.set_run_state(run, state, reason)
        self._session.announce(Changes(topics=frozenset({Topic.RUNS})))
        self.changed.emit()
