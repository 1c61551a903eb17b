"""Attacks on both ways to run own code: none reaches anything, none stalls, and a good program runs right after."""

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.grader.own_code import Told
from rubric_studio.sandbox.limited_executor import LimitedExecutor
from rubric_studio.sandbox.monty_code import Limits, run_in_sandbox
from rubric_studio.sandbox.trusted_code import Seconds, TrustedCode
from tests.sandbox.attacks.programs import GROUPS, PROGRAMS, SECRET, source_of

LONGEST = 5.0  # seconds that any attack may take, its restarts included, on a busy machine
GOOD = "def grade(sample, item):\n    return 0.75\n"

Run = Callable[[str, Sequence[tuple[str, dict[str, Any]]]], list[Told]]


class Canary:
    """What must not be reached: a file with a secret in a folder, and a port at which this process listens."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "secret.txt"
        self.file.write_text(SECRET)
        (folder / "evil.py").write_text("raise SystemExit")
        (folder / "evil.so").write_bytes(b"\x7fELF")
        self.before = self._seen()
        self.stream = socket.create_server(("127.0.0.1", 0))
        self.port = self.stream.getsockname()[1]
        self.datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.datagrams.bind(("127.0.0.1", self.port))
        self.stream.setblocking(False)
        self.datagrams.setblocking(False)

    def _seen(self) -> dict[str, tuple[Any, ...]]:
        found = {path.name: path.stat() for path in self.folder.iterdir()}
        return {name: (at.st_size, at.st_mode, at.st_mtime, at.st_nlink) for name, at in found.items()}

    def item(self) -> dict[str, Any]:
        return {
            "file": str(self.file),
            "folder": str(self.folder),
            "port": self.port,
            "python": sys.executable,
        }

    def assert_untouched(self) -> None:
        assert self._seen() == self.before
        assert self.file.read_text() == SECRET
        with pytest.raises(BlockingIOError):
            self.stream.accept()
        with pytest.raises(BlockingIOError):
            self.datagrams.recv(10)

    def close(self) -> None:
        self.stream.close()
        self.datagrams.close()


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Canary]:
    os.environ["RUBRIC_CANARY"] = SECRET
    made = Canary(tmp_path_factory.mktemp("canary"))
    yield made
    made.close()
    del os.environ["RUBRIC_CANARY"]


@pytest.fixture(scope="module")
def monty(canary: Canary) -> Iterator[Run]:
    limits = Limits(batch_seconds=0.2, case_seconds=0.1, memory=32 * 1024 * 1024)

    def run(source: str, cases: Sequence[tuple[str, dict[str, Any]]]) -> list[Told]:
        found = executor.submit(run_in_sandbox, source, cases, limits).result()
        return [Told(None, found.needs_python)] * len(cases) if found.needs_python else found.said

    with LimitedExecutor(1, LONGEST) as executor:
        executor.submit(run_in_sandbox, GOOD, [("", {})]).result()
        yield run


@pytest.fixture
def trusted(canary: Canary) -> Iterator[Run]:
    code = TrustedCode(Seconds(start=5.0, case=0.3, batch=3.0))
    missing = code.missing_protection()
    if missing:
        pytest.skip("; ".join(missing))
    yield code.run
    code.close()


def attacked(run: Run, name: str, canary: Canary) -> None:
    """Run one attack between two harmless answers, then a good program."""
    cases = [(text, canary.item()) for text in ("before", "attack", "after")]
    begun = time.monotonic()
    before, attack, after = run(source_of(PROGRAMS[name]), cases)
    took = time.monotonic() - begun
    assert took < LONGEST, name
    assert attack.value != 1.0, f"{name} says that it succeeded"
    assert SECRET not in attack.reason, name
    canary.assert_untouched()
    assert before.value in (0.5, None)  # the sandbox may not know the program's Python at all
    assert after.value in (0.5, None)
    good = run(GOOD, [("before", {})])
    assert [each.value for each in good] == [0.75]


def test_there_are_at_least_forty():
    assert len(PROGRAMS) >= 40


@pytest.mark.parametrize("name", PROGRAMS)
def test_nothing_gets_out_of_the_sandbox(name: str, monty: Run, canary: Canary):
    attacked(monty, name, canary)


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_gets_out_of_the_trusted_process(group: str, trusted: Run, canary: Canary):
    for name in GROUPS[group]:
        attacked(trusted, name, canary)


def test_answers_around_an_attack_keep_their_marks(trusted: Run, monty: Run, canary: Canary):
    """A crash under CPython and a loop in the sandbox cost one answer each."""
    for run, name in ((trusted, "reads nowhere"), (monty, "loops")):
        cases = [(text, canary.item()) for text in ("a", "attack", "b", "c")]
        assert [each.value for each in run(source_of(PROGRAMS[name]), cases)] == [0.5, None, 0.5, 0.5]
