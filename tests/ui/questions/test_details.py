"""One question beside the table: what it shows, and how it is edited."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QToolButton

from rubric_studio import wiring
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.source import Source
from rubric_studio.services.edits import DecideRows
from rubric_studio.store.merge import merge
from rubric_studio.ui.look import Look
from rubric_studio.ui.questions.field_editors import LabelsEditor, NumberEditor
from rubric_studio.ui.questions.questions_page import QuestionsPage
from rubric_studio.ui.questions.row_editor import RowEditor
from rubric_studio.ui.session import Session

from .conftest import Show, add_rows, cell, click_row, press, project_of, settle

Key = Qt.Key


def words_of(page: QuestionsPage) -> list[str]:
    return [label.text() for label in page.details.facts.findChildren(QLabel) if label.isVisibleTo(page)]


def store_row(session: Session, id: str) -> Row:
    (row,) = session.store.rows([RowId(id)])
    return row


@pytest.fixture
def on_tax_05(page: QuestionsPage, example: Session, qtbot) -> QuestionsPage:
    """The page with tax-05 beside the table."""
    click_row(qtbot, page, "tax-05")
    settle(qtbot, example)
    return page


def editor_of(page: QuestionsPage, qtbot) -> RowEditor:
    press(qtbot, page, Key.Key_E)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in page.findChildren(RowEditor)))
    return page.findChildren(RowEditor)[-1]


def test_the_question_its_reference_and_its_answers_are_beside_the_table(on_tax_05: QuestionsPage) -> None:
    details = on_tax_05.details
    assert details.title.text() == "tax-05"
    assert details.prompt.text().startswith("Work out the income tax")
    assert {"tax_due", "13630"} <= set(words_of(on_tax_05))
    assert len(details.facts.answers) == 6
    assert details.facts.answers[0].accessibleName().startswith("Model Alder, run 0")


def test_an_answer_opens_its_question_in_the_scoring_guide(on_tax_05: QuestionsPage, qtbot) -> None:
    with qtbot.waitSignal(on_tax_05.row_requested) as asked:
        qtbot.mouseClick(on_tax_05.details.facts.answers[2], Qt.MouseButton.LeftButton)
    assert asked.args == ["tax-05"]


def test_decision_and_history_name_who_when_and_why(
    on_tax_05: QuestionsPage, example: Session, qtbot
) -> None:
    example.perform(DecideRows(rows=(RowId("tax-05"),), decision="fix", reason="swapped digits"))
    example.undo()
    example.redo()
    settle(qtbot, example)
    words = words_of(on_tax_05)
    assert "Fix" in words
    assert any(text.startswith("Anna Example, ") for text in words)
    assert "Anna Example took the decision back" in words
    assert any(text.startswith("Anna Example decided: fix") for text in words)


def test_a_note_is_kept_with_the_question(on_tax_05: QuestionsPage, example: Session, qtbot) -> None:
    note = on_tax_05.details.facts.note_field
    qtbot.keyClicks(note, "Ask Bruno, k?")
    qtbot.keyClick(note, Key.Key_Return)
    settle(qtbot, example)
    assert "Ask Bruno, k?" in words_of(on_tax_05)
    assert cell(on_tax_05, "tax-05", "decision") == ""


def test_a_wrong_amount_is_mended_and_the_change_stands_in_the_history(
    on_tax_05: QuestionsPage, example: Session, qtbot
) -> None:
    dialog = editor_of(on_tax_05, qtbot)
    save = dialog.buttons.button(QDialogButtonBox.StandardButton.Save)
    amount = dialog.field_editors["tax_due"]
    assert isinstance(amount, NumberEditor)
    assert not save.isEnabled()
    amount.setText("16,330")
    assert "A number" in dialog.problem("tax_due")
    assert not save.isEnabled()
    amount.setText("16330")
    assert "tax_due: \N{MINUS SIGN}13630 +16330" in dialog.difference.pane.text()
    qtbot.keyClicks(dialog.reason_field, "digits swapped")
    qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    settle(qtbot, example)
    assert store_row(example, "tax-05").reference["tax_due"] == 16330
    assert on_tax_05.details.edited.isVisible()
    assert "Anna Example changed tax_due: digits swapped" in words_of(on_tax_05)
    example.undo()
    assert store_row(example, "tax-05").reference["tax_due"] == 13630


def test_labels_are_added_by_comma_and_taken_away_by_click(
    page: QuestionsPage, example: Session, qtbot
) -> None:
    click_row(qtbot, page, "topics-01")
    dialog = editor_of(page, qtbot)
    labels = dialog.field_editors["topics"]
    assert isinstance(labels, LabelsEditor)
    qtbot.mouseClick(labels.chips()[0], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(labels.field, "energy,")
    assert [chip.text() for chip in labels.chips()] == ["agriculture", "energy"]
    dialog.accept()
    assert store_row(example, "topics-01").reference["topics"] == ["agriculture", "energy"]
    assert cell(page, "topics-01", "field:topics") == "agriculture, energy"


def type_name(dialog: RowEditor, qtbot, name: str) -> None:
    """Write over what stands as the name of the new field."""
    field = dialog.new_field.name
    field.setFocus()
    qtbot.keyClick(field, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(field, name)


def test_a_field_is_added_by_keyboard_saved_and_undone_in_one_step(
    on_tax_05: QuestionsPage, example: Session, qtbot
) -> None:
    dialog = editor_of(on_tax_05, qtbot)
    before = len(example.stacks().undo)
    save = dialog.buttons.button(QDialogButtonBox.StandardButton.Save)
    qtbot.keyClick(dialog.new_field.open_button, Key.Key_Space)
    type_name(dialog, qtbot, "allowance")
    qtbot.keyClick(dialog.new_field.name, Key.Key_Return)
    text = dialog.field_editors["allowance"]
    assert dialog.isVisible()  # Enter added the field and did not save
    assert dialog.focusWidget() is text
    assert not dialog.new_field.name.isVisible()
    qtbot.keyClicks(text, "1,200 ARD")
    assert "allowance: +1,200 ARD" in dialog.difference.pane.text()
    qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    settle(qtbot, example)
    assert store_row(example, "tax-05").reference["allowance"] == "1,200 ARD"
    assert len(example.stacks().undo) == before + 1
    example.undo()
    assert "allowance" not in store_row(example, "tax-05").reference


def test_a_field_holds_what_was_chosen_and_a_number_is_asked_for(
    on_tax_05: QuestionsPage, example: Session, qtbot
) -> None:
    dialog = editor_of(on_tax_05, qtbot)
    save = dialog.buttons.button(QDialogButtonBox.StandardButton.Save)
    for name, place in (("authorities", 1), ("rate", 2), ("appeal", 3)):
        qtbot.mouseClick(dialog.new_field.open_button, Qt.MouseButton.LeftButton)
        type_name(dialog, qtbot, name)
        buttons = dialog.new_field.sort.findChildren(QToolButton)
        qtbot.mouseClick(buttons[place], Qt.MouseButton.LeftButton)
        qtbot.mouseClick(dialog.new_field.add_button, Qt.MouseButton.LeftButton)
    labels, rate, appeal = (dialog.field_editors[name] for name in ("authorities", "rate", "appeal"))
    assert isinstance(labels, LabelsEditor)
    assert "A number" in dialog.problem("rate")
    assert not save.isEnabled()
    qtbot.keyClicks(labels.field, "Sec. 13,")
    qtbot.keyClicks(rate, "0.3")
    qtbot.keyClick(appeal, Key.Key_Space)
    qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    reference = store_row(example, "tax-05").reference
    assert [reference[name] for name in ("authorities", "rate", "appeal")] == [["Sec. 13"], 0.3, True]
    settle(qtbot, example)


def test_a_name_that_will_not_do_says_why(on_tax_05: QuestionsPage, example: Session, qtbot) -> None:
    dialog = editor_of(on_tax_05, qtbot)
    dialog.resize(900, 560)  # the form has to be scrolled
    new = dialog.new_field
    qtbot.mouseClick(new.open_button, Qt.MouseButton.LeftButton)
    assert dialog.focusWidget() is new.name
    assert not new.add_button.isEnabled()
    for name, why in (("Tax_Due", 'There is a field "tax_due" already.'), ("prompt", "the question itself")):
        type_name(dialog, qtbot, name)
        assert why in new.problem.text()
        qtbot.waitUntil(lambda: not new.problem.visibleRegion().isEmpty())
        qtbot.keyClick(new.name, Key.Key_Return)
        assert dialog.isVisible()
        assert name not in dialog.field_editors
    qtbot.keyClick(new.name, Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.focusWidget() is new.open_button
    assert not new.problem.isVisible()
    dialog.reject()


def test_a_field_is_taken_away_and_undo_brings_it_back(
    on_tax_05: QuestionsPage, example: Session, qtbot
) -> None:
    dialog = editor_of(on_tax_05, qtbot)
    remove = next(
        button
        for button in dialog.findChildren(QToolButton)
        if button.accessibleName() == "Take the field source away"
    )
    qtbot.mouseClick(remove, Qt.MouseButton.LeftButton)
    assert "source: \N{MINUS SIGN}" in dialog.difference.pane.text()
    qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Save), Qt.MouseButton.LeftButton)
    settle(qtbot, example)
    assert "source" not in store_row(example, "tax-05").reference
    example.undo()
    assert "source" in store_row(example, "tax-05").reference


def test_tab_meets_a_new_field_after_the_others(on_tax_05: QuestionsPage, qtbot) -> None:
    dialog = editor_of(on_tax_05, qtbot)
    last = list(dialog.field_editors.values())[-1]
    qtbot.mouseClick(dialog.new_field.open_button, Qt.MouseButton.LeftButton)
    type_name(dialog, qtbot, "allowance")
    qtbot.keyClick(dialog.new_field.name, Key.Key_Return)
    last.setFocus()
    for _ in range(2):  # the new field's own way to be taken away, then its text
        qtbot.keyClick(dialog.focusWidget(), Key.Key_Tab)
    assert dialog.focusWidget() is dialog.field_editors["allowance"]
    qtbot.keyClick(dialog.focusWidget(), Key.Key_Tab)
    assert dialog.focusWidget() is dialog.new_field.open_button
    dialog.reject()


def test_the_score_of_an_answer_keeps_its_room_when_text_grows(
    on_tax_05: QuestionsPage, look: Look, qtbot
) -> None:
    line = on_tax_05.details.facts.answers[0]
    qtbot.waitUntil(line.badge.isVisible)
    look.use("light", 150)
    qtbot.waitUntil(lambda: line.badge.width() >= line.badge.sizeHint().width())
    holder = line.badge.parentWidget()
    assert holder is not None
    assert line.badge.geometry().right() <= holder.width()
    look.use("light", 100)


def test_changed_words_are_shown_with_signs(on_tax_05: QuestionsPage, qtbot) -> None:
    dialog = editor_of(on_tax_05, qtbot)
    prompt = dialog.prompt_editors[0]
    prompt.setPlainText(prompt.toPlainText().replace("2031", "2032", 1))
    assert "\N{MINUS SIGN}2031+2032" in dialog.difference.pane.text()
    dialog.reject()


def test_the_details_can_be_put_away_and_brought_back(page: QuestionsPage, example: Session, qtbot) -> None:
    press(qtbot, page, Key.Key_I)
    assert not page.details.isVisible()
    press(qtbot, page, Key.Key_I)
    assert page.details.isVisible()


def test_on_a_narrow_page_the_details_are_below_the_table(page: QuestionsPage, qtbot) -> None:
    assert page.details.x() > page.list.x()
    page.resize(1010, 620)
    qtbot.waitUntil(lambda: page.details.y() > page.list.y())
    assert page.list.width() == page.details.width()


def test_two_copies_that_differ_are_marked_and_one_is_chosen(
    empty: Session, show: Show, tmp_path, qtbot
) -> None:
    add_rows(project_of(empty), 2)
    other = wiring.new_project(tmp_path / "Other.rubric")
    with other.writing() as writer:
        writer.source(Source(id=wiring.passing_author().new_id(), kind="rows", name="other"))
        writer.rows(
            [
                Row(
                    id=RowId("q-000000"),
                    prompt=user_prompt("Question number zero"),
                    reference={"part": ["a", "b"]},
                )
            ]
        )
    other.close()
    merge(project_of(empty), tmp_path / "Other.rubric")
    page = show(empty)
    qtbot.waitUntil(lambda: page.overview.differing == {"q-000000"})
    card = page.details.facts.conflict
    assert card is not None
    texts = [label.text() for label in card.findChildren(QLabel)]
    at = next(place for place, text in enumerate(texts) if text == "Words: zero") - 1
    qtbot.mouseClick(card.buttons[at], Qt.MouseButton.LeftButton)
    assert store_row(empty, "q-000000").prompt_text == "Question number zero"
    settle(qtbot, empty)
    assert page.details.facts.conflict is None
    qtbot.waitUntil(lambda: page.overview.differing == frozenset())


def test_answers_are_scored_where_one_rests(qtbot, on_tax_05: QuestionsPage) -> None:
    page = on_tax_05
    table = page.list.table
    qtbot.waitUntil(lambda: page.details.facts.answers[0].badge.isVisible())
    before = page.details.title.text()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.details.title.text() != before)
    assert not page.details.facts.answers[0].badge.isVisible()
    qtbot.waitUntil(lambda: page.details.facts.answers[0].badge.isVisible())
    assert page.details.facts.answers[0].badge.score().text() == "0.00 – 1.00"
