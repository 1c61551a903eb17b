"""One choice of a few: by mouse, by arrow keys, and silently from code."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from rubric_studio.ui.look import Look
from rubric_studio.ui.segmented import Segmented


@pytest.fixture
def choice(look: Look, qtbot) -> Segmented:
    choice = Segmented("View", [("all", "Side by side"), ("some", "Passages & more")])
    qtbot.addWidget(choice)
    choice.show()
    return choice


def test_the_first_option_is_chosen_at_first(choice: Segmented):
    assert choice.value() == "all"


def test_a_click_and_the_arrow_keys_choose(choice: Segmented, qtbot):
    second = choice.findChildren(QToolButton)[1]
    assert second.text() == "Passages && more"
    with qtbot.waitSignal(choice.chosen) as told:
        qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert told.args == ["some"]
    with qtbot.waitSignal(choice.chosen) as told:
        qtbot.keyClick(second, Qt.Key.Key_Right)
    assert told.args == ["all"]


def test_a_choice_from_code_tells_nobody(choice: Segmented, qtbot):
    with qtbot.assertNotEmitted(choice.chosen):
        choice.set_value("some")
    assert choice.value() == "some"


def test_tab_stops_once_at_the_choice(choice: Segmented):
    choice.set_value("some")
    stops = [bool(b.focusPolicy() & Qt.FocusPolicy.TabFocus) for b in choice.findChildren(QToolButton)]
    assert stops == [False, True]
