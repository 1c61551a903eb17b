"""A run: a planned set of model calls, its state and its calls. Not how they are made."""

from enum import IntEnum, StrEnum
from typing import Literal, NamedTuple

from pydantic import Field

from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.model_call import Api, Fault, Parameters, Reply, Usage
from rubric_studio.domain.price import Price
from rubric_studio.domain.prompt import PromptTemplate
from rubric_studio.domain.redaction import Redaction
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.values import JsonObject, Value
from rubric_studio.domain.verdict import Verdict

Purpose = Literal["sampling", "judging", "drift", "wording"]


class RunState(StrEnum):
    """Where a run stands. A run that was under way when the program ended is paused when it is opened again."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class RunPlan(Value):
    """Everything that decides what a run asks; it never changes, and what was shown before the start is this.

    Of sampling: `prompt` and `per_row`, the k. Of judging and drift: `judge`, and `rubric` as JSON, whose criteria
    are asked. Of wording: `rubric`, one criterion of which shall be worded anew. `budget` is in the price's
    currency: when it is reached, the run pauses.
    """

    purpose: Purpose
    title: str
    connection: str
    connection_name: str
    endpoint: str
    model: str
    api: Api = "chat"
    parameters: Parameters = Parameters()
    prompt: PromptTemplate | None = None
    per_row: int = Field(default=1, ge=1)
    judge: JudgeConfig | None = None
    rubric: JsonObject | None = None
    redaction: Redaction = Redaction()
    price: Price | None = None
    budget: float | None = Field(default=None, gt=0.0, allow_inf_nan=False)
    batch: bool = False
    again: str = ""
    """In the draw of a drift check, so that its questions are asked anew: the time of the check."""


class CallState(IntEnum):
    """Where one call stands. SENT is in a batch at the server."""

    WAITING = 0
    DONE = 1
    FAILED = 2
    SENT = 3


class PlannedCall(NamedTuple):
    """A call to be made. `subject` is JSON by which its maker finds what it is about; `key` see `CallKeys`.

    `source` is a row's id or a sample's key, for the list of calls.
    """

    key: str
    source: str
    subject: str


class Call(NamedTuple):
    """A planned call as it is kept. `number` is its place in the file, `attempts` how often it was asked so far."""

    number: int
    key: str
    source: str
    subject: str
    state: CallState = CallState.WAITING
    attempts: int = 0
    fault: Fault | None = None


class CallOutcome(NamedTuple):
    """How a call ended, with all that it brings into the project; kept in one transaction.

    `answers` are (key, reply): more than one where the first did not fit and was asked again. `paid` is False
    where the answers were at hand already. `attempts` are those that were made since the call was read.
    """

    call: Call
    state: CallState
    fault: Fault | None = None
    attempts: int = 0
    answers: tuple[tuple[str, Reply], ...] = ()
    samples: tuple[Sample, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    usage: Usage = Usage()
    paid: bool = True
    dropped_quotes: int = 0


class RunSummary(Value):
    """A run with its numbers, as lists show it. `reason` says why it is paused, where a person did not pause it."""

    id: str
    plan: RunPlan
    state: RunState
    reason: str = ""
    person: str = ""
    at: str = ""
    calls: int = 0
    done: int = 0
    failed: int = 0
    sent: int = 0
    reused: int = 0
    """How many of those done were at hand already and cost nothing."""
    usage: Usage = Usage()
    dropped_quotes: int = 0

    @property
    def open(self) -> int:
        """Calls that have no end yet."""
        return self.calls - self.done - self.failed

    @property
    def cost(self) -> float | None:
        """What it cost so far, None where no price is known."""
        return None if self.plan.price is None else self.plan.price.cost(self.usage, batch=self.plan.batch)


class Batch(Value):
    """A part of a run that a provider works off as one file. `id` is the server's, "" until it named one.

    `token` is ours, sent as metadata: by it a batch is found again whose id was lost in a crash.
    """

    token: str
    run: str
    id: str = ""
    state: str = ""
    first: int
    last: int
    """Numbers of the first and the last call in it."""
    at: str = ""
