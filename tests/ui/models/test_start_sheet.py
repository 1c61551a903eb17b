"""The sheet before a run, as a person sees it: what leaves, what it costs, what is taken out, and the start."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.price import Price
from rubric_studio.domain.prompt import PromptTemplate, TemplateMessage
from rubric_studio.domain.redaction import Redaction
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.run import CallOutcome, CallState, RunPlan, RunState
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.importing import ImportedFile, ImportPlan, carry_out
from rubric_studio.services.kept_redaction import kept_redaction
from rubric_studio.services.run_kinds import work_of
from rubric_studio.services.runs import start_run
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.price_dialog import PriceDialog
from rubric_studio.ui.models.start_sheet import StartSheet
from rubric_studio.ui.session import Session
from tests.ui.guide.new_session import new_session
from tests.ui.models.fake_models import models

LEFT = Qt.MouseButton.LeftButton
ROWS = (
    Row(
        id=RowId("q1"),
        prompt=user_prompt("May Anna Berg deduct it? Mail: anna@berg.eu"),
        reference={"law": "VAT directive", "adviser": "Anna Berg"},
    ),
    Row(id=RowId("q2"), prompt=user_prompt("Which topics?"), reference={"law": "Income tax"}),
)
SYSTEM = TemplateMessage(role="system", content="Law: {{ item.law }}. Adviser: {{ item.adviser }}")
PLAN = RunPlan(
    purpose="sampling",
    title="Fresh answers",
    connection="elm",
    connection_name="Elm",
    endpoint="https://elm.example/v1",
    model="elm-1",
    prompt=PromptTemplate(name="plain", messages=(SYSTEM, TemplateMessage())),
    per_row=3,
)
ORDER = RunOrder(PLAN, rows=(RowId("q1"), RowId("q2")))
PRICE = Price(model="elm", prompt=1000.0, answer=1000.0, as_of="2026-11-01", source="https://elm.example")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with new_session(tmp_path / "p.rubric", models=models()) as session:
        carry_out(
            session.store, ImportPlan(ImportedFile(name="rows", kind="mixed"), ROWS, ()), session.author
        )
        assert session.models is not None
        session.models.connections.put(
            Connection(id="elm", name="Elm", base_url="https://elm.example/v1", takes_batches=True)
        )
        session.models.prices.put(PRICE)
        session.network.set_offline(False)
        yield session


@pytest.fixture
def opened(session: Session, look: Look, qtbot: Any) -> Iterator[Any]:
    made: list[StartSheet] = []

    def open_it(order: RunOrder = ORDER) -> StartSheet:
        sheet = StartSheet(session, look, order)
        qtbot.addWidget(sheet)
        sheet.open()
        made.append(sheet)
        qtbot.waitUntil(lambda: sheet.numbers.said.text() != "Counting the calls…")
        return sheet

    yield open_it
    for sheet in made:
        sheet.reject()
    qtbot.waitUntil(lambda: not session.jobs.running)


def accepted(sheet: StartSheet) -> list[RunOrder]:
    orders: list[RunOrder] = []
    sheet.accepted_order.connect(orders.append)
    return orders


def test_it_says_what_leaves_and_where_it_goes(opened: Any):
    sheet = opened()
    assert sheet.where.text() == "This goes to elm-1 at elm.example (Elm):"
    assert "• the text of each question" in sheet.parts.text()
    assert "• from the questions' reference: law, adviser" in sheet.parts.text()
    assert "• your own instructions" in sheet.parts.text()


def test_it_says_how_many_calls_and_what_they_cost(opened: Any):
    sheet = opened()
    assert sheet.numbers.said.text() == "6 calls to make."
    assert sheet.numbers.cost.text().startswith("About ")
    assert "as of 2026-11-01" in sheet.numbers.price_label.text()
    assert "a guess" in sheet.numbers.answer.text()
    assert sheet.start_button.text() == "Start 6 calls"


def test_the_order_is_handed_over_with_what_was_chosen(opened: Any, qtbot: Any):
    sheet = opened()
    orders = accepted(sheet)
    sheet.numbers.batch.click()
    QTest.keyClicks(sheet.numbers.budget, "2,5")
    QTest.mouseClick(sheet.start_button, LEFT)
    (order,) = orders
    assert order.plan.batch
    assert order.plan.budget == 2.5
    assert order.plan.price == PRICE
    assert order.rows == ORDER.rows


def test_a_limit_that_is_no_amount_holds_the_start(opened: Any):
    sheet = opened()
    QTest.keyClicks(sheet.numbers.budget, "much")
    assert sheet.numbers.problem.text() == "Write an amount above zero, or nothing."
    assert not sheet.start_button.isEnabled()


def test_enter_in_a_field_starts_nothing(opened: Any):
    sheet = opened()
    orders = accepted(sheet)
    sheet.numbers.budget.setFocus()
    QTest.keyClicks(sheet.numbers.budget, "2")
    QTest.keyClick(sheet.numbers.budget, Qt.Key.Key_Return)
    assert orders == []
    sheet.start_button.setFocus()
    QTest.keyClick(sheet.start_button, Qt.Key.Key_Return)
    assert len(orders) == 1


def test_a_batch_costs_half(opened: Any):
    sheet = opened()
    single = sheet.numbers.cost.text()
    sheet.numbers.batch.click()
    assert sheet.numbers.cost.text() != single
    assert sheet.numbers.batch.text() == "As a batch, for 50 % of the price"


def test_what_is_taken_out_is_seen_in_the_example_and_remembered(opened: Any, session: Session, qtbot: Any):
    sheet = opened()
    assert "Anna Berg" in sheet.example.text()
    assert "1 found" in sheet.redaction.found["email"].text()
    sheet.redaction.identifiers["email"].click()
    sheet.redaction.fields["adviser"].click()
    sheet.redaction.names.setPlainText("Anna Berg\n")
    qtbot.waitUntil(lambda: "[name 1]" in sheet.example.text())
    assert "May [name 1] deduct it? Mail: [e-mail 1]" in sheet.example.text()
    assert sheet.left_out.text() == "Left out: adviser"
    QTest.mouseClick(sheet.example.choice._group.button(1), LEFT)
    assert "May Anna Berg deduct it? Mail: anna@berg.eu" in sheet.example.text()
    qtbot.waitUntil(sheet.start_button.isEnabled)
    orders = accepted(sheet)
    QTest.mouseClick(sheet.start_button, LEFT)
    wanted = Redaction(fields=("adviser",), identifiers=("email",), names=("Anna Berg",))
    assert orders[0].plan.redaction == wanted
    assert kept_redaction(session.store) == wanted
    assert opened().redaction.redaction() == wanted


def test_offline_it_says_so_and_goes_online_first(opened: Any, session: Session):
    session.network.set_offline(True)
    sheet = opened()
    assert "You work offline" in sheet.offline.text()
    assert sheet.start_button.text() == "Go online and start 6 calls"
    asked: list[str] = []
    sheet.online_wanted.connect(lambda: asked.append("online"))
    sheet.accepted_order.connect(lambda _: asked.append("order"))
    QTest.mouseClick(sheet.start_button, LEFT)
    assert asked == ["online", "order"]
    assert not session.network.is_offline


def test_cancelled_nothing_is_handed_over(opened: Any, session: Session):
    session.network.set_offline(True)
    sheet = opened()
    orders = accepted(sheet)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert orders == []
    assert session.network.is_offline


def test_without_a_price_one_can_be_added(opened: Any, session: Session, qtbot: Any):
    assert session.models is not None
    session.models.prices.remove("elm")
    sheet = opened()
    assert sheet.numbers.cost.text() == "Cost not known"
    assert not sheet.numbers.budget.isEnabled()
    QTest.mouseClick(sheet.numbers.prices_button, LEFT)
    dialog = sheet.findChild(PriceDialog)
    assert dialog is not None
    assert dialog.form.model.text() == "elm-1"
    QTest.keyClicks(dialog.form.prompt, "1,5")
    assert not dialog.keep_button.isEnabled()
    QTest.keyClicks(dialog.form.answer, "6")
    QTest.keyClicks(dialog.form.as_of, "2026-11-23")
    QTest.mouseClick(dialog.keep_button, LEFT)
    assert sheet.numbers.cost.text().startswith("About ")
    assert "1.50 USD a million prompt tokens" in sheet.numbers.price_label.text()
    QTest.mouseClick(dialog.remove_button, LEFT)
    assert sheet.numbers.cost.text() == "Cost not known"
    dialog.reject()


def test_on_this_computer_nothing_leaves(opened: Any, session: Session):
    assert session.models is not None
    session.models.connections.put(Connection(id="elm", name="Elm", base_url="http://localhost:8000/v1"))
    sheet = opened()
    assert sheet.where.text() == "Nothing leaves this computer. elm-1 runs here, at localhost, and reads:"
    assert not sheet.numbers.batch.isVisible()


def test_answers_at_hand_are_taken_without_the_network(opened: Any, session: Session):
    keep_answers(session, ORDER._replace(plan=PLAN.model_copy(update={"purpose": "drift"})))
    session.network.set_offline(True)
    sheet = opened()
    assert "Everything is answered already: 6 answers are at hand" in sheet.numbers.said.text()
    assert sheet.offline.text() == ""
    assert sheet.start_button.text() == "Take 6 answers at hand"
    QTest.mouseClick(sheet.start_button, LEFT)
    assert session.network.is_offline


def test_with_nothing_to_ask_there_is_nothing_to_start(opened: Any, session: Session):
    start_run(session.store, ORDER, session.author)
    sheet = opened()
    assert sheet.numbers.said.text().startswith("There is nothing to ask")
    assert sheet.example.said.text() == "There is no example: nothing would be sent."
    assert not sheet.start_button.isEnabled()


def test_what_cannot_be_counted_says_why(opened: Any, session: Session):
    empty = ORDER._replace(plan=PLAN.model_copy(update={"prompt": PromptTemplate(name="-", messages=())}))
    told: list[object] = []
    session.failed.connect(told.append)
    sheet = opened(empty)
    assert sheet.numbers.said.text().startswith("It could not be counted: ")
    assert told == []  # it stands in the sheet: no box beside it says it again
    assert sheet.numbers.retry_button.isVisible()
    assert not sheet.start_button.isEnabled()


def test_a_connection_that_is_gone_is_told(opened: Any, session: Session):
    assert session.models is not None
    session.models.connections.remove("elm")
    sheet = opened()
    assert "does not know the connection Elm any more" in sheet.offline.text()
    assert not sheet.start_button.isEnabled()


def keep_answers(session: Session, order: RunOrder) -> None:
    """Let another run have the answers to all calls of the order, without making samples of them."""
    from rubric_studio.domain.model_call import Reply
    from rubric_studio.domain.source import Source

    store = session.store
    asked = order._replace(plan=order.plan.model_copy(update={"purpose": "sampling"}))
    source = Source(id="drift", kind="drift", name="Drift", at="2026-11-01T10:00:00Z")
    store.add_run(source, order.plan, list(work_of(asked).planned(store)))
    outcomes = [
        CallOutcome(call, CallState.DONE, answers=((call.key, Reply(text="x")),))
        for call in store.calls("drift")
    ]
    store.keep_outcomes("drift", outcomes)
    store.set_run_state("drift", RunState.DONE)


def test_the_keyboard_begins_at_the_example_where_no_key_changes_anything(opened: Any):
    sheet = opened()
    assert sheet.focusWidget() is sheet.example.pane.view
