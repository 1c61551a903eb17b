"""Runs own code on texts that are no samples: nothing is cached, and nothing runs without leave."""

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

from rubric_studio.domain.question import fields_of
from rubric_studio.domain.row import Row
from rubric_studio.domain.verdict import Rater, State
from rubric_studio.grader.own_code import Told
from rubric_studio.services.asked import Asked
from rubric_studio.services.marks import Mark, unscored
from rubric_studio.services.own_code import NOT_HERE, OwnCode, tried
from rubric_studio.services.own_code_grading import source_of

CodeMarks = dict[str, list[Mark]]
"""For each criterion of own code on one row the marks of the texts, in their order."""


@dataclass(frozen=True)
class CodeMeasuring:
    """Measures by own code, each criterion over all rows at once; None of it runs where `own_code` is None."""

    executor: Executor
    own_code: OwnCode | None
    project: str

    def marks(self, work: Sequence[tuple[Row, Sequence[Asked], Sequence[str]]]) -> list[CodeMarks]:
        """For each row with what is asked of it and texts that answer it: the marks of its own code."""
        found: list[CodeMarks] = [{} for _ in work]
        by_key: dict[str, tuple[Asked, list[int]]] = {}
        for place, (_, asked, _) in enumerate(work):
            for each in asked:
                if each.is_own_code:
                    by_key.setdefault(each.key, (each, []))[1].append(place)
        for key, (asked, places) in by_key.items():
            marks = iter(self._of(asked, [(work[place][0], work[place][2]) for place in places]))
            for place in places:
                found[place][key] = [next(marks) for _ in work[place][2]]
        return found

    def _of(self, asked: Asked, texts: Sequence[tuple[Row, Sequence[str]]]) -> list[Mark]:
        cases = [(text, fields_of(row, asked.question.reads)) for row, each in texts for text in each]
        if self.own_code is None or not cases:
            return [unscored(NOT_HERE) for _ in cases]
        ran = self.own_code.run(self.executor, self.project, source_of(asked), cases)
        if ran.waits:
            return [unscored(ran.waits) for _ in cases]
        return [_mark(told) for told in tried(ran, raw=asked.raw)]


def _mark(told: Told) -> Mark:
    state = State.UNSCORED if told.value is None else State.SCORED
    return Mark(state, told.value, None, told.reason, (Rater(kind="check"),))
