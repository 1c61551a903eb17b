"""Long guides: what is out of sight is not built, parts fold, points move between parts, Ctrl+F finds."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false, reportOptionalSubscript=false

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from rubric_studio.domain.rubric import Criterion, Level, Rubric, Stratum
from rubric_studio.domain.rubric_edits import with_criterion
from rubric_studio.ui.guide.editor_finding import hits_in
from tests.ui.guide.editing import LEVELS, Editing

LEFT = Qt.MouseButton.LeftButton


def long_rubric() -> Rubric:
    """Five parts of 45 points: c0_0 to c4_44."""
    return Rubric(
        name="long",
        strata=tuple(
            Stratum(
                key=f"p{part}",
                title=f"Part {part}",
                criteria=tuple(
                    Criterion(key=f"c{part}_{at}", title=f"Point {part}-{at}", levels=LEVELS)
                    for at in range(45)
                ),
            )
            for part in range(5)
        ),
    )


@pytest.fixture
def long(qtbot, look) -> Editing:
    editing = Editing(qtbot, look, long_rubric())
    QApplication.processEvents()
    return editing


def _menu(button, text: str):
    return next(action for action in button.menu().actions() if action.text().startswith(text))


def test_only_what_is_in_sight_is_built_and_the_end_is_reached(long, qtbot):
    lines = [line for card in long.editor.cards.values() for line in card.lines]
    assert 0 < len(lines) < 60  # 760 pixels hold some twenty lines, and as many lie around them
    bar = long.editor.area.verticalScrollBar()

    def at_the_end() -> bool:
        bar.setValue(bar.maximum())
        return "c4_44" in long.editor.cards["p4"].lines

    qtbot.waitUntil(at_the_end)
    last = long.line("c4_44")
    assert last.isVisible()
    assert long.editor.area.viewport().rect().contains(last.mapTo(long.editor.area.viewport(), QPoint(5, 5)))
    assert "c0_0" not in long.editor.cards["p0"].lines


def test_a_point_far_away_is_gone_to_and_the_arrows_go_on_from_it(long):
    long.editor.fold_point("c3_20")
    assert long.line("c3_20").hasFocus()
    for _ in range(24):
        long.press("Down")
        QApplication.processEvents()
    assert long.line("c3_44").hasFocus()
    assert long.line("c3_44").isVisible()


def test_a_point_moves_over_the_edge_far_down_and_keeps_key_and_keyboard(long):
    long.editor.fold_point("c2_44")
    long.press("Alt+Down")
    assert long.keys()[3][0] == "c2_44"
    assert long.line("c2_44").hasFocus()
    assert long.line("c2_44").isVisible()


def test_a_point_goes_to_the_part_above_and_below_by_key_and_by_menu(editing):
    editing.line("length").setFocus()
    editing.press("Alt+Shift+Down")
    assert editing.keys() == [["valid"], ["length", "found"]]
    assert editing.line("length").hasFocus()
    editing.press("Alt+Shift+Down")  # there is no part below
    assert len(editing.labels) == 1
    form = editing.open("length")
    _menu(form.menu, "Move to the part above").trigger()
    assert editing.keys() == [["valid", "length"], ["found"]]
    assert editing.labels[-1] == 'Move "Length" to another part'


def test_a_copy_by_menu_has_a_key_of_its_own_and_a_renamed_point_keeps_its_key(editing):
    form = editing.open("valid")
    _menu(form.menu, "Duplicate").trigger()
    assert editing.keys()[0] == ["valid", "valid_2", "length"]
    form = editing.open("valid_2")
    editing.write(form.title, "Another name")
    assert editing.keys()[0] == ["valid", "valid_2", "length"]
    assert editing.rubric.criterion("valid_2").title == "Another name"


def test_a_point_is_dragged_within_its_part(editing):
    line, target = editing.line("length"), editing.line("valid")
    start = QPoint(60, 12)
    up = line.mapFromGlobal(target.mapToGlobal(QPoint(60, 2)))
    QTest.mousePress(line, LEFT, pos=start)
    for step in (1, 2, 3):
        QTest.mouseMove(line, start + (up - start) * step / 3)
    QTest.mouseRelease(line, LEFT, pos=up)
    assert editing.keys()[0] == ["length", "valid"]
    assert editing.labels == ['Move "Length"']


def test_a_part_folds_by_its_button_and_says_how_many_points_it_holds(editing):
    card = editing.editor.cards["form"]
    QTest.mouseClick(card.fold_button, LEFT)
    assert card.is_folded
    assert not card.stack.isVisible()
    assert card.count.text() == "2 points"
    QTest.mouseClick(card.fold_button, LEFT)
    assert card.stack.isVisible()
    assert not card.count.isVisible()
    assert editing.labels == []  # how it is looked at is no change


def test_parts_fold_by_key_one_or_all(editing):
    editing.line("valid").setFocus()
    editing.press("Ctrl+Shift+F")
    assert [card.is_folded for card in editing.editor.cards.values()] == [True, False]
    assert editing.editor.cards["form"].fold_button.hasFocus()
    editing.press("Ctrl+Shift+G")
    assert [card.is_folded for card in editing.editor.cards.values()] == [True, True]
    editing.press("Ctrl+Shift+G")
    assert [card.is_folded for card in editing.editor.cards.values()] == [False, False]


def test_a_new_point_unfolds_its_part(editing):
    card = editing.editor.cards["topics"]
    card.set_folded(True)
    card.title.setFocus()
    editing.press("Ctrl+Shift+P")
    assert not card.is_folded


def test_find_goes_through_titles_wordings_and_grades(editing, look):
    rubric = with_criterion(editing.rubric, "length", wording="The tax year is named.")
    levels = (Level(key="yes", value=1, text="Tax paid"), Level(key="no", value=0))
    editing.editor.show_rubric(with_criterion(rubric, "found", levels=levels))
    editing.editor.cards["form"].set_folded(True)
    editing.editor.cards["form"].title.setFocus()
    editing.press("Ctrl+F")
    QTest.keyClicks(editing.focused(), "tax")
    search = editing.editor.search
    assert search.bar.count_text() == "1 of 2"
    assert not editing.editor.cards["form"].is_folded  # the place found is shown
    QTest.keyClick(editing.focused(), Qt.Key.Key_Return)
    assert search.bar.count_text() == "2 of 2"
    QTest.keyClick(editing.focused(), Qt.Key.Key_F3)
    assert search.bar.count_text() == "1 of 2"
    QTest.keyClick(editing.focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert search.bar.count_text() == "2 of 2"
    QTest.keyClick(editing.focused(), Qt.Key.Key_Escape)
    assert not search.bar.isVisible()
    assert editing.line("found").hasFocus()
    assert editing.labels == []


def test_what_is_found_stands_under_the_title_and_in_the_open_form(editing):
    rubric = with_criterion(editing.rubric, "valid", wording="The tax year is named.")
    editing.editor.show_rubric(rubric)
    assert [hit.passage for hit in hits_in(rubric, "TAX")] == ["Wording: The tax year is named."]
    editing.line("length").setFocus()
    editing.press("Ctrl+F")
    QTest.keyClicks(editing.focused(), "tax")
    assert editing.line("valid")._caption() == "Wording: The tax year is named."
    form = editing.editor.open_point("valid")
    marked = form.wording.extraSelections()
    assert [mark.cursor.selectedText() for mark in marked] == ["tax"]
    QTest.mouseClick(editing.editor.search.bar._buttons["close"], LEFT)
    assert not form.wording.extraSelections()


def test_words_that_are_nowhere_say_so(editing):
    editing.line("valid").setFocus()
    editing.press("Ctrl+F")
    QTest.keyClicks(editing.focused(), "zebra")
    assert editing.editor.search.bar.count_text() == "Not found"


def test_the_keys_stand_behind_more(editing):
    editing.editor.bar.more_button.click()
    texts = [button.text() for button in editing.editor.tools.buttons.values()]
    assert texts == ["Templates…  Ctrl+Shift+T", "Find  Ctrl+F", "Fold all  Ctrl+Shift+G"]
    QTest.mouseClick(editing.editor.tools.buttons["find"], LEFT)
    assert editing.editor.search.bar.field.hasFocus()
