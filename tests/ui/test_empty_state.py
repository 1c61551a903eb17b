"""Where there is nothing yet: a sentence, a button, a link."""

from PySide6.QtCore import Qt

from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel


def test_button_and_link_tell_their_wish(look: Look, qtbot):
    empty = EmptyState(
        look, "No answers yet.", main="Bring in answers", link="Try the example", icon="questions"
    )
    qtbot.addWidget(empty)
    empty.show()
    with qtbot.waitSignal(empty.main_requested):
        qtbot.mouseClick(empty.main_button, Qt.MouseButton.LeftButton)
    empty.link_button.setFocus()
    with qtbot.waitSignal(empty.link_requested):
        qtbot.keyClick(empty.link_button, Qt.Key.Key_Space)
    assert empty.accessibleName() == "No answers yet."


def test_what_has_no_words_is_not_there(look: Look, qtbot):
    empty = EmptyState(look, "Nothing to compare.")
    qtbot.addWidget(empty)
    empty.show()
    assert not empty.main_button.isVisible()
    assert not empty.link_button.isVisible()


def test_a_long_sentence_is_never_cut(look: Look, qtbot):
    empty = EmptyState(look, "No answers yet. " * 8, main="Bring in answers", icon="questions")
    qtbot.addWidget(empty)
    empty.show()
    empty.resize(260, 10)
    sentence = next(each for each in empty.findChildren(PlainLabel) if each.text())
    assert sentence.height() >= sentence.heightForWidth(sentence.width())


def test_without_a_sentence_it_asks_for_no_height_that_cannot_be(look: Look, qtbot, qtlog):
    empty = EmptyState(look, "")
    qtbot.addWidget(empty)
    assert qtlog.records == []
