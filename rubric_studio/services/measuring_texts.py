"""Measures texts that are no samples, in worker processes: nothing is cached, no check can stall the program."""

from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass
from typing import Any, NamedTuple

from rubric_studio.domain.verdict import Rater, Span, State
from rubric_studio.grader.chunk import measure_chunk
from rubric_studio.services.grading import TOO_SLOW
from rubric_studio.services.marks import Mark, unscored

BAD = (TimeoutError, ChildProcessError, BrokenExecutor)


class Texts(NamedTuple):
    """Texts that answer one row: its item as checks read it, and which of the checks to measure."""

    item: dict[str, Any]
    checks: tuple[int, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class TextMeasuring:
    """Measures by the given kinds; the places in `kinds` are what `Texts.checks` names.

    A chunk that exceeds the executor's limit is split until the one that stalls is found: by rows, by checks,
    by texts. It is unscored with that reason.
    """

    executor: Executor
    kinds: Sequence[dict[str, Any]]

    def marks(self, work: Sequence[Texts]) -> list[list[dict[int, Mark]]]:
        """For each of the work and each of its texts the mark of every check, by the check's place."""
        marks: list[list[dict[int, Mark]]] = [[{} for _ in each.texts] for each in work]
        self._measure([(at, 0, each) for at, each in enumerate(work) if each.checks and each.texts], marks)
        return marks

    def _measure(self, parts: list[tuple[int, int, Texts]], marks: list[list[dict[int, Mark]]]) -> None:
        if not parts:
            return
        try:
            found = self.executor.submit(measure_chunk, self.kinds, [part for _, _, part in parts]).result()
        except BAD:
            halves = _split(parts)
            if halves is None:
                at, first, part = parts[0]
                marks[at][first][part.checks[0]] = unscored(TOO_SLOW)
            for half in halves or ():
                self._measure(half, marks)
            return
        columns = iter(found)
        for at, first, part in parts:
            for check in part.checks:
                for place, measured in enumerate(zip(*next(columns), strict=True)):
                    marks[at][first + place][check] = _mark(*measured)


def _split(parts: list[tuple[int, int, Texts]]) -> list[list[tuple[int, int, Texts]]] | None:
    half = len(parts) // 2
    if half:
        return [parts[:half], parts[half:]]
    at, first, (item, checks, texts) = parts[0]
    if len(checks) > 1:
        return [[(at, first, Texts(item, (check,), texts))] for check in checks]
    half = len(texts) // 2
    if half:
        return [
            [(at, first, Texts(item, checks, texts[:half]))],
            [(at, first + half, Texts(item, checks, texts[half:]))],
        ]
    return None


def _mark(value: float | None, reason: str, spans: Sequence[tuple[int, int]]) -> Mark:
    state = State.UNSCORED if value is None else State.SCORED
    found = tuple(Span(start=start, end=end) for start, end in spans)
    return Mark(state, value, None, reason, (Rater(kind="check"),), found)
