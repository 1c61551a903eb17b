"""The form of a judge and that of a panel, filled as a person fills them."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.judge import JudgeConfig, Panel
from rubric_studio.domain.model_call import Parameters
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.judge_form import JudgeForm
from rubric_studio.ui.models.panel_form import PanelForm

SERVER = Connection(id="one", name="Our server", base_url="http://localhost:1/v1", models=("small", "large"))
OTHER = Connection(
    id="two", name="Another", base_url="http://localhost:2/v1", api="responses", models=("huge",)
)
CALLS = {"criterion": 4, "stratum": 2, "sample": 1}
KEPT = JudgeConfig(
    name="Careful",
    connection="two",
    model="huge",
    api="responses",
    mode="stratum",
    instructions="Be strict.",
    parameters=Parameters(temperature=0.5, reasoning_effort="low"),
    repeats=3,
)


def trouble(name: str) -> str:
    return "There is one already." if name == "Taken" else ""


def opened(qtbot: QtBot, look: Look, judge: JudgeConfig | None = None) -> JudgeForm:
    form = JudgeForm(look, (SERVER, OTHER), CALLS, trouble, lambda made: f"saved as {made.rater}", judge)  # type: ignore[arg-type]
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test lets it go
    qtbot.addWidget(form)
    form.show()
    return form


@pytest.fixture
def form(qtbot: QtBot, look: Look) -> JudgeForm:
    return opened(qtbot, look)


def typed(qtbot: QtBot, field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def told(signal: Any) -> Any:
    """What came with a signal that was waited for."""
    return signal.args[0]


def test_a_judge_is_made_of_name_model_and_mode(qtbot: QtBot, form: JudgeForm) -> None:
    typed(qtbot, form.name, "Strict")
    form.modes.buttons["sample"].click()
    with qtbot.waitSignal(form.given) as given:
        qtbot.mouseClick(form.save_button, Qt.MouseButton.LeftButton)
    judge = told(given)
    assert (judge.name, judge.connection, judge.model, judge.mode) == ("Strict", "one", "small", "sample")


def test_the_modes_say_what_they_cost(form: JudgeForm) -> None:
    said = [button.accessibleDescription() for button in form.modes.buttons.values()]
    assert said[0].startswith("4 calls for an answer.")
    assert said[1].startswith("2 calls for an answer.")
    assert said[2].startswith("One call for an answer.")


def test_a_taken_name_is_refused_in_place(qtbot: QtBot, form: JudgeForm) -> None:
    typed(qtbot, form.name, "Taken")
    assert not form.save_button.isEnabled()
    assert form._named.problem == "There is one already."


def test_a_judge_needs_a_model(qtbot: QtBot, form: JudgeForm) -> None:
    form.model.setEditText("")
    assert not form.save_button.isEnabled()
    assert "Which model?" in form._modeled.problem


def test_numbers_are_checked_while_typing(qtbot: QtBot, form: JudgeForm) -> None:
    form.more_button.click()
    typed(qtbot, form.parameters.temperature, "3")
    assert form.parameters.problem() == "Between 0 and 2, please."
    assert not form.save_button.isEnabled()
    typed(qtbot, form.parameters.temperature, "0,5")
    assert form.save_button.isEnabled()
    typed(qtbot, form.parameters.max_tokens, "many")
    assert form.parameters.problem() == "A number, please."


def test_another_connection_offers_its_own_models(qtbot: QtBot, form: JudgeForm) -> None:
    form.connection.setCurrentIndex(1)
    form.connection.activated.emit(1)
    judge = form.judge()
    assert judge is not None
    assert (judge.connection, judge.model, judge.api) == ("two", "huge", "responses")


def test_a_kept_judge_comes_back_as_it_was(qtbot: QtBot, look: Look) -> None:
    form = opened(qtbot, look, KEPT)
    assert form.judge() == KEPT
    assert form.said.text() == "saved as Careful"


def test_what_is_sent_is_asked_for_as_one_types(qtbot: QtBot, form: JudgeForm) -> None:
    with qtbot.waitSignal(form.preview_wanted) as wanted:
        form.instructions.setFocus()
        qtbot.keyClicks(form.instructions, "In Latin.")
    assert told(wanted).instructions in ("", "In Latin.")
    qtbot.waitUntil(lambda: not form._wait.isActive())


def test_escape_gives_nothing_back(qtbot: QtBot, form: JudgeForm) -> None:
    given: list[object] = []
    form.given.connect(given.append)
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert given == []


def panel_form(qtbot: QtBot, look: Look, panel: Panel | None = None) -> PanelForm:
    form = PanelForm(look, ["a", "b", "c"], trouble, panel)
    form.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test lets it go
    qtbot.addWidget(form)
    form.show()
    return form


def test_a_panel_has_at_least_two_judges(qtbot: QtBot, look: Look) -> None:
    form = panel_form(qtbot, look)
    for line in (0, 1):
        form.members.item(line).setCheckState(Qt.CheckState.Unchecked)
    assert not form.save_button.isEnabled()
    form.members.item(0).setCheckState(Qt.CheckState.Checked)
    form.rules["majority"].click()
    with qtbot.waitSignal(form.given) as given:
        form.save_button.click()
    assert told(given) == Panel(name="Panel", members=("a", "c"), rule="majority")


def test_a_kept_panel_comes_back_as_it_was(qtbot: QtBot, look: Look) -> None:
    kept = Panel(name="Taken", members=("a", "b"), rule="median")
    assert panel_form(qtbot, look, kept).panel() == kept
