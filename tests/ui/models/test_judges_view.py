"""The page of judges as a person uses it: making, choosing, asking, comparing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from rubric_studio.domain.judge import Panel
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.judges import ChooseJudge, judges, saving_panel
from rubric_studio.services.marks import rater_choice
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.judge_asking import JudgeAsking
from rubric_studio.ui.models.judge_detail import ASK, CHANGE, LET, REMOVE
from rubric_studio.ui.models.judge_form import JudgeForm
from rubric_studio.ui.models.judges_view import JudgesView
from rubric_studio.ui.models.panel_form import PanelForm
from rubric_studio.ui.session import Session
from tests.ui.models.judge_room import (
    CAREFUL,
    QUICK,
    RECORDED,
    add_judges,
    example_session,
    make_measured_example,
)
from tests.ui.models.model_room import PaperEngine, paper_access, paper_session


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_measured_example(tmp_path_factory.mktemp("judges") / "example.rubric")


@pytest.fixture
def session(qapp, measured: Path, tmp_path: Path) -> Iterator[Session]:
    with example_session(measured, tmp_path / "example.rubric", paper_access()) as session:
        add_judges(session.store)  # type: ignore[arg-type]
        yield session


@pytest.fixture
def view(qtbot: QtBot, session: Session, look: Look) -> JudgesView:
    view = JudgesView(session, look)
    qtbot.addWidget(view)
    view.resize(1300, 800)
    view.show()
    view.setFocus()
    return view


def names(view: JudgesView) -> list[str]:
    return [line.entry.rater for line in view.list.lines]


def press(qtbot: QtBot, view: JudgesView, key: Qt.Key) -> None:
    line = next(line for line in view.list.lines if line.entry.rater == view.list.chosen)
    qtbot.keyClick(line, key)


def choose(qtbot: QtBot, view: JudgesView, name: str) -> None:
    for _ in range(len(names(view)) - 1):
        press(qtbot, view, Qt.Key.Key_Up)
    for _ in range(names(view).index(name)):
        press(qtbot, view, Qt.Key.Key_Down)
    assert view.list.chosen == name


def told(signal: Any) -> Any:
    """What came with a signal that was waited for."""
    return signal.args[0]


def test_all_judges_stand_in_the_list(view: JudgesView) -> None:
    assert set(names(view)) == {CAREFUL, QUICK, RECORDED}


def test_a_judge_without_marks_can_be_asked_but_not_compared(qtbot: QtBot, view: JudgesView) -> None:
    choose(qtbot, view, QUICK)
    buttons = view.detail.buttons
    assert buttons[ASK].isVisible()
    assert not buttons[LET].isVisible()
    assert view.detail.said.text() == "It has not marked an answer yet."


def test_a_key_lets_a_judge_count(qtbot: QtBot, view: JudgesView, session: Session) -> None:
    choose(qtbot, view, CAREFUL)
    press(qtbot, view, Qt.Key.Key_L)
    assert rater_choice(session.store).judge == CAREFUL
    line = next(line for line in view.list.lines if line.entry.rater == CAREFUL)
    assert line.badge.isVisible()
    session.undo()
    assert rater_choice(session.store).judge != CAREFUL


def test_where_several_marked_and_none_is_chosen_it_says_so(
    qtbot: QtBot, view: JudgesView, session: Session
) -> None:
    session.perform(ChooseJudge(rater=None))
    choose(qtbot, view, CAREFUL)
    assert "none counts" in view.detail.said.text()
    press(qtbot, view, Qt.Key.Key_L)
    assert "count in every score" in view.detail.said.text()


def test_steadiness_of_a_judge_that_asks_three_times(qtbot: QtBot, view: JudgesView) -> None:
    choose(qtbot, view, CAREFUL)
    qtbot.waitUntil(lambda: view.detail.stability.sentence.text().startswith("All 3 times the same grade on"))
    assert view.detail.stability.flips
    with qtbot.waitSignal(view.point_requested):
        view.detail.stability.flips[0].click()


def test_a_new_judge_is_saved_and_undone(qtbot: QtBot, view: JudgesView, session: Session) -> None:
    press(qtbot, view, Qt.Key.Key_N)
    form = view.desk.dialog
    assert isinstance(form, JudgeForm)
    form.name.selectAll()
    qtbot.keyClicks(form.name, "Strict")
    form.model.setEditText("paper-1")
    qtbot.waitUntil(lambda: "Sees" in form.prompt.text.toPlainText() or form.prompt.text.toPlainText() != "")
    form.save_button.click()
    assert "Strict" in names(view)
    assert view.list.chosen == "Strict"  # the next key is meant for it
    session.undo()
    assert "Strict" not in names(view)


def test_another_way_of_asking_is_another_version(qtbot: QtBot, view: JudgesView, session: Session) -> None:
    choose(qtbot, view, CAREFUL)
    view.detail.buttons[CHANGE].click()
    form = view.desk.dialog
    assert isinstance(form, JudgeForm)
    assert form.said.text() == "Nothing changes in what it is asked: it stays Careful."
    form.modes.buttons["sample"].click()
    assert form.said.text().startswith("It is asked in another way now: saved as Careful (2)")
    form.save_button.click()
    assert [judge.rater for judge in judges(session.store) if judge.name == CAREFUL] == [
        CAREFUL,
        "Careful (2)",
    ]
    earlier = next(line.entry for line in view.list.lines if line.entry.rater == CAREFUL)
    assert earlier.about.startswith("An earlier version:")


def test_asking_for_marks_makes_an_order(qtbot: QtBot, view: JudgesView, session: Session) -> None:
    choose(qtbot, view, QUICK)
    press(qtbot, view, Qt.Key.Key_A)
    form = view.desk.dialog
    assert isinstance(form, JudgeAsking)
    form.of["experts"].click()
    qtbot.waitUntil(lambda: form.said.text().startswith("28 answers."))
    form.points.item(0).setCheckState(Qt.CheckState.Unchecked)
    with qtbot.waitSignal(view.order_wanted) as wanted:
        form.go_button.click()
    order: RunOrder = told(wanted)
    assert len(order.samples) == 28
    assert len(order.criteria) == 3
    assert (order.plan.purpose, order.plan.connection, order.plan.model) == ("judging", "paper", "paper-1")
    assert order.plan.judge is not None
    assert order.plan.judge.rater == QUICK


def test_a_draw_is_the_same_for_one_seed(qtbot: QtBot, view: JudgesView) -> None:
    choose(qtbot, view, QUICK)
    drawn: list[tuple[int, ...]] = []
    for _ in range(2):
        press(qtbot, view, Qt.Key.Key_A)
        form = view.desk.dialog
        assert isinstance(form, JudgeAsking)
        form.of["drawn"].click()
        form.number.setValue(7)
        qtbot.waitUntil(form.go_button.isEnabled)
        with qtbot.waitSignal(view.order_wanted) as wanted:
            form.go_button.click()
        drawn.append(told(wanted).samples)
    assert len(drawn[0]) == 7
    assert drawn[0] == drawn[1]


def test_no_point_is_no_order(qtbot: QtBot, view: JudgesView) -> None:
    choose(qtbot, view, QUICK)
    press(qtbot, view, Qt.Key.Key_A)
    form = view.desk.dialog
    assert isinstance(form, JudgeAsking)
    qtbot.waitUntil(form.go_button.isEnabled)
    for line in range(form.points.count()):
        form.points.item(line).setCheckState(Qt.CheckState.Unchecked)
    assert not form.go_button.isEnabled()


def test_a_check_for_drift_is_an_order_of_its_own(qtbot: QtBot, view: JudgesView) -> None:
    choose(qtbot, view, CAREFUL)
    with qtbot.waitSignal(view.order_wanted) as wanted:
        view.detail.drift.check_button.click()
    assert told(wanted).plan.purpose == "drift"
    assert told(wanted).samples


def test_a_panel_is_compared_like_a_judge(qtbot: QtBot, view: JudgesView, session: Session) -> None:
    session.perform(saving_panel(session.store, Panel(name="Both", members=(CAREFUL, RECORDED))))
    choose(qtbot, view, "Both")
    press(qtbot, view, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: view.comparison.judge is not None)
    assert view.comparison.sentence.text().startswith("Both gives the experts' grade on")
    qtbot.keyClick(view.comparison.table, Qt.Key.Key_Escape)
    assert view.list.isVisible()


def test_a_judge_is_removed_after_a_question(qtbot: QtBot, view: JudgesView) -> None:
    choose(qtbot, view, QUICK)
    view.detail.buttons[REMOVE].click()
    box = view.findChild(QMessageBox)
    assert box is not None
    next(button for button in box.buttons() if button.text() == "Remove").click()
    assert QUICK not in names(view)


def test_without_a_judge_the_page_says_how_to_begin(qtbot: QtBot, qapp, tmp_path: Path, look: Look) -> None:
    with paper_session(tmp_path / "empty.rubric", PaperEngine(), paper_access(connected=False)) as session:
        view = JudgesView(session, look)
        qtbot.addWidget(view)
        view.show()
        assert view.empty.isVisible()
        with qtbot.waitSignal(view.view_requested) as wanted:
            view.empty.link_button.click()
        assert wanted.args == ["connections"]


def test_without_a_connection_nothing_can_be_asked(
    qtbot: QtBot, qapp, measured: Path, tmp_path: Path, look: Look
) -> None:
    with example_session(measured, tmp_path / "alone.rubric", paper_access(connected=False)) as session:
        add_judges(session.store)  # type: ignore[arg-type]
        view = JudgesView(session, look)
        qtbot.addWidget(view)
        view.show()
        view.setFocus()
        choose(qtbot, view, QUICK)
        assert not view.detail.buttons[ASK].isEnabled()
        assert "no connection yet" in view.detail.buttons[ASK].toolTip()


def test_after_removing_a_judge_the_keyboard_stays_in_the_list(qtbot: QtBot, view: JudgesView) -> None:
    choose(qtbot, view, QUICK)
    press(qtbot, view, Qt.Key.Key_Delete)
    box = view.findChild(QMessageBox)
    assert box is not None
    next(button for button in box.buttons() if button.text() == "Remove").click()
    line = view.window().focusWidget()
    assert line in view.list.lines
    assert line.entry.rater == view.list.chosen  # type: ignore[union-attr]


def test_a_key_makes_a_panel(qtbot: QtBot, view: JudgesView) -> None:
    press(qtbot, view, Qt.Key.Key_P)
    assert isinstance(view.desk.dialog, PanelForm)
    assert "P" in view.panel_button.text().split()


def test_of_many_points_few_are_chosen_at_once(qtbot: QtBot, view: JudgesView) -> None:
    choose(qtbot, view, QUICK)
    press(qtbot, view, Qt.Key.Key_A)
    form = view.desk.dialog
    assert isinstance(form, JudgeAsking)
    qtbot.waitUntil(form.go_button.isEnabled)
    form.all_button.click()
    assert not form.go_button.isEnabled()
    assert form.all_button.text() == "Choose all points"
    form.points.item(1).setCheckState(Qt.CheckState.Checked)
    assert len(form.asking().criteria) == 1
    form.all_button.click()
    assert form.asking().criteria == ()  # every point
    assert form.go_button.isEnabled()


def test_a_page_elsewhere_leads_to_the_comparison_of_a_judge(qtbot: QtBot, view: JudgesView) -> None:
    view.compare(RECORDED)
    qtbot.waitUntil(lambda: view.comparison.judge is not None)
    assert view.comparison.judge is not None
    assert view.comparison.judge.judge == RECORDED
