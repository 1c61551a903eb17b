"""Where we differ, as a person walks through it: by keys, from the ladder to what is decided and reworded."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.wording_prompt import WordsProposed
from rubric_studio.services.disputes import disputes
from rubric_studio.services.edits import SaveVersion
from rubric_studio.services.round_start import RoundStart
from rubric_studio.services.settling_disputes import decision_of
from rubric_studio.services.wording_proposals import Proposed
from rubric_studio.ui.compare.decided_view import DecidedView
from rubric_studio.ui.compare.differences_view import DifferencesView
from rubric_studio.ui.look import Look
from rubric_studio.ui.session import Session
from tests.services.judged_project import GUIDE
from tests.ui.compare.dispute_room import a_session


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path) -> Iterator[Session]:
    with a_session(tmp_path) as found:
        yield found


@pytest.fixture
def view(qtbot: QtBot, session: Session, look: Look) -> DifferencesView:
    view = DifferencesView(session, look)
    qtbot.addWidget(view)
    view.resize(1370, 830)
    view.show()
    qtbot.waitUntil(lambda: view.found is not None and view.dispute is not None)
    view.setFocus()
    return view


def cell(view: DifferencesView, line: int, column: int) -> str:
    return view.model.index(line, column).data()


def decisions(session: Session) -> list[Any]:
    heads = session.store.heads(RecordKind.SETTLEMENT)
    return [decision_of(head) for head in heads if head.body is not None]


def press(qtbot: QtBot, widget: Any, *keys: Any) -> None:
    for key in keys:
        qtbot.keyClicks(widget, key) if isinstance(key, str) else qtbot.keyClick(widget, key)


def test_the_furthest_apart_come_first_with_who_gave_what(view: DifferencesView):
    assert [cell(view, line, 0) for line in range(4)] == ["1.00", "1.00", "1.00", "0.50"]
    assert [cell(view, line, 1) for line in range(4)] == ["Sees it", "Sees it", "Invents", "Sees it"]
    assert cell(view, 0, 3) == "A fully, B no, C partly"
    assert "4 of 13 compared marks differ; 9 are undisputed" in view.sentence.text()


def test_an_opened_dispute_shows_all_marks_reasons_and_the_judges(view: DifferencesView):
    cards = view.detail.cards
    assert [card.who.text() for card in cards] == ["Anna", "Bruno", "Cara", "judge, a model"]
    assert [card.grade.text() for card in cards] == ["fully", "no", "partly", "fully"]
    assert cards[1].reason.text() == "Bruno thinks 0"
    assert view.detail.place.text() == "1 of 4"
    assert view.settle.buttons[0].accessibleName() == "fully, key 1"


def test_a_grade_a_cause_and_a_reason_by_keys_alone_lead_to_the_next(
    qtbot: QtBot, view: DifferencesView, session: Session
):
    press(qtbot, view.table, "1", "s", "r")
    qtbot.waitUntil(view.settle.reason.hasFocus)
    press(qtbot, view.settle.reason, "2 of 3 said so", Qt.Key.Key_Return)
    (decision,) = decisions(session)
    assert (decision.level, decision.value, decision.cause) == ("fully", 1.0, "slip")
    assert decision.reason == "2 of 3 said so"  # digits in the reason gave no grade
    assert view.detail.place.text().startswith("2 of")


def test_why_they_differed_is_never_taken_for_granted(qtbot: QtBot, view: DifferencesView, session: Session):
    view.settle.reason.setPlainText("the act says so")
    assert not any(chip.isChecked() for chip in view.settle.cause.findChildren(QToolButton))
    press(qtbot, view.table, "1")
    qtbot.keyClick(view.settle.reason, Qt.Key.Key_Return)
    assert decisions(session) == []
    assert "Why did they differ?" in view.settle.hint.text()
    qtbot.waitUntil(view.table.hasFocus)
    press(qtbot, view.table, "f")  # the answer is all that is missing: no Enter again
    assert [(each.level, each.cause) for each in decisions(session)] == [("fully", "fact")]
    assert view.detail.place.text().startswith("2 of")


def test_after_a_decision_no_mark_is_read_again_and_after_anything_else_all_are(
    qtbot: QtBot, view: DifferencesView, session: Session
):
    before = view.found
    press(qtbot, view.table, "1", "s", Qt.Key.Key_Return)
    press(qtbot, view.settle.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.found is not before and view.model.rowCount() == 3)
    found = view.found
    assert before is not None
    assert found is not None
    assert [each.is_decided for each in found] == [True, False, False, False]
    assert all(now.said is then.said for now, then in zip(found, before, strict=True))
    session.undo()
    qtbot.waitUntil(lambda: view.found is not found and view.model.rowCount() == 4)
    assert view.found is not None
    assert not any(now.said is then.said for now, then in zip(view.found, found, strict=True))


def test_without_a_reason_it_asks_once_and_then_decides(
    qtbot: QtBot, view: DifferencesView, session: Session
):
    press(qtbot, view.table, "3", "w", Qt.Key.Key_Return)
    assert decisions(session) == []
    assert "Say in a word why" in view.settle.hint.text()
    press(qtbot, view.settle.reason, Qt.Key.Key_Return)
    assert [each.level for each in decisions(session)] == ["no"]


def test_not_applicable_lets_the_guide_allow_it_and_undo_takes_both_back(
    qtbot: QtBot, view: DifferencesView, session: Session
):
    press(qtbot, view.table, "n", "l", Qt.Key.Key_Return)
    press(qtbot, view.settle.reason, Qt.Key.Key_Return)
    assert [each.value for each in decisions(session)] == [None]
    assert session.draft.criterion("good").allow_na  # pyright: ignore[reportOptionalMemberAccess]
    session.undo()
    assert decisions(session) == []
    assert session.draft == GUIDE


def test_an_open_question_of_law_stays_in_the_list_of_what_is_open(
    qtbot: QtBot, view: DifferencesView, session: Session
):
    press(qtbot, view.table, "o")
    (decision,) = decisions(session)
    assert decision.is_open
    assert len(decision.opinions) == 3
    qtbot.waitUntil(lambda: view.model.rowCount() == 3)
    view.filters.standing.setCurrentIndex(view.filters.standing.findData("open"))
    view.filters.changed.emit()
    assert view.model.rowCount() == 1
    assert "Left open · question of law · Anna" in view.settle.heading.text()


def test_a_question_is_dropped_with_a_reason_only(qtbot: QtBot, view: DifferencesView, session: Session):
    press(qtbot, view.table, "d")
    assert "Say why the question is dropped" in view.settle.hint.text()
    view.settle.reason.setPlainText("the law changed")
    press(qtbot, view.table, "d")
    (decision,) = session.store.heads(RecordKind.DECISION)
    assert (decision.body, decision.reason) == ({"decision": "drop"}, "the law changed")
    # Questions r0 (three differences) goes; that on r1 is left.
    qtbot.waitUntil(lambda: view.model.rowCount() == 1)


def test_what_was_decided_can_be_taken_back(qtbot: QtBot, view: DifferencesView, session: Session):
    press(qtbot, view.table, "1", "s", Qt.Key.Key_Return)
    press(qtbot, view.settle.reason, Qt.Key.Key_Return)
    assert len(decisions(session)) == 1
    press(qtbot, view.table, Qt.Key.Key_Up, Qt.Key.Key_Backspace)
    assert decisions(session) == []


def test_arrows_walk_and_a_wish_shows_the_answer_in_the_guide(qtbot: QtBot, view: DifferencesView):
    press(qtbot, view.table, Qt.Key.Key_Down)
    assert view.detail.place.text() == "2 of 4"
    dispute = view.dispute
    assert dispute is not None
    with qtbot.waitSignal(view.point_requested) as wish:
        press(qtbot, view.table, "g")
    assert wish.args == [[dispute.sample.id], "good"]


def test_disputes_between_two_people_are_listed(view: DifferencesView):
    pairs = [view.filters.pair.itemText(at) for at in range(view.filters.pair.count())]
    assert pairs == ["anybody", "Anna and Bruno", "Anna and Cara", "Bruno and Cara"]
    view.filters.pair.setCurrentIndex(2)
    view.filters.changed.emit()
    assert view.model.rowCount() == 3  # on answer 1 Anna and Cara gave the same


def test_new_words_go_into_the_draft_with_their_disputes_and_lead_to_a_round(
    qtbot: QtBot, view: DifferencesView, session: Session
):
    press(qtbot, view.table, "e")
    editor = view.editor
    assert editor.wording.toPlainText() == "Sees it"
    assert not editor.save_button.isEnabled()
    editor.wording.setPlainText("Names the debt")
    editor.level_fields[0].setPlainText("by its name")
    editor.reason.setText("'sees' is vague")
    assert "−Sees it +Names the debt" in editor.changes.text().replace("\N{MINUS SIGN}", "−")
    qtbot.mouseClick(editor.save_button, Qt.MouseButton.LeftButton)
    (cure,) = [head for head in session.store.heads(RecordKind.CURE) if head.body]
    assert cure.body is not None
    assert (len(cure.body["disputes"]), cure.reason) == (3, "'sees' is vague")
    qtbot.waitUntil(lambda: view.again.isVisible())
    assert view.again.button.text() == "Save the guide first"
    with qtbot.waitSignal(view.page_requested) as wish:
        qtbot.mouseClick(view.again.button, Qt.MouseButton.LeftButton)
    assert wish.args == ["guide"]
    session.perform(SaveVersion(rubric=session.draft, number=2))
    qtbot.waitUntil(lambda: view.again.button.text() == "Score these again…")
    with qtbot.waitSignal(view.round_requested) as started:
        qtbot.mouseClick(view.again.button, Qt.MouseButton.LeftButton)
    start = (started.args or [None])[0]
    assert isinstance(start, RoundStart)
    assert (start.pick.how, len(start.pick.samples), start.cures) == ("chosen", 3, (cure.id,))


def test_a_proposal_is_shown_as_changes_and_taken_over_into_the_fields_only(
    qtbot: QtBot, view: DifferencesView, session: Session
):
    press(qtbot, view.table, "e")
    words = WordsProposed("Names it", (("fully", "in full"), ("partly", ""), ("no", "")), "Sees is vague.")
    view.editor.show_proposal(Proposed("good", words, model="alder-2"))
    assert view.editor.proposal_why.text() == "alder-2 proposes: Sees is vague."
    assert "+Names" in view.editor.proposal_pane.text()
    assert view.editor.wording.toPlainText() == "Sees it"
    qtbot.mouseClick(view.editor.take_button, Qt.MouseButton.LeftButton)
    assert view.editor.wording.toPlainText() == "Names it"
    assert session.draft == GUIDE


def test_a_bad_answer_of_a_model_is_said_and_changes_no_field(qtbot: QtBot, view: DifferencesView):
    press(qtbot, view.table, "e")
    view.editor.show_proposal(Proposed("good", trouble="The model's answer could not be used, twice."))
    assert "could not be used" in view.editor.told.text()
    assert view.editor.wording.toPlainText() == "Sees it"
    assert not view.editor.proposal.isVisible()


def test_where_it_is_narrow_enter_opens_and_escape_goes_back(qtbot: QtBot, view: DifferencesView):
    view.resize(1030, 640)
    assert view.table.isVisible()
    press(qtbot, view.table, Qt.Key.Key_Return)
    assert not view.table.isVisible()
    assert view.detail.answer.isVisible()
    press(qtbot, view.detail.answer, Qt.Key.Key_Escape)
    assert view.table.isVisible()


def test_thousands_of_disputes_are_shown_at_once(qtbot: QtBot, view: DifferencesView, session: Session):
    many = tuple(disputes(session.store, GUIDE)) * 2000
    view.model.show_disputes(many, {})
    assert view.model.rowCount() == 8000
    view.table.grab()


def test_nothing_to_compare_says_what_a_round_is_for(qtbot: QtBot, tmp_path: Path, look: Look):
    with a_session(tmp_path, differ=False) as session:
        view = DifferencesView(session, look)
        qtbot.addWidget(view)
        view.show()
        qtbot.waitUntil(lambda: view.found is not None)
        assert "once it is closed" in view.nothing.accessibleName()
        with qtbot.waitSignal(view.round_requested):
            qtbot.mouseClick(view.nothing.main_button, Qt.MouseButton.LeftButton)


def test_what_was_decided_is_told_with_why_and_by_whom(
    qtbot: QtBot, view: DifferencesView, session: Session, look: Look
):
    press(qtbot, view.table, "1", "s")
    view.settle.reason.setPlainText("it is there")
    press(qtbot, view.table, Qt.Key.Key_Return)
    decided = DecidedView(session, look)
    qtbot.addWidget(decided)
    decided.resize(1000, 700)
    decided.show()
    qtbot.waitUntil(lambda: bool(decided.cards))
    (card,) = decided.cards
    assert card.accessibleName() == "Sees it. Fully · slip"
    decided.choice.set_value("new")
    decided.choice.chosen.emit("new")
    assert decided.cards[0].accessibleName().startswith(("What others did", "New since"))
    seen: Any = decided.cards[0]
    qtbot.mouseClick(seen.seen_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: decided.found is not None and decided.found.since.news == ())


def test_one_finds_by_words_of_questions_and_reasons_and_enter_decides_nothing(
    qtbot: QtBot, view: DifferencesView, session: Session
):
    press(qtbot, view.table, "1")
    qtbot.keyClick(view.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert view.filters.search.hasFocus()
    press(qtbot, view.filters.search, "cara THINKS 7")
    qtbot.waitUntil(lambda: view.model.rowCount() == 0)
    assert view.none_here.isVisible()
    view.filters.search.setText("absent")
    qtbot.waitUntil(lambda: view.model.rowCount() == 1)
    press(qtbot, view.filters.search, Qt.Key.Key_Return)
    assert view.table.hasFocus()
    assert decisions(session) == []


def test_enter_on_a_button_presses_the_button(qtbot: QtBot, view: DifferencesView, session: Session):
    press(qtbot, view.table, "1")
    view.settle.open_button.setFocus()
    press(qtbot, view.settle.open_button, Qt.Key.Key_Return)
    assert [each.is_open for each in decisions(session)] == [True]


def test_why_they_differed_is_asked_for_each_difference_anew(qtbot: QtBot, view: DifferencesView):
    press(qtbot, view.table, "s")
    assert view.settle.cause.value() == "slip"
    press(qtbot, view.table, Qt.Key.Key_Down)
    assert view.settle.cause.value() == ""


def test_in_larger_type_the_list_gives_way_to_the_one_that_is_open(
    qtbot: QtBot, view: DifferencesView, look: Look
):
    assert view.detail.isVisible()
    look.use("light", 150)
    assert view.table.isVisible()
    assert view.detail.width() < 50 or not view.detail.isVisibleTo(view)
    press(qtbot, view.table, Qt.Key.Key_Return)
    assert not view.table.isVisible()


def test_words_that_were_typed_are_not_given_up_by_one_key(qtbot: QtBot, view: DifferencesView):
    press(qtbot, view.table, "e")
    press(qtbot, view.editor.wording, "Names it", Qt.Key.Key_Escape)
    assert view.editor.isVisible()
    assert "Esc once more" in view.editor.told.text()
    press(qtbot, view.editor.wording, Qt.Key.Key_Escape)
    assert view.detail.isVisible()


def test_each_side_of_an_open_question_is_told_with_what_it_holds(
    qtbot: QtBot, view: DifferencesView, session: Session, look: Look
):
    at = next(line for line in range(4) if "does not apply" in cell(view, line, 3))
    view.table.stand_on(at)
    press(qtbot, view.table, "o")
    decided = DecidedView(session, look)
    qtbot.addWidget(decided)
    decided.show()
    qtbot.waitUntil(lambda: bool(decided.cards))
    words = [label.text() for label in decided.cards[0].findChildren(QLabel)]
    assert "One view, does not apply: Cara thinks absent" in words
