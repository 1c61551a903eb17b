"""A model server without a network: answers what a test tells it to, in the moment it is asked or later."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rubric_studio.domain.connection import Connection, ConnectionReport
from rubric_studio.domain.model_call import Fault, Reply, Request, Usage
from rubric_studio.domain.model_traffic import Answered
from rubric_studio.services.model_ports import BatchCalls
from rubric_studio.services.ports import Progress, no_progress
from rubric_studio.services.run_progress import RunProgress

HOME = Connection(id="home", name="At home", base_url="http://localhost:1/v1", concurrency=4)
TOKENS = Usage(prompt=10, answer=5)

Told = list[Reply] | Fault
Behavior = Callable[[Request, int], Told]
"""What a server does with a request for so many choices."""


def echo(request: Request, choices: int) -> Told:
    """Answer with the last message and a number for each choice."""
    return [said(f"{request.messages[-1].content} #{at}", of=choices) for at in range(choices)]


def said(text: str, **more: object) -> Reply:
    return Reply.model_validate({"text": text, "model": "alder-2", "finish": "stop", "usage": TOKENS} | more)


class FakeAsking:
    """Takes at most `width` calls at once. `slow` keeps them until `release` is called."""

    def __init__(self, behavior: Behavior, width: int = 1_000_000, *, slow: bool = False) -> None:
        self.behavior, self.width, self.slow = behavior, width, slow
        self.queue: deque[tuple[int, Request, int]] = deque()
        self.on_wire: list[tuple[int, Request, int]] = []
        self.asked: list[tuple[Request, int]] = []
        self.is_held = False
        self.was_held: list[bool] = []

    def ask(self, ticket: int, request: Request, choices: int = 1) -> None:
        self.queue.append((ticket, request, choices))

    def hold(self, held: bool) -> None:
        self.is_held = held
        self.was_held.append(held)

    @property
    def in_flight(self) -> int:
        return len(self.on_wire)

    @property
    def waiting_for(self) -> str:
        return ""

    def answered(self, wait: float) -> list[Answered]:
        ready = [] if self.slow else self.release()
        while not self.is_held and self.queue and len(self.on_wire) < self.width:
            self.on_wire.append(self.queue.popleft())
            self.asked.append(self.on_wire[-1][1:])
        return ready if self.slow else ready + self.release()

    def release(self) -> list[Answered]:
        """Answer everything on the wire."""
        waiting, self.on_wire = self.on_wire, []
        return [self._answer(*each) for each in waiting]

    def _answer(self, ticket: int, request: Request, choices: int) -> Answered:
        told = self.behavior(request, choices)
        if isinstance(told, Fault):
            return Answered(ticket, (), told, 1, Usage())
        return Answered(ticket, tuple(told), None, 1, told[0].usage or Usage() if told else Usage())

    def counted(self) -> Counter[str]:
        """How often each last message was asked, choices counted."""
        counts: Counter[str] = Counter()
        for request, choices in self.asked:
            counts[request.messages[-1].content] += choices
        return counts


class FakeServers:
    """Opens the one asking that it was made with."""

    def __init__(self, asking: FakeAsking) -> None:
        self.fake = asking

    @property
    def is_offline(self) -> bool:
        return False

    def set_offline(self, offline: bool) -> None:
        raise AssertionError("nobody asked for that")

    @contextmanager
    def asking(self, connection: Connection) -> Iterator[FakeAsking]:
        yield self.fake
        self.fake.queue.clear()
        self.fake.on_wire.clear()
        self.fake.is_held = False

    @contextmanager
    def batches(self, connection: Connection) -> Iterator[BatchCalls]:
        raise AssertionError("nobody asked for that")
        yield

    def test(
        self, connection: Connection, model: str = "", progress: Progress = no_progress
    ) -> ConnectionReport:
        raise AssertionError("nobody asked for that")


class Watching:
    """A window that watches a run, and pauses or stops it when told so many calls have ended."""

    def __init__(self, *, pause_at: int | None = None, stop_at: int | None = None) -> None:
        self.told: list[RunProgress] = []
        self.pause_at, self.stop_at = pause_at, stop_at
        self.is_paused = pause_at == 0
        self.is_stopped = stop_at == 0

    def tell(self, progress: RunProgress) -> None:
        self.told.append(progress)
        ended = progress.done + progress.failed
        self.is_paused = self.pause_at is not None and ended >= self.pause_at
        self.is_stopped = self.stop_at is not None and ended >= self.stop_at
