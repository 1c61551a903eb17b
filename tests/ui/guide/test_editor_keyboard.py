"""The editor without a mouse."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false, reportOptionalSubscript=false

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rubric_studio.domain.rubric import Rubric
from tests.ui.guide.editing import Editing


def test_a_guide_is_begun_with_three_points_by_keys_alone(qtbot, look):
    editing = Editing(qtbot, look, Rubric(name="new"))
    editing.editor.bar.point_button.setFocus()
    for title in ("Names the question", "Right tax year", "Amount"):
        editing.press("Ctrl+Shift+P")
        QTest.keyClicks(editing.focused(), title)
        editing.press("Return")
        QTest.keyClicks(editing.focused(), f"{title}: yes.")
    editing.press("Esc")
    assert editing.keys() == [["names_the_question", "right_tax_year", "amount"]]
    assert editing.rubric.criterion("amount").wording == "Amount: yes."
    assert [level.value for level in editing.rubric.criterion("amount").levels] == [1, 0.5, 0]
    assert editing.labels == [
        'Add "Names the question"', 'Wording of "Names the question"',
        'Add "Right tax year"', 'Wording of "Right tax year"',
        'Add "Amount"', 'Wording of "Amount"',
    ]  # fmt: skip


def test_a_part_is_added_and_its_first_point_follows(editing):
    editing.line("valid").setFocus()
    editing.press("Ctrl+Shift+A")
    QTest.keyClicks(editing.focused(), "Conclusion")
    editing.press("Return")
    QTest.keyClicks(editing.focused(), "Amount")
    editing.press("Return")
    assert [stratum.key for stratum in editing.rubric.strata] == ["form", "topics", "conclusion"]
    assert editing.keys()[-1] == ["amount"]


def test_escape_gives_a_new_point_up(editing):
    editing.line("valid").setFocus()
    editing.press("Ctrl+Shift+P")
    QTest.keyClicks(editing.focused(), "Never")
    editing.press("Esc")
    assert editing.labels == []


def test_enter_opens_escape_leaves_the_text_and_folds(editing):
    editing.line("valid").setFocus()
    editing.press("Return")
    form = editing.editor.form()
    assert form is not None
    assert form.title.hasFocus()
    editing.press("Esc")
    assert form.hasFocus()
    editing.press("Esc")
    assert editing.editor.form() is None
    assert editing.line("valid").hasFocus()


def test_points_move_with_alt_and_the_keyboard_stays_on_them(editing):
    editing.line("valid").setFocus()
    editing.press("Alt+Down")
    editing.press("Alt+Down")
    assert editing.keys() == [["length"], ["valid", "found"]]
    assert editing.line("valid").hasFocus()
    editing.press("Alt+Up")
    assert editing.keys() == [["length", "valid"], ["found"]]
    assert len(editing.labels) == 3


def test_an_open_point_stays_open_when_it_moves_to_another_part(editing):
    form = editing.open("length")
    form.title.setFocus()
    editing.press("Alt+Down")
    assert editing.keys() == [["valid"], ["length", "found"]]
    assert editing.editor.form().key == "length"
    editing.press("Alt+Down")
    assert editing.keys() == [["valid"], ["found", "length"]]


def test_grades_move_with_alt_inside_their_point(editing):
    form = editing.open("valid")
    form.levels.lines[0].text.setFocus()
    editing.press("Alt+Down")
    assert [level.key for level in editing.rubric.criterion("valid").levels] == ["partly", "fully", "no"]
    assert editing.keys()[0] == ["valid", "length"]


def test_parts_move_from_their_title(editing):
    editing.editor.cards["topics"].title.setFocus()
    editing.press("Alt+Up")
    assert [stratum.key for stratum in editing.rubric.strata] == ["topics", "form"]
    assert editing.editor.cards["topics"].title.hasFocus()


def test_a_held_arrow_changes_the_weight_once(editing):
    line = editing.line("valid")
    line.setFocus()
    for _ in range(4):
        QTest.keyPress(line, Qt.Key.Key_Right)
    assert [rubric.criterion("valid").weight for rubric in editing.previews] == [1.5, 2, 2.5, 3]
    assert editing.labels == []
    QTest.keyRelease(line, Qt.Key.Key_Right)
    assert editing.labels == ['Weight of "Valid" 1 → 3']


def test_duplicate_and_take_away(editing):
    editing.line("valid").setFocus()
    editing.press("Ctrl+D")
    assert editing.keys() == [["valid", "valid_2", "length"], ["found"]]
    assert editing.line("valid_2").hasFocus()
    editing.press("Del")
    assert editing.keys() == [["valid", "length"], ["found"]]
    assert editing.line("length").hasFocus()


def test_digits_typed_into_a_title_are_only_text(editing):
    form = editing.open("valid")
    editing.write(form.title, "Article 123")
    assert editing.rubric.criterion("valid").title == "Article 123"
    assert len(editing.labels) == 1
