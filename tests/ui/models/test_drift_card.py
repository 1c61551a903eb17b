"""What a check for drift found, as it stands on the page of judges."""

import pytest
from pytestqt.qtbot import QtBot

from rubric_studio.domain.estimate import Estimate
from rubric_studio.domain.ids import SampleKey
from rubric_studio.domain.judge import JudgeConfig
from rubric_studio.domain.run import RunPlan, RunState, RunSummary
from rubric_studio.services.drift import Changed, DriftReport, ServedBy
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.drift_card import DriftCard

JUDGE = JudgeConfig(name="Careful", model="m")
AT = "2026-11-22T14:02:31.123Z"
PLAN = RunPlan(purpose="drift", title="Careful", connection="c", connection_name="C", endpoint="e", model="m")


def run(state: RunState, done: int = 0) -> RunSummary:
    return RunSummary(id="run", plan=PLAN, state=state, at=AT, calls=4, done=done)


def report(same: Estimate, changed: tuple[Changed, ...] = ()) -> DriftReport:
    then, now = (ServedBy("m-1", "", 4),), (ServedBy("m-2", "", 4),)
    return DriftReport(JUDGE, AT, same, (), changed, 1, then, now)


@pytest.fixture
def card(qtbot: QtBot, look: Look) -> DriftCard:
    card = DriftCard(look)
    qtbot.addWidget(card)
    card.show()
    return card


def test_before_any_check_it_says_what_one_is(card: DriftCard) -> None:
    card.show_checks([], can_check=True)
    assert card.sentence.text().startswith("Behind a name a provider may put another model.")
    assert card.check_button.isEnabled()


def test_without_a_connection_nothing_can_be_checked(card: DriftCard) -> None:
    card.show_checks([], can_check=False)
    assert not card.check_button.isEnabled()


def test_a_check_under_way_sends_to_the_runs(card: DriftCard) -> None:
    card.show_checks([run(RunState.PAUSED)], can_check=True)
    assert card.sentence.text() == "A check is not through yet: see the runs."


def test_what_a_finished_check_found_is_asked_for(qtbot: QtBot, card: DriftCard) -> None:
    with qtbot.waitSignal(card.report_wanted) as wanted:
        card.show_checks([run(RunState.DONE, 4)], can_check=True)
    assert wanted.args == ["run"]


def test_it_says_how_much_is_the_same_what_changed_and_who_answers_now(card: DriftCard) -> None:
    changed = (Changed(SampleKey("0" * 32), "good", "fully", None, "Another matter."),)
    card.show_report(report(Estimate(20, 0.95, 0.8, 0.99), changed), {"good": "Sees it"})
    assert "the same grade as before on 95 % of 20 marks (80 – 99 %)" in card.sentence.text()
    assert card.details.text().splitlines() == [
        "Sees it: fully, now does not apply. Another matter.",
        "One mark did not come.",
        "Then it called itself m-1, now m-2.",
    ]


def test_a_check_without_marks_is_said_to_be_so(card: DriftCard) -> None:
    card.show_report(report(Estimate(0, None, reason="too few")), {})
    assert "brought no mark to compare" in card.sentence.text()
