"""An open project: pages by key, undo from anywhere, the strips, read only, and the way out."""

from threading import Event

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QSpinBox

from rubric_studio.domain.changes import EVERYTHING
from rubric_studio.domain.ids import RowId
from rubric_studio.services.edits import FlagRows
from rubric_studio.ui.history_dialog import HistoryDialog
from rubric_studio.ui.importing.import_wizard import ImportWizard
from rubric_studio.ui.notice_bar import NoticeBar
from rubric_studio.ui.preferences_dialog import PreferencesDialog

CTRL = Qt.KeyboardModifier.ControlModifier
FLAG = FlagRows(rows=(RowId("tax-05"),), reason="two digits swapped")


def last_action(shell) -> str:
    return next(
        label.text() for label in shell.window.action_strip.findChildren(QLabel) if "Last" in label.text()
    )


@pytest.mark.parametrize(
    ("key", "page"),
    [
        (Qt.Key.Key_1, "questions"),
        (Qt.Key.Key_2, "guide"),
        (Qt.Key.Key_3, "models"),
        (Qt.Key.Key_4, "score"),
        (Qt.Key.Key_5, "compare"),
        (Qt.Key.Key_6, "results"),
        (Qt.Key.Key_7, "handover"),
    ],
)
def test_ctrl_and_a_digit_show_a_page(opened, qtbot, key, page):
    qtbot.keyClick(opened.window, key, CTRL)
    assert opened.desk.pages.shown == page
    assert opened.window.rail.buttons[page].isChecked()
    assert opened.actions[f"page.{page}"].isChecked()
    qtbot.waitUntil(lambda: not opened.jobs.running, timeout=20_000)


def test_the_strip_names_the_last_action_and_ctrl_z_takes_it_back(opened, qtbot):
    opened.desk.session.perform(FLAG)
    assert last_action(opened) == "Last: Flag question tax-05"
    qtbot.keyClick(opened.window, Qt.Key.Key_Z, CTRL)
    assert opened.desk.store.counts().flags == 0
    assert opened.window.action_strip.redo_button.isVisible()
    qtbot.keyClick(opened.window, Qt.Key.Key_Y, CTRL)
    assert opened.desk.store.counts().flags == 1
    qtbot.keyClick(opened.window, Qt.Key.Key_Z, CTRL)
    qtbot.keyClick(opened.window, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert opened.desk.store.counts().flags == 1


def test_a_text_takes_back_its_own_typing_before_the_project(opened, qtbot):
    field = QLineEdit(opened.window.centralWidget())
    field.show()
    field.setFocus()
    opened.desk.session.perform(FLAG)
    qtbot.keyClicks(field, "words")
    qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert field.text() == ""
    assert opened.desk.store.counts().flags == 1
    qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert opened.desk.store.counts().flags == 0


def test_a_number_that_was_stepped_has_no_typing_to_take_back(opened, qtbot):
    number = QSpinBox(opened.window.centralWidget())
    number.show()
    number.setFocus()
    number.stepUp()
    opened.desk.session.perform(FLAG)
    qtbot.keyClick(number, Qt.Key.Key_Z, CTRL)
    assert opened.desk.store.counts().flags == 0


def test_what_was_done_lists_who_and_what(opened):
    opened.desk.session.perform(FLAG)
    opened.actions["history"].trigger()
    table = opened.window.findChild(HistoryDialog).table
    assert [table.item(0, column).text() for column in (1, 2)] == ["Anna Example", "Flag question tax-05"]
    opened.window.findChild(HistoryDialog).reject()


def test_a_new_name_goes_into_the_open_project(opened, qtbot):
    opened.actions["preferences"].trigger()
    dialog = opened.window.findChild(PreferencesDialog)
    dialog.name_field.clear()
    assert not dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled()
    qtbot.keyClicks(dialog.name_field, "Anna Muster")
    dialog.theme_choice.setFocus()
    dialog.accept()
    assert {person.name for person in opened.desk.store.people()} == {"Anna Muster"}


def test_closing_leaves_one_file_and_no_lock(opened, project, qtbot):
    opened.actions["close"].trigger()
    assert opened.desk is None
    assert [path.name for path in project.parent.glob("Tax*")] == ["Tax.rubric"]
    assert not opened.window.rail.isVisible()


def test_closing_while_work_is_under_way_asks(opened, qtbot, answer):
    stopped = Event()

    def work(_, progress) -> None:
        try:
            while True:
                progress(0, 0)
                Event().wait(0.01)
        finally:
            stopped.set()

    opened.desk.session.background("Counting sheep", work)
    opened.window.close()
    answer("Stay")
    assert opened.window.isVisible()
    assert not stopped.is_set()
    opened.window.close()
    answer("Stop it and close")
    qtbot.waitUntil(lambda: not opened.window.isVisible())
    assert stopped.is_set()
    assert opened.desk is None


def test_a_project_in_use_says_by_whom_and_can_be_read(known, project, keeper, qtbot, answer):
    with keeper.open(project, "Bruno Example"):
        known.start(project)
        box = known.window.findChild(QMessageBox)
        assert "Bruno Example" in box.informativeText()
        answer("Open to read")
        qtbot.waitUntil(lambda: known.desk is not None)
        assert known.desk.store.read_only
        assert "Open to read" in known.window.findChild(NoticeBar).label.text()
        assert not known.actions["undo"].isEnabled()
        assert not known.actions["import"].isEnabled()
        known.actions["close"].trigger()
        qtbot.waitUntil(lambda: known.desk is None)


def test_a_foreign_file_is_told_and_nothing_opens(known, tmp_path, qtbot, answer):
    foreign = tmp_path / "letter.rubric"
    foreign.write_text("Dear all")
    known.start(foreign)
    assert known.window.findChild(QMessageBox).text() == "This is not a project"
    answer("OK")
    assert known.desk is None
    assert foreign.read_text() == "Dear all"


def test_files_dropped_on_the_window_open_or_are_brought_in(known, project, qtbot):
    known.start()
    known.window.files_dropped.emit([project])
    assert known.desk.store.path == project
    qtbot.waitUntil(lambda: not known.jobs.running)


def test_a_file_dropped_on_an_open_project_opens_the_wizard_on_it(opened, tmp_path, qtbot):
    table = tmp_path / "answers.csv"
    table.write_text("question,answer\nWhat is due?,100\n")
    opened.window.files_dropped.emit([table])
    wizard = opened.window.findChild(ImportWizard)
    qtbot.waitUntil(wizard.isVisible)
    qtbot.waitUntil(lambda: not opened.jobs.running)
    wizard.reject()


def test_short_work_is_waited_for_without_a_question(opened, qtbot):
    opened.desk.session.background("Reading", lambda *_: Event().wait(0.1))
    opened.window.close()
    qtbot.waitUntil(lambda: not opened.window.isVisible())
    assert opened.window.findChild(QMessageBox) is None


def test_what_a_page_put_off_never_looks_into_a_closed_project(opened, qtbot):
    pages = opened.desk.pages
    opened.desk.session.announce(EVERYTHING)
    waiting = [timer for timer in pages.findChildren(QTimer) if timer.isActive()]
    assert waiting
    opened._end()
    assert not any(timer.isActive() for timer in waiting)


def test_the_example_is_one_click_away_from_an_empty_project(opened, qtbot):
    questions = opened.desk.pages.currentWidget()
    qtbot.mouseClick(questions.empty.link_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opened.desk is not None and opened.desk.store.name == "Example", timeout=20_000)
