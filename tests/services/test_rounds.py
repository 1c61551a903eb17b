"""Rounds start with everybody in them, say how far each expert came, and can be reopened until they are closed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.domain.changes import Topic
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RowId
from rubric_studio.services.closing_rounds import close_round
from rubric_studio.services.edits import Author, DecideRows, perform
from rubric_studio.services.history import redo, stacks, undo
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.services.rounds import new_expert, open_rounds, reopen, round_of, rounds, start_round
from rubric_studio.store.project_file import ProjectFile, create_project

from .conftest import BRUNO
from .judged_project import fill
from .round_room import FOUR, begin, propose, sealed

START = RoundStart(title="First", experts=FOUR[:2], pick=Pick(count=6), repeats=1)


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    with create_project(tmp_path / "rounds.rubric") as project:
        fill(project, author)
        yield project


def test_a_started_round_holds_its_plan_for_ever(store: ProjectFile, author: Author) -> None:
    id, plan = begin(store, author, START)
    round = round_of(store, id)
    assert (round.plan, round.started_by, round.closed_at, round.counted) == (plan, author.person, "", {})
    assert (plan.number, plan.title, plan.version_number) == (1, "First", 1)
    assert [each.id for each in open_rounds(store)] == [id]


def test_people_who_were_never_here_are_added_with_the_round(store: ProjectFile, author: Author) -> None:
    two = (new_expert("Maria Rossi ", author), new_expert("Maria Rossi", author))
    plan = propose(store, author, RoundStart(experts=two)).plan
    assert store.people() == []
    _, changes = start_round(store, plan, author)
    assert changes.touches(Topic.ROUNDS)
    assert changes.touches(Topic.PEOPLE)
    assert [person.name for person in store.people()] == ["Maria Rossi", "Maria Rossi"]
    assert {person.id for person in store.people()} == {each.person for each in two}


def test_the_next_round_has_the_next_number_and_its_own_secret(store: ProjectFile, author: Author) -> None:
    _, first = begin(store, author, START)
    _, second = begin(store, author, START.model_copy(update={"title": ""}))
    assert (second.number, second.title) == (2, "Round 2")
    assert first.secret != second.secret
    assert [each.plan.number for each in rounds(store)] == [1, 2]


def test_progress_is_what_was_sent_last(store: ProjectFile, author: Author) -> None:
    id, _ = begin(store, author, START)
    store.keep_sealed(*sealed(id, BRUNO, 2, "2026-11-23T10:00:00.000Z", finished=False))
    store.keep_sealed(*sealed(id, BRUNO, 6, "2026-11-23T11:00:00.000Z"))
    anna, bruno = round_of(store, id).progress
    assert (anna.name, anna.done, anna.total, anna.finished, anna.at) == ("Anna", 0, 7, False, "")
    assert (bruno.done, bruno.finished, bruno.at) == (6, True, "2026-11-23T11:00:00.000Z")
    assert not round_of(store, id).is_done


def test_sent_too_early_can_be_reopened_until_the_round_is_closed(store: ProjectFile, author: Author) -> None:
    id, _ = begin(store, author, START)
    assert reopen(store, id, BRUNO).topics == frozenset()
    store.keep_sealed(*sealed(id, BRUNO, 6))
    assert reopen(store, id, BRUNO).touches(Topic.ROUNDS)
    assert not round_of(store, id).progress[1].finished
    store.drop_sealed(id)
    close_round(store, id, author)
    with pytest.raises(StudioError, match="closed"):
        reopen(store, id, BRUNO)


def test_a_round_of_another_project_is_named_as_such(store: ProjectFile) -> None:
    with pytest.raises(StudioError, match="No such round"):
        round_of(store, "01NOWHERE")


def test_starting_and_closing_cannot_be_undone(store: ProjectFile, author: Author) -> None:
    perform(store, DecideRows(rows=(RowId("r0"),), decision="keep"), author)
    before = [entry.label for entry in stacks(store, author).undo]
    id, _ = begin(store, author, START)
    close_round(store, id, author)
    after = [entry.label for entry in stacks(store, author).undo]
    assert after == [label for label in before if label != "Save version 1"]  # the round's wording stays too
    done = undo(store, author)
    assert done is not None
    assert done.label == "Keep question r0"
    assert round_of(store, id).is_closed


def test_a_round_does_not_forget_what_can_be_done_again(store: ProjectFile, author: Author) -> None:
    perform(store, DecideRows(rows=(RowId("r0"),), decision="keep"), author)
    undo(store, author)
    begin(store, author, START)
    done = redo(store, author)
    assert done is not None
    assert done.label == "Keep question r0"
