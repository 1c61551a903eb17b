"""An expert at the keyboard: one key a mark, the next point, the next answer, and back to where she was."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from rubric_studio.domain.record import RecordKind
from rubric_studio.services.edits import FlagRows, NoteOnRow, Proposal, write
from rubric_studio.ui.questions.reason_dialog import ReasonDialog
from rubric_studio.ui.quote_button import QuoteButton
from tests.ui.review.packet_room import (
    EXPERT,
    OTHER,
    ROUND,
    answer,
    expert,
    key_of,
    make_packet,
    packet_room,
    question,
    small_answers,
    small_rows,
)

Key, Modifier = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def path(tmp_path):
    return make_packet(tmp_path / "p.review", small_rows(), small_answers())


@pytest.fixture
def room(path, look, qtbot):
    with packet_room(path, look, qtbot) as room:
        yield room


def done_with_answer(room):
    """Give the best grade to all three points."""
    room.press(Key.Key_1, Key.Key_1, Key.Key_1)


class TestMarking:
    def test_one_key_marks_and_goes_to_the_next_point(self, room):
        room.press(Key.Key_1)
        assert (room.words(), room.point()) == (["Fully", "", ""], "right")

    def test_the_best_grade_is_always_1_of_a_fault_too(self, room):
        done_with_answer(room)
        assert room.words() == ["Fully", "Yes", "No"]

    def test_a_mark_carries_round_person_and_question(self, room):
        room.press(Key.Key_1)
        (mark,) = room.marks()
        assert mark.body["round"] == ROUND
        assert (mark.person, mark.scope, mark.body["repeat"]) == (EXPERT.id, key_of("q1", 0), 0)
        assert mark.subject == f"{mark.scope}/{mark.body['question']}/{EXPERT.id}/0"

    def test_enter_goes_to_the_next_answer_that_is_open(self, room):
        done_with_answer(room)
        room.press(Key.Key_Return)
        assert room.place() == "Answer 2 of 3"
        assert room.answer_text().startswith("Answer 1 to q1")

    def test_after_the_last_point_it_goes_on_by_itself_where_that_is_wanted(self, room):
        room.work.board.habits.goes_on.trigger()
        done_with_answer(room)
        assert room.place() == "Answer 2 of 3"

    def test_backspace_goes_back_and_marks_stand_there(self, room):
        done_with_answer(room)
        room.press(Key.Key_Return, Key.Key_Backspace)
        assert (room.place(), room.words()) == ("Answer 1 of 3", ["Fully", "Yes", "No"])

    def test_n_marks_only_where_a_point_may_not_apply(self, room):
        room.press(Key.Key_N)
        assert room.words() == ["", "", ""]
        room.press(Key.Key_Down, Key.Key_N)
        assert room.words() == ["", "Does not apply", ""]

    def test_a_key_of_no_grade_does_nothing(self, room):
        room.press(Key.Key_9)
        assert room.marks() == []

    def test_the_same_key_twice_is_one_step(self, room):
        room.press(Key.Key_1, Key.Key_Up, Key.Key_1)
        assert len(room.session.stacks().undo) == 1

    def test_delete_takes_a_mark_back(self, room):
        room.press(Key.Key_1, Key.Key_Up, Key.Key_Delete)
        assert (room.words(), room.marks()) == (["", "", ""], [])

    def test_undo_goes_where_the_mark_was(self, room):
        done_with_answer(room)
        room.press(Key.Key_Return)
        room.press(Key.Key_Z, modifier=Modifier.ControlModifier)
        assert (room.place(), room.words()) == ("Answer 1 of 3", ["Fully", "Yes", ""])

    def test_a_click_on_a_grade_marks_too(self, room):
        room.qtbot.mouseClick(room.work.board.card.levels[1], Qt.MouseButton.LeftButton)
        assert room.words() == ["Partly", "", ""]


class TestReasons:
    def test_a_low_grade_opens_the_reason_and_digits_in_it_never_score(self, room):
        room.press(Key.Key_3)
        room.type("1 fact missing")
        assert room.words() == ["No", "", ""]
        room.press(Key.Key_Return)
        assert room.point() == "right"
        assert [mark.reason for mark in room.marks()] == ["1 fact missing"]

    def test_enter_in_an_empty_reason_goes_on(self, room):
        room.press(Key.Key_3, Key.Key_Return)
        assert room.point() == "right"

    def test_the_reason_can_be_left_unasked(self, room):
        room.work.board.habits.asks_why.trigger()
        room.press(Key.Key_3)
        assert room.point() == "right"

    def test_a_reason_is_kept_after_a_pause_without_leaving_the_field(self, room):
        room.press(Key.Key_1, Key.Key_Up, Key.Key_R)
        room.type("clear")
        room.qtbot.waitUntil(lambda: [mark.reason for mark in room.marks()] == ["clear"], timeout=3000)
        assert room.work.board.card.reason.hasFocus()

    def test_a_reason_before_its_grade_waits_and_goes_with_it(self, room):
        room.press(Key.Key_R)
        room.type("well put")
        room.press(Key.Key_Escape, Key.Key_1)
        assert [mark.reason for mark in room.marks()] == ["well put"]

    def test_a_reason_without_a_grade_is_there_after_closing(self, path, look, qtbot):
        with packet_room(path, look, qtbot) as room:
            room.press(Key.Key_R)
            room.type("half a thought")
        with packet_room(path, look, qtbot) as room:
            assert room.work.board.card.reason.text() == "half a thought"

    def test_a_reason_stays_with_the_point_it_was_typed_for(self, room):
        room.press(Key.Key_1, Key.Key_Up, Key.Key_R)
        room.type("mine")
        room.work.board.points.chosen.emit("invents")
        assert {mark.body["criterion"]: mark.reason for mark in room.marks()} == {"names": "mine"}
        assert room.work.board.card.reason.text() == ""


class TestEvidence:
    def test_selected_words_become_evidence_and_are_underlined(self, room):
        room.press(Key.Key_1, Key.Key_Up)
        room.select("due under Sec. 5")
        room.press(Key.Key_E)
        (mark,) = room.marks()
        assert [span["quote"] for span in mark.body["evidence"]] == ["due under Sec. 5"]
        assert room.work.board.answers.text.selection() is None
        room.press(Key.Key_1)  # the keyboard is back where keys mark
        assert room.words()[0] == "Fully"

    def test_the_same_words_again_take_it_away(self, room):
        room.press(Key.Key_1, Key.Key_Up)
        for _ in range(2):
            room.select("due under Sec. 5")
            room.press(Key.Key_E)
        assert [mark.body["evidence"] for mark in room.marks()] == [[]]

    def test_digits_grade_with_the_keyboard_in_the_answer_that_is_only_read(self, room):
        room.select("due")
        room.press(Key.Key_1)
        assert room.words()[0] == "Fully"


SENTENCES = "First, Art. 5 applies. The tax is due 😀 at once. Nobody doubts it.\n\nA second paragraph."


@pytest.fixture
def reading(tmp_path, look, qtbot):
    path = make_packet(tmp_path / "p.review", [question("q1")], [answer("q1", 0, SENTENCES), answer("q1", 1)])
    with packet_room(path, look, qtbot) as room:
        yield room


def quotes(room):
    """The passages that stand at the first point: whole sentences with their full stop."""
    return [span["quote"] for mark in room.marks() for span in mark.body["evidence"]]


class TestPassagesByKeys:
    def test_e_chooses_the_first_sentence_and_e_again_takes_it(self, reading):
        reading.press(Key.Key_1, Key.Key_Up, Key.Key_E)
        assert reading.work.board.choosing.isVisible()
        reading.press(Key.Key_E)
        assert quotes(reading) == ["First, Art. 5 applies."]
        assert not reading.work.board.choosing.isVisible()
        reading.press(Key.Key_2)
        assert reading.words()[0] == "Partly"

    def test_down_goes_to_the_next_sentence_and_enter_takes_it(self, reading):
        reading.press(Key.Key_1, Key.Key_Up, Key.Key_E, Key.Key_Down, Key.Key_Return)
        assert quotes(reading) == ["The tax is due 😀 at once."]
        assert reading.place() == "Answer 1 of 2"

    def test_up_goes_back_and_stays_at_the_first(self, reading):
        reading.press(Key.Key_1, Key.Key_Up, Key.Key_E, Key.Key_Down, Key.Key_Up, Key.Key_Up, Key.Key_E)
        assert quotes(reading) == ["First, Art. 5 applies."]

    def test_shift_down_adds_a_sentence_and_shift_up_drops_it(self, reading):
        reading.press(Key.Key_1, Key.Key_Up, Key.Key_E)
        reading.press(Key.Key_Down, Key.Key_Down, modifier=Modifier.ShiftModifier)
        reading.press(Key.Key_Up, modifier=Modifier.ShiftModifier)
        reading.press(Key.Key_E)
        assert quotes(reading) == ["First, Art. 5 applies. The tax is due 😀 at once."]

    def test_left_and_right_drop_and_add_words(self, reading):
        reading.press(Key.Key_1, Key.Key_Up, Key.Key_E, Key.Key_Down)
        reading.press(Key.Key_Left, Key.Key_Left, Key.Key_Left, Key.Key_Right)
        reading.press(Key.Key_Right, modifier=Modifier.ShiftModifier)
        reading.press(Key.Key_E)
        (quote,) = quotes(reading)
        assert quote.startswith("tax is due")
        assert quote in SENTENCES
        assert not quote.endswith(" ")

    def test_the_second_passage_begins_after_the_first(self, reading):
        reading.press(Key.Key_1, Key.Key_Up, Key.Key_E, Key.Key_E, Key.Key_E, Key.Key_E)
        assert quotes(reading) == ["First, Art. 5 applies.", "The tax is due 😀 at once."]

    def test_a_full_stop_stays_and_markdowns_signs_do_not_show(self, tmp_path, look, qtbot):
        text = "It is **due at once**. It is not."
        path = make_packet(tmp_path / "bold.review", [question("q1")], [answer("q1", 0, text)])
        with packet_room(path, look, qtbot) as room:
            room.press(Key.Key_E, Key.Key_E, Key.Key_1)
            assert quotes(room) == ["It is **due at once**."]
            room.press(Key.Key_Up)
            (shown,) = room.work.board.card.evidence.findChildren(QuoteButton)
            assert shown.words == "It is due at once."
            assert (
                shown.text()
                == "\N{LEFT DOUBLE QUOTATION MARK}It is due at once.\N{RIGHT DOUBLE QUOTATION MARK}"
            )

    def test_esc_leaves_without_a_passage(self, reading):
        reading.press(Key.Key_1, Key.Key_Up, Key.Key_E, Key.Key_Escape)
        assert quotes(reading) == []
        assert reading.work.board.answers.text.selection() is None
        reading.press(Key.Key_Down)
        assert reading.point() == "right"

    def test_the_button_on_the_card_does_the_same(self, reading):
        reading.qtbot.mouseClick(reading.work.board.card.passage, Qt.MouseButton.LeftButton)
        assert reading.work.board.card.passage.isChecked()
        reading.press(Key.Key_E)
        assert not reading.work.board.card.passage.isChecked()
        reading.press(Key.Key_1)
        assert quotes(reading) == ["First, Art. 5 applies."]


class TestLittleRoom:
    def test_grades_stay_in_sight_where_long_words_push_them_under_the_fold(self, tmp_path, look, qtbot):
        points = [{"key": "p", "title": "Point", "wording": "many words " * 150, "kind": {"type": "judged"},
                   "allow_na": True}, {"key": "s", "title": "Short", "kind": {"type": "judged"}}]  # fmt: skip
        guide = {"strata": [{"key": "all", "criteria": points}]}
        path = make_packet(tmp_path / "p.review", [question("q1")], [answer("q1", 0)], guide=guide)
        with packet_room(path, look, qtbot) as room:
            strip = room.work.board.strip
            room.page.resize(1000, 560)
            room.qtbot.waitUntil(strip.isVisible)
            assert next(each.text() for each in strip.buttons if each.isVisible()).startswith("1  ")
            assert strip.not_applicable.text() == "N  Does not apply"
            room.qtbot.mouseClick(strip.buttons[0], Qt.MouseButton.LeftButton)
            assert room.words()[0]
            assert room.point() == "s"

    def test_where_there_is_room_grades_stand_once(self, room):
        assert not room.work.board.strip.isVisible()


class TestUnsureAndPuttingOff:
    def test_unsure_is_a_record_and_a_queue_that_one_walks(self, room):
        room.press(Key.Key_U)
        assert len(room.marks(RecordKind.DOUBT)) == 1
        done_with_answer(room)
        room.press(Key.Key_Return)
        room.press(Key.Key_U, modifier=Modifier.ShiftModifier)
        assert (room.place(), room.point()) == ("Answer 1 of 3", "names")

    def test_unsure_again_takes_it_back(self, room):
        room.press(Key.Key_U, Key.Key_U)
        assert room.marks(RecordKind.DOUBT) == []

    def test_what_is_put_off_comes_after_all_else(self, room):
        room.press(Key.Key_S)
        assert room.place() == "Answer 2 of 3"
        done_with_answer(room)
        room.press(Key.Key_Return)
        done_with_answer(room)
        room.press(Key.Key_Return)
        assert room.place() == "Answer 1 of 3"

    def test_what_is_put_off_can_be_walked_to(self, room):
        room.press(Key.Key_S)
        assert not room.work.board.progress.skipped.isHidden()
        room.press(Key.Key_S, modifier=Modifier.ShiftModifier)
        assert room.place() == "Answer 1 of 3"


class TestWays:
    def test_point_by_point_the_point_stays_and_answers_change(self, room):
        room.press(Key.Key_W, Key.Key_1)
        assert (room.place(), room.point()) == ("Answer 2 of 3", "names")
        room.press(Key.Key_1)
        assert (
            room.place() == "Answer 2 of 3"
        )  # of this question both are marked: Enter goes to the next point
        room.press(Key.Key_Return)
        assert (room.place(), room.point()) == ("Answer 1 of 3", "right")

    def test_point_by_point_the_next_question_comes_when_all_points_are_marked(self, room):
        room.press(Key.Key_W)
        for _ in range(3):
            room.press(Key.Key_1, Key.Key_1, Key.Key_Return)
        assert (room.place(), room.point()) == ("Answer 3 of 3", "names")


class TestComingBack:
    def test_one_comes_back_to_answer_point_and_way(self, path, look, qtbot):
        with packet_room(path, look, qtbot) as room:
            room.press(Key.Key_1, Key.Key_Return, Key.Key_Down, Key.Key_W)
            room.press(Key.Key_S)
            at = (room.place(), room.point())
        with packet_room(path, look, qtbot) as room:
            assert (room.place(), room.point()) == at
            assert room.work.sitting.way == "point"
            assert len(room.work.sitting.skipped) == 1
            assert room.marks()

    def test_time_is_taken_and_pauses_are_not(self, path, look, qtbot):
        with packet_room(path, look, qtbot) as room:
            for _ in range(6):  # six marks, 20 seconds each: two answers
                room.clock.seconds += 20
                room.press(Key.Key_1)
                if not room.work.review.unmarked(room.work.sitting.task):
                    room.press(Key.Key_Return)
            room.clock.seconds += 3600  # lunch
            room.press(Key.Key_Down)
        with packet_room(path, look, qtbot) as room:
            assert room.work.time.pace.seconds == pytest.approx(120)
            assert "about 1 min left" in room.told()  # three marks are left, 20 seconds each
            assert "2 of 3 done" in room.told()


class TestQuestion:
    def test_the_question_folds_and_the_reference_shows(self, room):
        board = room.work.board
        was = board.question.prompt.isVisible()
        room.press(Key.Key_Q)
        assert board.question.prompt.isVisible() != was
        room.press(Key.Key_T)
        assert "The Act, Sec. 5" in board.question.reference.text()
        assert board.question.reference.isVisible()

    def test_a_flag_and_a_note_stand_below_the_question(self, room):
        for key, words in ((Key.Key_F, "Wrong reference"), (Key.Key_M, "Ask Anna")):
            room.press(key)
            (dialog,) = room.page.findChildren(ReasonDialog)
            room.qtbot.waitUntil(dialog.isVisible)
            dialog.reason_field.setText(words)
            dialog.accept()
            room.qtbot.waitUntil(lambda: not room.page.findChildren(ReasonDialog))
        assert room.work.board.remarks.words() == "Flagged: Wrong reference\nNote: Ask Anna"
        assert [head.body["row"] for head in room.marks(RecordKind.FLAG)] == ["q1"]

    def test_the_strip_names_a_question_by_its_words(self, room):
        for key, label in ((Key.Key_F, "Flag"), (Key.Key_M, "Note on")):
            room.press(key)
            (dialog,) = room.page.findChildren(ReasonDialog)
            dialog.reason_field.setText("Wrong")
            dialog.accept()
            room.qtbot.waitUntil(lambda: not room.page.findChildren(ReasonDialog))
            assert room.session.stacks().undo[-1].label == f'{label} "Is the tax of q1 due?"'
        for label in ("Remove a flag from", "Remove a note from"):
            room.work.board.remarks.lines[0][1].click()
            assert room.session.stacks().undo[-1].label == f'{label} "Is the tax of q1 due?"'

    def test_a_flag_and_a_note_are_taken_away_by_their_buttons(self, room):
        row = room.work.sitting.task.row
        room.session.perform(FlagRows(rows=(row,), reason="Wrong reference"))
        room.session.perform(NoteOnRow(row=row, text="Ask Anna"))
        remarks = room.work.board.remarks
        assert [away.accessibleName() for _, away in remarks.lines] == [
            "Take this flag away",
            "Take this note away",
        ]
        room.qtbot.mouseClick(remarks.lines[0][1], Qt.MouseButton.LeftButton)
        assert remarks.words() == "Note: Ask Anna"
        room.qtbot.mouseClick(remarks.lines[0][1], Qt.MouseButton.LeftButton)
        assert remarks.isHidden()
        assert room.marks(RecordKind.FLAG) + room.marks(RecordKind.NOTE) == []
        room.press(Key.Key_Z, modifier=Modifier.ControlModifier)
        assert remarks.words() == "Note: Ask Anna"

    def test_checks_are_folded_into_one_line_and_open(self, room):
        board = room.work.board
        assert board.checks.button.text() == "By the program: 1  C"
        assert board.checks.button.accessibleName() == "1 point is marked by the program"
        assert not board.checks.list.isVisible()
        room.press(Key.Key_C)
        assert [line.title for line in board.checks.list.lines()] == ["Cites the Act"]
        assert board.checks.list.isVisible()

    def test_examples_show_on_demand(self, room):
        assert "whether it is due" not in _said(room.work.board.card)
        room.press(Key.Key_A)
        assert "whether it is due" in _said(room.work.board.card)


class TestHandingIn:
    def test_the_summary_comes_when_everything_is_marked(self, room):
        for _ in range(3):
            done_with_answer(room)
            room.press(Key.Key_Return)
        words = room.work.summary.words()
        assert "Everything is marked" in words
        assert "Answers marked 3 of 3" in words
        assert "Marks given today 9" in words
        assert "Grade: Fully 3 of 9 marks" in words
        with room.qtbot.waitSignal(room.page.hand_in_requested):
            room.work.summary.hand_in.click()

    def test_pausing_is_asked_for_and_esc_goes_back(self, room):
        room.press(Key.Key_O)
        with room.qtbot.waitSignal(room.page.pause_requested):
            room.work.summary.pause.click()
        room.press(Key.Key_Escape, Key.Key_1)
        assert room.words()[0] == "Fully"

    def test_what_was_handed_in_is_locked_until_it_is_taken_back(self, room):
        store = room.session.store
        handing_in = Proposal(RecordKind.HANDING_IN, f"{ROUND}/{EXPERT.id}", {"finished": True, "done": 3})
        room.session.announce(write(store, "Hand in", [handing_in], expert()))
        room.press(Key.Key_1, Key.Key_U)
        assert (room.marks(), room.marks(RecordKind.DOUBT)) == ([], [])
        assert room.work.board.finished.isVisible()
        room.work.board.finished.button.click()
        assert not room.work.board.finished.isVisible()
        room.press(Key.Key_1)  # the keyboard is where keys mark, not on the button that is gone
        assert len(room.marks()) == 1

    def test_the_summary_says_that_it_is_handed_in_and_takes_it_back_by_enter(self, room):
        room.press(Key.Key_O)
        summary = room.work.summary
        assert (summary.hand_in.isVisible(), summary.take_back.isVisible()) == (True, False)
        handing_in = Proposal(RecordKind.HANDING_IN, f"{ROUND}/{EXPERT.id}", {"finished": True, "done": 3})
        room.session.announce(write(room.session.store, "Hand in", [handing_in], expert()))
        assert summary.sentence.text() == "You have handed this in."
        assert (summary.hand_in.isVisible(), summary.take_back.isVisible()) == (False, True)
        room.press(Key.Key_Tab)
        assert summary.take_back.hasFocus()
        room.press(Key.Key_Return, Key.Key_1)
        assert (room.work.locked, len(room.marks())) == (False, 1)


class TestBlindness:
    def test_nothing_of_another_expert_or_a_model_is_anywhere(self, tmp_path, look, qtbot):
        path = make_packet(tmp_path / "p.review", small_rows(), small_answers())
        with packet_room(path, look, qtbot) as room:
            mark = room.work.review
            point = mark.points(mark.tasks[0])[0]
            body = {
                "sample": key_of("q1", 0), "criterion": "names", "question": point.question, "repeat": 0,
                "state": "scored", "value": 0.0, "level": "no", "evidence": [], "round": ROUND,
            }  # fmt: skip
            subject = f"{key_of('q1', 0)}/{point.question}/{OTHER.id}/0"
            foreign = Proposal(RecordKind.VERDICT, subject, body, key_of("q1", 0), "PLANTED")
            author = expert()
            author.person = OTHER.id
            room.session.announce(write(room.session.store, "x", [foreign], author))
            room.press(Key.Key_P)
            assert room.words() == ["", "", ""]
            assert "PLANTED" not in _said(room.page)

    def test_the_hidden_second_time_shows_nothing_of_the_first(self, tmp_path, look, qtbot):
        samples = small_answers()
        path = make_packet(tmp_path / "p.review", small_rows(), samples, repeats=samples[:1])
        with packet_room(path, look, qtbot) as room:
            done_with_answer(room)
            room.work.sitting.go(room.work.review.tasks[3])
            room.rest()
            card: Any = room.work.board.card.point()
            assert (room.words(), card.precedents, card.offer) == (["", "", ""], 0, "")
            room.press(Key.Key_2)
            assert sorted((mark.body or {})["repeat"] for mark in room.marks()) == [0, 0, 0, 1]


class TestPrecedents:
    def test_p_shows_her_earlier_marks_with_excerpt_grade_and_reason(self, room):
        room.press(Key.Key_3)
        room.type("says nothing of it")
        room.press(Key.Key_Return, Key.Key_Return, Key.Key_P)
        (line,) = room.work.board.card.earlier.words()
        assert line.startswith("No. ")
        assert "Answer 0 to q1" in line
        assert "says nothing of it" in line

    def test_an_identical_answer_offers_its_mark_and_one_key_takes_it(self, tmp_path, look, qtbot):
        samples = [answer("q1", 0, "The very same."), answer("q1", 1, " The very same.\n"), answer("q1", 2)]
        path = make_packet(tmp_path / "p.review", [question("q1")], samples)
        with packet_room(path, look, qtbot) as room:
            room.press(Key.Key_2, Key.Key_Return)
            assert room.work.board.card.offer.isVisible()
            room.press(Key.Key_I)
            assert (room.words()[0], room.point()) == ("Partly", "right")


@pytest.mark.parametrize("text", ["x" * 1_000_000, "word " * 8_000, "Ελληνικά " * 200, "| a " * 2_000])
def test_odd_answers_are_read_and_marked(tmp_path, look, qtbot, text):
    path = make_packet(tmp_path / "p.review", [question("q1")], [answer("q1", 0, text), answer("q1", 1)])
    with packet_room(path, look, qtbot) as room:
        done_with_answer(room)
        room.press(Key.Key_Return)
        assert room.place() == "Answer 2 of 2"


def test_the_rest_of_a_very_long_answer_comes_by_the_key_that_turns_pages(tmp_path, look, qtbot):
    text = "\n".join(f"Line {at} of a very long answer." for at in range(1_400))  # beyond 40,000 letters
    path = make_packet(tmp_path / "p.review", [question("q1")], [answer("q1", 0, text)])
    with packet_room(path, look, qtbot) as room:
        view = room.work.board.answers.text.view
        assert "Line 1399 of" not in view.toPlainText()
        room.work.board.answers.text.scroll_to(1.0)
        room.press(Key.Key_Space)
        assert "Line 1399 of" in view.toPlainText()
        assert 0 < view.verticalScrollBar().value() < view.verticalScrollBar().maximum()


def test_225_points_are_walked_through(tmp_path, look, qtbot):
    points = [{"key": f"p{n}", "title": f"Point {n}", "kind": {"type": "judged"}} for n in range(225)]
    guide = {"strata": [{"key": "all", "criteria": points}]}
    path = make_packet(tmp_path / "p.review", [question("q1")], [answer("q1", 0)], guide=guide)
    with packet_room(path, look, qtbot) as room:
        room.press(*([Key.Key_1] * 30))
        assert room.point() == "p30"
        assert room.work.board.card.place.text() == "Point 31 of 225"


def test_a_file_that_is_no_packet_says_so(tmp_path, look, qtbot):
    from tests.ui.guide.preview_room import make_project

    path = make_project(tmp_path / "p.rubric", None, small_rows(), [])
    with packet_room(path, look, qtbot) as room:
        assert room.page.empty.accessibleName() == "There is nothing to mark in this file."


def _said(widget) -> str:
    """Everything that stands on a widget and what is in it."""
    labels = [each.text() for each in widget.findChildren(QLabel)]
    return "\n".join([*labels, *(each.text() for each in widget.findChildren(QPushButton))])
