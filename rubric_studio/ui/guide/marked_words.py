"""Paints words that wrap, with what was searched for marked in them. It searches for nothing but the same words."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout, QTextOption

from rubric_studio.ui.theme import Theme


def places_of(needle: str, words: str) -> Iterator[int]:
    """Yield where the needle begins in the words, capitals or not."""
    folded, wanted = words.lower(), needle.lower()
    if len(folded) != len(words) or not wanted:  # a letter that is two small ones would shift the places
        folded, wanted = words, needle
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = folded.find(wanted, at + len(wanted))


def paint_words(painter: QPainter, box: QRect, words: str, needle: str, mark: QColor, theme: Theme) -> None:
    """Paint words into a box with the painter's font and pen, each place of the needle on a marked ground."""
    layout = QTextLayout(words.replace("\n", "\N{LINE SEPARATOR}"), painter.font())
    layout.setTextOption(QTextOption())
    marked = QTextCharFormat()
    marked.setBackground(mark)
    marked.setForeground(theme.color("text"))
    ranges = []
    for at in places_of(needle, words):
        place = QTextLayout.FormatRange()
        place.start, place.length, place.format = at, len(needle), marked
        ranges.append(place)
    layout.setFormats(ranges)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(box.width())
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    layout.draw(painter, QPointF(box.topLeft()))
