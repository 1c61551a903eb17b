"""Captions name those who mark something under the guide that is shown, and nobody else."""

import pytest

from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.board import build_board
from rubric_studio.services.marks import AS_TRAINED, EXPERTS, rater_choice
from rubric_studio.ui.results.marked_by import marked_by
from rubric_studio.ui.session import Session


def only(rubric: Rubric, *, judged: bool) -> Rubric:
    """The guide with only the points that a model marks, or only those that a program marks."""
    strata = []
    for part in rubric.strata:
        kept = tuple(each for each in part.criteria if each.is_judged is judged)
        if kept:
            strata.append(part.model_copy(update={"criteria": kept, "gate": None}))
    return rubric.model_copy(update={"strata": tuple(strata)})


@pytest.mark.parametrize(
    ("judged", "words"),
    [
        (True, "as in training: by Model Judge"),
        (False, "as in training: by program"),
        (None, "as in training: by program and Model Judge"),
    ],
)
def test_as_in_training_names_only_those_who_mark(session: Session, judged: bool | None, words: str) -> None:
    guide = session.draft if judged is None else only(session.draft, judged=judged)
    board = build_board(session.store, guide, rater_choice(session.store))
    assert marked_by(board, guide, AS_TRAINED, "Model Judge") == words


def test_another_rater_is_not_named_where_a_program_marks_all(session: Session) -> None:
    guide = only(session.draft, judged=False)
    board = build_board(session.store, guide, rater_choice(session.store, EXPERTS))
    assert marked_by(board, guide, EXPERTS, "the experts") == "by program"
