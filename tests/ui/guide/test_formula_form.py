"""A guide of imported graders in the editor: the formula is checked while typing, the graders are only read."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rubric_studio.services.versions import read_rubric
from tests.services.grader_files import MIXED, TWO_PYTHONS
from tests.ui.guide.editing import Editing, small_rubric


@pytest.fixture
def editing(qtbot, look) -> Editing:
    return Editing(qtbot, look, read_rubric(MIXED))


def type_formula(editing: Editing, text: str) -> None:
    field = editing.editor.formula.formula
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text)


def test_the_graders_stand_there_as_points_that_are_only_read(editing):
    form = editing.editor.formula
    assert form.isVisible()
    assert not editing.editor.area.isVisible()
    assert not editing.editor.bar.isVisible()
    assert form.formula.toPlainText() == "0.5 * max(Exact, alike ^ 2) + style / 20"
    assert [(line.title.text(), line.about.text()) for line in form.lines.values()] == [
        ("Exact match", "Exact · A program · string_check · 0 to 1"),
        ("Alike", "alike · A program · text_similarity · 0 to 1"),
        ("Style", "style · A model or a person · score_model · 0 to 10"),
    ]


def test_the_json_opens_on_demand(editing):
    line = editing.editor.formula.lines["style"]
    assert not line.json.isVisible()
    line.button.setFocus()
    QTest.keyClick(line.button, Qt.Key.Key_Space)
    assert line.json.isVisible()
    assert json.loads(line.json.toPlainText()) == MIXED["graders"]["style"]
    assert line.json.isReadOnly()


def test_code_is_shown_line_by_line(qtbot, look):
    editing = Editing(qtbot, look, read_rubric(TWO_PYTHONS))
    assert editing.editor.open_point("length") is None
    text = editing.editor.formula.lines["length"].json.toPlainText()
    assert 'source:\ndef grade(sample, item):\n    """The share' in text
    assert editing.editor.formula.lines["length"].about.text() == "length · Own code · python · any number"


def test_a_formula_is_checked_with_every_letter_and_the_answers_follow(editing):
    field = editing.editor.formula.formula
    type_formula(editing, "Exact *")
    assert "is missing at the end (at character 8)" in field.problem.text()
    assert {each.formula.strip() for each in editing.previews} == {"Exact"}  # that could be read on the way
    QTest.keyClicks(field, " stile")
    assert "stile: no point has this name" in field.problem.text()
    assert editing.rubrics[1:] == []
    for _ in "ile":
        QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClicks(field, "yle / 10")
    assert not field.problem.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert editing.rubric.formula == "Exact * style / 10"
    assert editing.labels == ["Formula"]
    assert editing.rubric.graders == MIXED["graders"]
    assert "not in the formula" in editing.editor.formula.lines["alike"].about.text()


def test_a_wrong_formula_is_not_saved(editing):
    type_formula(editing, "Exact / ")
    QTest.keyClick(editing.editor.formula.formula, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert editing.rubrics[1:] == []
    assert editing.editor.formula.formula.problem.isVisible()


def test_typing_the_saved_formula_again_brings_its_totals_back(editing):
    type_formula(editing, "Exact")
    type_formula(editing, MIXED["calculate_output"])
    assert editing.previews[-1].formula == MIXED["calculate_output"]
    assert editing.editor.formula.formula.problem.text() == ""


def test_another_guide_takes_the_place_again(editing):
    editing.editor.show_rubric(small_rubric())
    assert not editing.editor.formula.isVisible()
    assert editing.editor.area.isVisible()
    assert editing.editor.bar.isVisible()
    assert editing.line("valid") is not None


def test_nothing_can_be_typed_where_the_project_is_only_read(editing):
    editing.editor.desk.read_only = True
    editing.editor.show_rubric(editing.rubric)
    assert editing.editor.formula.formula.isReadOnly()


def test_keys_of_the_editor_do_nothing_here(editing):
    editing.editor.formula.lines["style"].button.setFocus()
    for what in ("point", "part", "up", "down", "remove", "find", "fold_all"):
        editing.editor._on_key(what)
    assert editing.rubrics[1:] == []
