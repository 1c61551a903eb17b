"""Marks in memory: read when they are looked at, and the newest one put in without reading the rest again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.services.edits import GiveMark
from rubric_studio.ui.look import Look
from tests.ui.guide.preview_room import GUIDE, Room, answer, make_project, question, room_on


@pytest.fixture
def room(tmp_path: Path, look: Look, qtbot) -> Iterator[Room]:
    answers = [answer(model) for model in ("a", "b", "c")]
    with room_on(make_project(tmp_path / "Tax.rubric", GUIDE, [question()], answers), look, qtbot) as room:
        room.preview.current.read_project()
        yield room


def give(room: Room, id: int, key: str, level: str, value: float) -> None:
    question = room.preview.current.question
    assert question is not None
    asked = question.marks.questions[key][0]
    edit = GiveMark(
        sample=question.sample(id).key,
        criterion=key,
        question=asked,
        person=room.person.id,
        level=level,
        value=value,
    )
    assert room.session.perform(edit)


def test_an_answer_is_read_when_it_is_looked_at(room: Room):
    question = room.preview.current.question
    assert question is not None
    first, second, _ = question.ids
    question.score(first)
    assert question.is_ready(first) or question.marks.has_counted(first)
    assert not question.marks.has_counted(second)
    pieces = 0
    while question.get_ready(second):
        pieces += 1
    assert question.is_ready(second)
    assert pieces >= 3  # reading, counting and scoring are pieces of their own


def test_a_mark_is_heard_and_nothing_else_is_read(room: Room):
    current = room.preview.current
    question = current.question
    assert question is not None
    first, second, _ = question.ids
    question.score(first)
    give(room, first, "names", "partly", 0.5)
    assert current.hear_marks() == {(first, "names")}
    assert current.question is question
    assert question.score(first).marks["names"].value == 0.5
    own = question.marks.own(first, "names")
    assert own is not None
    assert own.level == "partly"
    assert not question.marks.has_counted(second)


def test_undo_takes_a_mark_out_of_memory(room: Room):
    current = room.preview.current
    question = current.question
    assert question is not None
    first = question.ids[0]
    question.score(first)
    give(room, first, "names", "partly", 0.5)
    current.hear_marks()
    room.session.undo()
    assert current.hear_marks() == {(first, "names")}
    assert question.score(first).marks["names"].value is None
    assert question.marks.own(first, "names") is None


def test_more_than_one_edit_or_none_is_not_known(room: Room):
    current = room.preview.current
    assert current.question is not None
    first = current.question.ids[0]
    assert current.hear_marks() is None
    give(room, first, "names", "partly", 0.5)
    give(room, first, "right", "yes", 1.0)
    assert current.hear_marks() is None
