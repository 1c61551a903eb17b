"""Whose code may run here, and how: in the sandbox, outside it, or not at all. Grading with it is elsewhere.

Trust is given to an exact text (its SHA-256), for one project, on one computer; it is never kept in a project.
The reasons for the rule are in docs/decisions/005-own-code.md.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple, cast

from rubric_studio.domain.kinds import PythonKind
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.own_code import Told, within_unit
from rubric_studio.services.ports import KeptFile, PythonRunner

Case = tuple[str, dict[str, Any]]
"""An answer's text, and the reference fields of its row."""

SandboxWork = Callable[[str, Sequence[Case]], tuple[list[Told], str]]
"""(source, cases) -> (what it says of each, "") or ([], why the sandbox cannot run it); work for an executor."""

NOT_ALLOWED = "needs your word: this code was not written on this computer and has not run here"
NEEDS_TRUST = "needs your trust"
NOT_HERE = "not run here"
_WAITING = ("needs your word", NEEDS_TRUST, NOT_HERE)
TOO_SLOW = "too slow: the code took longer than its limit"
CRASHED = "the sandbox ended in the middle of this answer"


class Trust(IntEnum):
    """How far a text is trusted on this computer; each step includes the one before."""

    NONE = 0
    SANDBOX = 1
    PYTHON = 2


_WORDS = {"sandbox": Trust.SANDBOX, "python": Trust.PYTHON}


def is_waiting(reason: str) -> bool:
    """Whether that reason for no mark goes away as soon as somebody allows the code to run."""
    return reason.startswith(_WAITING)


def hash_of(source: str) -> str:
    """The SHA-256 of a text of code: 64 hex digits."""
    return hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()


def sources_of(rubric: Rubric) -> list[str]:
    """Every text of own code in a rubric, once, in order."""
    found = (criterion.kind for criterion in rubric.criteria())
    return list(dict.fromkeys(kind.source for kind in found if isinstance(kind, PythonKind)))


class CodeTrust:
    """What the person at this computer allowed, kept in a small file of the machine.

    A project is known by the id of its first edit (`Store.first_edit`), which its copies share.
    """

    def __init__(self, file: KeptFile) -> None:
        self._file = file

    def of(self, project: str, source: str) -> Trust:
        """How far that text is trusted in that project."""
        return _WORDS.get(self._hashes(self._file.read(), project).get(hash_of(source), ""), Trust.NONE)

    def allow_sandbox(self, project: str, sources: Iterable[str]) -> None:
        """Let these texts run in the sandbox: the person wrote them here, or said so of what a file brought."""
        self._note(project, sources, Trust.SANDBOX)

    def allow_python(self, project: str, source: str) -> None:
        """Trust this text outside the sandbox; only after a dialog that showed it.

        Raises:
            StudioError: it could not be noted on this computer.
        """
        self._note(project, [source], Trust.PYTHON)

    def take_back(self, project: str, source: str) -> None:
        """Trust this text no more, neither in the sandbox nor outside."""
        kept = self._file.read()
        hashes = self._hashes(kept, project)
        if hashes.pop(hash_of(source), None) is not None:
            self._write(kept, project, hashes)

    def _note(self, project: str, sources: Iterable[str], trust: Trust) -> None:
        kept = self._file.read()
        hashes = self._hashes(kept, project)
        word = next(word for word, level in _WORDS.items() if level is trust)
        wanted = {hash_of(source) for source in sources}
        new = {each: word for each in wanted if _WORDS.get(hashes.get(each, ""), Trust.NONE) < trust}
        if new:
            self._write(kept, project, hashes | new)

    def _write(self, kept: dict[str, Any], project: str, hashes: dict[str, str]) -> None:
        found: Any = kept.get("projects")
        projects = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
        self._file.write({**kept, "projects": {**projects, project: hashes}})

    def _hashes(self, kept: dict[str, Any], project: str) -> dict[str, str]:
        projects: Any = kept.get("projects")
        found: Any = cast("dict[str, Any]", projects).get(project) if isinstance(projects, dict) else None
        hashes = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
        return {hash: word for hash, word in hashes.items() if isinstance(word, str)}


class Ran(NamedTuple):
    """What code said of each case, and where it ran; `waits` says why it did not run at all."""

    said: list[Told]
    where: Trust
    waits: str = ""


@dataclass(frozen=True)
class OwnCode:
    """The two ways to run own code, and who may use them. `asked`: a person on the command line asked for it."""

    trust: CodeTrust
    sandbox: SandboxWork
    python: PythonRunner
    asked: bool = False

    def trust_in(self, project: str, source: str) -> Trust:
        """How far a text may go in this run."""
        return max(self.trust.of(project, source), Trust.SANDBOX if self.asked else Trust.NONE)

    def waits_for(self, rubric: Rubric, project: str) -> list[str]:
        """The texts in a rubric that wait for a person's word before they run at all."""
        return [source for source in sources_of(rubric) if not self.trust_in(project, source)]

    def run(self, executor: Executor, project: str, source: str, cases: Sequence[Case]) -> Ran:
        """Run code over cases by the best way it may take: the sandbox, or CPython where that cannot and may.

        Values are as `grade` gave them, not held to [0, 1]. Blocks; a worker that hangs or dies costs the
        case it was at.
        """
        trust = self.trust_in(project, source)
        if trust is Trust.NONE:
            return Ran([], Trust.NONE, NOT_ALLOWED)
        said, lacking = self.in_sandbox(executor, source, cases)
        return self.outside(source, cases, trust, lacking) if lacking else Ran(said, Trust.SANDBOX)

    def outside(self, source: str, cases: Sequence[Case], trust: Trust, lacking: str) -> Ran:
        """Run code under CPython, as the sandbox cannot (`lacking` says why), where it is trusted."""
        if trust is not Trust.PYTHON:
            return Ran([], Trust.NONE, f"{NEEDS_TRUST}: {lacking}")
        return Ran(self.python.run(source, cases), Trust.PYTHON)

    def in_sandbox(self, executor: Executor, source: str, cases: Sequence[Case]) -> tuple[list[Told], str]:
        """Run code in the sandbox, whatever the trust: ask first."""
        return self.settled(executor, source, cases, executor.submit(self.sandbox, source, cases))

    def settled(
        self,
        executor: Executor,
        source: str,
        cases: Sequence[Case],
        running: "Future[tuple[list[Told], str]]",
    ) -> tuple[list[Told], str]:
        """What a call in the sandbox came to; where its worker hung or died, its halves are asked again."""
        try:
            return running.result()
        except (TimeoutError, ChildProcessError, BrokenExecutor) as error:
            if len(cases) == 1:
                return [Told(None, TOO_SLOW if isinstance(error, TimeoutError) else CRASHED)], ""
        half = len(cases) // 2
        first, lacking = self.in_sandbox(executor, source, cases[:half])
        if lacking:
            return [], lacking
        return first + self.in_sandbox(executor, source, cases[half:])[0], ""


def tried(ran: Ran, *, raw: bool = False) -> list[Told]:
    """What a person sees of a run: numbers outside [0, 1] are no marks, but for an imported formula's."""
    return ran.said if raw else [within_unit(each) for each in ran.said]
