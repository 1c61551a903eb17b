"""The place for all machine work, as a person sees it: the list, one run in full, its failures and its calls."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.prompt import AS_IT_STANDS
from rubric_studio.domain.run import CallOutcome, CallState, RunState, RunSummary
from rubric_studio.services.ports import Store
from rubric_studio.ui.models.run_questions import cancelling
from rubric_studio.ui.models.runs_view import RunsView
from rubric_studio.ui.session import Session
from tests.ui.models.model_room import (
    PLAN,
    TIMEOUT,
    PaperEngine,
    order,
    paper_access,
    paper_session,
    write_run,
)


@pytest.fixture
def paper() -> PaperEngine:
    return PaperEngine()


def with_two_runs(store: Store) -> None:
    """An older run that is done, and a newer one with a failed and two open calls that is paused."""
    done = write_run(store, PLAN.model_copy(update={"title": "Older"}), ("a", "b"))
    _answer(store, done, 2)
    store.set_run_state(done, RunState.DONE)
    paused = write_run(store, PLAN.model_copy(update={"title": "Newer"}), ("a", "b", "c", "d"))
    _answer(store, paused, 1)
    failing = store.calls(paused, (CallState.WAITING,), 0, 1)[0]
    store.keep_outcomes(paused, [CallOutcome(failing, CallState.FAILED, TIMEOUT, attempts=3)])
    store.set_run_state(paused, RunState.PAUSED, "The budget of 5.00 USD is reached.")


def _answer(store: Store, run: str, count: int) -> None:
    paper = PaperEngine()
    outcomes = [paper._outcome(call, run) for call in store.calls(run, (CallState.WAITING,), 0, count)]
    store.keep_outcomes(run, outcomes)


@pytest.fixture
def session(qapp, tmp_path: Path, paper: PaperEngine) -> Iterator[Session]:
    with paper_session(tmp_path / "P.rubric", paper, paper_access(), with_two_runs) as session:
        yield session


@pytest.fixture
def view(session: Session, look, qtbot) -> RunsView:
    view = RunsView(session, look)
    qtbot.addWidget(view)
    view.resize(1100, 700)
    view.show()
    view.setFocus()
    qtbot.waitUntil(lambda: not session.jobs.running)
    return view


def lines(view: RunsView) -> list[str]:
    return [view.list.lines[run].title.text() for run in view.list._in_order()]


def facts(view: RunsView) -> dict[str, str]:
    return dict(view.detail.numbers.texts())


def press(view: RunsView, qtbot, key: Any) -> None:
    qtbot.keyClick(view.list.lines[view.list.chosen], key)


def box(view: RunsView, qtbot) -> QMessageBox:
    qtbot.waitUntil(lambda: any(each.isVisible() for each in view.findChildren(QMessageBox)))
    return next(each for each in view.findChildren(QMessageBox) if each.isVisible())


def answer(shown: QMessageBox, words: str, qtbot) -> None:
    button = next(each for each in shown.buttons() if each.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_without_a_run_it_says_what_will_stand_here_and_where_to_begin(qapp, tmp_path, paper, look, qtbot):
    with paper_session(tmp_path / "E.rubric", paper, paper_access()) as session:
        view = RunsView(session, look)
        qtbot.addWidget(view)
        view.show()
        assert view.empty.isVisible()
        with qtbot.waitSignal(view.view_requested) as told:
            qtbot.mouseClick(view.empty.main_button, Qt.MouseButton.LeftButton)
        assert told.args == ["answers"]


def test_the_newest_run_comes_first_with_its_state_in_a_word_and_its_numbers(view):
    assert lines(view) == ["Newer", "Older"]
    newer, older = view.list.lines["run-2"], view.list.lines["run-1"]
    assert (newer.mark.text(), older.mark.text()) == ("Paused", "Done")
    assert newer.counts.text() == "1 of 4 calls"
    assert newer.failed.text() == "1 failed"
    assert not older.failed.isVisible()
    # 2 answers of 100 tokens asked and 50 answered; a million costs 1 and 2 USD: 2 * (100 + 100) / 1e6 = 0.0004.
    assert older.pace.text() == "300 tokens · < 0.01 of 5.00 USD"
    assert newer.bar.accessibleName() == "1 of 4 calls, 1 failed"


def test_the_chosen_run_says_why_it_waits_what_was_asked_and_what_failed(view):
    detail = view.detail
    assert detail.state.text() == "Paused: The budget of 5.00 USD is reached."
    asked = dict(detail.asked.texts())
    assert asked["Model"] == "paper-1 at https://paper.example/v1"
    assert asked["Settings"] == "as the server has them"
    assert asked["Taken out before"] == "nothing: texts left as they stand"
    assert asked["Pauses at"] == "5.00 USD"
    assert facts(view)["Tokens"] == "100 asked, 50 answered"
    (card,) = detail.failures.cards
    assert card.title.text() == "No answer came in time: 1 call"
    assert card.remedy.text() == "Retry them, or allow more time in the connection."
    assert card.example.text() == "For example b: No answer within 120 s."


def test_keys_go_from_run_to_run_and_only_what_can_be_done_is_offered(view, qtbot):
    offered = [name for name, button in view.detail.buttons.buttons.items() if button.isVisible()]
    assert offered == ["go_on", "retry", "cancel", "delete"]
    press(view, qtbot, Qt.Key.Key_Down)
    assert view.detail.title.text() == "Older"
    offered = [name for name, button in view.detail.buttons.buttons.items() if button.isVisible()]
    assert offered == ["delete"]


def test_failed_calls_are_one_key_away_and_open_their_question(view, qtbot):
    press(view, qtbot, Qt.Key.Key_F)
    table = view.detail.calls
    assert table.table.isVisible()
    model = table.model
    assert [model.index(0, column).data() for column in range(3)] == ["Failed", "b", "3 times"]
    assert model.index(0, 3).data() == "No answer came in time: No answer within 120 s."
    assert model.rowCount() == 1
    with qtbot.waitSignal(view.row_requested) as told:
        table.table.setFocus()
        table.table.selectRow(0)
        qtbot.keyClick(table.table, Qt.Key.Key_Return)
    assert told.args == ["b"]
    table.show_only("all")
    assert [model.index(at, 0).data() for at in range(4)] == ["Answered", "Failed", "Waits", "Waits"]


def test_the_link_of_a_line_shows_its_failed_calls(view, qtbot):
    view.list.choose("run-1")
    qtbot.mouseClick(view.list.lines["run-2"].failed, Qt.MouseButton.LeftButton)
    assert view.list.chosen == "run-2"
    assert view.detail.calls.filter.value() == "failed"


def test_enter_shows_the_answers_that_the_run_brought(view, session, qtbot):
    view.list.choose("run-1")
    view.list.focus_chosen()
    with qtbot.waitSignal(view.samples_requested) as told:
        press(view, qtbot, Qt.Key.Key_Return)
    rows = {info.id: info.row for info in session.store.sample_infos()}
    assert [rows[id] for id in told.args[0]] == ["a", "b"]
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_going_on_shows_live_numbers_and_pausing_says_what_it_waits_for(view, session, paper, qtbot):
    paper.in_flight, paper.waiting_for = 8, "the server asked for 12 s of patience"
    press(view, qtbot, Qt.Key.Key_P)
    said = "Under way: 8 calls on the way. It waits: the server asked for 12 s of patience."
    qtbot.waitUntil(lambda: view.detail.state.text() == said)
    line = view.list.lines["run-2"]
    assert line.mark.text() == "Under way"
    assert line.pace.text().startswith("4.2 a second, about 2 min left")
    paper.allow(1)
    qtbot.waitUntil(lambda: line.counts.text() == "2 of 4 calls")
    press(view, qtbot, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: view.detail.state.text() == "Pausing: 8 calls under way, waited for and kept.")
    paper.in_flight = 0
    qtbot.waitUntil(lambda: line.mark.text() == "Paused")
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_retrying_asks_only_what_failed(view, session, paper, qtbot):
    press(view, qtbot, Qt.Key.Key_R)
    paper.allow(3)
    qtbot.waitUntil(lambda: session.store.run("run-2").state is RunState.DONE)
    assert session.store.run("run-2").failed == 0
    qtbot.waitUntil(lambda: not view.detail.failures.isVisible())
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_somebody_elses_run_goes_on_only_after_it_was_said_what_goes_out(qapp, tmp_path, paper, look, qtbot):
    def brought(store: Store) -> None:
        run = write_run(store, PLAN, ("a", "b"), person="a colleague")
        store.set_run_state(run, RunState.PAUSED)

    with paper_session(tmp_path / "C.rubric", paper, paper_access(), brought) as session:
        view = RunsView(session, look)
        qtbot.addWidget(view)
        view.show()
        qtbot.waitUntil(lambda: not session.jobs.running)
        press(view, qtbot, Qt.Key.Key_P)
        shown = box(view, qtbot)
        assert "up to 2 calls go to paper-1 at https://paper.example/v1" in shown.informativeText()
        assert "Taken out before: nothing" in shown.informativeText()
        answer(shown, "Send nothing", qtbot)
        qtbot.waitUntil(lambda: not view.findChildren(QMessageBox))
        assert (session.runs.active, session.store.run("run-1").state) == ("", RunState.PAUSED)
        press(view, qtbot, Qt.Key.Key_P)
        answer(box(view, qtbot), "Send them", qtbot)
        paper.allow(2)
        qtbot.waitUntil(lambda: session.store.run("run-1").state is RunState.DONE)
        qtbot.waitUntil(lambda: not session.jobs.running)


def test_cancelling_says_what_is_not_asked_any_more(view, session, qtbot):
    press(view, qtbot, Qt.Key.Key_C)
    shown = box(view, qtbot)
    assert shown.informativeText().startswith("2 calls are not made any more")
    answer(shown, "Cancel the run", qtbot)
    qtbot.waitUntil(lambda: view.list.lines["run-2"].mark.text() == "Cancelled")
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_deleting_says_what_goes_and_that_paid_answers_stay_known(view, session, qtbot):
    view.list.choose("run-1")
    view.list.focus_chosen()
    press(view, qtbot, Qt.Key.Key_Delete)
    shown = box(view, qtbot)
    assert shown.text() == "Delete Older?"
    assert "This goes with it: 2 answers." in shown.informativeText()
    assert "stay known" in shown.informativeText()
    answer(shown, "Delete it", qtbot)
    qtbot.waitUntil(lambda: lines(view) == ["Newer"])
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_a_project_that_is_only_read_offers_nothing_to_do(view, session):
    session.store.read_only = True
    view.refresh()
    assert not any(button.isVisible() for button in view.detail.buttons.buttons.values())


def test_a_table_of_many_calls_is_read_page_by_page(qapp, tmp_path, paper, look, qtbot):
    rows = tuple(f"row {n}" for n in range(450))
    with paper_session(
        tmp_path / "M.rubric", paper, paper_access(), lambda store: write_run(store, PLAN, rows)
    ) as session:
        view = RunsView(session, look)
        qtbot.addWidget(view)
        view.resize(1100, 700)
        view.show()
        view.detail.show_view("calls")
        model = view.detail.calls.model
        assert model.rowCount() == 200
        for _ in range(2):
            view.detail.calls.table.scrollToBottom()
            qtbot.wait(20)
        qtbot.waitUntil(lambda: model.rowCount() == 450)
        assert model.index(449, 1).data() == "row 449"
        qtbot.waitUntil(lambda: not session.jobs.running)


def test_a_run_planned_elsewhere_in_the_window_appears_by_itself(view, session, qtbot):
    session.runs.start(order("e", title="Third"))
    qtbot.waitUntil(lambda: lines(view) == ["Third", "Newer", "Older"])


def test_cancelling_a_batch_says_what_is_not_fetched() -> None:
    run = RunSummary(id="r", plan=PLAN, state=RunState.PAUSED, calls=9, done=2, sent=5)
    asked = cancelling(run)
    assert "7 calls end here" in asked.text
    assert "5 of them are in a batch" in asked.text


def test_after_deleting_the_keyboard_stands_on_the_run_that_is_shown_then(view, session, qtbot):
    press(view, qtbot, Qt.Key.Key_Delete)
    answer(box(view, qtbot), "Delete it", qtbot)
    qtbot.waitUntil(lambda: lines(view) == ["Older"])
    assert view.window().focusWidget() is view.list.lines["run-1"]
    qtbot.waitUntil(lambda: not session.jobs.running)


def test_tab_comes_to_the_list_before_the_details(view):
    met, at = [], view.list
    last = view.detail.buttons.buttons["delete"]
    while last not in met:
        at = at.nextInFocusChain()
        met.append(at)
    newer, older = (met.index(view.list.lines[run]) for run in ("run-2", "run-1"))
    assert newer < older < met.index(last)


def test_on_this_computer_nothing_is_said_of_a_price_that_nobody_gave(view, session):
    plan = PLAN.model_copy(
        update={
            "endpoint": "http://localhost:11434/v1",
            "price": None,
            "prompt": AS_IT_STANDS,
            "title": "Here",
        }
    )
    here, there = plan, plan.model_copy(update={"endpoint": "https://far.example/v1", "title": "There"})
    for each, cost in ((here, None), (there, "no price known")):
        view.show_run(write_run(session.store, each, ("a",)))
        assert facts(view).get("Cost so far") == cost
        assert dict(view.detail.asked.texts())["Way of asking"] == "The question as it stands"


def test_a_judge_that_is_done_leads_on_to_its_comparison(view, session, qtbot):
    judge = JudgeConfig(name="Careful", connection="paper", model="paper-1")
    run = write_run(session.store, PLAN.model_copy(update={"purpose": "judging", "judge": judge}), ("a",))
    view.show_run(run)
    assert not view.detail.compare.isVisible()
    _answer(session.store, run, 1)
    session.store.set_run_state(run, RunState.DONE)
    view.show_run(run)
    assert view.detail.compare.isVisible()
    with qtbot.waitSignal(view.comparison_requested) as told:
        press(view, qtbot, Qt.Key.Key_K)
    assert told.args == ["Careful"]
