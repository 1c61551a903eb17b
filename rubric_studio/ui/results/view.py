"""What the page looks at: answers under one guide, marked by somebody, put together in one way. No widget."""

from dataclasses import dataclass
from functools import cached_property

from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.columns import Totals
from rubric_studio.grader.verdict_column import Places
from rubric_studio.services.board import Board
from rubric_studio.services.results import Groups, without_criteria, without_score


@dataclass(frozen=True)
class View:
    """Scores with everything that must be said beside them.

    `guide` and `rater` are words ("Version 3, 12 Nov 2026", "as in training"); `field` is the reference field by
    which answers are put together, "" for the model; `names` are the groups' names as people see them.
    """

    board: Board
    rubric: Rubric
    totals: Totals
    groups: Groups
    names: tuple[str, ...]
    field: str
    guide: str
    rater: str

    @cached_property
    def open(self) -> Places:
        """The samples that have no score yet."""
        return without_score(self.totals)

    @cached_property
    def outside(self) -> Places:
        """The samples to which no point applies."""
        return without_criteria(self.totals)

    @property
    def has_scores(self) -> bool:
        """Whether any sample has a score."""
        return bool(self.totals.scored.any())

    @property
    def has_guide(self) -> bool:
        """Whether there is anything to score by."""
        return any(True for _ in self.rubric.criteria()) or bool(self.board.own.samples.size)
