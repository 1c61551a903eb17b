"""What the services ask of models: connections that answer, batches, keys. Real ones are in `llm`, see `wiring.py`."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Literal, Protocol

from rubric_studio.domain.connection import Connection, ConnectionReport
from rubric_studio.domain.model_call import Fault, Reply, Request
from rubric_studio.domain.model_traffic import Answered, BatchLine, BatchState
from rubric_studio.services.ports import Progress, no_progress

__all__ = ["Answered", "Asking", "BatchCalls", "BatchLine", "BatchState", "KeyHome", "Keys", "ModelServers"]


class Asking(Protocol):
    """A connection opened for one run. All methods are quick and may be called from the run's thread."""

    def ask(self, ticket: int, request: Request, choices: int = 1) -> None:
        """Queue a call. Bounded concurrency, rate limits, time-outs, back-off and retries are seen to here."""
        ...

    def answered(self, wait: float) -> list[Answered]:
        """What has ended since the last time; waits at most that many seconds for the first one.

        Asking again says that what was told before is kept. Until then it counts as under way, so that no more
        answers can be lost at once than there may be calls at once.
        """
        ...

    def hold(self, held: bool) -> None:
        """Begin no further call while held; what is under way goes on and is told of."""
        ...

    @property
    def in_flight(self) -> int:
        """Calls that are on the wire now."""
        ...

    @property
    def waiting_for(self) -> str:
        """Why calls wait, in words for people ("the server asked for 12 s of patience"), "" where none does."""
        ...


class BatchCalls(Protocol):
    """The Batch API of one connection; blocking, for a job's thread.

    Raises:
        ModelFault: see `llm/faults.py`; the message is for people.
    """

    def send(self, token: str, lines: Sequence[BatchLine]) -> str:
        """Upload the lines and begin a batch with `token` in its metadata; the server's id of it."""
        ...

    def find(self, token: str) -> str | None:
        """The id of the batch that was begun with that token, None where the server knows of none."""
        ...

    def state(self, id: str) -> BatchState:
        """Where a batch stands."""
        ...

    def results(self, id: str) -> list[tuple[str, Reply | Fault]]:
        """What came back, by the id of the line; lines without an answer are not in it."""
        ...

    def cancel(self, id: str) -> None:
        """Ask the server to end a batch; what it has answered is kept there."""
        ...


class ModelServers(Protocol):
    """Everything that goes over the network. While offline it opens no connection at all."""

    @property
    def is_offline(self) -> bool:
        """Whether the network is forbidden."""
        ...

    def set_offline(self, offline: bool) -> None:
        """Forbid or allow the network; calls under way are cut off when it is forbidden."""
        ...

    def asking(self, connection: Connection) -> AbstractContextManager[Asking]:
        """Open a connection for a run; at the end what is still under way is cut off."""
        ...

    def batches(self, connection: Connection) -> AbstractContextManager[BatchCalls]:
        """Open a connection for batches."""
        ...

    def test(
        self, connection: Connection, model: str = "", progress: Progress = no_progress
    ) -> ConnectionReport:
        """Try what works, with the fewest and smallest calls; never raises for what a server does."""
        ...


KeyHome = Literal["keyring", "session", "environment", "none"]


class Keys(Protocol):
    """Keys of connections: in the keyring, in the environment, or for this session only; never in a file of ours."""

    def keyring_trouble(self) -> str:
        """Why keys cannot be kept on this computer, in words; "" where they can."""
        ...

    def home(self, connection: Connection) -> KeyHome:
        """Where the connection's key is; "none" where there is none."""
        ...

    def put(self, connection: Connection, key: str) -> KeyHome:
        """Keep a key; for the session only where the computer has no keyring. Says where it is."""
        ...

    def forget(self, connection: Connection) -> None:
        """Forget the key."""
        ...
