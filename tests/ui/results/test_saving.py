"""Plots saved as pictures and their data as tables."""

import csv
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from rubric_studio.domain.errors import StudioError
from rubric_studio.ui.results.figure import Figure
from rubric_studio.ui.results.results_page import ResultsPage
from rubric_studio.ui.results.saving import csv_bytes, write_whole


def test_a_plot_is_saved_as_png_and_svg(page: ResultsPage, tmp_path: Path) -> None:
    for card in page.plots.cards:
        card.save_as("png", tmp_path / "plot.png")
        image = QImage(str(tmp_path / "plot.png"))
        assert image.width() > 2 * card.chart.width()
        colors = {
            image.pixelColor(x, y).name()
            for x in range(0, image.width(), 9)
            for y in range(0, image.height(), 9)
        }
        assert len(colors) > 4
        card.save_as("svg", tmp_path / "plot.svg")
        drawing = ElementTree.parse(tmp_path / "plot.svg").getroot()
        title = drawing.find("{http://www.w3.org/2000/svg}title")
        assert title is not None
        assert title.text == card.title.text()


def test_the_data_say_their_guide_and_rater_on_every_line(page: ResultsPage, tmp_path: Path) -> None:
    page.plots.spread_card.save_as("csv", tmp_path / "spread.csv")
    with (tmp_path / "spread.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == 30
    assert lines[0]["Question"] == "tax-10"
    assert 0.40 < float(lines[0]["Mean"]) < 0.42
    assert all(line["Scoring guide"].startswith("Version 1") for line in lines)
    assert all("Model Judge" in line["Marked"] for line in lines)


def test_the_file_is_asked_for_without_waiting(qtbot: QtBot, page: ResultsPage, tmp_path: Path) -> None:
    card = page.plots.scores_card
    card.save_menu.actions()[2].trigger()
    dialog = card.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path / "scores.csv"))
    dialog.close()
    assert (tmp_path / "scores.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_folder_that_cannot_be_written_to_is_told(qtbot: QtBot, page: ResultsPage, tmp_path: Path) -> None:
    with qtbot.waitSignal(page.plots.failed) as failed:
        page.plots.scores_card.save_as("csv", tmp_path / "not there" / "scores.csv")
    assert failed.args is not None
    assert isinstance(failed.args[0], StudioError)


def test_a_failed_save_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    write_whole(tmp_path / "data.csv", b"first")
    write_whole(tmp_path / "data.csv", b"second")
    assert (tmp_path / "data.csv").read_bytes() == b"second"
    assert [path.name for path in tmp_path.iterdir()] == ["data.csv"]
    with pytest.raises(StudioError):
        write_whole(tmp_path, b"a folder is no file")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@sum", "\tx"])
def test_names_from_outside_never_become_formulas(text: str) -> None:
    figure = Figure("", "", ("Name",), 1, lambda _: (text,), lambda _: "", lambda _: None)  # pyright: ignore[reportArgumentType]
    assert csv_bytes(figure).decode("utf-8-sig").splitlines()[1].strip('"').startswith("'")
