"""Writing a way of asking: messages, fields from the list, versions, a real question beside it."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.prompt import PromptTemplate, TemplateMessage
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.prompt_dialog import PromptDialog

ROWS = {
    RowId(id): Row(id=RowId(id), prompt=user_prompt(words), reference={"facts": "α" * 3})
    for id, words in (("q1", "Ποιος φόρος;"), ("q2", "x" * 50_000 + "\ud83d"))
}
SAVED = PromptTemplate(name="Short", number=1, messages=(TemplateMessage(content="Briefly: {{ prompt }}"),))


@pytest.fixture
def dialog(look: Look, qtbot: Any) -> Iterator[PromptDialog]:
    def as_version(template: PromptTemplate) -> PromptTemplate:
        number = 1 if template.hash == SAVED.hash else 2
        return template.model_copy(update={"number": number})

    def warn(template: PromptTemplate) -> Sequence[str]:
        return [f"{len(template.messages)} messages"]

    window = QWidget()
    versions = [(SAVED, "22 Nov 2026, Anna")]
    made = PromptDialog(
        look, SAVED, versions, list(ROWS), ROWS.get, as_version=as_version, warn=warn, parent=window
    )
    qtbot.addWidget(window)
    made.offer_fields(["facts", *(f"τιμή {at}" for at in range(225)), "{bad}"])
    made.show()
    qtbot.waitUntil(lambda: "Briefly" in made.preview.text.toPlainText())
    yield made
    window.close()


def click(qtbot: Any, button: Any) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_preview_shows_a_real_question_filled_in_and_goes_on(dialog, qtbot):
    assert "Briefly: Ποιος φόρος;" in dialog.preview.text.toPlainText()
    assert dialog.preview.place.text() == "Question 1 of 2"
    click(qtbot, dialog.preview.after)
    # "Briefly: " has 9 letters, the question 50,001; 20,000 of them are shown.
    assert "30010 more letters" in dialog.preview.text.toPlainText()
    assert not dialog.preview.after.isEnabled()


def test_fields_are_found_by_typing_and_put_where_the_cursor_is(dialog, qtbot):
    text = dialog.editor.boxes[0].text
    text.setFocus()
    text.moveCursor(text.textCursor().MoveOperation.Start)
    insert = dialog.editor.insert
    assert insert.count() == 227  # the question and 226 fields; a name with a brace cannot be written
    insert.setCurrentIndex(insert.findText("Field: facts"))
    insert.activated.emit(insert.currentIndex())
    assert text.toPlainText() == "{{ item.facts }}Briefly: {{ prompt }}"
    qtbot.waitUntil(lambda: "αααBriefly: Ποιος φόρος;" in dialog.preview.text.toPlainText())


def test_instructions_come_first_and_empty_messages_are_left_out(dialog, qtbot):
    click(qtbot, dialog.editor.add_button)
    click(qtbot, dialog.editor.add_user_button)
    assert [message.role for message in dialog.editor.messages()] == ["user"]
    qtbot.keyClicks(dialog.editor.boxes[0].text, "Be brief.")
    assert [(message.role, message.content) for message in dialog.editor.messages()] == [
        ("developer", "Be brief."),
        ("user", "Briefly: {{ prompt }}"),
    ]
    click(qtbot, dialog.editor.boxes[0].remove_button)
    assert len(dialog.editor.boxes) == 2


def test_saving_says_which_version_it_makes_and_gives_it_back(dialog, qtbot):
    assert dialog.save_button.text() == "Use “Short 1”"
    qtbot.keyClicks(dialog.editor.boxes[0].text, "!")
    qtbot.waitUntil(lambda: dialog.save_button.text() == "Save as “Short 2”")
    assert "1 messages" in dialog.warnings.text()
    with qtbot.waitSignal(dialog.saved) as told:
        click(qtbot, dialog.save_button)
    assert told.args[0].title == "Short 2"
    assert "!" in told.args[0].messages[0].content


def test_without_a_name_or_words_nothing_can_be_saved(dialog, qtbot):
    dialog.name.clear()
    qtbot.waitUntil(lambda: not dialog.save_button.isEnabled())
    assert dialog.name.accessibleDescription() == "Give it a name by which you know it."
    dialog.name.setText("A")
    qtbot.waitUntil(dialog.save_button.isEnabled)
    click(qtbot, dialog.editor.boxes[0].remove_button)
    qtbot.waitUntil(lambda: not dialog.save_button.isEnabled())
    assert dialog.warnings.text() == "Write at least one message."


def test_a_saved_version_can_be_begun_from(dialog, qtbot):
    dialog.name.setText("Other")
    qtbot.keyClicks(dialog.editor.boxes[0].text, "zzz")
    dialog.version.setCurrentIndex(1)
    dialog.version.activated.emit(1)
    assert dialog.name.text() == "Short"
    assert dialog.editor.messages() == SAVED.messages


def test_what_was_written_is_not_thrown_away_unasked(dialog, qtbot):
    qtbot.keyClicks(dialog.editor.boxes[0].text, "!")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    box = dialog.findChild(QMessageBox)
    click(qtbot, next(each for each in box.buttons() if each.text() == "Go on writing"))
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    box = next(each for each in dialog.findChildren(QMessageBox) if each.isVisible())
    with qtbot.waitSignal(dialog.rejected):
        click(qtbot, next(each for each in box.buttons() if each.text() == "Close without saving"))


def test_the_form_of_the_answer_belongs_to_the_version(dialog, qtbot):
    dialog.part.set_value("form")
    dialog.part.chosen.emit("form")
    dialog.form.way.set_value("fields")
    dialog.form.way.chosen.emit("fields")
    template = dialog.template()
    assert template is not None
    assert template.response is not None
    assert list(template.response.json_schema["properties"]) == ["answer"]
    assert template.number == 2
    qtbot.waitUntil(lambda: "With it goes the form" in dialog.preview.text.toPlainText())


def test_tab_goes_through_the_messages_where_they_stand(dialog, qtbot):
    click(qtbot, dialog.editor.add_button)
    first, second = dialog.editor.boxes
    wanted = [*first.stops, *second.stops, dialog.editor.add_button, dialog.save_button]
    met, at = [], dialog.name
    while dialog.save_button not in met:
        at = at.nextInFocusChain()
        if at in wanted:
            met.append(at)
    assert met == wanted


def test_it_is_no_larger_than_the_window_and_fits_at_150_percent(look, qtbot):
    look.use("light", 150)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1100, 700)
    made = PromptDialog(
        look, SAVED, [], list(ROWS), ROWS.get, as_version=lambda it: it, warn=lambda _: [], parent=window
    )
    made.show()
    assert made.width() <= window.width()
    assert made.height() <= window.height()
    assert made.minimumSizeHint().width() <= window.width()
    made.close()
    look.use("light", 100)
