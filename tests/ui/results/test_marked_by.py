"""Captions name those who mark something under the guide that is shown, and nobody else."""

import pytest
from pytestqt.qtbot import QtBot

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.board import build_board
from rubric_studio.services.edits import GiveMark
from rubric_studio.services.expert_marks import count_expert_marks
from rubric_studio.services.marks import AS_TRAINED, EXPERTS, rater_choice
from rubric_studio.services.scores import marked_row
from rubric_studio.ui.results.marked_by import marked_by
from rubric_studio.ui.results.results_page import ResultsPage
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
    assert marked_by(board, guide, AS_TRAINED, "Model Judge", 0) == words


def test_another_rater_is_not_named_where_a_program_marks_all(session: Session) -> None:
    guide = only(session.draft, judged=False)
    board = build_board(session.store, guide, rater_choice(session.store, EXPERTS))
    assert marked_by(board, guide, EXPERTS, "the experts", 0) == "by program"


def test_where_no_model_marks_the_experts_are_named(session: Session) -> None:
    experts = rater_choice(session.store, EXPERTS)
    board = build_board(session.store, session.draft, experts)
    count = count_expert_marks(session.store, session.draft, experts)
    assert count > 0
    assert marked_by(board, session.draft, AS_TRAINED, "", count) == "as in training: by program and experts"


def shown(page: ResultsPage, qtbot: QtBot) -> str:
    """What the first caption says once everything is read."""
    qtbot.waitUntil(lambda: not page.reading.is_under_way)
    return page.plots.cards[0].caption.text()


def test_a_gap_of_the_model_that_an_expert_closes_is_told(
    page: ResultsPage, session: Session, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "by experts" not in shown(page, qtbot) and page.view is not None)
    assert page.reading.expert_marks == 0  # the judge marked whatever the experts marked
    row = next(session.store.rows([RowId("tax-03")]))
    gap = next(
        (marks.samples[at][1].key, key)
        for marks in [marked_row(session.store, session.draft, row, rater_choice(session.store))]
        for at, found in enumerate(marks.marks)
        for key, mark in found.items()
        if key == "steps" and mark.value is None
    )
    asked = next(each for each in questionnaire(session.store, session.draft).on(row) if each.key == gap[1])
    mark = GiveMark(
        sample=gap[0], criterion=asked.key, question=asked.question.on_row(row),
        person=session.author.person, value=1.0, level="fully",
    )  # fmt: skip
    assert session.perform(mark)
    qtbot.waitUntil(lambda: "by experts where Model Judge (recorded) gave no mark" in shown(page, qtbot))
    assert page.reading.expert_marks == 1
    session.undo()
    qtbot.waitUntil(lambda: "by experts" not in shown(page, qtbot))
