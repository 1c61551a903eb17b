"""The page of models: four views, what is said before the first connection, the sheet before a run."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.run import RunState
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.judges import ChooseJudge
from rubric_studio.services.model_access import ModelAccess
from rubric_studio.ui.models.models_page import VIEWS, ModelsPage
from tests.ui.models import paper_views
from tests.ui.models.model_room import PLAN, PaperEngine, order, paper_access, paper_session, write_run
from tests.ui.models.paper_views import PaperSheet

Open = Callable[..., ModelsPage]
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def opened(qapp, tmp_path: Path, look, qtbot) -> Iterator[Open]:
    """Show the page on a new project."""
    with ExitStack() as stack:

        def opened(models: ModelAccess | None, before=lambda _: None) -> ModelsPage:
            paper = PaperEngine()
            paper.allow(100)
            session = stack.enter_context(paper_session(tmp_path / "P.rubric", paper, models, before))
            page = ModelsPage(session, look, views=paper_views.VIEWS, sheet=paper_views.SHEET)
            qtbot.addWidget(page)
            page.resize(1100, 700)
            page.show()
            return page

        yield opened


def words(page: ModelsPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_before_the_first_connection_it_says_what_models_are_for_and_that_nothing_leaves(opened, qtbot):
    page = opened(paper_access(connected=False, offline=True))
    assert page.first.isVisible()
    assert "Nothing leaves this computer until you say so" in words(page)
    assert "work without a model" in words(page)
    assert page.views == {}
    page.setFocus()
    assert page.focusWidget() is page.first.connect_button
    qtbot.keyClick(page.first.connect_button, Qt.Key.Key_Space)
    assert page.shown == "connections"
    assert page.views["connections"].isVisible()


def test_answers_made_elsewhere_are_offered_too(opened, qtbot):
    page = opened(paper_access(connected=False))
    with qtbot.waitSignal(page.import_requested):
        qtbot.mouseClick(page.first.import_button, Qt.MouseButton.LeftButton)


def test_views_are_made_when_they_are_first_shown_and_keys_lead_to_them(opened, qtbot):
    page = opened(paper_access())
    assert set(page.views) == {"answers"}
    qtbot.waitUntil(page.isActiveWindow)
    for key, name in zip(
        (Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4), ("judges", "runs", "connections"), strict=True
    ):
        qtbot.keyClick(page, key, ALT)
        assert page.views[name].isVisible()
        assert page.choice.value() == name
    assert set(page.views) == set(VIEWS)


def test_runs_of_a_project_are_shown_where_nobody_ever_connected_a_model(opened):
    page = opened(paper_access(connected=False), lambda store: write_run(store, PLAN, ("a",)))
    page.show_view("runs")
    assert page.views["runs"].isVisible()


def test_without_models_it_says_that_none_can_be_reached(opened):
    page = opened(None)
    assert page.unreachable.isVisible()
    assert not page.choice.isVisible()
    assert "cannot be reached" in words(page)


def test_an_order_is_started_only_once_the_sheet_was_agreed_to(opened, qtbot):
    page = opened(paper_access())
    session = page._session
    page.views["answers"].order_wanted.emit(order("a", "b"))
    sheet = page.findChild(PaperSheet)
    assert sheet.isVisible()
    assert sheet.order.rows == ("a", "b")
    assert session.runs.runs() == []
    with qtbot.waitSignal(session.runs.started) as told:
        sheet.accepted_order.emit(sheet.order)
    sheet.accept()
    assert page.shown == "runs"
    qtbot.waitUntil(lambda: session.store.run(told.args[0]).state is RunState.DONE)
    qtbot.waitUntil(lambda: page.views["runs"].list.chosen == told.args[0])
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_the_run_just_started_is_the_one_that_is_shown(opened, qtbot):
    page = opened(paper_access(), lambda store: write_run(store, PLAN, ("a",)))
    session = page._session
    page.show_view("runs")
    (before,) = session.runs.runs()
    assert page.views["runs"].list.chosen == before.id
    page.show_view("answers")
    page.views["answers"].order_wanted.emit(order("b"))
    sheet = page.findChild(PaperSheet)
    with qtbot.waitSignal(session.runs.started) as told:
        sheet.accepted_order.emit(sheet.order)
    assert page.views["runs"].list.chosen == told.args[0] != before.id
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_a_sheet_that_is_closed_starts_nothing(opened, qtbot):
    page = opened(paper_access())
    page.views["answers"].order_wanted.emit(order("a"))
    page.findChild(PaperSheet).reject()
    assert page._session.runs.runs() == []
    assert page.shown == "answers"


def test_the_sheets_of_several_models_come_one_after_the_other(opened, qtbot):
    page = opened(paper_access())
    for row in ("a", "b", "c"):
        page.views["answers"].order_wanted.emit(order(row))
    seen, places = [], []
    for _ in range(3):
        (sheet,) = [each for each in page.findChildren(PaperSheet) if each.isVisible()]
        seen.append(sheet.order.rows)
        places.append(sheet.place)
        sheet.reject()
    assert seen == [("a",), ("b",), ("c",)]
    assert places == [(1, 3), (2, 3), (3, 3)]
    assert not any(each.isVisible() for each in page.findChildren(PaperSheet))


def test_wishes_of_views_are_handed_on(opened, qtbot):
    page = opened(paper_access())
    view = page.views["answers"]
    with qtbot.waitSignal(page.row_requested) as told:
        view.row_requested.emit("tax-05")
    assert told.args == ["tax-05"]
    with qtbot.waitSignal(page.samples_requested) as told:
        view.samples_requested.emit([3, 4])
    assert told.args == [[3, 4]]
    view.view_requested.emit("connections")
    assert page.shown == "connections"


def test_every_view_of_the_page_is_there():
    from importlib import import_module

    for place in VIEWS.values():
        module, _, name = place.partition(":")
        assert hasattr(import_module(module), name), place


def test_the_only_judge_so_far_goes_on_counting_when_another_one_is_asked(opened, qtbot, monkeypatch):
    page = opened(paper_access())
    session = page._session
    told = []
    monkeypatch.setattr(session, "perform", told.append)
    monkeypatch.setattr(type(session.store), "judges", lambda _: ["Careful"])
    marking = PLAN.model_copy(
        update={"purpose": "judging", "judge": JudgeConfig(name="Quick", model="paper-1")}
    )
    page._keep_what_counts(RunOrder(marking))
    page._keep_what_counts(RunOrder(PLAN))
    page._keep_what_counts(RunOrder(marking.model_copy(update={"purpose": "drift"})))
    assert told == [ChooseJudge(rater="Careful")]


def test_the_keys_to_the_views_write_nothing_into_a_field(opened, qtbot):
    page = opened(paper_access())
    field = QLineEdit(page)
    field.show()
    qtbot.waitUntil(page.isActiveWindow)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_3, ALT)
    assert page.shown == "runs"
    assert field.text() == ""
