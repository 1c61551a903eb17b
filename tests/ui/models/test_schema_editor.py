"""The form of an answer as a person makes it: fields, JSON, and one turned into the other."""

import json
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox

from rubric_studio.domain.model_call import ResponseSchema
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.json_places import line_of
from rubric_studio.ui.models.schema_editor import SchemaEditor
from rubric_studio.ui.models.schema_fields_model import CHOICES, KIND, NAME, REQUIRED, WORDS


@pytest.fixture
def editor(look: Look, qtbot: Any) -> SchemaEditor:
    editor = SchemaEditor(look)
    qtbot.addWidget(editor)
    editor.resize(700, 500)
    editor.show()
    return editor


def choose(qtbot: Any, editor: SchemaEditor, words: str) -> None:
    """Press one of the three ways."""
    button = next(each for each in editor.way.findChildren(QAbstractButton) if each.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def put(editor: SchemaEditor, row: int, column: int, value: Any) -> None:
    model = editor.fields.model
    role = Qt.ItemDataRole.CheckStateRole if column == REQUIRED else Qt.ItemDataRole.EditRole
    assert model.setData(model.index(row, column), value, role)


def write_json(editor: SchemaEditor, value: Any) -> None:
    text = value if isinstance(value, str) else json.dumps(value, indent=1)
    editor.text.code.selectAll()
    editor.text.code.insertPlainText(text)


def test_free_text_needs_nothing(editor):
    assert editor.response() is None
    assert editor.is_right


def test_fields_make_a_strict_schema(editor, qtbot):
    choose(qtbot, editor, "Named fields")
    put(editor, 0, NAME, "άρθρο")
    put(editor, 0, WORDS, "The article")
    qtbot.mouseClick(editor.fields.add_button, Qt.MouseButton.LeftButton)
    put(editor, 1, KIND, "one_of")
    assert not editor.is_right
    assert "has no choices yet" in editor.fields.problem.text()
    put(editor, 1, CHOICES, "yes; no ;; yes")
    put(editor, 1, REQUIRED, Qt.CheckState.Unchecked)
    response = editor.response()
    assert response is not None
    assert response.strict
    assert response.json_schema["properties"] == {
        "άρθρο": {"type": "string", "description": "The article"},
        "field_1": {"type": ["string", "null"], "enum": ["yes", "no", None]},
    }


def test_two_fields_of_one_name_are_told(editor, qtbot):
    choose(qtbot, editor, "Named fields")
    qtbot.mouseClick(editor.fields.add_button, Qt.MouseButton.LeftButton)
    put(editor, 1, NAME, "answer")
    assert editor.fields.problem.text() == "Two fields are called “answer”."
    assert editor.response() is None


def test_a_field_is_named_kind_chosen_and_moved_by_keyboard(editor, qtbot):
    choose(qtbot, editor, "Named fields")
    table = editor.fields.table
    table.setFocus()
    table.setCurrentIndex(editor.fields.model.index(0, NAME))
    qtbot.keyClick(table, Qt.Key.Key_F2)
    name = table.focusWidget() or table.viewport().focusWidget()
    qtbot.keyClick(name, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(name, "topics")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    table.setCurrentIndex(editor.fields.model.index(0, KIND))
    table.edit(editor.fields.model.index(0, KIND))
    box = table.findChild(QComboBox)
    box.setCurrentIndex(box.findData("texts"))
    box.activated.emit(box.currentIndex())
    assert [(field.name, field.kind) for field in editor.fields.fields()] == [("topics", "texts")]
    qtbot.mouseClick(editor.fields.add_button, Qt.MouseButton.LeftButton)
    table.setCurrentIndex(editor.fields.model.index(1, NAME))
    qtbot.waitUntil(editor.fields.up_button.isEnabled)
    qtbot.mouseClick(editor.fields.up_button, Qt.MouseButton.LeftButton)
    assert [field.name for field in editor.fields.fields()] == ["field_1", "topics"]
    qtbot.mouseClick(editor.fields.remove_button, Qt.MouseButton.LeftButton)
    assert [field.name for field in editor.fields.fields()] == ["topics"]


def test_broken_json_is_marked_in_its_line(editor, qtbot):
    choose(qtbot, editor, "JSON Schema")
    write_json(editor, '{"type": "object",\n "properties": {\n  "a": oops}}')
    error = editor.text.code.error()
    assert error is not None
    assert error[0] == 3
    assert not editor.is_right
    for nonsense in ("[1]", '{"a": NaN}', "[" * 5000, '{"a":' * 300 + "1" + "}" * 300, ""):
        write_json(editor, nonsense)
        assert not editor.is_right


def test_what_strict_mode_refuses_is_marked_and_mended_by_one_press(editor, qtbot):
    choose(qtbot, editor, "JSON Schema")
    write_json(editor, {"type": "object", "properties": {"a": {"type": "string", "minLength": 2}}})
    error = editor.text.code.error()
    assert error is not None
    # Line 1 {, 2 "type", 3 "properties", 4 "a".
    assert error == (4, "“a” is not required.")
    assert editor.is_right  # other servers take it
    assert "/properties/a/minLength" in editor.text.said.text()
    qtbot.mouseClick(editor.text.mend_button, Qt.MouseButton.LeftButton)
    assert editor.text.code.error() is None
    assert not editor.text.mend_button.isVisible()
    response = editor.response()
    assert response is not None
    assert response.json_schema["properties"] == {"a": {"type": ["string", "null"]}}


def test_without_strict_nothing_is_asked_of_the_schema(editor, qtbot):
    choose(qtbot, editor, "JSON Schema")
    write_json(editor, {"type": "object"})
    editor.text.strict.click()
    assert editor.text.problems() == []
    response = editor.response()
    assert response is not None
    assert not response.strict


def test_json_turns_into_fields_where_fields_can_say_it(editor, qtbot):
    choose(qtbot, editor, "JSON Schema")
    write_json(editor, {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]})
    choose(qtbot, editor, "Named fields")
    assert [(field.name, field.kind) for field in editor.fields.fields()] == [("a", "integer")]
    choose(qtbot, editor, "JSON Schema")
    write_json(editor, {"type": "object", "properties": {"a": {"type": "object"}}})
    choose(qtbot, editor, "Named fields")
    assert editor.way.value() == "json"
    assert "says more than named fields can" in editor.note.text()


def test_a_saved_form_is_shown_as_it_was_made(editor):
    schema = {"type": "object", "properties": {"a": {"type": "array", "items": {"type": "number"}}}}
    told = ResponseSchema(name="topics", json_schema=schema, strict=False)
    editor.show_response(told)
    assert editor.response() == told
    editor.show_response(None)
    assert editor.response() is None


@pytest.mark.parametrize(
    ("pointer", "line"), [("", 1), ("/a", 2), ("/a/1", 4), ("/b~1c", 6), ("/b~1c/~0", 7), ("/b~1c/none", 6)]
)
def test_pointers_lead_to_their_lines(pointer, line):
    text = '{\n"a": [\n 1,\n "x]"\n ],\n"b/c": {\n "~": {}\n}}'
    assert line_of(text, pointer) == line
