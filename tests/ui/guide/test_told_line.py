"""What is told of an answer in its column: quiet, and the model's reasoning apart from what is scored."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rubric_studio.domain.sample import Sample
from rubric_studio.ui.look import Look
from tests.ui.guide.preview_room import GUIDE, Room, answer, make_project, question, room_on

REASONING = "First <img src=x onerror=alert(1)> I look at Sec. 5." + "x" * 200_000


def sampled(model: str, **facts: object) -> Sample:
    return answer(model, 0, "It is due under Sec. 5.").model_copy(update={"facts": facts})


@pytest.fixture
def room(tmp_path: Path, look: Look, qtbot) -> Iterator[Room]:
    answers = [
        sampled(
            "alpha", finish="length", answer_tokens=512, latency=2.0, reasoning=REASONING, prompt="Brief 1"
        ),
        sampled("beta", note="brought in"),
    ]
    path = make_project(tmp_path / "Tax.rubric", GUIDE, [question("q1")], answers)
    with room_on(path, look, qtbot) as room:
        room.show()
        yield room


def test_it_says_what_was_told_and_nothing_where_nothing_was(room: Room):
    assert room.column(0).told.words.text() == "cut off at the limit · Brief 1 · 512 tokens · 2.0 s"
    assert room.column(0).told.isVisible()
    assert room.column(1).told.isHidden()


def test_reasoning_is_folded_until_asked_for_and_shown_letter_by_letter(room: Room):
    told = room.column(0).told
    assert told.pane is None
    told.fold.setFocus()
    QTest.keyClick(told.fold, Qt.Key.Key_Space)
    assert told.pane is not None
    assert told.pane.isVisible()
    assert told.pane.text() == REASONING
    assert not told.pane.is_formatted()
    assert "never scored" in told.pane.view.accessibleName()
    QTest.keyClick(told.fold, Qt.Key.Key_Space)
    assert told.pane.isHidden()


def test_reasoning_is_no_part_of_the_answer(room: Room):
    told = room.column(0).told
    told.fold.click()
    assert room.column(0).text.text() == "It is due under Sec. 5."
    assert room.row("cites").point().value == 1.0
