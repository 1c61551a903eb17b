"""Whose marks the scores are made of, in words: names only those who mark something under the guide that is shown."""

import numpy as np

from rubric_studio.domain.rubric import Criterion, Rubric
from rubric_studio.grader.verdict_column import UNSCORED
from rubric_studio.services.board import Board, Entries
from rubric_studio.services.marks import AS_TRAINED, EXPERTS
from rubric_studio.ui.labels import label
from rubric_studio.ui.results.words import tr


def rater_options() -> list[tuple[str, str]]:
    """The raters that every project has, as (the name by which one is chosen, the words that people see)."""
    return [(AS_TRAINED, label("rater.trained")), (EXPERTS, tr("the experts"))]


def marked_by(board: Board, rubric: Rubric, rater: str, name: str) -> str:
    """Say who marked, as in "marked as in training: by program and gemini".

    Args:
        rater: the name by which the rater is chosen.
        name: who marks what no program can, as people see it; "" where nobody is chosen.
    """
    who = _markers(board, rubric, name)
    if rater != AS_TRAINED:
        return who or tr("by {name}").format(name=name)
    usual = label("rater.trained")
    return tr("{usual}: {who}").format(usual=usual, who=who) if who else usual


def _markers(board: Board, rubric: Rubric, name: str) -> str:
    criteria = list(rubric.criteria())
    by_program = any(not each.is_judged and _is_marked(board, each) for each in criteria)
    by_name = _has_marks(board.own) or any(each.is_judged and _is_marked(board, each) for each in criteria)
    if by_name and not name:
        return ""
    if by_program and by_name:
        return tr("by program and {name}").format(name=name)
    if by_name:
        return tr("by {name}").format(name=name)
    return tr("by program") if by_program else ""


def _is_marked(board: Board, criterion: Criterion) -> bool:
    entries = board.entries.get(criterion.key)
    return entries is not None and _has_marks(entries)


def _has_marks(entries: Entries) -> bool:
    return bool(np.any(entries.states != UNSCORED))
