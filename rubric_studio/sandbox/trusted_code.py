"""Runs trusted own code under CPython, in a confined process of its own. What nobody trusts runs in Monty.

Every source has its own process, with an empty environment and an empty folder that goes with it. A case that
exceeds its limit, or kills the process, is marked; the next process goes on with the case after it.
"""

import json
import os
import queue
import shutil
import struct
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, cast

import rubric_studio
from rubric_studio.grader.own_code import LONGEST_REASON, Told
from rubric_studio.sandbox import confinement, trusted_child

Case = tuple[str, dict[str, Any]]
PACKAGES = ("numpy", "rapidfuzz")
BATCH = 250
KEPT = 3  # processes of the sources last asked
SENDING_SECONDS = 5.0
STALLS_UNTIL_GIVEN_UP = 3
TOO_SLOW = "too slow: the code took longer than its limit"
DIED_LOADING = "the interpreter ended before the code had its function grade(sample, item)"
DIED = "the interpreter ended in the middle of this answer"
GIVEN_UP = (
    f"given up: the code took too long, or ended the interpreter, on {STALLS_UNTIL_GIVEN_UP} other answers"
)
NOT_CONFINED = "not run here: its process could not be closed off from the rest of this computer"
NO_INTERPRETER = "not run here: this packed program has no Python for code outside the sandbox"
_SYSTEM_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo")
_SYSTEM_FILES = ("/etc/ld.so.cache", "/etc/localtime", "/dev/null", "/dev/urandom")


class Seconds(NamedTuple):
    """Wall-clock limits: for a process to start and load the source, for each case, for a batch of them."""

    start: float = 10.0
    case: float = 2.0
    batch: float = 30.0


class TrustedCode:
    """A few confined processes, one for each source that was run last. Several threads take turns."""

    def __init__(self, seconds: Seconds | None = None) -> None:
        self._seconds = seconds or Seconds()
        self._running: OrderedDict[str, _Process] = OrderedDict()
        self._turn = threading.Lock()
        self._at_exit = weakref.finalize(self, _end_all, self._running)

    def missing_protection(self) -> list[str]:
        """Say in words what the code could do on this system, because a measure is lacking."""
        return confinement.missing_protection()

    def run(self, source: str, cases: Sequence[Case]) -> list[Told]:
        """Run `grade` of the source over the cases, each with fresh arguments; what went wrong is in the reasons."""
        if getattr(sys, "frozen", False):
            return [Told(None, NO_INTERPRETER)] * len(cases)
        with self._turn:
            return self._run(source, cases)

    def close(self) -> None:
        """End every process and clear its folder away."""
        with self._turn:
            _end_all(self._running)

    def _run(self, source: str, cases: Sequence[Case]) -> list[Told]:
        said: list[Told] = []
        stalls = 0
        while len(said) < len(cases) and stalls < STALLS_UNTIL_GIVEN_UP:
            process = self._process(source)
            if process.broken is not None:
                self._end(source)
                return said + [process.broken] * (len(cases) - len(said))
            batch = cases[len(said) : len(said) + BATCH]
            answered = list(process.answers(batch, self._seconds))
            said += answered
            if len(answered) < len(batch):
                said.append(Told(None, process.ended_by))
                stalls += 1
                self._end(source)
        return said + [Told(None, GIVEN_UP)] * (len(cases) - len(said))

    def _process(self, source: str) -> "_Process":
        found = self._running.get(source)
        if found is None:
            while len(self._running) >= KEPT:
                self._end(next(iter(self._running)))
            found = self._running[source] = _Process(source, self._seconds.start)
        self._running.move_to_end(source)
        return found

    def _end(self, source: str) -> None:
        self._running.pop(source).end()


def _end_all(running: "OrderedDict[str, _Process]") -> None:
    while running:
        running.popitem()[1].end()


