"""Asking a model for a wording from a dispute: the sheet comes first, and nothing is changed by what comes back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.model_call import Request
from rubric_studio.services.connections import Connections
from rubric_studio.services.judges import saving_judge
from rubric_studio.services.model_access import ReadyModelAccess
from rubric_studio.services.prices import Prices
from rubric_studio.ui.compare.differences_view import DifferencesView
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.start_sheet import StartSheet
from rubric_studio.ui.session import Session
from tests.services.fake_asking import FakeAsking, FakeServers, Told, said
from tests.services.judged_project import GUIDE
from tests.ui.compare.dispute_room import a_session
from tests.ui.models.model_room import KeptInMemory

FITTING = {"why": "Sees is vague.", "wording": "Names it", "grades": {"g1": "in full", "g2": "", "g3": ""}}
HOME = Connection(id="home", name="At home", base_url="http://localhost:1/v1")


class Answering:
    """What the model says next."""

    def __init__(self) -> None:
        self.text = json.dumps(FITTING)

    def __call__(self, request: Request, choices: int) -> Told:
        return [said(self.text)] * choices


@pytest.fixture
def model() -> Answering:
    return Answering()


@pytest.fixture
def session(qtbot: QtBot, tmp_path: Path, model: Answering) -> Iterator[Session]:
    connections = Connections(KeptInMemory(offline=False))
    connections.put(HOME)
    servers: Any = FakeServers(FakeAsking(model))
    keys: Any = object()
    access = ReadyModelAccess(servers, keys, connections, Prices(KeptInMemory(), lambda: ()))
    with a_session(tmp_path, models=access) as found:
        judge = JudgeConfig(name="Judge", model="alder-2", connection="home")
        found.perform(saving_judge(found.store, judge))
        yield found


@pytest.fixture
def view(qtbot: QtBot, session: Session, look: Look) -> DifferencesView:
    view = DifferencesView(session, look)
    qtbot.addWidget(view)
    view.resize(1370, 830)
    view.show()
    qtbot.waitUntil(lambda: view.dispute is not None)
    qtbot.keyClicks(view.table, "e")
    return view


def agree(qtbot: QtBot, view: DifferencesView) -> StartSheet:
    """Ask, read the sheet, and start."""
    qtbot.mouseClick(view.editor.propose_button, Qt.MouseButton.LeftButton)
    sheet: Any = view.findChild(StartSheet)
    qtbot.waitUntil(sheet.start_button.isEnabled)
    return sheet


def test_the_sheet_says_what_leaves_before_anything_is_asked(qtbot: QtBot, view: DifferencesView):
    sheet = agree(qtbot, view)
    assert "without names" in sheet.parts.text()
    assert "the words of the points" in sheet.parts.text()
    sheet.reject()
    assert not view.editor.proposal.isVisible()


def test_what_comes_back_is_shown_as_changes_and_changes_nothing(
    qtbot: QtBot, view: DifferencesView, session: Session
):
    sheet = agree(qtbot, view)
    qtbot.mouseClick(sheet.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.editor.proposal.isVisible)
    assert view.editor.proposal_why.text() == "alder-2 proposes: Sees is vague."
    assert "+Names" in view.editor.proposal_pane.text()
    assert session.draft == GUIDE
    assert view.editor.wording.toPlainText() == "Sees it"


def test_a_bad_answer_is_said_and_never_applied(
    qtbot: QtBot, view: DifferencesView, session: Session, model: Answering
):
    model.text = "I would rather not."
    sheet = agree(qtbot, view)
    qtbot.mouseClick(sheet.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "could not be used" in view.editor.told.text())
    assert not view.editor.proposal.isVisible()
    assert session.draft == GUIDE
