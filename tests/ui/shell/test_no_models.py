"""A window that is handed no models: the mark stays, and the page of models says why."""

from PySide6.QtCore import Qt

from rubric_studio.ui.models.models_page import ModelsPage


def test_without_models_the_mark_stays_offline_and_the_page_says_so(opened, qtbot):
    button = opened.window.action_strip.network_button
    assert (button.text(), button.isEnabled()) == ("Offline", False)
    qtbot.keyClick(opened.window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    page = opened.desk.pages.currentWidget()
    assert isinstance(page, ModelsPage)
    assert page.unreachable.isVisible()
    opened.actions["offline"].trigger()
    assert opened.actions["offline"].isChecked()
    qtbot.waitUntil(lambda: not opened.jobs.running)
