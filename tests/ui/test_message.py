"""Message boxes: plain words, details folded, no nested loop."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget

from rubric_studio.domain.errors import StudioError
from rubric_studio.ui.message import Choice, ask, show_error, show_note


@pytest.fixture
def window(look, qtbot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def button(box: QMessageBox, text: str) -> QPushButton:
    return next(each for each in box.findChildren(QPushButton) if each.text() == text)


def test_an_expected_error_says_what_happened_and_what_to_do(window: QWidget, qtbot):
    error = StudioError("Not a project", "a.rubric is damaged.", "Open the backup.", file="a.rubric", line=3)
    box = show_error(window, error)
    assert (box.text(), box.informativeText()) == (
        "Not a project",
        "a.rubric is damaged.\n\nOpen the backup.",
    )
    assert box.detailedText() == "a.rubric, line 3"
    assert box.isModal()
    box.close()


def test_an_unexpected_error_folds_its_trace(window: QWidget):
    box = show_error(window, ZeroDivisionError("oh"))
    assert "oh" not in box.text() + box.informativeText()
    assert "ZeroDivisionError: oh" in box.detailedText()
    box.close()


def test_words_from_outside_are_never_taken_for_tags(window: QWidget):
    box = show_note(window, "<b>title</b>", "<img src='file:///x.png'>")
    texts = [each for each in box.findChildren(QLabel) if "<" in each.text()]
    assert len(texts) == 2
    assert all(each.textFormat() == Qt.TextFormat.PlainText for each in texts)
    box.close()


@pytest.mark.parametrize(("press", "answer"), [("Leave out", "yes"), ("Cancel", "no"), (None, "no")])
def test_a_question_is_answered_by_button_or_esc(window: QWidget, qtbot, press: str | None, answer: str):
    answers: list[str] = []
    choice = Choice("3 lines need a look", "Nothing is saved yet.", "Leave out", "Cancel")
    box = ask(window, choice, lambda: answers.append("yes"), lambda: answers.append("no"))
    if press is None:
        qtbot.keyClick(box, Qt.Key.Key_Escape)
    else:
        qtbot.mouseClick(button(box, press), Qt.MouseButton.LeftButton)
    assert answers == [answer]


def test_what_is_dangerous_is_not_the_default(window: QWidget):
    box = ask(window, Choice("Delete?", "All marks go.", "Delete", "Keep", dangerous=True), lambda: None)
    default = box.defaultButton()
    assert default is not None
    assert default.text() == "Keep"
    box.close()
