"""The line over the answers where there is little room: its words are read whole or stand on a line of their own."""

import pytest
from PySide6.QtWidgets import QToolButton

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.ui.guide.question_header import QuestionHeader


@pytest.fixture
def header(qtbot, look) -> QuestionHeader:
    header = QuestionHeader(look)
    qtbot.addWidget(header)
    row = Row(id=RowId("q1"), prompt=user_prompt("Which tax year counts for this claim? " * 9))
    header.show_row(row, 1, 30)
    header.show()
    return header


def test_where_it_is_narrow_the_first_words_take_a_line_of_their_own(header, qtbot):
    header.resize(1100, 100)
    qtbot.waitUntil(lambda: header.first_words.y() < header.jump.geometry().bottom())
    header.resize(560, 100)
    qtbot.waitUntil(lambda: header.first_words.y() > header.jump.geometry().bottom())
    assert header.first_words.width() > 500
    header.resize(1100, 100)
    qtbot.waitUntil(lambda: header.first_words.y() < header.jump.geometry().bottom())


def test_an_open_question_leaves_the_answers_room_on_a_low_page(header):
    header.fit_into(400)
    header.fold.click()
    low = header.prompt.height()
    header.fit_into(900)
    assert header.prompt.height() > low


def test_the_cross_in_the_field_has_a_name(header):
    names = [button.accessibleName() for button in header.jump.findChildren(QToolButton)]
    assert names == ["Empty the field"]
