"""Runs own code in Monty, a small Python that reaches no file, network or process. Trusted code runs elsewhere.

`run_in_sandbox` is work for a worker process (`limited_executor.py`); each keeps one Monty process and takes a
fresh session for each call. Importing this is light: Monty itself is imported with the first call.
"""

import ast
import contextlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple, cast

from rubric_studio.grader.measures import Answer
from rubric_studio.grader.own_code import NO_FUNCTION, Told, failed, fresh, not_a_number, sample_of, told

Case = tuple[str, dict[str, Any]]
"""An answer's text, and the reference fields of its row."""

MODULES = frozenset(
    {"__future__", "asyncio", "base64", "binascii", "bisect", "collections", "copy", "csv", "dataclasses"}
    | {
        "datetime",
        "decimal",
        "functools",
        "hashlib",
        "itertools",
        "json",
        "math",
        "os",
        "pathlib",
        "posixpath",
    }
    | {"random", "re", "sys", "time", "tomllib", "typing", "unicodedata"}
)
"""What code can import in the sandbox."""

STALLS_UNTIL_GIVEN_UP = 3
BATCH = 250  # cases that share one limit; more save nothing
TOO_SLOW = "too slow: the code took longer than its limit"
TOO_LARGE = "too large: the code took more memory than its limit"
GIVEN_UP = f"given up: the code took too long, or too much memory, on {STALLS_UNTIL_GIVEN_UP} other answers"
CRASHED = "the sandbox ended in the middle of this answer"
MEDDLED = "the code changed what the sandbox keeps of its answers"
UNREADABLE = "the answer or its question holds half a character, which the sandbox cannot read"

# Runs before the source, so that a source that calls something `len` does not bend it. An exception leaves
# `run`, with its line; the next call notes a None for it and goes on with the case after it.
_DRIVER = """
__studio_said = []
def __studio_run(cases, after_error, _len=len, _range=range, _float=float, _int=int, _type=type):
    if after_error:
        __studio_said.append(None)
    for at in _range(_len(__studio_said), _len(cases)):
        value = grade(*cases[at])
        kind = _type(value)
        __studio_said.append(value if kind is _float or kind is _int else (kind.__name__,))
    return __studio_said
"""
_SOURCE_FEED = "<python-input-1>"  # the driver is fed first, the source second


class Limits(NamedTuple):
    """What one call may use: seconds for a batch and for a case alone, bytes, and depth of calls."""

    batch_seconds: float = 1.0
    case_seconds: float = 0.4
    memory: int = 128 * 1024 * 1024
    depth: int = 900


class SandboxRun(NamedTuple):
    """What the code said of each case; or why the sandbox cannot run this code at all, and then nothing else."""

    said: list[Told]
    needs_python: str = ""


class _Stalled(Exception):
    """The session is gone: too long, too large, or crashed."""


def run_in_sandbox(source: str, cases: Sequence[Case], limits: Limits | None = None) -> SandboxRun:
    """Run `grade` of the source over many cases in one batched call.

    A batch that stalls is run again case by case, until the one is found; three of them end the rest.
    """
    lacking = what_it_lacks(source)
    if lacking:
        return SandboxRun([], lacking)
    limits = limits or Limits()
    said: list[Told] = []
    for start in range(0, len(cases), BATCH):
        found = _run_batch(source, cases[start : start + BATCH], limits)
        if found.needs_python:
            return found
        said += found.said
        if sum(each.reason in (TOO_SLOW, TOO_LARGE, CRASHED) for each in said) >= STALLS_UNTIL_GIVEN_UP:
            break
    return SandboxRun(said + [Told(None, GIVEN_UP)] * (len(cases) - len(said)))


def what_it_lacks(source: str) -> str:
    """Say what the code imports that the sandbox has not, "" where there is nothing; runs nothing."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""  # the sandbox will say what is wrong with it
    absent = sorted({name for name in _imported(tree) if name.split(".")[0] not in MODULES})
    return f"it imports {', '.join(absent)}" if absent else ""


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def _run_batch(source: str, cases: Sequence[Case], limits: Limits) -> SandboxRun:
    try:
        with _session(source, limits, limits.batch_seconds) as session:
            return SandboxRun(session.run(cases))
    except _NotLoaded as error:
        return SandboxRun([] if error.needs_python else [error.said] * len(cases), error.needs_python)
    except _Stalled:
        return SandboxRun(list(_one_by_one(source, cases, limits)))


def _one_by_one(source: str, cases: Sequence[Case], limits: Limits) -> Iterator[Told]:
    at = stalls = 0
    while at < len(cases) and stalls < STALLS_UNTIL_GIVEN_UP:
        try:
            with _session(source, limits, limits.case_seconds) as session:
                while at < len(cases):
                    said = session.run(cases[at : at + 1])
                    at += 1
                    yield from said
        except _Stalled as stalled:
            at += 1
            stalls += 1
            yield Told(None, str(stalled))
    yield from [Told(None, GIVEN_UP)] * (len(cases) - at)


class _NotLoaded(Exception):
    """The source does not get as far as its function."""

    def __init__(self, said: Told, needs_python: str = "") -> None:
        super().__init__(said.reason)
        self.said = said
        self.needs_python = needs_python


@cache
def _pool() -> Any:
    from pydantic_monty import Monty

    pool = Monty(max_processes=1, request_timeout=5.0, max_checkouts_per_worker=200)
    return pool.__enter__()  # it lives as long as this worker process, and ends with it


@contextlib.contextmanager
def _session(source: str, limits: Limits, seconds: float) -> Iterator["_Session"]:
    """A fresh session that has run what stands outside the source's functions."""
    allowed = {
        "max_feed_duration_secs": seconds,
        "max_memory": limits.memory,
        "max_recursion_depth": limits.depth,
        "max_total_sleep_secs": 0.0,
    }
    with _pool().checkout(limits=allowed, assert_message_annotations=False) as checked_out:
        session = _Session(checked_out)
        session.load(source)
        yield session


