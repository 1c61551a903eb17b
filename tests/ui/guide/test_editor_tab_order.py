"""Tab goes through the guide as people read it, whatever was added, moved or undone."""

# A None fails these tests by itself, and plain texts stand for keys.
# pyright: reportOptionalMemberAccess=false, reportArgumentType=false, reportCallIssue=false

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from rubric_studio.ui.guide.editor_line import PointLine
from tests.ui.guide.editing import Editing

MOST_STOPS = 80


def walk(editing: Editing, *, back: bool = False) -> list[QWidget]:
    """Press Tab, from the first stop or (Shift+Tab) from the last, until it comes round."""
    QApplication.processEvents()  # what is new is laid out before anybody can press a key
    start = editing.editor.counting.way if back else editing.editor.bar.more_button
    start.setFocus()
    stops: list[QWidget] = []
    for _ in range(MOST_STOPS):
        QTest.keyClick(editing.focused(), Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
        if editing.focused() in stops:
            return stops
        stops.append(editing.focused())
    raise AssertionError("Tab never came round")


def is_as_read(editing: Editing, stops: list[QWidget]) -> bool:
    """Whether every stop lies below the one before, or right of it on the same line."""
    scrolled = editing.editor.area.widget()  # the bar below it stays where it is
    inside = [stop for stop in stops if scrolled.isAncestorOf(stop)]
    boxes = [QRect(stop.mapTo(scrolled, QPoint(0, 0)), stop.size()) for stop in inside]
    return all(
        after.top() >= before.bottom() or after.left() >= before.right() for before, after in pairwise(boxes)
    )


def names(stops: list[QWidget]) -> list[str]:
    """The titles of the points on the way."""
    return [stop.accessibleName() for stop in stops if isinstance(stop, PointLine)]


def test_tab_reads_the_guide_from_top_to_bottom(editing):
    stops = walk(editing)
    assert names(stops) == ["Valid", "Length", "Found"]
    assert stops[0] is editing.editor.cards["form"].title
    assert stops[-1] is editing.editor.bar.more_button
    assert is_as_read(editing, stops)


def test_shift_tab_is_the_same_way_back(editing):
    editing.editor.bar.more_button.click()  # the first stop is behind it
    forth, back = walk(editing), walk(editing, back=True)
    assert back == forth[::-1]


def test_a_new_point_and_a_moved_one_are_met_where_they_stand(editing):
    editing.line("valid").setFocus()
    editing.press("Ctrl+Shift+P")
    QTest.keyClicks(editing.focused(), "New")
    editing.press("Return")
    editing.press("Esc")
    editing.press("Esc")
    assert editing.keys()[0] == ["valid", "length", "new"]
    assert names(walk(editing)) == ["Valid", "Length", "New", "Found"]
    editing.line("found").setFocus()
    editing.press("Alt+Up")
    assert names(stops := walk(editing)) == ["Valid", "Length", "New", "Found"]
    assert is_as_read(editing, stops)
    editing.line("new").setFocus()
    editing.press("Alt+Up")
    editing.press("Alt+Up")
    assert names(stops := walk(editing)) == ["New", "Valid", "Length", "Found"]
    assert is_as_read(editing, stops)


def test_what_is_undone_is_met_again_where_it_stood(editing):
    editing.line("valid").setFocus()
    editing.press("Del")
    assert names(walk(editing)) == ["Length", "Found"]
    editing.editor.show_rubric(editing.rubrics[0])
    stops = walk(editing)
    assert names(stops) == ["Valid", "Length", "Found"]
    assert is_as_read(editing, stops)


def test_a_part_that_is_moved_up_comes_first(editing):
    editing.editor.cards["topics"].title.setFocus()
    editing.press("Alt+Up")
    stops = walk(editing)
    assert names(stops) == ["Found", "Valid", "Length"]
    assert is_as_read(editing, stops)


def test_the_form_of_an_open_point_is_gone_through_in_its_place(editing):
    form = editing.open("length")
    form.more.button.click()
    stops = walk(editing)
    inside = [stop for stop in stops if form.isAncestorOf(stop)]
    assert form.title in inside
    assert form.levels.lines[2].text in inside
    first, last = stops.index(inside[0]), stops.index(inside[-1])
    assert stops[first : last + 1] == inside
    assert stops[first - 1] is editing.line("valid")
    assert stops[last + 1] is editing.editor.cards["topics"].title
    assert is_as_read(editing, stops)
