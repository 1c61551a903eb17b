"""A theme that is put on in turns ends where one put on at once would."""

import gc

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress


def window_with(count: int) -> tuple[QWidget, list[QPushButton]]:
    window = QWidget()
    layout = QVBoxLayout(window)
    buttons = [QPushButton(f"Save {at}") for at in range(count)]
    for button in buttons:
        layout.addWidget(button)
    return window, buttons


def test_a_theme_comes_in_turns_and_nothing_is_painted_before_its_end(look: Look, qtbot):
    window, buttons = window_with(150)
    qtbot.addWidget(window)
    window.show()
    before = buttons[0].sizeHint().height()
    look.turn_to("dark", 150)
    assert look.theme.name == "dark"
    assert buttons[-1].fontInfo().pixelSize() == 13
    painted: list[bool] = []
    look.turns.later(lambda: painted.append(window.updatesEnabled()))  # comes once the sheet is exchanged
    qtbot.waitUntil(look.turns.is_idle)
    assert painted == [False]
    assert window.updatesEnabled()
    assert {button.fontInfo().pixelSize() for button in buttons} == {20}
    assert {button.palette().buttonText().color().name() for button in buttons} == {look.theme.roles["text"]}
    assert buttons[-1].sizeHint().height() > before


def test_a_theme_chosen_while_another_comes_is_the_one_that_stays(look: Look, qtbot):
    window, buttons = window_with(150)
    qtbot.addWidget(window)
    window.show()
    look.turn_to("dark", 150)
    look.turns.later(lambda: look.turn_to("light", 125))  # comes once the sheet is exchanged
    qtbot.waitUntil(look.turns.is_idle)
    assert window.updatesEnabled()
    assert {button.fontInfo().pixelSize() for button in buttons} == {16}
    assert {button.palette().buttonText().color().name() for button in buttons} == {look.theme.roles["text"]}


def test_widgets_that_go_while_a_theme_comes_are_forgotten(look: Look, qtbot):
    window, buttons = window_with(150)
    qtbot.addWidget(window)
    window.show()
    for name in ("dark", "light", "dark"):
        look.turn_to(name)
        look.turns.later(buttons.pop().deleteLater)  # comes once the sheet is exchanged
        qtbot.waitUntil(look.turns.is_idle)
        gc.collect()
    label = QLabel("Title", window)
    dress(label, "title")
    label.show()
    look.use("light")
    assert label.fontInfo().pixelSize() == look.theme.sizes.title
