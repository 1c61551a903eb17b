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


def marked_by(board: Board, rubric: Rubric, rater: str, name: str, expert_marks: int) -> str:
    """Say who marked, as in "marked as in training: by program and gemini".

    Args:
        rater: the name by which the rater is chosen.
        name: who marks what no program can, as people see it; "" where nobody is chosen.
        expert_marks: how many of the marks that count are experts'.
    """
    if rater != AS_TRAINED:
        return _together(board, rubric, name) or tr("by {name}").format(name=name)
    usual, who = label("rater.trained"), _in_training(board, rubric, name, expert_marks)
    return tr("{usual}: {who}").format(usual=usual, who=who) if who else usual


def _in_training(board: Board, rubric: Rubric, name: str, expert_marks: int) -> str:
    """Name the model that marks, and the experts where they closed a gap that it left."""
    judged = _marked(board.own) + sum(_marks_on(board, each) for each in rubric.criteria() if each.is_judged)
    if judged and expert_marks >= judged:
        return _together(board, rubric, tr("experts"))
    who = _together(board, rubric, name)
    if who and expert_marks:
        return tr("{who}, by experts where {name} gave no mark").format(who=who, name=name)
    return who


def _together(board: Board, rubric: Rubric, name: str) -> str:
    """Name the program and the one beside it, each where it marks something; "" where nobody can be named."""
    by_program = any(_marks_on(board, each) for each in rubric.criteria() if not each.is_judged)
    by_name = _marked(board.own) or any(
        _marks_on(board, each) for each in rubric.criteria() if each.is_judged
    )
    if by_name and not name:
        return ""
    if by_program and by_name:
        return tr("by program and {name}").format(name=name)
    if by_name:
        return tr("by {name}").format(name=name)
    return tr("by program") if by_program else ""


def _marks_on(board: Board, criterion: Criterion) -> int:
    entries = board.entries.get(criterion.key)
    return _marked(entries) if entries is not None else 0


def _marked(entries: Entries) -> int:
    return int(np.count_nonzero(entries.states != UNSCORED))
