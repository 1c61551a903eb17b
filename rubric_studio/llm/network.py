"""The one thread on which everything goes over the network, and the switch that forbids it. Not what is sent."""

import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from rubric_studio.domain.model_call import Fault, FaultKind
from rubric_studio.domain.model_traffic import ModelFault

if TYPE_CHECKING:
    import asyncio

Result = TypeVar("Result")

OFFLINE = Fault(
    kind=FaultKind.OFFLINE,
    message="You work offline: nothing was sent. Allow the network under Models to go on.",
)


class Network:
    """An asyncio loop on a daemon thread that lives while something is open. Offline it is never begun.

    `openai` is imported by that thread: importing it takes a second, and no other thread should pay for it. asyncio
    is imported with the first use as well: the window starts without it.
    """

    def __init__(self, *, offline: bool = True) -> None:
        self._is_offline = offline
        self._lock = threading.Lock()
        self._users = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._cuts: set[Callable[[], None]] = set()

    @property
    def is_offline(self) -> bool:
        """Whether the network is forbidden."""
        return self._is_offline

    def set_offline(self, offline: bool) -> None:
        """Forbid or allow the network; what is under way is cut off at once when it is forbidden."""
        self._is_offline = offline
        with self._lock:
            if offline and self._loop is not None:
                self._loop.call_soon_threadsafe(self._cut_all)

    def _cut_all(self) -> None:
        for cut in list(self._cuts):
            cut()

    @contextmanager
    def on_offline(self, cut: Callable[[], None]) -> Iterator[None]:
        """Have something called, on the network's thread, whenever the network is forbidden."""
        self._cuts.add(cut)
        try:
            yield
        finally:
            self._cuts.discard(cut)

    @contextmanager
    def opened(self) -> "Iterator[asyncio.AbstractEventLoop]":
        """The loop, for as long as the block lasts; the first who comes starts it, the last one ends it."""
        loop = self._begin()
        try:
            yield loop
        finally:
            self._end()

    def run(self, work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        """Do something on the network's thread and wait for it; for jobs, never for the window's thread.

        Raises:
            ModelFault: the network is forbidden, or was while this went on.
        """
        import asyncio

        if self._is_offline:
            raise ModelFault(OFFLINE)
        with self.opened() as loop:
            return asyncio.run_coroutine_threadsafe(self._guarded(work), loop).result()

    async def _guarded(self, work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        import asyncio

        task = asyncio.ensure_future(work())
        with self.on_offline(lambda: _cancel(task)):
            if self._is_offline:
                task.cancel()
            try:
                return await task
            except asyncio.CancelledError:
                raise ModelFault(OFFLINE) from None

    # ---- the thread

    def _begin(self) -> "asyncio.AbstractEventLoop":
        import asyncio

        with self._lock:
            self._users += 1
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=_turn, args=(self._loop,), name="network", daemon=True)
                self._thread.start()
            return self._loop

    def _end(self) -> None:
        with self._lock:
            self._users -= 1
            if self._users or self._loop is None or self._thread is None:
                return
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def _cancel(task: "asyncio.Future[Any]") -> None:
    task.cancel()


def _turn(loop: "asyncio.AbstractEventLoop") -> None:
    """Run the loop until it is stopped, and leave nothing of it behind."""
    import asyncio

    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
