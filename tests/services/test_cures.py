"""Rewordings that should end disputes, and what became of these. Numbers counted by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.domain.row import RowCriterion
from rubric_studio.services.cures import (
    NewWords,
    Reword,
    RewordOwn,
    affected_samples,
    cure_outcomes,
    cures,
    words_of_asked,
)
from rubric_studio.services.disputes import disputes
from rubric_studio.services.edits import Author, ChangeRow, SaveVersion, perform
from rubric_studio.services.history import undo
from rubric_studio.services.told_afterwards import decided_on
from rubric_studio.services.versions import draft
from rubric_studio.store.project_file import ProjectFile, create_project
from tests.services.conftest import ANNA, BRUNO
from tests.services.disputed_project import blind_round, people
from tests.services.judged_project import GUIDE, answers

WORDS = NewWords(wording="Names the debt", levels=(("fully", "by its name"), ("no", "not at all")))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectFile]:
    project = create_project(tmp_path / "small.rubric")
    yield project
    project.close()


def test_a_rewording_changes_the_draft_with_the_disputes_attached_in_one_step(
    store: ProjectFile, author: Author
) -> None:
    team = people(store, author)
    blind_round(store, author, {team[ANNA]: {"good": [1, 1]}, team[BRUNO]: {"good": [0, 1]}})
    found = list(disputes(store, GUIDE))
    subjects = tuple(each.subject for each in found)
    edit = Reword(rubric=draft(store), criterion="good", words=WORDS, disputes=subjects, reason="too vague")
    perform(store, edit, author)
    criterion = draft(store).criterion("good")
    assert criterion is not None
    assert (criterion.wording, [level.text for level in criterion.levels]) == (
        "Names the debt",
        ["by its name", "", "not at all"],
    )
    (cure,) = cures(store)
    assert (cure.disputes, cure.reason, cure.old_words.wording) == (subjects, "too vague", "Sees it")
    assert affected_samples([cure]) == (answers()[0].key,)
    assert [each.decided for each in decided_on(store, BRUNO)] == ["reworded"]
    undo(store, author)
    assert draft(store) == GUIDE
    assert cures(store) == []


def test_words_that_are_the_same_change_nothing(store: ProjectFile, author: Author) -> None:
    people(store, author)
    asked = draft(store).criterion("good")
    assert asked is not None
    levels = tuple((level.key, level.text) for level in asked.levels)
    same = NewWords(wording=asked.wording, levels=levels)
    assert Reword(rubric=draft(store), criterion="good", words=same).proposals() == ()


def test_what_became_of_a_cure_is_counted_after_the_samples_are_scored_again(
    store: ProjectFile, author: Author
) -> None:
    team = people(store, author)
    blind_round(store, author, {team[ANNA]: {"good": [1, 1, 1]}, team[BRUNO]: {"good": [0, 0, 0]}})
    subjects = tuple(each.subject for each in disputes(store, GUIDE))
    perform(store, Reword(rubric=draft(store), criterion="good", words=WORDS, disputes=subjects), author)
    (before,) = cure_outcomes(store, GUIDE)
    assert (before.before, before.scored_again, before.is_saved) == (3, 0, False)
    guide = draft(store)
    perform(store, SaveVersion(rubric=guide, number=2), author)
    again = {team[ANNA]: {"good": [1, 1]}, team[BRUNO]: {"good": [1, 0.5]}}
    blind_round(store, author, again, guide=guide, number=2)
    (outcome,) = cure_outcomes(store, guide)
    # Two of the three were scored again: the first is agreed on now, the second is not.
    assert (outcome.before, outcome.scored_again, outcome.after, outcome.is_saved) == (3, 2, 1, True)
    assert outcome.title == "Sees it"


def test_of_what_is_held_out_by_now_a_cure_tells_nothing(store: ProjectFile, author: Author) -> None:
    team = people(store, author)
    blind_round(store, author, {team[ANNA]: {"good": [1, 1]}, team[BRUNO]: {"good": [0, 0]}})
    subjects = tuple(each.subject for each in disputes(store, GUIDE))
    perform(store, Reword(rubric=draft(store), criterion="good", words=WORDS, disputes=subjects), author)
    guide = draft(store)
    perform(store, SaveVersion(rubric=guide, number=2), author)
    again = {team[ANNA]: {"good": [1, 1]}, team[BRUNO]: {"good": [1, 0.5]}}
    held_out = [next(iter(disputes(store, GUIDE))).row.id]
    blind_round(store, author, again, guide=guide, number=2, held_out=held_out)
    (outcome,) = cure_outcomes(store, guide)
    assert (outcome.scored_again, outcome.after) == (0, 0)


def test_a_questions_own_point_is_reworded_in_its_question(store: ProjectFile, author: Author) -> None:
    team = people(store, author)
    row = next(iter(store.rows()))
    row = row.model_copy(update={"criteria": (RowCriterion(key="o", text="Cites the act"),)})
    perform(store, ChangeRow(row=row), author)
    guide = GUIDE.model_copy(update={"row_criteria": "row"})
    marks = {team[ANNA]: {"row:o": [1]}, team[BRUNO]: {"row:o": [0]}}
    blind_round(store, author, marks, guide=guide)
    (found,) = disputes(store, guide)
    assert words_of_asked(found.asked).wording == "Cites the act"
    edit = RewordOwn(
        row=found.row, criterion=found.key, wording="Cites § 8 of the act", disputes=(found.subject,)
    )
    perform(store, edit, author)
    assert next(iter(store.rows())).criteria[0].text == "Cites § 8 of the act"
    (outcome,) = cure_outcomes(store, guide)
    assert (outcome.cure.old_words.wording, outcome.before, outcome.is_saved) == ("Cites the act", 1, True)
