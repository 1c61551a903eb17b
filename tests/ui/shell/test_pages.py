"""The ways between pages: a wish of one opens another, and neither knows of it."""

import pytest
from PySide6.QtCore import Qt

from rubric_studio.ui.pages import PAGES


@pytest.fixture
def example(known, qtbot):
    """A window with the example open and everything measured."""
    known.start(demo=True)
    qtbot.waitUntil(lambda: known.desk is not None, timeout=20_000)
    yield known
    qtbot.waitUntil(lambda: not known.jobs.running, timeout=30_000)


def test_a_question_opened_from_the_table_is_shown_beside_the_guide(example, qtbot):
    pages = example.desk.pages
    pages.currentWidget().row_requested.emit("tax-05")
    assert pages.shown == "guide"
    assert example.window.rail.buttons["guide"].isChecked()


def test_answers_behind_a_plot_are_shown_beside_the_guide(example, qtbot):
    pages = example.desk.pages
    pages.show_page("results")
    store = example.desk.store
    wanted = [info.id for info in store.sample_infos() if info.row == "tax-07"]
    pages.currentWidget().samples_requested.emit(wanted)
    assert pages.shown == "guide"


def test_versions_stand_in_the_guides_place_and_lead_to_an_answer_and_back(example, qtbot):
    pages = example.desk.pages
    pages.show_page("guide")
    pages.currentWidget().versions_requested.emit("")
    assert pages.shown == "versions"
    assert example.window.rail.buttons["guide"].isChecked()
    pages.currentWidget().samples_requested.emit([1])
    assert pages.shown == "guide"
    qtbot.keyClick(pages.currentWidget(), Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert pages.shown == "versions"
    qtbot.keyClick(pages.currentWidget(), Qt.Key.Key_Escape)
    assert pages.shown == "guide"


def test_the_rail_shows_every_page_by_mouse(example, qtbot):
    for name in PAGES:
        qtbot.mouseClick(example.window.rail.buttons[name], Qt.MouseButton.LeftButton)
        assert example.desk.pages.shown == name


def test_arrow_keys_walk_along_the_rail_and_space_opens(example, qtbot):
    rail = example.window.rail
    rail.buttons["questions"].setFocus()
    qtbot.keyClick(rail.buttons["questions"], Qt.Key.Key_Down)
    assert rail.focusWidget() is rail.buttons["guide"]
    qtbot.keyClick(rail.buttons["guide"], Qt.Key.Key_Space)
    assert example.desk.pages.shown == "guide"
