"""The live preview as a person uses it: reading, comparing, marking by mouse and by keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from rubric_studio.domain.rubric import Rubric
from rubric_studio.ui.guide.passages_view import PassageRow
from rubric_studio.ui.look import Look
from rubric_studio.ui.state_shape import Shape
from tests.ui.guide.preview_room import GUIDE, Key, Room, answer, make_project, question, room_on

ANSWERS = [
    answer("beta", 0, "Yes, it is due. Sec. 5 says so."),
    answer("alpha", 1, "Nothing is due, for the Act is silent."),
    answer("alpha", 0, "It is due under Sec. 5."),
]


@pytest.fixture
def room(tmp_path: Path, look: Look, qtbot) -> Iterator[Room]:
    rows = [question("q1"), question("q2", "Which year counts?"), question("q3", "Who must pay?")]
    path = make_project(tmp_path / "Tax.rubric", GUIDE, rows, [*ANSWERS, answer("alpha", 0, "2031", "q2")])
    with room_on(path, look, qtbot) as room:
        room.show()
        yield room


def test_answers_stand_side_by_side_by_model_then_run(room: Room):
    assert [room.column(place).name.text() for place in (0, 1)] == ["alpha, run 0", "alpha, run 1"]
    assert room.preview.header.place.text() == "Question 1 of 3"
    assert room.preview.header.prompt.text() == "Is the tax due?"


def test_programs_have_marked_and_the_range_says_what_is_left(room: Room):
    # Two parts of weight 1. Conclusion: cites 1 of weight 1, right open; issue open. Low (0 + 1/2) / 2.
    assert room.row("cites").point().value == 1.0
    assert room.total() == "0.25 – 1.00"
    assert room.column().to_mark.text() == "2 points to mark"


def test_five_answers_points_marked_by_mouse(room: Room):
    room.click_grade("names", 1)
    room.click_grade("right", 1)
    room.click_grade("names", 2, place=1)
    room.click_grade("right", 2, place=1)
    room.click_grade("names", 3)
    assert len(room.marks()) == 4  # the fifth replaces the first
    # Answer 1: issue 0, conclusion (1 + 1) / 2 = 1: total 0.5. Answer 2: 0.5 and (0 + 0) / 2: 0.25.
    assert (room.total(0), room.total(1)) == ("0.50", "0.25")
    assert room.row("names").point().chosen == "no"
    assert room.column().to_mark.isHidden()


def test_the_same_by_keyboard_alone(room: Room):
    room.preview.columns.take_keyboard()
    room.press(Key.Key_1)  # names: fully
    room.press(Key.Key_Down)
    room.press(Key.Key_1)  # right: yes
    room.press(Key.Key_Right)  # the same point of the next answer
    room.press(Key.Key_2)
    room.press(Key.Key_Up)
    room.press(Key.Key_2)
    room.press(Key.Key_Left)
    room.press(Key.Key_3)
    assert (room.total(0), room.total(1)) == ("0.50", "0.25")
    assert len(room.marks()) == 4


def test_not_applicable_backspace_and_undo(room: Room):
    room.preview.columns.take_keyboard()
    room.press(Key.Key_1)
    room.press(Key.Key_Down)
    room.press(Key.Key_N)
    assert room.row("right").point().shape is Shape.NOT_APPLICABLE
    assert room.total() == "1.00"  # issue 1, conclusion: cites alone
    room.press(Key.Key_Backspace)
    assert room.row("right").point().shape is Shape.PERSON
    room.session.undo()
    assert room.total() == "1.00"
    room.session.undo()
    room.session.undo()
    assert room.marks() == []
    assert room.total() == "0.25 – 1.00"


def test_the_same_key_twice_is_one_step(room: Room):
    room.preview.columns.take_keyboard()
    room.press(Key.Key_1)
    room.press(Key.Key_1)
    room.session.undo()
    assert room.marks() == []


def test_a_reason_is_written_with_r_and_digits_in_it_do_not_score(room: Room):
    room.preview.columns.take_keyboard()
    room.press(Key.Key_2)
    room.press(Key.Key_R)
    room.type("1 of 3 is missing")
    room.press(Key.Key_Return)
    assert [(mark.body["level"], mark.reason) for mark in room.marks()] == [("partly", "1 of 3 is missing")]
    assert room.row("names").hasFocus()
    assert room.noted("names").note.text() == "1 of 3 is missing"


def test_a_reason_given_first_waits_for_its_grade(room: Room):
    room.preview.columns.take_keyboard()
    room.press(Key.Key_R)
    room.type("too short")
    room.press(Key.Key_Return)
    assert room.marks() == []
    assert "your reason" in room.noted("names").note.text()
    room.press(Key.Key_3)
    assert [(mark.body["level"], mark.reason) for mark in room.marks()] == [("no", "too short")]


def test_digits_in_the_text_and_in_the_jump_field_do_not_score(room: Room):
    room.preview.columns.take_keyboard()
    room.column().text.view.setFocus()
    room.press(Key.Key_1)
    room.preview.header.jump.setFocus()
    room.press(Key.Key_1)
    assert room.marks() == []


def test_selected_words_become_evidence_with_e(room: Room):
    room.preview.columns.take_keyboard()
    room.press(Key.Key_1)
    select(room, "under Sec. 5")
    room.press(Key.Key_E)
    (mark,) = room.marks()
    assert [span["quote"] for span in mark.body["evidence"]] == ["under Sec. 5"]
    assert room.row("names").hasFocus()
    assert room.noted("names").shown().point.evidence == ("under Sec. 5",)
    select(room, "under Sec. 5")
    room.press(Key.Key_E)
    assert room.marks()[0].body["evidence"] == []


def test_a_weight_moves_totals_and_ranges_at_once_without_saving(room: Room):
    room.click_grade("names", 1)
    room.click_grade("right", 2)
    assert room.total() == "0.75"  # (1 + 0.5) / 2
    heavier = {**GUIDE, "strata": [{**GUIDE["strata"][0], "weight": 3}, GUIDE["strata"][1]]}
    room.preview.show_rubric(Rubric.model_validate(heavier))
    # (3 * 1 + 0.5) / 4 = 0.875; answer 2: cites 0, so between 0 and (3 + 0.5) / 4
    assert room.column().badge.score().value == pytest.approx(0.875)
    assert room.column().badge.score().difference == pytest.approx(0.125)
    assert room.total(1) == "0.00 – 0.88"
    assert room.session.draft.strata[0].weight == 1
    assert room.row("right").point().chosen == "no"


def test_marking_keeps_scroll_open_reasons_and_focus(room: Room):
    room.preview.resize(700, 500)
    room.preview.columns.take_keyboard()
    room.press(Key.Key_Space)
    room.press(Key.Key_Down)
    bar = room.column().panel.list.verticalScrollBar()
    before = bar.value()
    room.press(Key.Key_1)
    assert bar.value() == before
    assert room.row("right").hasFocus()
    assert room.row("names").is_open()


def test_the_strip_and_alt_number_choose_what_stands_in_the_columns(room: Room):
    strip = room.preview.strip
    assert strip.isVisible()
    card = strip.card(room.ids()[2])
    assert card is not None
    assert card.name.text() == "beta · 0"
    room.qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert room.column(1).name.text() == "beta, run 0"
    assert room.column(1).has_keyboard_in_points()
    room.press(Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert room.column(1).name.text() == "alpha, run 1"


def test_a_pinned_answer_stays(room: Room):
    room.qtbot.mouseClick(room.column(1).pin, Qt.MouseButton.LeftButton)
    room.press(Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert [room.column(place).name.text() for place in (0, 1)] == ["beta, run 0", "alpha, run 1"]


def test_the_way_between_questions(room: Room):
    room.preview.columns.take_keyboard()
    room.press(Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert room.preview.header.place.text() == "Question 2 of 3"
    assert room.column().has_keyboard_in_points()
    jump(room, "pay")
    assert room.preview.header.place.text() == "Question 3 of 3"
    jump(room, "1")
    assert room.preview.header.place.text() == "Question 1 of 3"
    jump(room, "elephant")
    assert room.preview.header.found.text() == "Not found"


def test_a_question_without_answers_says_what_to_do(room: Room):
    with room.qtbot.waitSignal(room.preview.import_requested):
        room.preview.show_row("q3")
        room.qtbot.mouseClick(room.preview.no_answer.main_button, Qt.MouseButton.LeftButton)


def test_samples_from_elsewhere_narrow_the_way(room: Room):
    ids = {sample.model: id for id, sample in room.session.store.samples()}
    room.preview.show_samples([ids["beta"]])
    assert room.column().name.text() == "beta, run 0"
    assert room.preview.header.place.text() == "Question 1 of 1"
    jump(room, "")
    assert room.preview.header.place.text() == "Question 1 of 3"


def test_differences_are_marked_in_both_by_shape_and_color(room: Room):
    room.preview.columns.take_keyboard()
    room.press(Key.Key_D)
    room.rest()
    styles = [
        {
            (s.format.underlineStyle(), s.format.background().color().name())
            for s in pane.view.extraSelections()
        }
        for pane in (room.column(0).text, room.column(1).text)
    ]
    assert len(styles[0]) == len(styles[1]) == 1
    (ours,), (theirs,) = styles
    assert ours[0] != theirs[0]
    assert ours[1] != theirs[1]
    room.press(Key.Key_D)
    assert room.column(0).text.view.extraSelections() == []


def test_passages_only_shows_what_each_answer_says(room: Room):
    room.preview.columns.take_keyboard()
    room.press(Key.Key_G)
    assert room.preview.passages.isVisible()
    row = room.preview.passages.list.row("cites")
    assert isinstance(row, PassageRow)
    assert row.cells[0].words.text() == "“Sec. 5”"
    room.qtbot.mouseClick(row.cells[0], Qt.MouseButton.LeftButton)
    assert room.preview.columns.isVisible()
    assert room.row("cites").hasFocus()


def test_filters_by_model_score_and_what_is_left_to_mark(room: Room):
    tools = room.preview.tools
    tools.filter.click()
    tools.filter_bar.model.setCurrentText("beta")
    assert room.preview.columns.shown() == room.ids()[2:]
    tools.filter_bar.model.setCurrentIndex(0)
    tools.filter_bar.highest.setValue(0.2)
    assert [room.column().name.text()] == ["alpha, run 1"]  # the others reach 0.25 at least
    assert tools.filter.text() == "Filter: 1 of 3"
    tools.filter_bar.lowest.setValue(0.0)
    tools.filter_bar.highest.setValue(0.0)
    tools.filter_bar.to_mark.setChecked(True)
    room.click_grade("names", 1)
    assert room.column().name.text() == "alpha, run 1"  # nothing goes away under the hand
    tools.filter.click()
    assert len(room.preview.columns.shown()) == 2


def test_no_answer_fits_the_filter(room: Room):
    room.preview.tools.filter.click()
    room.preview.tools.filter_bar.model.setCurrentText("alpha")
    room.preview.tools.filter_bar.lowest.setValue(1.0)
    room.preview.tools.filter_bar.to_mark.setChecked(True)
    assert room.preview.columns.shown()  # a range up to 1 still fits
    room.preview.show_row("q2")
    room.click_grade("names", 3)
    room.click_grade("right", 2)
    room.preview.show_row("q1")
    room.preview.show_row("q2")
    assert room.preview.none_fits.isVisible()
    room.qtbot.mouseClick(room.preview.none_fits.main_button, Qt.MouseButton.LeftButton)
    assert room.preview.columns.isVisible()


def test_texts_scroll_together_once_asked_for(room: Room):
    for column in room.preview.columns.shown_columns():
        column.text.set_text("line\n" * 200)
    room.column(0).text.view.verticalScrollBar().setValue(400)
    assert room.column(1).text.view.verticalScrollBar().value() == 0
    room.preview.tools.together.click()
    room.column(0).text.view.verticalScrollBar().setValue(800)
    assert room.column(1).text.view.verticalScrollBar().value() > 0


def test_one_key_asks_for_the_whole_width(room: Room):
    room.preview.columns.take_keyboard()
    with room.qtbot.waitSignal(room.preview.width_requested) as told:
        room.press(Key.Key_W)
    assert told.args == [True]


def test_an_undone_guide_shows_again(room: Room):
    lighter = room.session.draft.model_copy(update={"strata": room.session.draft.strata[1:]})
    room.session.change_draft(lighter, "Take a part away")
    room.rest()
    assert list(room.column().panel.list.keys()) == ["right", "cites"]
    room.session.undo()
    assert list(room.column().panel.list.keys()) == ["names", "right", "cites"]


def test_a_mark_under_old_words_is_said_to_be_so(room: Room):
    room.click_grade("names", 2)
    draft = room.session.draft
    criterion = draft.strata[0].criteria[0].model_copy(update={"wording": "Names it in the first sentence"})
    strata = (draft.strata[0].model_copy(update={"criteria": (criterion,)}), *draft.strata[1:])
    room.session.change_draft(draft.model_copy(update={"strata": strata}), "Reword")
    room.rest()
    noted = room.noted("names")
    assert noted.shown().point.stale
    assert noted.shown().point.shape is Shape.PERSON
    assert noted.note.text() == "You: Partly (0.50), given under old words"


def select(room: Room, words: str) -> None:
    """Select words in the first answer and leave the keyboard in its text."""
    view = room.column().text.view
    cursor = QTextCursor(view.document())
    start = view.toPlainText().index(words)
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    view.setFocus()


def jump(room: Room, words: str) -> None:
    """Type into the jump field and press Enter."""
    field = room.preview.header.jump
    field.setFocus()
    field.clear()
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Key.Key_Return)
