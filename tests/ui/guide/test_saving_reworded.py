"""Saving over marks given under other words: asked once, on saving, and also of words that no version ever had."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false, reportOptionalSubscript=false

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_edits import with_criterion
from rubric_studio.ui.guide.save_dialog import SaveDialog
from rubric_studio.ui.look import Look
from tests.ui.guide.page_room import Key, PageRoom, page_on
from tests.ui.guide.preview_room import GUIDE, answer, make_project, question


@pytest.fixture
def room(tmp_path: Path, look: Look, qtbot) -> Iterator[PageRoom]:
    """A guide that is written and marked by, and was never saved."""
    path = make_project(tmp_path / "Tax.rubric", None, [question("q1")], [answer("alpha"), answer("beta")])
    with page_on(path, look, qtbot) as room:
        room.session.change_draft(Rubric.model_validate(GUIDE), "write")
        room.rest()
        for place in (0, 1):
            room.column(place).panel.take_keyboard("names")
            room.press(Key.Key_1)
            room.rest()
        yield room


def save(room: PageRoom) -> SaveDialog:
    room.page.header.save_button.click()
    room.qtbot.waitUntil(lambda: room.page.findChild(SaveDialog) is not None)
    dialog = room.page.findChild(SaveDialog)
    assert dialog is not None
    return dialog


def reword(room: PageRoom, *wordings: str) -> None:
    for words in wordings:
        room.session.change_draft(with_criterion(room.session.draft, "names", wording=words), words)
    room.rest()


def test_no_question_comes_while_one_types_and_one_on_saving(room: PageRoom):
    reword(room, "N", "Na", "Names the question.")
    assert room.page.findChild(SaveDialog) is None
    dialog = save(room)
    assert len(dialog.cards) == 1
    assert dialog.cards[0].question.text() == (
        "2 marks were given under the old words. Did the meaning change?"
    )
    dialog.cards[0].typo.setChecked(True)
    dialog.accept()
    room.rest()
    assert room.column().panel.point_row("names").point().chosen == "fully"
    assert not room.column().panel.point_row("names").point().stale


def test_where_the_meaning_changed_the_marks_are_asked_for_again_and_not_asked_about_twice(room: PageRoom):
    reword(room, "Says what must be decided.")
    save(room).accept()
    room.rest()
    assert room.column().panel.point_row("names").point().stale
    reword(room, "Says what must be decided, and why.")
    room.qtbot.waitUntil(lambda: room.page.findChild(SaveDialog) is None)
    dialog = save(room)
    assert dialog.cards == []
    dialog.reject()


def test_without_another_wording_nothing_is_asked(room: PageRoom):
    dialog = save(room)
    assert dialog.cards == []
    dialog.reject()