class _Process:
    """One confined interpreter with one source; `broken` says why that source cannot be run in it."""

    def __init__(self, source: str, within: float) -> None:
        self.broken: Told | None = None
        self.ended_by = DIED
        self._folder = Path(tempfile.mkdtemp(prefix="rubric-studio-code-")).resolve()
        self._process = _started(self._folder)
        self._lines: queue.Queue[bytes] = queue.Queue(maxsize=2 * BATCH)
        self._ending = threading.Event()
        self._reader = threading.Thread(target=self._read, name="trusted code", daemon=True)
        self._reader.start()
        self._send(_opening(source, self._folder))
        if self._line(within) != json.dumps(trusted_child.LOADED).encode():
            self.broken = Told(None, self._why_not_loaded())

    def _why_not_loaded(self) -> str:
        if self.ended_by == TOO_SLOW:
            return TOO_SLOW
        return NOT_CONFINED if self._process.wait() == trusted_child.NOT_CONFINED else DIED_LOADING

    def answers(self, cases: Sequence[Case], seconds: Seconds) -> Iterator[Told]:
        """What the code says of the cases, as far as the process comes within its limits."""
        end = time.monotonic() + seconds.batch
        self._send(cases)
        for number in range(len(cases)):
            line = self._line(min(seconds.case, max(0.0, end - time.monotonic())))
            said = None if line is None else _read(line, number)
            if said is None:
                return
            yield said

    def end(self) -> None:
        """Kill the process and clear its folder away."""
        self._ending.set()
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    continue  # what was still to be written to it goes with it
        shutil.rmtree(self._folder, ignore_errors=True)

    def _send(self, value: Any) -> None:
        data = json.dumps(value).encode()
        assert self._process.stdin is not None
        watch = threading.Timer(SENDING_SECONDS, self._process.kill)  # it may not listen
        watch.start()
        try:
            self._process.stdin.write(struct.pack("<I", len(data)) + data)
            self._process.stdin.flush()
        except OSError:
            return  # it has ended: the next line that is waited for says so
        finally:
            watch.cancel()
            watch.join()

    def _line(self, within: float) -> bytes | None:
        """The next line; None where it does not come within so many seconds, or the process has ended."""
        try:
            line = self._lines.get(timeout=within)
        except queue.Empty:
            self.ended_by = TOO_SLOW
            return None
        return line.rstrip(b"\n") or None

    def _read(self) -> None:
        """Hand over the lines of the process, the last one empty; runs in a thread, as Windows has no other way."""
        stream = self._process.stdout
        assert stream is not None
        line = b"?"
        while line and not self._ending.is_set():
            try:
                line = stream.readline(trusted_child.LONGEST_LINE + 2)
            except (OSError, ValueError):
                line = b""  # closed from the other side
            while not self._ending.is_set():
                try:
                    self._lines.put(line, timeout=0.2)
                    break
                except queue.Full:
                    continue


def _started(folder: Path) -> "subprocess.Popen[bytes]":
    root = Path(rubric_studio.__file__).resolve().parents[1]
    command = [sys.executable, "-I", "-S", "-B", "-X", "utf8", trusted_child.__file__, str(root)]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_environment(),
        close_fds=True,
        start_new_session=sys.platform != "win32",
    )


def _environment() -> dict[str, str]:
    """Nothing; Windows alone starts no Python without knowing where its system is."""
    return {"SYSTEMROOT": os.environ["SYSTEMROOT"]} if sys.platform == "win32" else {}


def _opening(source: str, folder: Path) -> dict[str, Any]:
    packages = package_folders()
    return {
        "source": source,
        "folder": str(folder),
        "packages": [str(each) for each in packages],
        "libraries": [str(each) for each in (*_interpreter_folders(), *packages)],
        "measures": sorted(confinement.measures_here()),
    }


def package_folders() -> list[Path]:
    """Where the packages lie that own code may import."""
    specs = [find_spec(name) for name in PACKAGES]
    folders = [Path(spec.origin).resolve().parents[1] for spec in specs if spec is not None and spec.origin]
    return list(dict.fromkeys(folders))


def _interpreter_folders() -> list[Path]:
    paths = sysconfig.get_paths()
    own = [Path(paths[name]).resolve() for name in ("stdlib", "platstdlib")]
    shared = sysconfig.get_config_var("LIBDIR")
    return [*own, *([Path(shared)] if shared else []), *map(Path, (*_SYSTEM_LIBRARIES, *_SYSTEM_FILES))]


def _read(line: bytes, number: int) -> Told | None:
    """A line of the process on its case of that number; None where it is no such line: the code can write there too."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        return None
    parts: list[Any] = cast("list[Any]", given) if isinstance(given, list) else []
    if len(parts) != 4 or parts[0] != number:
        return None
    _, value, reason, at = parts
    finite = isinstance(value, float) and abs(value) < float("inf")
    told_reason = str(reason)[: LONGEST_REASON + 40]
    return Told(value if finite else None, told_reason, at if isinstance(at, int) else None)
