"""Reads again what a run's recorded answers say, without asking anybody: the same answers give the same marks."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rubric_studio.domain.model_call import Reply
from rubric_studio.domain.run import Call, CallState, RunPlan
from rubric_studio.services.call_work import Again, CallWork, Prepared, Settled, key_of
from rubric_studio.services.ports import Progress, Store, no_progress

PAGE = 200


class Replayed(NamedTuple):
    """A call whose answer is at hand: what it says, and the reply that counted."""

    prepared: Prepared
    settled: Settled
    reply: Reply


def replayed_run(
    store: Store, run: str, work: CallWork, plan: RunPlan, progress: Progress = no_progress
) -> Iterator[Replayed]:
    """Every call of a run that has been answered; one about something that has changed since is passed over."""
    total, done, after = store.run(run).done, 0, 0
    while page := store.calls(run, (CallState.DONE, CallState.FAILED), after, PAGE):
        yield from replayed(store, page, work, plan)
        after, done = page[-1].number, done + len(page)
        progress(min(done, total), total, "reading answers")


def replayed(store: Store, calls: Sequence[Call], work: CallWork, plan: RunPlan) -> list[Replayed]:
    """Those calls of a run whose answers are at hand."""
    ready = [each for each in work.prepared(store, calls) if isinstance(each, Prepared)]
    answers = store.answers(each.call.key for each in ready)
    found = [
        _read_again(store, work, plan, each, answers[each.call.key])
        for each in ready
        if each.call.key in answers
    ]
    return [each for each in found if each is not None]


def _read_again(
    store: Store, work: CallWork, plan: RunPlan, prepared: Prepared, reply: Reply
) -> Replayed | None:
    settled = work.settle(prepared, reply, asked_before=False)
    if not isinstance(settled, Again):
        return Replayed(prepared, settled, reply)
    key = key_of(plan, settled.request, prepared.draw)
    second = store.answers([key]).get(key)
    if second is None:
        return None
    settled = work.settle(prepared, second, asked_before=True)
    return None if isinstance(settled, Again) else Replayed(prepared, settled, second)
