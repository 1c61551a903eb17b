"""The signs of many groups stand in columns, so that the plot keeps its room."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from pytestqt.qtbot import QtBot

from rubric_studio.ui.look import Look
from rubric_studio.ui.results.legend import Legend, Sign


def _paint_nothing(painter: QPainter, box: QRectF) -> None:
    pass


def shown(qtbot: QtBot, look: Look, count: int) -> Legend:
    """A legend of so many models, as wide as a card."""
    legend = Legend(look)
    qtbot.addWidget(legend)
    detail = "mean 0.39 (0.31 – 0.47), n 16"
    legend.show_signs(
        tuple(Sign(f"a_model_with_a_long_name_{at}", _paint_nothing, detail) for at in range(count))
    )
    legend.resize(590, 400)
    legend.show()
    return legend


def test_eight_models_take_four_lines_of_two(qtbot: QtBot, look: Look) -> None:
    legend = shown(qtbot, look, 8)
    assert legend.heightForWidth(590) < 4 * 3 * look.metrics("control").height()
    assert legend.heightForWidth(590) < 0.7 * 8 * (look.metrics("control").height() + look.theme.space.medium)
    assert legend.words()[0] == "a_model_with_a_long_name_0: mean 0.39 (0.31 – 0.47), n 16"


def test_few_signs_stay_in_a_line(qtbot: QtBot, look: Look) -> None:
    assert shown(qtbot, look, 1).heightForWidth(590) < 2 * look.metrics("control").height()
