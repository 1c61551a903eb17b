"""Small made-up runs that the store's tests keep and look for."""

from collections.abc import Iterable
from typing import Any

from rubric_studio.domain.model_call import CallKeys, Fault, FaultKind, Reply, Request, Usage
from rubric_studio.domain.prompt import AS_IT_STANDS
from rubric_studio.domain.row import user_prompt
from rubric_studio.domain.run import Call, CallOutcome, CallState, PlannedCall, RunPlan
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.store.project_file import ProjectFile
from tests.store.material import ANNA, sample

PLAN = RunPlan(
    purpose="sampling",
    title="Four answers",
    connection="home",
    connection_name="At home",
    endpoint="http://localhost:1/v1",
    model="m",
    prompt=AS_IT_STANDS,
)
TOKENS = Usage(prompt=10, answer=5, reasoning=2, cached=1)
BUSY = Fault(kind=FaultKind.SERVER, message="The server failed.", status=500)


def key(name: str) -> str:
    return CallKeys("here", Request(model="m", messages=user_prompt(name))).key(0)


def planned(*rows: str) -> list[PlannedCall]:
    return [PlannedCall(key(row), row, "[0,0]") for row in rows]


def add_run(store: ProjectFile, id: str, rows: Iterable[str], **plan: Any) -> int:
    source = Source(
        id=id, kind="sampling", name="Four answers", person=ANNA.id, at="2026-01-01T00:00:00.000Z"
    )
    return store.add_run(source, PLAN.model_copy(update=plan), planned(*rows))


def waiting(store: ProjectFile, run: str) -> list[Call]:
    return store.calls(run, [CallState.WAITING])


def done(call: Call, *samples: Sample, text: str = "42", **more: Any) -> CallOutcome:
    """A call that was answered; with the sample that its answer makes unless others are given."""
    made = samples or (sample(call.source, text=text),)
    reply = Reply(text=text, usage=TOKENS)
    told = {"attempts": 1, "answers": ((call.key, reply),), "samples": made, "usage": TOKENS} | more
    return CallOutcome(call, CallState.DONE, **told)


def failed(call: Call, fault: Fault = BUSY) -> CallOutcome:
    return CallOutcome(call, CallState.FAILED, fault, attempts=3)
