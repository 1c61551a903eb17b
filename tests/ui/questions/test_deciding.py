"""Deciding on questions by key and by mouse, one and many, and taking it back."""

from PySide6.QtCore import Qt

from rubric_studio.domain.record import RecordKind
from rubric_studio.ui.questions.questions_page import QuestionsPage
from rubric_studio.ui.questions.reason_dialog import ReasonDialog
from rubric_studio.ui.session import Session

from .conftest import Show, cell, click_row, listed, opened, press, project_of, settle

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


def dialog_of(page: QuestionsPage, qtbot) -> ReasonDialog:
    qtbot.waitUntil(lambda: any(d.isVisible() for d in page.findChildren(ReasonDialog)))
    return next(d for d in page.findChildren(ReasonDialog) if d.isVisible())


def test_k_x_and_d_decide_and_go_on_to_the_next_question(page: QuestionsPage, qtbot) -> None:
    first, second, third, fourth = listed(page)[:4]
    press(qtbot, page, Key.Key_K, Key.Key_X, Key.Key_D)
    assert [cell(page, row, "decision") for row in (first, second, third)] == ["Keep", "Fix", "Drop"]
    assert page.list.table.current() == fourth


def test_u_takes_a_decision_back(page: QuestionsPage, qtbot) -> None:
    first = listed(page)[0]
    press(qtbot, page, Key.Key_D, Key.Key_Up, Key.Key_U)
    assert cell(page, first, "decision") == ""
    assert page.list.table.current() == first


def test_several_questions_are_dropped_as_one_edit_and_come_back_as_one(
    page: QuestionsPage, example: Session, qtbot
) -> None:
    acted: list[str] = []
    example.acted.connect(acted.append)
    for _ in range(3):
        qtbot.keyClick(page.list.table, Key.Key_Down, SHIFT)
    assert page.list.bar.selection_text() == "4 selected"
    assert page.list.bar.buttons["drop"].text().startswith("Drop 4")
    press(qtbot, page, Key.Key_D)
    assert acted == ["Drop 4 questions"]
    assert [cell(page, row, "decision") for row in listed(page)[:5]] == ["Drop"] * 4 + [""]
    assert page.list.table.selected() == [listed(page)[4]]
    example.undo()
    assert [cell(page, row, "decision") for row in listed(page)[:5]] == [""] * 5


def test_the_buttons_do_what_their_keys_do(page: QuestionsPage, qtbot) -> None:
    click_row(qtbot, page, "tax-05")
    click_row(qtbot, page, "tax-07", SHIFT)
    qtbot.mouseClick(page.list.bar.buttons["fix"], Qt.MouseButton.LeftButton)
    assert {cell(page, row, "decision") for row in ("tax-05", "tax-06", "tax-07")} == {"Fix"}
    assert page.list.table.current() == "tax-08"


def test_deciding_under_not_decided_lets_the_question_go_and_the_next_one_come(
    page: QuestionsPage, qtbot
) -> None:
    first, second, third = listed(page)[:3]
    qtbot.mouseClick(page.list.filters.decision_chips["open"], Qt.MouseButton.LeftButton)
    page.list.table.setFocus()
    press(qtbot, page, Key.Key_K)
    assert first not in listed(page)
    assert page.list.table.current() == second
    press(qtbot, page, Key.Key_K)
    assert page.list.table.current() == third


def test_at_the_end_of_the_list_one_stays_there(page: QuestionsPage, qtbot) -> None:
    press(qtbot, page, Key.Key_End, Key.Key_K)
    assert page.list.table.current() == listed(page)[-1]


def test_f_asks_for_a_reason_and_enter_gives_it(page: QuestionsPage, example: Session, qtbot) -> None:
    click_row(qtbot, page, "tax-05")
    press(qtbot, page, Key.Key_F)
    dialog = dialog_of(page, qtbot)
    assert dialog.windowTitle() == "Flag tax-05"
    qtbot.keyClicks(dialog.reason_field, "Digits swapped")
    qtbot.keyClick(dialog.reason_field, Key.Key_Return)
    assert cell(page, "tax-05", "flags") == "1"
    settle(qtbot, example)
    assert page.details.facts.flag_buttons[0].accessibleName() == "Remove the flag: Digits swapped"