class _Session:
    def __init__(self, checked_out: Any) -> None:
        self._checked_out = checked_out

    def load(self, source: str) -> None:
        from pydantic_monty import MontyRuntimeError, MontySyntaxError

        self._feed(_DRIVER)
        try:
            self._feed(source)
        except MontySyntaxError as error:
            raise _NotLoaded(_said(error), _only_python_reads(source)) from None
        except MontyRuntimeError as error:
            raise _NotLoaded(_said(error), _not_supported(error)) from None
        except _Stalled as stalled:
            raise _NotLoaded(Told(None, str(stalled))) from None
        try:
            self._feed("grade")
        except MontyRuntimeError:
            raise _NotLoaded(Told(None, NO_FUNCTION)) from None

    def run(self, cases: Sequence[Case]) -> list[Told]:
        """What the code says of each case; raises `_Stalled` where the session did not outlive it."""
        from pydantic_monty import MontyError

        errors: list[Told] = []
        try:
            self._feed("__studio_said = []", {"__studio_cases": [_arguments(*case) for case in cases]})
        except MontyError:
            if len(cases) == 1:
                return [Told(None, UNREADABLE)]
            return [said for case in cases for said in self.run([case])]
        given: Any = None
        while given is None and len(errors) <= len(cases):
            try:
                given = self._feed(f"__studio_run(__studio_cases, {bool(errors)})")
            except MontyError as error:
                errors.append(_said(error))
        if not isinstance(given, list) or len(cast("list[Any]", given)) != len(cases):
            return [Told(None, MEDDLED)] * len(cases)
        remaining = iter(errors)
        return [
            next(remaining, Told(None, MEDDLED)) if value is None else _read(value)
            for value in cast("list[Any]", given)
        ]

    def _feed(self, code: str, inputs: dict[str, Any] | None = None) -> Any:
        from pydantic_monty import MontyCrashedError, MontyRuntimeError

        try:
            return self._checked_out.feed_run(code, inputs=inputs, print_callback=_drop)
        except MontyCrashedError as error:
            raise _Stalled(TOO_SLOW if error.timed_out else CRASHED) from None
        except MontyRuntimeError as error:
            kind, message = type(error.exception()).__name__, str(error.exception())
            if kind == "TimeoutError" and ("limit exceeded" in message or "sleep" in message):
                raise _Stalled(TOO_SLOW) from None
            if kind == "MemoryError":
                raise _Stalled(TOO_LARGE) from None
            raise


def _drop(stream: str, text: str) -> None:
    """Whatever it prints is nobody's."""
    del stream, text


def _arguments(text: str, item: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    return sample_of(Answer(text)), fresh(item)


def _read(value: Any) -> Told:
    """A number, or the name of another type in a tuple; but the code may have bent even that."""
    if isinstance(value, tuple):
        return not_a_number(" ".join(map(str, cast("tuple[Any, ...]", value))))
    return told(value)


def _said(error: Any) -> Told:
    """The reason with the last line of the source on the way to the error."""
    frames = error.traceback() if hasattr(error, "traceback") else ()
    lines = [frame.line for frame in frames if frame.filename == _SOURCE_FEED]
    inner = error.exception()
    return failed(type(inner).__name__, str(inner), lines[-1] if lines else None)


def _not_supported(error: Any) -> str:
    """What CPython would know and the sandbox says that it does not; "" where the code itself is at fault."""
    inner = error.exception()
    if isinstance(inner, NotImplementedError):
        return f"the sandbox does not know {str(inner).rpartition('support ')[2]}"
    return f"{inner} in the sandbox" if isinstance(inner, ImportError) else ""


def _only_python_reads(source: str) -> str:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    return "the sandbox cannot read the way it is written"
