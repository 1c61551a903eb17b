"""Save a plot as a picture or its data as a table: whole or not at all. Asks for the file without waiting."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMarginsF,
    QRectF,
    QSaveFile,
    QSize,
    QStandardPaths,
    Qt,
)
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QWidget

from rubric_studio.domain.errors import StudioError
from rubric_studio.ui.choosing_files import choose_new_file
from rubric_studio.ui.look import Look
from rubric_studio.ui.results.chart import Chart
from rubric_studio.ui.results.figure import Cell, Figure
from rubric_studio.ui.results.legend import Sign, entry_size, paint_entry
from rubric_studio.ui.results.words import tr

SHARPNESS = 2
DECIMALS = 12
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def choose_target(
    parent: QWidget, title: str, name: str, ending: str, on_chosen: Callable[[Path], object]
) -> QFileDialog:
    """Let a place be chosen for a new file."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    proposed = Path(folder) / f"{name}.{ending}"
    return choose_new_file(parent, title, proposed, f"{ending.upper()} (*.{ending})", on_chosen)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and rename it.

    Raises:
        StudioError: the folder cannot be written to, or another program holds the file.
    """
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly) or file.write(content) < 0 or not file.commit():
        raise StudioError(
            tr("The file was not saved"),
            file.errorString() + ".",
            tr("Close it elsewhere, or choose another folder."),
            file=path.name,
        )


# ---- the data


def csv_bytes(figure: Figure) -> bytes:
    """The figure's lines as CSV; each says its guide and its rater. Excel takes it for UTF-8 by its mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    names, values = zip(*figure.source_cells, strict=True) if figure.source_cells else ((), ())
    writer.writerow([_harmless(name) for name in (*figure.columns, *names)])
    for at in range(figure.count):
        writer.writerow([_cell(cell) for cell in (*figure.line(at), *values)])
    return text.getvalue().encode("utf-8-sig")


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _harmless(cell)
    return round(cell, DECIMALS) if isinstance(cell, float) else cell


def _harmless(text: str) -> str:
    """A spreadsheet would run a text that begins like a formula; names come from files that somebody sent."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


# ---- the picture


class Picture:
    """A plot with its finding, its signs and its source, as large as it stands on the screen."""

    def __init__(self, look: Look, figure: Figure, signs: tuple[Sign, ...], chart: Chart) -> None:
        self._look, self._figure, self._signs, self._chart = look, figure, signs, chart
        self._edge = look.theme.space.large
        self._width = chart.width()
        self._title = self._lines_height(figure.title, "reading", bold=True)
        self._caption = self._lines_height(figure.caption, "caption", bold=False)
        self._places, self._signs_height = self._placed_signs()
        parts = (self._title, self._caption, self._signs_height, chart.height())
        self.size = QSize(self._width + 2 * self._edge, sum(parts) + 5 * self._edge)

    def png(self) -> bytes:
        """The picture in dots, twice as sharp as on the screen."""
        image = QImage(self.size * SHARPNESS, QImage.Format.Format_ARGB32)
        image.setDevicePixelRatio(SHARPNESS)
        image.fill(self._look.theme.color("surface"))
        self._paint_on(image)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
        return bytes(buffer.data().data())

    def svg(self) -> bytes:
        """The picture in lines, for print."""
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
        generator.setOutputDevice(buffer)
        generator.setSize(self.size)
        generator.setViewBox(QRectF(0, 0, self.size.width(), self.size.height()))
        generator.setTitle(self._figure.title)
        generator.setDescription(self._figure.caption)
        self._paint_on(generator)
        buffer.close()
        return bytes(content.data())

    def _paint_on(self, device: QImage | QSvgGenerator) -> None:
        painter = QPainter(device)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(
            QRectF(0, 0, self.size.width(), self.size.height()), self._look.theme.color("surface")
        )
        top = self._edge
        self._paint_text(painter, top, self._title, self._figure.title, "reading", bold=True)
        top += self._title + self._edge // 2
        self._paint_text(painter, top, self._caption, self._figure.caption, "caption", bold=False)
        top += self._caption + self._edge
        for sign, place in zip(self._signs, self._places, strict=True):
            paint_entry(painter, place.translated(self._edge, top), self._look, sign)
        top += self._signs_height + self._edge
        source = QRectF(self._chart.viewport().rect())
        target = QRectF(self._edge, top, source.width(), source.height())
        self._chart.render(painter, target, source.toRect())
        painter.end()

    def _paint_text(
        self, painter: QPainter, top: int, height: int, text: str, size: str, *, bold: bool
    ) -> None:
        painter.setFont(self._look.font(size, bold=bold))
        painter.setPen(self._look.theme.color("text" if bold else "text_muted"))
        box = QRectF(self._edge, top, self._width, height).marginsAdded(QMarginsF(0, 0, 0, 2))
        painter.drawText(box, Qt.TextFlag.TextWordWrap.value, text)

    def _lines_height(self, text: str, size: str, *, bold: bool) -> int:
        room = QRectF(0, 0, self._width, 10_000).toRect()
        return self._look.metrics(size, bold=bold).boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()

    def _placed_signs(self) -> tuple[list[QRectF], int]:
        gap, left, top, high = self._look.theme.space.medium, 0, 0, 0
        places: list[QRectF] = []
        for sign in self._signs:
            size = entry_size(self._look, sign)
            if left and left + size.width() > self._width:
                left, top = 0, top + size.height()
            places.append(QRectF(left, top, size.width(), size.height()))
            left, high = left + size.width() + gap, top + size.height()
        return places, high
