"""Own code that runs in the sandbox alone, for tests that a person on the command line asked for."""

from collections.abc import Sequence
from typing import Any

from rubric_studio.grader.own_code import Told
from rubric_studio.sandbox.monty_code import run_in_sandbox
from rubric_studio.services.own_code import Case, CodeTrust, OwnCode


class NoFile:
    """What this computer keeps: nothing."""

    def read(self) -> dict[str, Any]:
        return {}

    def write(self, values: dict[str, Any]) -> None:
        raise AssertionError(values)


class NoPython:
    """Code that needs CPython is not run in these tests."""

    def run(self, source: str, cases: Sequence[Case]) -> list[Told]:
        raise AssertionError(source)

    def missing_protection(self) -> list[str]:
        return []

    def close(self) -> None:
        """Nothing is open."""


OWN_CODE = OwnCode(CodeTrust(NoFile()), run_in_sandbox, NoPython(), asked=True)
