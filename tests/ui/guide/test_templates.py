"""Choosing a template as a person does: from the empty guide, and into a guide that is there."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false, reportOptionalSubscript=false

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rubric_studio.domain.rubric import Rubric
from rubric_studio.ui.guide.template_dialog import TemplateDialog
from tests.ui.guide.editing import Editing

LEFT = Qt.MouseButton.LeftButton


def _dialog(editing: Editing) -> TemplateDialog:
    dialog = editing.editor.findChild(TemplateDialog)
    assert dialog is not None
    return dialog


def test_an_empty_guide_begins_with_a_template_in_one_step(qtbot, look):
    editing = Editing(qtbot, look, Rubric(name="new"))
    QTest.mouseClick(editing.editor.empty.link_button, LEFT)
    dialog = _dialog(editing)
    assert dialog.use_button.text() == "Use it"
    assert not dialog.replace_button.isVisible()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert list(dialog.preview.parts) == ["issue", "authority", "application", "conclusion"]
    QTest.mouseClick(dialog.use_button, LEFT)
    assert [s.title for s in editing.rubric.strata] == ["Issue", "Authority", "Application", "Conclusion"]
    assert editing.rubric.name == "new"
    assert editing.labels == ['Template "Issue, authority, application, conclusion"']
    assert editing.line("issue_named").hasFocus()


def test_the_field_that_a_template_needs_is_offered_and_can_be_chosen(editing):
    editing.line("valid").setFocus()
    editing.press("Ctrl+Shift+T")
    dialog = _dialog(editing)
    dialog.list.setCurrentRow(2)
    field = dialog.questions["labels"]
    assert field.currentText() == "topics"  # the project's fields are task and topics
    assert [field.itemText(at) for at in range(field.count())] == ["task", "topics"]
    field.lineEdit().selectAll()
    QTest.keyClicks(field.lineEdit(), "level_1")
    QTest.mouseClick(dialog.use_button, LEFT)
    assert editing.rubric.criterion("labels_right").kind.reference == "level_1"


def test_one_part_goes_into_a_guide_that_is_there(editing):
    editing.editor.bar.more_button.click()
    QTest.mouseClick(editing.editor.tools.buttons["template"], LEFT)
    dialog = _dialog(editing)
    assert dialog.use_button.text() == "Add to the guide"
    dialog.list.setCurrentRow(2)
    dialog.preview.parts["form"].click()
    QTest.mouseClick(dialog.use_button, LEFT)
    assert [s.key for s in editing.rubric.strata] == ["form", "topics", "labels"]
    assert len(editing.labels) == 1


def test_keys_that_are_taken_are_made_unique(editing):
    dialog = editing.editor.ask_template()
    dialog.list.setCurrentRow(3)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert [s.key for s in editing.rubric.strata] == ["form", "topics", "form_2", "amounts"]


def test_nothing_taken_cannot_be_used(editing):
    dialog = editing.editor.ask_template()
    dialog.preview.parts["conclusion"].click()
    assert not dialog.use_button.isEnabled()
    QTest.keyClick(dialog.list, Qt.Key.Key_Escape)
    assert editing.labels == []


def test_a_guide_can_be_replaced(editing):
    dialog = editing.editor.ask_template()
    QTest.mouseClick(dialog.replace_button, LEFT)
    assert editing.keys() == [["conclusion_reached"]]
    assert editing.rubric.name == "guide"
