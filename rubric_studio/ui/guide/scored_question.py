"""One question's answers scored under the guide being edited, beside the version that was saved. No widget."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.grader.plan import row_criteria_of
from rubric_studio.services.asked import Asked
from rubric_studio.services.scores import RowScorer, SampleScore
from rubric_studio.ui.guide.part_segments import part_segments
from rubric_studio.ui.guide.question_marks import QuestionMarks
from rubric_studio.ui.strata_bar import Segment


class ScoredQuestion:
    """Marks in memory and what a rubric makes of them. `under` gives the same marks under other weights.

    Args:
        saved: the totals under the saved version, in the answers' order; None where there is nothing to compare.
    """

    def __init__(
        self, marks: QuestionMarks, rubric: Rubric, saved: Sequence[float | None] | None = None
    ) -> None:
        self.marks = marks
        self.rubric = rubric
        self._saved = saved
        self._scorer = RowScorer(rubric)
        scores = self._scorer.scores(marks.marked)
        self._scores = {score.id: score for score in scores}
        self._before = dict(zip(self._scores, saved or (), strict=False))

    def under(self, rubric: Rubric) -> "ScoredQuestion":
        """Score the same marks under a rubric that asks the same (see `asks_the_same`)."""
        marked = self.marks.marked
        asked = tuple(_reweighted(each, rubric) for each in marked.asked)
        marks = replace(self.marks, marked=replace(marked, asked=asked))
        return ScoredQuestion(marks, rubric, self._saved)

    @property
    def ids(self) -> list[int]:
        """The answers, by model and run."""
        return list(self._scores)

    def sample(self, id: int) -> Sample:
        """One answer."""
        return self._scores[id].sample

    def score(self, id: int) -> SampleScore:
        """One answer's score under the guide being edited."""
        return self._scores[id]

    def difference(self, id: int) -> float | None:
        """How much the total differs from the saved version; None where one of them has no total."""
        now, before = self._scores[id].score, self._before.get(id)
        return None if now is None or before is None else now - before

    def to_mark(self, id: int) -> list[Asked]:
        """The points of an answer that wait for somebody."""
        missing = set(self._scores[id].missing)
        return [each for each in self.marks.marked.asked if each.key in missing and each.is_judged]

    def segments(self, id: int) -> tuple[Segment, ...]:
        """The parts of one answer's score."""
        return part_segments(self.rubric, self._scorer.plan, self._scores[id], self._row_criteria)

    @cached_property
    def _row_criteria(self) -> list[dict[str, Any]]:
        return row_criteria_of(self.marks.marked.row)


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


def _reweighted(asked: Asked, rubric: Rubric) -> Asked:
    criterion = rubric.criterion(asked.key) if asked.criterion else None
    if criterion is None:
        return asked
    title = criterion.title or criterion.key
    return replace(asked, title=title, weight=criterion.weight, criterion=criterion)
