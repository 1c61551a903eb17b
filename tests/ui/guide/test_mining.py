"""Selected words become points and examples in two keys, reasons become points, comments go with a wording."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false, reportOptionalSubscript=false

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rubric_studio.domain.record import RecordKind
from rubric_studio.services.comments import AddComment, NewComment, open_counts
from rubric_studio.ui.guide.comment_dialog import CommentDialog
from rubric_studio.ui.guide.reasons_dialog import ReasonsDialog
from rubric_studio.ui.look import Look
from tests.ui.guide.page_room import Key, Modifier, PageRoom, page_on
from tests.ui.guide.preview_room import GUIDE, answer, make_project, question

ANSWERS = [
    answer("alpha", 0, "It is **due** under Sec. 5. The exemption for *small* traders does not apply."),
    answer("beta", 0, "Nothing is due."),
]
SENTENCE = "The exemption for small traders does not apply."


@pytest.fixture
def room(tmp_path: Path, look: Look, qtbot) -> Iterator[PageRoom]:
    path = make_project(tmp_path / "Tax.rubric", GUIDE, [question("q1")], ANSWERS)
    with page_on(path, look, qtbot) as room:
        yield room


def level(room: PageRoom, criterion: str, key: str):
    return next(each for each in room.session.draft.criterion(criterion).levels if each.key == key)


def go_to(room: PageRoom, key: str) -> None:
    room.column().panel.take_keyboard(key)
    room.rest()


# ---- selected words


def test_selected_words_offer_what_can_be_made_of_them(room: PageRoom):
    bar = room.column().selection
    assert bar.isHidden()
    go_to(room, "names")
    room.select(SENTENCE)
    assert bar.isVisible()
    assert bar.example.isEnabled()
    room.press(Key.Key_E)  # evidence, as before
    assert room.page.preview.marking.waiting


def test_m_makes_a_point_beside_the_current_one_and_its_title_waits(room: PageRoom):
    go_to(room, "names")
    room.select(SENTENCE)
    room.press(Key.Key_M)
    form = room.page.editor.form()
    criterion = room.session.draft.criterion(form.key)
    assert room.session.draft.stratum_of(form.key).key == "issue"
    assert criterion.title == "The exemption for small traders does not…"
    assert criterion.wording == f"Says, in these or other words: “{SENTENCE}”"
    assert QApplication.focusWidget() is form.title
    assert form.title.selectedText() == criterion.title
    room.type("Small traders")
    room.press(Key.Key_Return)
    assert room.session.draft.criterion(form.key).title == "Small traders"
    room.session.undo()
    room.session.undo()
    assert room.session.draft.criterion(form.key) is None


def test_x_and_a_digit_make_an_example_and_no_mark(room: PageRoom):
    go_to(room, "names")
    room.select(SENTENCE)
    room.press(Key.Key_X)
    assert room.column().selection.words.text() == 'Example of which grade of "Names the question"?'
    room.press(Key.Key_2)
    room.rest()
    assert [anchor.text for anchor in level(room, "names", "partly").anchors] == [SENTENCE]
    assert not room.session.store.heads(RecordKind.VERDICT)
    assert room.column().has_keyboard_in_points()
    row = room.column().panel.point_row("names")
    row.set_open(True)
    details = row._details._levels.text()
    assert f"      e.g. “{SENTENCE}”" in details.splitlines()
    assert SENTENCE in row.grade_buttons()[1].toolTip()
    room.session.undo()
    assert level(room, "names", "partly").anchors == ()


def test_escape_leaves_the_choice_of_a_grade_and_letters_go_nowhere(room: PageRoom):
    go_to(room, "names")
    room.select(SENTENCE)
    room.press(Key.Key_X)
    room.press(Key.Key_L)
    assert not room.page.preview.tools.as_written.isChecked()
    room.press(Key.Key_Escape)
    room.press(Key.Key_P)
    assert room.column().pin.isChecked()  # keys mean again what they meant
    assert level(room, "names", "partly").anchors == ()


def test_without_a_selection_x_takes_the_whole_answer(room: PageRoom):
    go_to(room, "names")
    room.press(Key.Key_X)
    asked = 'The whole answer is an example of which grade of "Names the question"?'
    assert room.column().selection.words.text() == asked
    room.press(Key.Key_1)
    room.rest()
    assert [anchor.text for anchor in level(room, "names", "fully").anchors] == [ANSWERS[0].text]
    assert room.column().selection.isHidden()


def test_at_a_point_for_a_program_the_point_is_asked_for_first(room: PageRoom):
    go_to(room, "cites")
    room.select(SENTENCE)
    bar = room.column().selection
    assert bar.example.isVisible()
    assert not bar.evidence.isVisible()  # of which point?
    room.press(Key.Key_X)
    assert bar.words.text() == "An example for which point?"
    room.press(Key.Key_1)
    assert bar.words.text() == 'Example of which grade of "Names the question"?'
    room.press(Key.Key_2)
    room.rest()
    assert [anchor.text for anchor in level(room, "names", "partly").anchors] == [SENTENCE]
    assert bar.isHidden()


def test_escape_leaves_the_question_for_the_point(room: PageRoom):
    go_to(room, "cites")
    room.select(SENTENCE)
    room.press(Key.Key_X)
    room.press(Key.Key_Escape)
    bar = room.column().selection
    assert not bar.words.isVisible()
    assert bar.point.isVisible()


def test_examples_are_noted_and_taken_away_in_the_editor(room: PageRoom):
    go_to(room, "names")
    room.select(SENTENCE)
    room.press(Key.Key_X)
    room.press(Key.Key_1)
    room.rest()
    anchors = room.page.editor.open_point("names").levels.lines[0].anchors
    assert anchors.open_button.text() == "1 example"
    QTest.mouseClick(anchors.open_button, Qt.MouseButton.LeftButton)
    line = anchors.lines[0]
    line.note.setFocus()
    room.type("the clearest")
    room.press(Key.Key_Return)
    assert level(room, "names", "fully").anchors[0].note == "the clearest"
    QTest.mouseClick(line.remove_button, Qt.MouseButton.LeftButton)
    assert level(room, "names", "fully").anchors == ()
    assert not anchors.isVisible()


def test_letters_typed_into_a_text_are_letters(room: PageRoom):
    room.select(SENTENCE)
    field = room.page.editor.open_point("names").wording
    field.setFocus()
    room.type("moxy")
    assert field.toPlainText() == "moxy"
    assert room.page.gut_order.board is None
    assert room.page.editor.form().key == "names"


def test_where_the_editor_is_a_drawer_a_new_point_opens_it(room: PageRoom):
    room.page.resize(1000, 700)
    room.rest()
    assert not room.page.drawer.is_open
    room.select(SENTENCE)
    room.press(Key.Key_M)
    assert room.page.drawer.is_open
    assert room.page.editor.form().title.isVisible()


# ---- reasons


def mark_with_reason(room: PageRoom, reason: str) -> None:
    go_to(room, "names")
    room.press(Key.Key_3)
    room.press(Key.Key_R)
    room.type(reason)
    room.press(Key.Key_Return)
    room.rest()


def test_a_reason_becomes_a_point(room: PageRoom):
    mark_with_reason(room, "Forgets interest on late payment")
    room.press(Key.Key_Y)
    room.qtbot.waitUntil(lambda: room.page.findChild(ReasonsDialog) is not None)
    dialog = room.page.findChild(ReasonsDialog)
    assert dialog.list.item(0).text().startswith("Forgets interest on late payment\n")
    assert 'given once · on "Names the question"' in dialog.list.item(0).text()
    QTest.keyClick(dialog.list, Key.Key_Return)
    form = room.page.editor.form()
    assert room.session.draft.criterion(form.key).wording == "Forgets interest on late payment"
    assert QApplication.focusWidget() is form.title or form.title.selectedText()
    room.qtbot.waitUntil(lambda: not room.page.preview.tools.reasons.isChecked())


def test_without_reasons_the_list_says_so(room: PageRoom):
    room.page.preview.tools.reasons.click()
    room.qtbot.waitUntil(lambda: room.page.findChild(ReasonsDialog) is not None)
    dialog = room.page.findChild(ReasonsDialog)
    assert not dialog.make_button.isEnabled()
    dialog.reject()


# ---- comments


def open_comments(room: PageRoom) -> CommentDialog:
    room.press(Key.Key_C, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert room.page.comments.dialog is not None
    return room.page.comments.dialog


def test_a_comment_is_written_answered_resolved_and_counted_beside_the_point(room: PageRoom):
    room.page.editor.line("names").setFocus()
    dialog = open_comments(room)
    QTest.keyClicks(dialog.field, "Which question?")
    QTest.keyClick(dialog.field, Key.Key_Return)
    assert room.page.editor.desk.open_comments("names") == 1
    card = dialog.cards[0]
    QTest.keyClicks(card.field, "The one asked.")
    QTest.keyClick(card.field, Key.Key_Return)
    assert room.page.editor.desk.open_comments("names") == 1
    assert len(dialog.cards) == 1
    dialog.cards[0].settle_button.setFocus()
    QTest.keyClick(dialog.cards[0].settle_button, Key.Key_R, Modifier.AltModifier)
    assert open_counts(room.session.store) == {}
    assert dialog.cards[0].settle_button.text() == "Open again"
    dialog.cards[0].settle_button.click()
    dialog.reject()
    form = room.page.editor.open_point("names")
    assert form.comments.text() == "Comments (1 open)"
    room.session.undo()
    assert form.comments.text() == "Comment on these words"


def test_a_comment_from_outside_names_its_author_and_the_words_of_then(room: PageRoom):
    brought = NewComment(criterion="names", text="Too wide", words="Older words", author="W. Word")
    room.session.perform(AddComment(comments=(brought,)))
    go_to(room, "names")
    dialog = open_comments(room)
    texts = [label.text() for label in dialog.cards[0].findChildren(type(dialog.none))]
    assert any(text.startswith("W. Word, ") and "brought in by Petra Person" in text for text in texts)
    assert "The words were then: Older words" in texts
    dialog.reject()
