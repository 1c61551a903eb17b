"""How often which grade was given, by all and by two people against each other. Counts of a table, no statistic."""

from typing import NamedTuple

import numpy as np

from rubric_studio.domain.pair_agreement import confusion
from rubric_studio.domain.rubric import ANSWER_LEVELS, Level
from rubric_studio.services.agreement import PointFigures
from rubric_studio.services.judge_comparison import LevelCounts

MOST_GRADES = 8
"""With more different values than this they are numbers rather than grades, and a square of them tells nothing."""


class GradeCount(NamedTuple):
    """How often a grade was given, over all raters."""

    grade: Level
    count: int


def has_grades(figures: PointFigures) -> bool:
    """Whether marks are few enough different grades to be counted one by one."""
    return not figures.is_raw and 0 < len(figures.table.scale) <= MOST_GRADES


def grades(figures: PointFigures) -> list[Level]:
    """A grade for every code, the best first; what nobody declared is called by what it is worth."""
    declared = figures.levels or ANSWER_LEVELS
    found = {round(level.value, 9): level for level in reversed(declared)}
    scale = reversed(figures.table.scale)
    return [found.get(round(value, 9)) or Level(key=f"{value:.2f}", value=value) for value in scale]


def grade_counts(figures: PointFigures) -> list[GradeCount]:
    """How often each grade was given, the best first."""
    codes = figures.table.codes
    counts = np.bincount(codes[codes >= 0], minlength=len(figures.table.scale))[::-1]
    return [GradeCount(grade, int(count)) for grade, count in zip(grades(figures), counts, strict=True)]


def pair_counts(figures: PointFigures, first: int, second: int) -> LevelCounts:
    """How often one rater gave a grade (line) where another gave one (column), the best grade first."""
    one, other = figures.table.codes[:, first], figures.table.codes[:, second]
    both = (one >= 0) & (other >= 0)
    counted = confusion(one[both], other[both], len(figures.table.scale))[::-1, ::-1]
    return LevelCounts(tuple(grades(figures)), tuple(tuple(int(n) for n in line) for line in counted))
