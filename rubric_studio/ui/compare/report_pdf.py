"""Print a report's page into a PDF for the file. May run on any thread: it touches no widget."""

import os
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from rubric_studio.domain.errors import StudioError

MARGIN_MM = 18.0
DOTS = 300
FOOT_POINTS = 9.0


def write_pdf(page: bytes, title: str, path: Path) -> int:
    """Write the PDF beside its place and rename it; how many pages it has.

    Raises:
        StudioError: the file cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        pages = _print(page, title, beside)
        beside.replace(path)
    except OSError as error:
        raise StudioError(
            "The report was not written",
            f"{error.strerror or error}.",
            "Close it elsewhere, or choose another folder.",
            file=path,
        ) from error
    finally:
        beside.unlink(missing_ok=True)
    return pages


def _print(page: bytes, title: str, path: Path) -> int:
    writer = QPdfWriter(str(path))
    writer.setResolution(DOTS)
    writer.setTitle(title)
    writer.setCreator("Rubric Studio")
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDocumentMargin(0)
    document.setHtml(page.decode("utf-8"))
    area = writer.pageLayout().paintRectPixels(DOTS)
    foot = round(FOOT_POINTS * DOTS / 72 * 2)
    size = QSizeF(area.width(), area.height() - foot)
    document.setPageSize(size)
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError(f"{path.parent} cannot be written to")
    try:
        for number in range(document.pageCount()):
            if number:
                writer.newPage()
            _paint(painter, document, number, size, title)
    finally:
        painter.end()
    return document.pageCount()


def _paint(painter: QPainter, document: QTextDocument, number: int, size: QSizeF, title: str) -> None:
    painter.save()
    painter.translate(0, -number * size.height())
    painter.setClipRect(0, round(number * size.height()), round(size.width()), round(size.height()))
    document.documentLayout().draw(painter, QAbstractTextDocumentLayout.PaintContext())
    painter.restore()
    font = painter.font()
    font.setPointSizeF(FOOT_POINTS)
    painter.setFont(font)
    baseline = round(size.height() + FOOT_POINTS * DOTS / 72 * 1.6)
    painter.drawText(0, baseline, title)
    told = f"{number + 1} / {document.pageCount()}"
    painter.drawText(round(size.width()) - painter.fontMetrics().horizontalAdvance(told), baseline, told)
