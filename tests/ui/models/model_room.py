"""A session with models that exist on paper only: an engine that answers when a test lets it, and no network."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rubric_studio import wiring
from rubric_studio.domain.connection import Connection
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.model_call import Fault, FaultKind, Usage
from rubric_studio.domain.price import Price
from rubric_studio.domain.run import Call, CallOutcome, CallState, PlannedCall, RunPlan, RunState, RunSummary
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.connections import Connections
from rubric_studio.services.model_access import ModelAccess, ReadyModelAccess
from rubric_studio.services.ports import Store
from rubric_studio.services.prices import Prices
from rubric_studio.services.run_progress import RunControl, RunProgress
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.models.run_control import RunEngine
from rubric_studio.ui.models.run_desk import RunDesk
from rubric_studio.ui.session import Session

USAGE = Usage(prompt=100, answer=50)
PRICE = Price(model="paper-1", prompt=1.0, answer=2.0, as_of="2026-11-01")
PLAN = RunPlan(
    purpose="sampling",
    title="Paper answers",
    connection="paper",
    connection_name="Paper",
    endpoint="https://paper.example/v1",
    model="paper-1",
    price=PRICE,
    budget=5.0,
)
TIMEOUT = Fault(kind=FaultKind.TIMEOUT, message="No answer within 120 s.")
PATIENCE = 10.0


class KeptInMemory:
    """A small file of this machine that is none."""

    def __init__(self, **values: Any) -> None:
        self.values = dict(values)

    def read(self) -> dict[str, Any]:
        return dict(self.values)

    def write(self, values: dict[str, Any]) -> None:
        self.values = dict(values)


class PaperServers:
    """Servers that nobody reaches; they know whether they may be."""

    def __init__(self) -> None:
        self.is_offline = True

    def set_offline(self, offline: bool) -> None:
        self.is_offline = offline


def paper_access(*, connected: bool = True, offline: bool = False) -> ModelAccess:
    """What a window is handed of models."""
    connections = Connections(KeptInMemory(offline=offline))
    if connected:
        connections.put(Connection(id="paper", name="Paper", base_url="https://paper.example/v1"))
    servers: Any = PaperServers()
    keys: Any = object()
    return ReadyModelAccess(servers, keys, connections, Prices(KeptInMemory(), lambda: (PRICE,)))


class PaperEngine:
    """Answers as many calls as it was allowed to, one after the other; the ones in `failing` fail."""

    def __init__(self) -> None:
        self._allowed = threading.Semaphore(0)
        self.failing: set[str] = set()
        self.in_flight = 0
        self.waiting_for = ""
        self.reopenings = 0
        self.broken: Exception | None = None
        self.ended_batches: list[str] = []

    @property
    def engine(self) -> RunEngine:
        return RunEngine(self.start, self.calls, self.reopened, self.end_batches)

    def allow(self, count: int) -> None:
        """Let so many further calls be answered."""
        self._allowed.release(count)

    def start(self, store: Store, order: RunOrder, author: Any) -> RunSummary:
        id = write_run(store, order.plan, order.rows)
        return store.run(id)

    def reopened(self, store: Store) -> None:
        self.reopenings += 1

    def end_batches(self, store: Store, run: str, servers: Any, connection: Any) -> None:
        self.ended_batches.append(run)

    def calls(self, store: Store, run: str, servers: Any, connection: Any, control: RunControl) -> RunSummary:
        if self.broken is not None:
            raise self.broken
        store.set_run_state(run, RunState.RUNNING)
        while not control.is_stopped and (waiting := store.calls(run, (CallState.WAITING,), 0, 1)):
            control.tell(self._progress(store, run, frozenset()))
            if control.is_paused and not self.in_flight:
                break
            if control.is_paused or not self._allowed.acquire(timeout=0.01):
                time.sleep(0.005)
                continue
            store.keep_outcomes(run, [self._outcome(waiting[0], run)])
            control.tell(self._progress(store, run, frozenset({waiting[0].source})))
        summary = store.run(run)
        store.set_run_state(run, RunState.PAUSED if summary.open else RunState.DONE)
        return store.run(run)

    def _outcome(self, call: Call, run: str) -> CallOutcome:
        if call.source in self.failing:
            return CallOutcome(call, CallState.FAILED, TIMEOUT, attempts=3, usage=Usage())
        sample = Sample(
            row=RowId(call.source),
            model="paper-1",
            run=call.number,
            text=f"to {call.number}",
            facts={"run": run},
        )
        return CallOutcome(call, CallState.DONE, attempts=1, samples=(sample,), usage=USAGE)

    def _progress(self, store: Store, run: str, rows: frozenset[str]) -> RunProgress:
        now = store.run(run)
        return RunProgress(
            run,
            now.calls,
            now.done,
            now.failed,
            self.in_flight,
            4.2,
            90.0,
            now.usage,
            now.cost,
            self.waiting_for,
            rows,
        )


def write_run(store: Store, plan: RunPlan, rows: tuple[str, ...], person: str | None = None) -> str:
    """Write a run with one call for each row, planned by the project's first person if by nobody else."""
    planner = store.people()[0].id if person is None else person
    number = len(store.sources()) + 1
    id = f"run-{number}"
    calls = [PlannedCall(f"{number:032x}{at:032x}", row, f'["{row}", {at}]') for at, row in enumerate(rows)]
    source = Source(
        id=id, kind="sampling", name=plan.title, person=planner, at=f"2026-11-{number:02}T10:00:00Z"
    )
    store.add_run(source, plan, calls)
    return id


def order(*rows: str, title: str = PLAN.title) -> RunOrder:
    """An order for one answer to each row."""
    return RunOrder(PLAN.model_copy(update={"title": title}), tuple(RowId(row) for row in rows))


@contextmanager
def paper_session(
    path: Path,
    paper: PaperEngine,
    models: ModelAccess | None,
    before: Callable[[Store], Any] = lambda _: None,
) -> Iterator[Session]:
    """A session whose runs are made by the paper engine; `before` fills the project."""
    store = wiring.new_project(path)
    person = wiring.new_person("Anna Berg")
    store.add_person(person)
    before(store)
    jobs, executor = Jobs(), ThreadPoolExecutor(1)
    session = Session(store, store.sibling, wiring.author(person), jobs, executor, models=models)
    session.runs = RunDesk(session, paper.engine)
    yield session
    paper.allow(1000)
    session.blockSignals(True)
    jobs.shutdown()
    executor.shutdown()
    store.close()
