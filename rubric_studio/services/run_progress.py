"""What a run tells while it is under way, and what the window tells it. Neither knows the other."""

from typing import NamedTuple, Protocol

from rubric_studio.domain.model_call import Usage


class RunProgress(NamedTuple):
    """A run at one moment. Rates are over the last half minute; times are in seconds."""

    run: str
    total: int
    done: int
    failed: int
    in_flight: int = 0
    calls_per_second: float = 0.0
    seconds_left: float | None = None
    usage: Usage = Usage()
    cost: float | None = None
    waiting_for: str = ""
    """Why calls wait, in words for people; "" where none does."""
    rows: frozenset[str] = frozenset()
    """Rows that have new samples or verdicts since the last time."""


class RunControl(Protocol):
    """The window's side of a run under way. Called often and from the run's thread: quick, never blocking."""

    @property
    def is_paused(self) -> bool:
        """Begin no further call; what is under way is still kept."""
        ...

    @property
    def is_stopped(self) -> bool:
        """Begin no further call, keep what comes within a moment, and end."""
        ...

    def tell(self, progress: RunProgress) -> None:
        """Take the news."""
        ...


class OnTheWay(Protocol):
    """Where calls are between asked and answered: an open connection, or a batch at the server."""

    @property
    def in_flight(self) -> int:
        """Calls that are at the server now."""
        ...

    @property
    def waiting_for(self) -> str:
        """Why calls wait, in words for people, "" where none does."""
        ...
