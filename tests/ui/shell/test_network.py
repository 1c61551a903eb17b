"""The switch that forbids the network: at the bottom of every page, in the menu, by key; it stays as it was left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from rubric_studio.domain.run import RunState
from rubric_studio.ui.models.run_desk import RunDesk
from rubric_studio.ui.workplace import Workplace
from tests.ui.models.model_room import PaperEngine, order, paper_access

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def models():
    return paper_access(offline=True)


@pytest.fixture
def workplace(workplace: Workplace, models) -> Workplace:
    """A computer that knows a connection and is offline, as every one is at first."""
    from dataclasses import replace

    return replace(workplace, models=models)


def mark(shell) -> str:
    return shell.window.action_strip.network_button.text()


def test_going_online_is_asked_about_and_remembered(opened, models, qtbot, answer):
    assert mark(opened) == "Offline"
    assert opened.actions["offline"].isChecked()
    qtbot.mouseClick(opened.window.action_strip.network_button, LEFT)
    answer("Stay offline")
    assert mark(opened) == "Offline"
    qtbot.mouseClick(opened.window.action_strip.network_button, LEFT)
    answer("Go online")
    assert mark(opened) == "Online"
    assert not models.servers.is_offline
    assert not models.connections.is_offline
    assert not opened.actions["offline"].isChecked()


def test_the_key_and_the_menu_switch_too_and_offline_needs_no_question(opened, models, qtbot, answer):
    qtbot.keyClick(opened.window, Qt.Key.Key_O, CTRL_SHIFT)
    assert opened.actions["offline"].isChecked()  # until she has agreed
    answer("Go online")
    opened.actions["offline"].trigger()
    assert models.servers.is_offline
    assert mark(opened) == "Offline"
    assert not any(box.isVisible() for box in opened.window.findChildren(QMessageBox))


def test_a_run_shows_its_calls_and_going_offline_pauses_it(opened, models, qtbot):
    session = opened.desk.session
    paper = PaperEngine()
    session.runs = RunDesk(session, paper.engine)
    session.runs.in_flight_changed.connect(opened.desk.network.show_calls)
    session.network.set_offline(False)
    paper.in_flight = 3
    session.runs.start(order("a"))
    qtbot.waitUntil(lambda: mark(opened) == "Online · 3 calls")
    qtbot.mouseClick(opened.window.action_strip.network_button, LEFT)
    qtbot.waitUntil(lambda: not opened.jobs.running)
    (run,) = session.runs.runs()
    assert (run.state, run.reason) == (RunState.PAUSED, "You switched to working offline.")
    assert mark(opened) == "Offline"


def test_closing_the_window_says_that_a_run_pauses(opened, models, qtbot, answer):
    session = opened.desk.session
    paper = PaperEngine()
    session.runs = RunDesk(session, paper.engine)
    session.network.set_offline(False)
    with qtbot.waitSignal(session.runs.started):
        session.runs.start(order("a"))
    opened.window.close()
    shown = opened.window.findChildren(QMessageBox)
    qtbot.waitUntil(lambda: any(box.isVisible() for box in opened.window.findChildren(QMessageBox)))
    shown = next(box for box in opened.window.findChildren(QMessageBox) if box.isVisible())
    assert "The run pauses and can go on next time." in shown.informativeText()
    answer("Stop it and close")
    qtbot.waitUntil(lambda: opened.desk is None)


def test_closing_begins_no_other_run_that_waits_in_line(opened, models, qtbot, answer):
    session = opened.desk.session
    paper = PaperEngine()
    session.runs = RunDesk(session, paper.engine)
    session.network.set_offline(False)
    paper.in_flight = 1
    for row in ("a", "b"):
        with qtbot.waitSignal(session.runs.started):
            session.runs.start(order(row))
    qtbot.waitUntil(lambda: session.runs.in_flight == 1)
    session.runs.pause(session.runs.active)  # which waits for what is on the wire
    opened.window.close()
    answer("Stop it and close")
    qtbot.waitUntil(lambda: opened.desk is None)


def test_the_switch_stays_as_it_was_left(opened, project, models, qtbot):
    opened.desk.session.network.set_offline(False)
    opened.actions["close"].trigger()
    qtbot.waitUntil(lambda: opened.desk is None)
    opened.start(project)
    qtbot.waitUntil(lambda: opened.desk is not None)
    assert mark(opened) == "Online"
    qtbot.waitUntil(lambda: not opened.jobs.running)
