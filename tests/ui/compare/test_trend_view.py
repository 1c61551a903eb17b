"""Trend as a person reads it: a vague point that got clear words, and points that nobody changed."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from rubric_studio.ui.compare.trend_model import CHANGE, TITLE, WAY
from rubric_studio.ui.compare.trend_view import TrendView
from tests.ui.compare.compare_room import NEW_WORDS, session_on
from tests.ui.compare.test_agreement_view import empty


def shown(session, look, qtbot) -> TrendView:
    view = TrendView(session, look)
    qtbot.addWidget(view)
    view.resize(1340, 820)
    view.show()
    return view


@pytest.fixture
def view(session, look, qtbot) -> TrendView:
    view = shown(session, look, qtbot)
    qtbot.waitUntil(lambda: view.trend is not None, timeout=30_000)
    qtbot.waitUntil(lambda: not session.jobs.running)
    return view


def cell(view: TrendView, line: int, column: int) -> str:
    return view.model.index(line, column).data()


def test_points_that_were_reworded_stand_first_with_whether_it_helped(view):
    assert view.sentence.text() == "1 of 3 points was marked under more than one wording."
    assert cell(view, 0, TITLE) == "Says when the deadline ends"
    assert "→" in cell(view, 0, WAY)
    assert cell(view, 0, CHANGE).endswith("more alike")
    assert cell(view, 1, CHANGE) == ""


def test_the_paired_test_is_told_in_words_with_its_n(view):
    # Eight of the forty answers are held out: no wording is tuned on them, so they are not here.
    assert view.change.finding.text().startswith(
        "With the new words the same 32 answers were marked more alike: +"
    )
    assert "p < .001" in view.change.finding.text()


def test_what_changed_in_the_words_stands_at_the_step(view, qtbot):
    assert view.change.title.text().startswith("From version 1 to version 2")
    assert view.change.pane.text() == f"−Whether the answer is timely +{NEW_WORDS}"
    view.chart.setFocus()
    qtbot.keyClick(view.chart, Qt.Key.Key_Left)
    assert view.change.title.text().startswith("First wording, version 1")
    assert view.change.pane.text().startswith("Whether the answer is timely.")


def test_walking_the_list_shows_other_points(view, qtbot):
    view.setFocus()
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    assert view.card.title.text() == f"{cell(view, 1, TITLE)}: one wording so far"
    assert view.chart.line_count() == 1


def test_enter_in_the_plot_opens_the_answers(view, qtbot):
    with qtbot.waitSignal(view.samples_requested) as told:
        qtbot.keyClick(view.chart, Qt.Key.Key_Return)
    assert len(told.args[0]) == 32


def test_the_data_behind_the_plot_can_be_saved(view, tmp_path: Path):
    view.card.save_as("csv", tmp_path / "trend.csv")
    lines = (tmp_path / "trend.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("Versions,Since,Alike,from,to,Answers,People,Change,Wording")
    assert len(lines) == 3
    view.card.save_as("png", tmp_path / "trend.png")
    assert (tmp_path / "trend.png").stat().st_size > 1000


def test_where_no_two_people_marked_the_same_a_round_is_offered(look, qtbot, tmp_path, qapp):
    empty(tmp_path / "P.rubric", experts=1)
    with session_on(tmp_path / "P.rubric") as session:
        view = shown(session, look, qtbot)
        qtbot.waitUntil(lambda: view.nothing.isVisible(), timeout=30_000)
        view.setFocus()
        with qtbot.waitSignal(view.round_requested) as told:
            qtbot.keyClick(view.nothing.main_button, Qt.Key.Key_Space)
        assert told.args == [None]
        qtbot.waitUntil(lambda: not session.jobs.running, timeout=30_000)
