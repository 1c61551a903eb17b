"""The first minute: a name, three ways to begin, and the way back by recent projects."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from rubric_studio.ui.first_start import FirstStart
from rubric_studio.ui.start_page import StartPage
from rubric_studio.ui.tour_strip import TourStrip


def first_page(shell) -> FirstStart:
    page = shell.window.body.currentWidget()
    assert isinstance(page, FirstStart)
    return page


def test_nothing_can_be_pressed_before_there_is_a_name(shell, qtbot):
    shell.start()
    page = first_page(shell)
    assert not page.example_button.isEnabled()
    qtbot.keyClicks(page.name_field, "   ")
    assert not page.example_button.isEnabled()
    qtbot.keyClicks(page.name_field, "Anna  Example ")
    assert page.example_button.isEnabled()
    assert page.name() == "Anna Example"


def test_no_menu_leads_past_the_name(shell, qtbot):
    shell.start()
    needing = ("new", "open", "example", "import")
    assert not any(shell.actions[action].isEnabled() for action in needing)
    qtbot.keyClicks(first_page(shell).name_field, "Anna")
    qtbot.mouseClick(first_page(shell).open_button, Qt.MouseButton.LeftButton)
    shell.window.findChild(QFileDialog).reject()
    assert all(shell.actions[action].isEnabled() for action in ("new", "open", "example"))


def test_the_promise_stands_on_the_first_page(shell):
    shell.start()
    texts = [label.text() for label in first_page(shell).findChildren(QLabel)]
    assert "Everything stays on this computer until you say otherwise." in texts


def test_a_name_and_enter_open_the_example_with_its_tour(shell, qtbot):
    shell.start()
    page = first_page(shell)
    qtbot.keyClicks(page.name_field, "Anna")
    qtbot.keyClick(page.name_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shell.desk is not None, timeout=20_000)
    assert shell.window.windowTitle() == "Example"
    assert shell.window.findChild(TourStrip).title.text() == "A question that would teach something wrong"
    assert shell.person.name in {person.name for person in shell.desk.store.people()}
    assert shell.preferences.recent == ()  # the example is made anew each time
    qtbot.waitUntil(lambda: not shell.jobs.running, timeout=20_000)


def test_a_project_named_at_the_start_opens_after_the_name(shell, project, qtbot):
    shell.start(project)
    page = first_page(shell)
    assert page.go_on_button.isVisible()
    assert not page.import_button.isVisible()
    qtbot.keyClicks(page.name_field, "Anna")
    qtbot.mouseClick(page.go_on_button, Qt.MouseButton.LeftButton)
    assert shell.desk.store.path == project
    qtbot.waitUntil(lambda: not shell.jobs.running)


def test_what_a_colleague_sent_is_chosen_in_a_dialog(shell, project, qtbot):
    shell.start()
    page = first_page(shell)
    qtbot.keyClicks(page.name_field, "Anna")
    qtbot.mouseClick(page.open_button, Qt.MouseButton.LeftButton)
    dialog = shell.window.findChild(QFileDialog)
    dialog.setDirectory(str(project.parent))
    dialog.selectFile(project.name)
    dialog.accept()
    qtbot.waitUntil(lambda: shell.desk is not None)
    qtbot.waitUntil(lambda: not shell.jobs.running)
    assert shell.preferences.recent == (str(project),)


def test_recent_projects_open_by_enter_and_are_forgotten_by_delete(known, project, qtbot):
    known.preferred.use(known.preferences.with_recent(project).with_recent(project.with_name("Gone.rubric")))
    known.start()
    page = known.window.body.currentWidget()
    assert isinstance(page, StartPage)
    assert page.recent.item(0).text() == "Gone\nno longer there"
    qtbot.keyClick(page.recent, Qt.Key.Key_Delete)
    assert page.recent.count() == 1
    qtbot.keyClick(page.recent, Qt.Key.Key_Return)
    assert known.desk.store.path == project
    qtbot.waitUntil(lambda: not known.jobs.running)


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_the_theme_is_chosen_in_the_view_menu_and_kept(known, theme):
    known.start()
    known.actions[f"theme.{theme}"].trigger()
    assert known.look.theme.name == theme
    assert known.actions[f"theme.{theme}"].isChecked()
    assert known.workplace.preferences.read()["theme"] == theme


def test_ctrl_plus_makes_text_larger_and_ctrl_0_takes_it_back(known, qtbot):
    known.start()
    qtbot.keyClick(known.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert known.look.theme.percent == 110
    qtbot.keyClick(known.window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert known.look.theme.percent == 100
