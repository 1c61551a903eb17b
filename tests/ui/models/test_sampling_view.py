"""The way to fresh answers as a person goes it; no call is made."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.prompt import AS_IT_STANDS, PromptTemplate, TemplateMessage
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.source import Source
from rubric_studio.services.call_work import RunOrder
from rubric_studio.services.edits import DecideRows
from rubric_studio.services.prompts import SavePrompt, chosen_prompt, prompts
from rubric_studio.services.runs import start_run
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.prompt_dialog import PromptDialog
from rubric_studio.ui.models.sampling_view import SamplingView
from rubric_studio.ui.session import Session
from tests.ui.guide.new_session import new_session
from tests.ui.models.fake_models import models

LONG = "accounts/fireworks/models/llama-v3p1-405b-instruct-long-context-preview-2026-11-01"


@pytest.fixture
def session(tmp_path: Path, qapp: Any) -> Iterator[Session]:
    with new_session(tmp_path / "P.rubric", models=models()) as made:
        yield made


def add_rows(session: Session, count: int = 6) -> None:
    with session.store.writing() as writer:
        writer.source(Source(id="rows", kind="rows", name="rows"))
        writer.rows(
            Row(id=RowId(f"q{at}"), prompt=user_prompt(f"Ποιος φόρος {at};"), reference={"facts": "f"})
            for at in range(count)
        )


def connect(session: Session) -> None:
    assert session.models is not None
    known = session.models.connections
    known.put(Connection(id="a", name="Contoso", base_url="https://a.example/v1", models=(LONG, "small")))
    known.put(
        Connection(
            id="b", name="Ollama", base_url="http://localhost:1/v1", models=("llama",), api="responses"
        )
    )


@pytest.fixture
def view(session: Session, look: Look, qtbot: Any) -> SamplingView:
    add_rows(session)
    connect(session)
    return shown(session, look, qtbot)


def shown(session: Session, look: Look, qtbot: Any) -> SamplingView:
    made = SamplingView(session, look)
    qtbot.addWidget(made)
    made.resize(1000, 620)
    made.show()
    return made


def click(qtbot: Any, button: Any) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def scope(view: SamplingView, key: str) -> None:
    view.questions.scope.set_value(key)
    view.questions.scope.chosen.emit(key)


def ordered(view: SamplingView, qtbot: Any) -> list[RunOrder]:
    """What the button asks for."""
    told: list[RunOrder] = []
    view.order_wanted.connect(told.append)
    click(qtbot, view.order_button)
    return told


def test_without_questions_or_models_it_says_what_to_do(session, look, qtbot):
    view = shown(session, look, qtbot)
    assert view.no_questions.isVisible()
    with qtbot.waitSignal(view.import_requested):
        click(qtbot, view.no_questions.main_button)
    add_rows(session)
    view.hide()
    view.show()
    assert view.no_models.isVisible()
    with qtbot.waitSignal(view.view_requested) as told:
        click(qtbot, view.no_models.main_button)
    assert told.args == ["connections"]
    with qtbot.waitSignal(view.import_requested):
        click(qtbot, view.no_models.link_button)
    connect(session)
    view.hide()
    view.show()
    assert view.order_button.isVisible()


def test_one_model_one_order_with_all_that_was_chosen(view, qtbot):
    assert not view.order_button.isEnabled()
    assert view.models.problem.text() == "Choose a model, or write its name."
    view.models.lines[0].model.setEditText(LONG)
    view.models.per_row.setValue(3)
    assert view.summary.text() == "6 questions, 3 answers each: 18 answers"
    click(qtbot, view.more_button)
    view.parameters.temperature.setValue(0.7)
    view.parameters.tokens.setValue(512)
    view.parameters.effort.setCurrentIndex(view.parameters.effort.findData("low"))
    orders = ordered(view, qtbot)
    assert len(orders) == 1
    plan = orders[0].plan
    assert (plan.purpose, plan.model, plan.per_row, plan.connection_name) == ("sampling", LONG, 3, "Contoso")
    assert plan.endpoint == "https://a.example/v1"
    assert plan.prompt == AS_IT_STANDS
    told = plan.parameters
    assert (told.temperature, told.max_tokens, told.reasoning_effort, told.seed) == (0.7, 512, "low", None)
    assert orders[0].rows == tuple(f"q{at}" for at in range(6))


def test_several_models_give_an_order_each_in_the_way_of_their_connections(view, qtbot):
    view.models.lines[0].model.setEditText("small")
    click(qtbot, view.models.add_button)
    second = view.models.lines[1]
    second.connection.setCurrentIndex(second.connection.findData("b"))
    second.connection.activated.emit(second.connection.currentIndex())
    assert second.model.currentText() == "llama"  # the only one there
    assert view.summary.text() == "6 questions, 4 answers each, 2 models: 48 answers"
    orders = ordered(view, qtbot)
    assert [(order.plan.model, order.plan.api) for order in orders] == [
        ("small", "chat"),
        ("llama", "responses"),
    ]
    click(qtbot, view.models.lines[0].remove_button)
    assert [chosen.model for chosen in view.models.models()] == ["llama"]


def test_questions_are_all_the_first_a_draw_or_those_without_answers(view, session, qtbot):
    view.models.lines[0].model.setEditText("small")
    session.perform(DecideRows(rows=(RowId("q0"),), decision="drop"))
    qtbot.waitUntil(lambda: view.questions.count.text() == "5 questions")
    scope(view, "first")
    view.questions.number.setValue(1)
    assert view.questions.count.text() == "1 question"
    assert ordered(view, qtbot)[0].rows == ("q1",)
    scope(view, "drawn")
    view.questions.number.setValue(3)
    drawn = ordered(view, qtbot)[0].rows
    assert len(drawn) == 3
    view.questions.without_dropped.click()
    scope(view, "all")
    assert view.questions.count.text() == "6 questions"


def test_questions_chosen_elsewhere_are_taken_until_others_are(view, qtbot):
    view.models.lines[0].model.setEditText("small")
    view.ask_about((RowId("q4"), RowId("q2")))
    assert view.models.lines[0].model.currentText() == "small"
    assert view.questions.count.text() == "2 questions"
    assert ordered(view, qtbot)[0].rows == ("q4", "q2")
    scope(view, "unanswered")
    assert view.questions.count.text() == "6 questions"


def test_a_way_of_asking_is_written_saved_used_and_chosen_for_training(view, session, qtbot):
    view.models.lines[0].model.setEditText("small")
    click(qtbot, view.prompt.edit_button)
    dialog = view.findChild(PromptDialog)
    qtbot.waitUntil(lambda: not session.jobs.running)
    assert dialog.editor.insert.findText("Field: facts") > 0
    qtbot.keyClicks(dialog.name, "Short")
    dialog.editor.boxes[0].text.moveCursor(dialog.editor.boxes[0].text.textCursor().MoveOperation.Start)
    qtbot.keyClicks(dialog.editor.boxes[0].text, "Briefly: ")
    qtbot.waitUntil(lambda: dialog.save_button.text() == "Save as “Short 1”")
    click(qtbot, dialog.save_button)
    assert [kept.template.title for kept in prompts(session.store)] == ["Short 1"]
    assert view.prompt.prompt.currentText() == "Short 1"
    prompt = ordered(view, qtbot)[0].plan.prompt
    assert prompt is not None
    assert prompt.messages[0].content == "Briefly: {{ prompt }}"
    qtbot.waitUntil(lambda: "Briefly: Ποιος φόρος 0;" in view.preview.text.toPlainText())
    click(qtbot, view.prompt.choose_button)
    assert chosen_prompt(session.store) == prompt
    qtbot.waitUntil(lambda: view.prompt.chosen.text() == "Training and use will ask in this way.")
    click(qtbot, view.prompt.remove_button)
    qtbot.waitUntil(lambda: view.prompt.prompt.count() == 1)
    assert chosen_prompt(session.store) is None
    session.undo()
    qtbot.waitUntil(lambda: view.prompt.prompt.count() == 2)


def test_what_to_mind_about_a_way_of_asking_is_said(view, session, qtbot):
    template = PromptTemplate(name="A", messages=(TemplateMessage(content="{{ item.none }}"),))
    session.perform(SavePrompt(template=template))
    qtbot.waitUntil(lambda: view.prompt.prompt.count() == 2)
    view.prompt.prompt.setCurrentIndex(1)
    view.prompt.prompt.activated.emit(1)
    assert "The question itself is not in it" in view.prompt.warnings.text()
    assert "6 questions have nothing in the field “none”" in view.prompt.warnings.text()


def test_what_was_asked_last_is_offered_again(view, session, look, qtbot):
    view.models.lines[0].model.setEditText("own-model")
    view.models.per_row.setValue(7)
    order = ordered(view, qtbot)[0]
    assert shown(session, look, qtbot).models.per_row.value() == 4  # looking changes nothing
    start_run(session.store, order, session.author)
    again = shown(session, look, qtbot)
    assert again.models.lines[0].model.currentText() == "own-model"
    assert again.models.per_row.value() == 7
    assert not session.stacks().undo  # and there is nothing in it to take back


def test_a_connection_that_is_gone_leaves_an_empty_line(view, session, look, qtbot):
    view.models.lines[0].model.setEditText("own-model")
    ordered(view, qtbot)
    session.runs.started.emit("run")
    session.models.connections.remove("a")
    again = shown(session, look, qtbot)
    assert again.models.models() != ()  # Ollama has one model only, so that one is offered
    assert again.models.lines[0].connection.currentText() == "Ollama"


def test_tab_goes_through_the_models_where_they_stand(view, qtbot):
    click(qtbot, view.models.add_button)
    first, second = view.models.lines
    wanted = [first.connection, first.model, second.connection, second.model, view.models.add_button]
    met, at = [], first.connection
    while view.models.per_row not in met:
        if at in wanted or at is view.models.per_row:
            met.append(at)
        at = at.nextInFocusChain()
    assert met == [*wanted, view.models.per_row]


def test_tab_comes_to_the_models_after_the_questions(view):
    met, at = [], view.questions
    while view.models.per_row not in met:
        at = at.nextInFocusChain()
        met.append(at)
    assert met.index(view.models.lines[0].model) < met.index(view.models.add_button)


def test_where_there_is_no_room_the_preview_folds_and_nothing_is_cut(view, qtbot):
    view.resize(1300, 620)
    qtbot.waitUntil(view.preview.isVisible)
    view.resize(view._cards.whole_width() + 20, 620)
    qtbot.waitUntil(lambda: not view.preview.isVisible())
    assert view._cards.viewport().width() >= view._cards.widget().minimumSizeHint().width()
