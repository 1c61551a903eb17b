"""What a run asks and what its answers mean: a protocol with one maker for sampling and one for judging.

The engine (`running.py`) knows calls, answers and faults; what a call is about, only its maker knows.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.model_call import CallKeys, Fault, Reply, Request
from rubric_studio.domain.run import Call, PlannedCall, RunPlan
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.verdict import Verdict
from rubric_studio.services.ports import Store


def key_of(plan: RunPlan, request: Request, draw: int) -> str:
    """The key under which the answer to that request of a run is kept; for the second question too."""
    return CallKeys(plan.endpoint, request).key(draw, plan.again)


def with_seed_of(request: Request, draw: int) -> Request:
    """The request as a draw asks it: with a seed each has its own, or all would bring the same answer."""
    seed = request.parameters.seed
    if seed is None or draw == 0:
        return request
    parameters = request.parameters.model_copy(update={"seed": seed + draw})
    return request.model_copy(update={"parameters": parameters})


class Prepared(NamedTuple):
    """A call ready to be asked. `draw` is its number among equal questions; `about` is its maker's own."""

    call: Call
    request: Request
    draw: int
    about: Any = None
    row: str = ""
    """The row that the answer will belong to, so that its views know that there is news."""


class Settled(NamedTuple):
    """What answers bring into the project."""

    samples: tuple[Sample, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    fault: Fault | None = None
    """Where the answer is of no use: the call counts as failed, and the verdicts say why they are unscored."""
    dropped_quotes: int = 0


class Again(NamedTuple):
    """The answer does not fit: ask this once more."""

    request: Request


class CallWork(Protocol):
    """What one run is about. Made from the run's plan, used on the run's thread."""

    def planned(self, store: Store) -> Iterator[PlannedCall]:
        """Every call that the run consists of, in order."""
        ...

    def prepared(self, store: Store, calls: Sequence[Call]) -> list[Prepared | tuple[Call, Fault]]:
        """The calls ready to be asked, in their order.

        Requests are made anew from the rows and samples as they are now: one whose key is no longer the planned
        one is a fault of the kind CHANGED, and is never asked.
        """
        ...

    def settle(self, prepared: Prepared, reply: Reply, asked_before: bool) -> Settled | Again:
        """What a reply means. `asked_before`: it answers the second question, there will be no third."""
        ...

    def failed(self, prepared: Prepared, fault: Fault) -> Settled:
        """What is kept of a call that has no answer: of a judge, verdicts that say why they are unscored."""
        ...


class RunOrder(NamedTuple):
    """A run as somebody wants it, before it is planned call by call.

    `rows` are asked in sampling; `samples` (their ids) are judged, by `criteria` (keys, rows' own too; none named
    means all judged ones). A wording is asked for one criterion, with the `disputes` that it shall end, by their
    names (`services/disputes.py`). What was ordered stands in the run's calls afterwards.
    """

    plan: RunPlan
    rows: tuple[RowId, ...] = ()
    samples: tuple[int, ...] = ()
    criteria: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
