"""A pool of worker processes in which every call has a wall-clock limit and may be killed without harm.

A `concurrent.futures.Executor` like any other: threads of the standard pool wait, a worker process does the
work of each. It guards against work that hangs or crashes, not against work that is hostile.
"""

import multiprocessing
import pickle
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from types import ModuleType
from typing import Any

from rubric_studio.sandbox import worker

START_LIMIT = 60.0  # seconds for a process to start, or to import what a call needs, on a busy machine
_PROCESSES = multiprocessing.get_context("spawn")
_STARTING_OR_ENDING = Lock()  # multiprocessing's own list of children is not made for several threads


class TimedOut(TimeoutError):
    """A call took longer than its limit; its process was killed."""


class WorkerDied(ChildProcessError):
    """A worker process ended in the middle of a call."""


class LimitedExecutor(Executor):
    """Runs calls in worker processes, each for at most `limit` seconds counted from its own start.

    Functions, arguments and results must be picklable, and functions importable: a worker has not our
    `__main__`. Processes start with the first call that needs one, or with `warm()`.
    """

    def __init__(self, workers: int, limit: float) -> None:
        self._size = workers
        self._limit = limit
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="limited")
        self._lock = Lock()
        self._idle: list[_Worker] = []
        self._started = 0
        self._unfinished = 0
        self._closed = False

    def warm(self) -> None:
        """Start the processes that are not there yet, and do not wait for them."""
        with self._lock:
            while self._started < self._size and not self._closed:
                self._idle.insert(0, self._start())

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Queue a call. Its future may get `TimedOut`, `WorkerDied` or whatever the call raises."""
        with self._lock:
            if self._closed:
                raise RuntimeError("no more calls: the executor was shut down")
            future = self._threads.submit(self._run, fn, args, kwargs)
            self._unfinished += 1
        future.add_done_callback(self._on_future_done)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more calls and let the processes end once the last one is done.

        A call that runs may still use up its limit; those that wait run too, unless they are canceled.
        """
        with self._lock:
            self._closed = True
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        self._end_if_finished()

    def _run(self, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        call = pickle.dumps((fn, args, kwargs), pickle.HIGHEST_PROTOCOL)
        chosen = self._take()
        try:
            return chosen.run(call, self._limit)
        finally:
            self._give_back(chosen)

    def _take(self) -> "_Worker":
        with self._lock:
            while self._idle:
                chosen = self._idle.pop()
                if chosen.is_alive():
                    return chosen
                chosen.end()  # it died in its sleep: the call shall not suffer from that
                self._started -= 1
            return self._start()

    def _start(self) -> "_Worker":
        started = _Worker(self._limit)
        self._started += 1
        return started

    def _give_back(self, chosen: "_Worker") -> None:
        with self._lock:
            if chosen.usable:
                self._idle.append(chosen)
            else:
                self._started -= 1

    def _on_future_done(self, _: Future[Any]) -> None:
        with self._lock:
            self._unfinished -= 1
        self._end_if_finished()

    def _end_if_finished(self) -> None:
        with self._lock:
            if not self._closed or self._unfinished:
                return
            ending, self._idle = self._idle, []
        for each in ending:
            each.end()


class _Worker:
    """One worker process and this side's end of its pipe."""

    def __init__(self, limit: float) -> None:
        self._connection, theirs = _PROCESSES.Pipe()
        self._process = _PROCESSES.Process(target=worker.serve, args=(theirs, limit), daemon=True)
        with _STARTING_OR_ENDING, _without_main():
            self._process.start()
        theirs.close()
        self._ready = False
        self.usable = True

    def is_alive(self) -> bool:
        """Say whether the process is still there."""
        with _STARTING_OR_ENDING:
            return self._process.is_alive()

    def run(self, call: bytes, limit: float) -> Any:
        """Have the call run and return its result; afterwards the worker is idle, or no longer usable."""
        try:
            kind, value = self._ask(call, limit)
        except (EOFError, OSError) as error:
            self.end()
            if isinstance(error, TimedOut):
                raise
            raise WorkerDied("a worker process ended in the middle of a call") from error
        if kind == worker.ERROR:
            raise value
        return value

    def _ask(self, call: bytes, limit: float) -> tuple[str, Any]:
        if not self._ready:
            self._receive(START_LIMIT)
            self._ready = True
        self._connection.send_bytes(call)
        kind, value = self._receive(START_LIMIT)
        return self._receive(limit) if kind == worker.STARTED else (kind, value)

    def _receive(self, within: float) -> tuple[str, Any]:
        if not self._connection.poll(within):
            raise TimedOut(f"stopped after {within:g} seconds")
        return pickle.loads(self._connection.recv_bytes())

    def end(self) -> None:
        """Kill the process; it holds nothing that would need a good-bye."""
        self.usable = False
        with _STARTING_OR_ENDING:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._connection.close()


@contextmanager
def _without_main():
    """Hide `__main__`, which a spawned process would import again, with all the window's libraries."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
