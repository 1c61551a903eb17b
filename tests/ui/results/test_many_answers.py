"""A hundred thousand answers: bars become an area, points a density image, and everything stays fluid."""

import time

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from rubric_studio.domain.ids import RowId, SampleKey
from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.columns import Columns
from rubric_studio.grader.verdict_column import verdict_column
from rubric_studio.services.board import Board, Entries, asked_by
from rubric_studio.services.results import by_model
from rubric_studio.ui.look import Look
from rubric_studio.ui.results.plots import Plots
from rubric_studio.ui.results.plotting import pyqtgraph
from rubric_studio.ui.results.view import View

ROWS, RUNS = 12_500, 8
RUBRIC = Rubric.model_validate(
    {"row_criteria": None, "strata": [{"key": "all", "criteria": [{"key": "good"}]}]}
)


@pytest.fixture(scope="module")
def view() -> View:
    """12,500 questions with 8 answers each, by two models, their scores drawn by a fixed seed."""
    count = ROWS * RUNS
    rows = np.repeat(np.arange(ROWS), RUNS)
    runs = np.tile(np.arange(RUNS), ROWS)
    ids = [RowId(f"q{row}") for row in range(ROWS)]
    infos = tuple(
        SampleInfo(at, SampleKey(""), ids[rows[at]], "alder" if runs[at] % 2 else "birch", int(runs[at]))
        for at in range(count)
    )
    values = np.random.default_rng(7).beta(2, 1.5, count)
    entries = Entries(np.arange(count), values, np.zeros(count, dtype=np.uint8), np.empty(0))
    none = Entries(np.empty(0, dtype=np.intp), np.empty(0), np.empty(0, dtype=np.uint8), np.empty(0))
    columns = Columns(count, {"good": verdict_column(count, values)})
    model_of = (runs % 2 == 0).astype(np.intp)
    board = Board(
        infos,
        tuple(ids),
        ("alder", "birch"),
        rows,
        model_of,
        columns,
        {"good": entries},
        none,
        0,
        asked_by(RUBRIC),
    )
    return View(
        board, RUBRIC, board.totals(RUBRIC), by_model(board), board.models, "", "Version 1", "as in training"
    )


def test_a_hundred_thousand_answers_are_drawn_in_a_moment(qtbot: QtBot, look: Look, view: View) -> None:
    plots = Plots(look)
    qtbot.addWidget(plots)
    plots.resize(1200, 900)
    plots.show()
    plots.show_view(view)
    began = time.thread_time()  # what this thread worked, however busy the machine is
    plots.show_view(view)
    plots.grab()
    assert time.thread_time() - began < 1.0
    assert plots.spread.is_density
    drawn = plots.spread.drawing.items
    assert any(isinstance(item, pyqtgraph.ImageItem) for item in drawn)
    assert not any(isinstance(item, pyqtgraph.ScatterPlotItem) for item in drawn)
    assert "12,500 questions" in plots.spread_card.title.text()


def test_each_of_many_questions_can_be_opened(qtbot: QtBot, look: Look, view: View) -> None:
    plots = Plots(look)
    qtbot.addWidget(plots)
    plots.show()
    plots.show_view(view)
    qtbot.keyClick(plots.spread, Qt.Key.Key_End)
    with qtbot.waitSignal(plots.opened) as opened:
        qtbot.keyClick(plots.spread, Qt.Key.Key_Return)
    assert opened.args is not None
    places = opened.args[1]
    assert len(places) == RUNS
    best = view.totals.score.reshape(ROWS, RUNS).mean(axis=1).argmax()
    assert set(view.board.row_of[places]) == {best}
