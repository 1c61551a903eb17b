"""One question's answers scored under the guide being edited, beside the version that was saved. No widget."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.grader.plan import row_criteria_of
from rubric_studio.services.asked import Asked
from rubric_studio.services.scores import RowScorer, SampleScore
from rubric_studio.ui.guide.part_segments import part_segments
from rubric_studio.ui.guide.question_marks import Place, QuestionMarks
from rubric_studio.ui.strata_bar import Segment

SMALL = 60
"""Marks on all answers together; a mark takes about a tenth of a millisecond until it counts."""


class ScoredQuestion:
    """What a rubric makes of an answer, found out when it is first asked for and then remembered.

    `under` gives the same marks under other weights.

    Args:
        saved: the same answers under the saved version; None where there is nothing to compare.
    """

    def __init__(self, marks: QuestionMarks, rubric: Rubric, saved: "ScoredQuestion | None" = None) -> None:
        self.marks = marks
        self.rubric = rubric
        self.asked = marks.asked if rubric is marks.rubric else _reweighted(marks.asked, rubric)
        self._saved = saved
        self._scorer = RowScorer(rubric)
        self._scores: dict[int, SampleScore] = {}

    def under(self, rubric: Rubric) -> "ScoredQuestion":
        """Score the same marks under a rubric that asks the same (see `asks_the_same`)."""
        return ScoredQuestion(self.marks, rubric, self._saved)

    def hear(self, subjects: Collection[str]) -> set[Place]:
        """Take over what people say now on these subjects of verdicts; return whom and what it concerns."""
        concerned = self.marks.hear(subjects)
        if self._saved is not None and self._saved.marks is not self.marks:
            self._saved.marks.count_again(concerned)
        for id, _ in concerned:
            self._forget(id)
        return concerned

    @property
    def is_small(self) -> bool:
        """Whether all answers are read and shown in the twinkling of an eye."""
        return len(self.asked) * len(self.marks.samples) <= SMALL

    @property
    def ids(self) -> list[int]:
        """The answers, by model and run."""
        return list(self.marks.samples)

    def sample(self, id: int) -> Sample:
        """One answer."""
        return self.marks.samples[id]

    def is_ready(self, id: int) -> bool:
        """Whether an answer's marks and totals are in memory."""
        return id in self._scores and (self._saved is None or id in self._saved._scores)

    def get_ready(self, id: int) -> bool:
        """Read or score an answer, a piece at a time; False once nothing is left to do."""
        if not self.marks.has_counted(id):
            self.marks.get_ready(id)
        elif id not in self._scores:
            self.score(id)
        elif self._saved is None or id in self._saved._scores:
            return False
        else:
            self._saved.get_ready(id)
        return True

    def score(self, id: int) -> SampleScore:
        """One answer's score under the guide being edited."""
        if id not in self._scores:
            self._scores[id] = self._scorer.scores(self.marks.marked(id))[0]
        return self._scores[id]

    def difference(self, id: int) -> float | None:
        """How much the total differs from the saved version; None where one of them has no total."""
        now = self.score(id).score
        before = self._saved.score(id).score if self._saved is not None else None
        return None if now is None or before is None else now - before

    def to_mark(self, id: int) -> list[Asked]:
        """The points of an answer that wait for somebody."""
        missing = set(self.score(id).missing)
        return [each for each in self.asked if each.key in missing and each.is_judged]

    def segments(self, id: int) -> tuple[Segment, ...]:
        """The parts of one answer's score."""
        return part_segments(self.rubric, self._scorer.plan, self.score(id), self._row_criteria)

    @cached_property
    def _row_criteria(self) -> list[dict[str, Any]]:
        return row_criteria_of(self.marks.row)

    def _forget(self, id: int) -> None:
        self._scores.pop(id, None)
        if self._saved is not None:
            self._saved._forget(id)


def asks_the_same(one: Rubric, other: Rubric) -> bool:
    """Whether two rubrics differ in weights (not in their sign), titles, gates and the formula only.

    Then the marks need not be read again, and whatever stands in the texts stays as it is.
    """
    return _asking(one) == _asking(other)


def _asking(rubric: Rubric) -> list[Any]:
    asking: list[Any] = [rubric.row_criteria]
    for stratum in rubric.strata:
        asking.append((stratum.key, stratum.when))
        asking += [
            (c.key, c.kind, c.words, c.levels, c.when, c.allow_na, c.is_fault) for c in stratum.criteria
        ]
    return asking


def _reweighted(asked: Sequence[Asked], rubric: Rubric) -> tuple[Asked, ...]:
    criteria = {str(criterion.key): criterion for criterion in rubric.criteria()}
    found: list[Asked] = []
    for each in asked:
        criterion = criteria.get(each.key) if each.criterion else None
        if criterion is not None and criterion is not each.criterion:
            title = criterion.title or criterion.key
            each = replace(each, title=title, weight=criterion.weight, criterion=criterion)
        found.append(each)
    return tuple(found)
