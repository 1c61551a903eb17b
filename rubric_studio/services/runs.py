"""What people do with runs: start, look at, try again, cancel, delete. Their calls are made in `running.py`."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from rubric_studio.domain.changes import EVERYTHING, Changes, Topic
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.model_call import Fault, FaultKind
from rubric_studio.domain.run import Call, CallState, PlannedCall, RunState, RunSummary
from rubric_studio.domain.source import Source
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.edits import Author
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.run_kinds import work_of
from rubric_studio.services.taking_away import delete_source

ENDED_WITH_PROGRAM = "The program ended while it ran."
PAGE = 1000
TOLD_EVERY = 200


class FailureKind(NamedTuple):
    """Failed calls of one kind: how many, and one of them, whose fault is an example."""

    kind: FaultKind
    calls: int
    example: Call


def start_run(store: Store, order: RunOrder, author: Author, progress: Progress = no_progress) -> RunSummary:
    """Plan a run whole and write it down; no call is made yet.

    Raises:
        StudioError: there is nothing to ask.
        Cancelled: the user stopped it; nothing was written.
    """
    planned = list(_counted(work_of(order).planned(store), progress))
    if not planned:
        raise StudioError(
            "There is nothing to ask",
            "Everything that this run would ask is in the project already, or is asked by a run that is not done.",
            "Ask for more answers, choose other questions, or change how they are asked.",
        )
    source = Source(
        id=author.new_id(),
        kind=order.plan.purpose,
        name=order.plan.title,
        person=author.person,
        at=author.now(),
    )
    store.add_run(source, order.plan, planned)
    return store.run(source.id)


def runs(store: Store) -> list[RunSummary]:
    """Every run with its numbers, oldest first."""
    return store.runs()


def reopened(store: Store) -> list[RunSummary]:
    """Pause the runs that were under way when the program ended; which they are. Nothing goes out by itself."""
    broken_off = [run for run in store.runs() if run.state is RunState.RUNNING]
    for run in broken_off:
        store.set_run_state(run.id, RunState.PAUSED, ENDED_WITH_PROGRAM)
    return [store.run(run.id) for run in broken_off]


def retry_failed(store: Store, run: str) -> int:
    """Let the failed calls of a run wait again, and the run with them; how many."""
    count = store.retry_failed(run)
    if count:
        store.set_run_state(run, RunState.WAITING)
    return count


def cancel_run(store: Store, run: str) -> Changes:
    """End a run that is not under way; what it brought stays, and what still waits is never asked."""
    store.set_run_state(run, RunState.CANCELLED)
    return Changes(topics=frozenset({Topic.RUNS}))


def delete_run(store: Store, run: str) -> Changes:
    """Take a run away with what it brought, or hide it once people's records hang on that.

    Its answers stay known: asked for again, they cost nothing.
    """
    delete_source(store, run)
    return EVERYTHING


def failures(store: Store, run: str) -> list[FailureKind]:
    """The failed calls of a run by kind, most frequent first, each with its first call as an example."""
    counts: Counter[FaultKind] = Counter()
    examples: dict[FaultKind, Call] = {}
    for call, fault in _failed(store, run):
        counts[fault.kind] += 1
        examples.setdefault(fault.kind, call)
    return [FailureKind(kind, count, examples[kind]) for kind, count in counts.most_common()]


def _failed(store: Store, run: str) -> Iterator[tuple[Call, Fault]]:
    last = 0
    while page := store.calls(run, [CallState.FAILED], after=last, limit=PAGE):
        last = page[-1].number
        for call in page:
            if call.fault is not None:
                yield call, call.fault


def _counted(planned: Iterator[PlannedCall], progress: Progress) -> Iterator[PlannedCall]:
    for count, call in enumerate(planned):
        if count % TOLD_EVERY == 0:
            progress(count, 0, "planning")
        yield call
