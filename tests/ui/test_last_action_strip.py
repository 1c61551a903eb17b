"""The strip of the last action."""

from PySide6.QtCore import Qt

from rubric_studio.ui.last_action_strip import LastActionStrip
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel


def shown(strip: LastActionStrip) -> list[str]:
    return [each.text() for each in strip.findChildren(PlainLabel) if each.isVisible() and each.text()]


def test_undo_is_off_until_something_was_done(look: Look, qtbot):
    strip = LastActionStrip(look)
    qtbot.addWidget(strip)
    strip.show()
    assert not strip.undo_button.isEnabled()
    strip.set_last_action("weight of Conclusion 3 → 4")
    strip.set_saved("14:02")
    assert shown(strip) == ["Last: weight of Conclusion 3 → 4", "Saved 14:02"]
    with qtbot.waitSignal(strip.undo_requested):
        qtbot.mouseClick(strip.undo_button, Qt.MouseButton.LeftButton)


def test_redo_shows_only_when_there_is_something_to_bring_back(look: Look, qtbot):
    strip = LastActionStrip(look)
    qtbot.addWidget(strip)
    strip.show()
    assert not strip.redo_button.isVisible()
    strip.set_redo("flag on question 12")
    with qtbot.waitSignal(strip.redo_requested):
        qtbot.mouseClick(strip.redo_button, Qt.MouseButton.LeftButton)


def test_a_long_action_does_not_widen_the_window(look: Look, qtbot):
    strip = LastActionStrip(look)
    qtbot.addWidget(strip)
    before = strip.minimumSizeHint().width()
    strip.set_last_action("very " * 200)
    assert strip.minimumSizeHint().width() == before


def test_the_mark_of_the_network_says_so_in_words_and_asks_to_be_switched(look: Look, qtbot):
    strip = LastActionStrip(look)
    qtbot.addWidget(strip)
    strip.show()
    assert strip.network_button.text() == "Offline"
    assert not strip.network_button.isEnabled()
    strip.show_network(offline=True)
    assert "nothing leaves this computer. Click to go online" in strip.network_button.toolTip()
    with qtbot.waitSignal(strip.network_requested):
        qtbot.mouseClick(strip.network_button, Qt.MouseButton.LeftButton)
    for calls, words in ((0, "Online"), (1, "Online · 1 call"), (3, "Online · 3 calls")):
        strip.show_network(offline=False, calls=calls)
        assert strip.network_button.text() == strip.network_button.accessibleName() == words