def test_a_flag_without_a_reason_is_not_put(page: QuestionsPage, example: Session, qtbot) -> None:
    press(qtbot, page, Key.Key_F)
    dialog = dialog_of(page, qtbot)
    qtbot.keyClick(dialog.reason_field, Key.Key_Return)
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert example.store.heads(RecordKind.FLAG) == []


def test_the_arrow_down_and_enter_take_a_proposed_doubt(page: QuestionsPage, qtbot) -> None:
    click_row(qtbot, page, "tax-11")
    press(qtbot, page, Key.Key_F)
    dialog = dialog_of(page, qtbot)
    qtbot.keyClick(dialog.reason_field, Key.Key_Down)
    qtbot.keyClick(dialog.proposals, Key.Key_Down)
    qtbot.keyClick(dialog.proposals, Key.Key_Return)
    assert cell(page, "tax-11", "flags") == "1"


def test_removing_a_flag_takes_it_from_the_table(page: QuestionsPage, example: Session, qtbot) -> None:
    click_row(qtbot, page, "tax-05")
    press(qtbot, page, Key.Key_F)
    dialog = dialog_of(page, qtbot)
    qtbot.keyClicks(dialog.reason_field, "Doubt")
    qtbot.keyClick(dialog.reason_field, Key.Key_Return)
    settle(qtbot, example)
    qtbot.mouseClick(page.details.facts.flag_buttons[0], Qt.MouseButton.LeftButton)
    assert cell(page, "tax-05", "flags") == ""


def test_r_says_why_the_question_just_decided_was_decided_so(
    page: QuestionsPage, example: Session, qtbot
) -> None:
    click_row(qtbot, page, "tax-05")
    press(qtbot, page, Key.Key_D, Key.Key_R)
    dialog = dialog_of(page, qtbot)
    assert dialog.windowTitle() == "Why drop tax-05?"
    qtbot.keyClicks(dialog.reason_field, "swapped digits")
    qtbot.keyClick(dialog.reason_field, Key.Key_Return)
    (head,) = example.store.heads(RecordKind.DECISION, subjects=["tax-05"])
    assert (head.body, head.reason) == ({"decision": "drop"}, "swapped digits")


def test_r_on_an_undecided_question_says_what_to_do_first(page: QuestionsPage, qtbot) -> None:
    press(qtbot, page, Key.Key_R)
    assert page.list.bar.selection_text() == "Decide first: K, X or D. Then R says why."


def test_letters_typed_into_the_search_decide_nothing(page: QuestionsPage, example: Session, qtbot) -> None:
    qtbot.keyClick(page.list.table, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.list.filters.search_field.hasFocus()
    qtbot.keyClicks(page.list.filters.search_field, "kxdfu")
    assert example.store.heads(RecordKind.DECISION) == []


def test_enter_and_a_double_click_open_the_question_in_the_scoring_guide(page: QuestionsPage, qtbot) -> None:
    asked: list[str] = []
    page.row_requested.connect(asked.append)
    press(qtbot, page, Key.Key_Down, Key.Key_Return)
    table = page.list.table
    place = table.visualRect(page.list.model.index(3, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert asked == [listed(page)[1], listed(page)[3]]


def test_a_project_open_to_read_can_be_looked_at_and_not_decided_on(
    example: Session, show: Show, make_session, qtbot
) -> None:
    path = project_of(example).path
    example.store.close()
    session = make_session(opened(path, read_only=True))
    page = show(session)
    press(qtbot, page, Key.Key_K, Key.Key_F)
    assert cell(page, listed(page)[0], "decision") == ""
    assert not page.list.bar.buttons["keep"].isEnabled()
    assert page.list.bar.buttons["open"].isEnabled()
