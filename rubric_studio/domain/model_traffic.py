"""What travels between a run and the servers it asks: calls that ended, lines and states of batches. Not how."""

from typing import NamedTuple

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.model_call import Fault, Reply, Request, Usage


class Answered(NamedTuple):
    """How one call ended: its replies (one for each choice, at most as many as asked for), or a fault.

    `ticket` is the asker's own number of the call; `attempts` counts every time it went over the wire.
    """

    ticket: int
    replies: tuple[Reply, ...]
    fault: Fault | None
    attempts: int
    usage: Usage


class BatchLine(NamedTuple):
    """One call of a batch: `id` comes back with its answer."""

    id: str
    request: Request


class BatchState(NamedTuple):
    """What the server says of a batch. `state` is its word (validating, in_progress, completed, failed, ...)."""

    id: str
    state: str
    done: int = 0
    failed: int = 0
    total: int = 0
    has_ended: bool = False
    said: str = ""


class ModelFault(StudioError):
    """A fault where there is no call to hang it on: a batch, a test. `fault` says of what kind it is."""

    def __init__(self, fault: Fault) -> None:
        super().__init__("No answer from the model's server", fault.message)
        self.fault = fault
