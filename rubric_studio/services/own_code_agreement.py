"""Whether own code says the same in the sandbox and under CPython, which a trainer runs: the leave to export it.

Compared on every answer of the project. It marks nothing, and takes no mark from the cache.
"""

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.own_code import Told, within_unit
from rubric_studio.services.asked import Asked, questionnaire
from rubric_studio.services.own_code import NOT_ALLOWED, OwnCode, Trust, hash_of
from rubric_studio.services.own_code_grading import Case, arguments, cases_of, chunks, source_of
from rubric_studio.services.ports import Progress, Store, no_progress

SAME = 1e-9
"""How far two values may lie apart: another mathematics library rounds the last digit otherwise."""
MOST_LISTED = 200


@dataclass(frozen=True)
class Difference:
    """One answer on which the two ways differ; a value is None where `reason` says why there is none."""

    sample: int
    row: RowId
    sandbox: float | None
    sandbox_reason: str
    python: float | None
    python_reason: str


@dataclass(frozen=True)
class Agreement:
    """How the two ways compare on one criterion.

    `differences` lists the first `MOST_LISTED` of the `differing`; `only_python` says why the sandbox cannot
    run the code at all: then every mark comes from CPython, and there is nothing to compare. `waits` says what
    is lacking for a comparison, "" where it was made.
    """

    key: str
    compared: int = 0
    differing: int = 0
    differences: tuple[Difference, ...] = ()
    only_python: str = ""
    waits: str = ""

    @property
    def obstacle(self) -> str:
        """What stands in the way of handing this criterion over, in plain words; "" where nothing does."""
        if self.waits:
            return f"its code has not been run yet as the trainer will run it: {self.waits}"
        if not self.differing:
            return ""
        first = self.differences[0]
        many = "1 answer" if self.differing == 1 else f"{self.differing:,} answers"
        return (
            f"the sandbox and Python, which the trainer runs, differ on {many} of {self.compared:,}; "
            f"on question {first.row}: {_in_words(first.sandbox, first.sandbox_reason)} here, "
            f"{_in_words(first.python, first.python_reason)} there"
        )


def agreements(
    store: Store, rubric: Rubric, executor: Executor, own_code: OwnCode, progress: Progress = no_progress
) -> dict[str, Agreement]:
    """Run every own-code criterion both ways over all answers it applies to; by key, {} where there is none."""
    asking = questionnaire(store, rubric)
    project = store.first_edit()
    found: dict[str, Agreement] = {}
    for asked in asking.criteria():
        if asked.is_own_code:
            comparing = _Comparing(asked, executor, own_code, project)
            if not comparing.waits:
                for chunk in chunks(cases_of(store, asking, asked.key)):
                    comparing.compare(chunk)
                    progress(comparing.compared, 0, f"running the code of {asked.title} both ways")
            found[asked.key] = comparing.result()
    return found


def obstacles(found: Mapping[str, Agreement]) -> dict[str, str]:
    """What `BundleContent.own_code` takes: by key what stands in the way, "" where nothing does."""
    return {key: agreement.obstacle for key, agreement in found.items()}


class _Comparing:
    def __init__(self, asked: Asked, executor: Executor, own_code: OwnCode, project: str) -> None:
        self.compared = 0
        self._key = asked.key
        self._raw = asked.raw
        self._source = source_of(asked)
        self._executor = executor
        self._own_code = own_code
        self._only_python = ""
        self._differing = 0
        self._listed: list[Difference] = []
        self.waits = self._waits(own_code.trust_in(project, self._source))

    def _waits(self, trust: Trust) -> str:
        if trust is Trust.PYTHON:
            return ""
        if trust is Trust.NONE:
            return NOT_ALLOWED
        return f"that needs your trust in this very text ({hash_of(self._source)[:12]})"

    def compare(self, chunk: list[Case]) -> None:
        """Run one chunk both ways; where the sandbox cannot run the code there is only one."""
        self.compared += len(chunk)
        if self._only_python:
            return
        cases = arguments(chunk)
        here, self._only_python = self._own_code.in_sandbox(self._executor, self._source, cases)
        if not self._only_python:
            there = self._own_code.python.run(self._source, cases)
            for case, one, other in zip(chunk, here, there, strict=True):
                self._note(case, self._counted(one), self._counted(other))

    def _counted(self, said: Told) -> Told:
        return said if self._raw else within_unit(said)

    def _note(self, case: Case, one: Told, other: Told) -> None:
        if _same(one.value, other.value):
            return
        self._differing += 1
        if len(self._listed) < MOST_LISTED:
            self._listed.append(
                Difference(case.sample, case.row, one.value, one.reason, other.value, other.reason)
            )

    def result(self) -> Agreement:
        """What came of it."""
        return Agreement(
            self._key, self.compared, self._differing, tuple(self._listed), self._only_python, self.waits
        )


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= SAME


def _in_words(value: float | None, reason: str) -> str:
    return f"no mark ({reason})" if value is None else f"{value:.6g}"
