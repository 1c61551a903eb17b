"""Evidence of several people in one text: each has a color, a kind of line and a letter. Reads no marks."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from rubric_studio.ui.evidence_ruler import TICK, EvidenceRuler
from rubric_studio.ui.look import Look
from rubric_studio.ui.reading_pane import ReadingPane
from rubric_studio.ui.reading_view import Mark, ReadingView, lines_under
from rubric_studio.ui.theme import Theme

INK = "rater"
SOFT = "_soft"
STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
COLORS = (0, 5, 2, 3, 1, 4)
"""Places in the house's colors for many things: neighbors are easily told apart on both grounds."""
STEP = 2.5
"""Pixels by which the second line under the same words lies lower."""


@dataclass(frozen=True)
class RaterInk:
    """The ink of one person: `place` gives color and line, `letter` stands beside the first line of a passage."""

    place: int
    letter: str

    @property
    def role(self) -> str:
        """The name under which marks carry it."""
        return f"{INK}{self.place}/{self.letter}"

    def color(self, theme: Theme) -> QColor:
        """Return its color, lighter on a dark ground."""
        color = theme.model_color(COLORS[self.place % len(COLORS)])
        return color.lighter(140) if theme.dark else color


def ink_of(role: str) -> RaterInk | None:
    """Return the ink that a mark carries, None where it is a role of the theme."""
    if not role.startswith(INK):
        return None
    place, _, letter = role.removesuffix(SOFT).removeprefix(INK).partition("/")
    return RaterInk(int(place), letter)


class RaterView(ReadingView):
    """A text with evidence of several people; lines under the same words lie below each other."""

    def show_document(self, document: QTextDocument, *, formatted: bool = False) -> None:
        super().show_document(document, formatted=formatted)
        letters = QFontMetrics(self._letter_font()).horizontalAdvance("MM")
        document.setDocumentMargin(max(self._look.theme.space.large, letters + self._look.theme.space.small))
        if formatted:
            self._enlarge_code(document)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setFont(self._letter_font())
        painter.setPen(self._look.theme.color("text"))  # not all inks are dark enough for letters this small
        for letter, place in self._letters():
            painter.drawText(place, letter)
        painter.end()

    def _letter_font(self) -> QFont:
        """Two letters find room in the margin."""
        font = self._look.font("caption", bold=True)
        font.setPixelSize(max(8, font.pixelSize() - 2))
        return font

    def _enlarge_code(self, document: QTextDocument) -> None:
        """Set code as large as the text around it: an answer that is all JSON is read like any other."""
        style = QTextCharFormat()
        style.setProperty(QTextFormat.Property.FontPixelSize, self._look.theme.sizes.reading)
        block, cursor = document.begin(), QTextCursor(document)
        cursor.beginEditBlock()
        while block.isValid():
            if block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence.value):
                part = QTextCursor(block)
                part.select(QTextCursor.SelectionType.BlockUnderCursor)
                part.mergeCharFormat(style)
            block = block.next()
        cursor.endEditBlock()

    def _underline(self, painter: QPainter, mark: Mark, offset: QPointF, last: int) -> None:
        ink = ink_of(mark.role)
        if ink is None:
            super()._underline(painter, mark, offset, last)
            return
        style = STYLES[ink.place % len(STYLES)]
        painter.setPen(QPen(ink.color(self._look.theme), 2, style, Qt.PenCapStyle.FlatCap))
        lower = QPointF(0, self._depth(mark) * STEP)
        for line in self._lines_of(self.document(), mark, last):
            painter.drawLine(line.translated(offset + lower))

    def _filling(self, mark: Mark) -> QTextEdit.ExtraSelection:
        ink = ink_of(mark.role)
        if ink is None:
            return super()._filling(mark)
        selection = super()._filling(Mark(mark.start, mark.end, "accent_soft", filled=True))
        style: QTextCharFormat = selection.format  # pyright: ignore[reportAttributeAccessIssue]
        style.setBackground(self._tint(ink))
        selection.format = style  # pyright: ignore[reportAttributeAccessIssue]
        return selection

    def _tint(self, ink: RaterInk) -> QColor:
        """Return the surface with a fifth of the ink: text on it stays as easy to read."""
        surface, color = self._look.theme.color("surface"), ink.color(self._look.theme)
        parts = (
            (getattr(surface, name)() * 4 + getattr(color, name)()) // 5 for name in ("red", "green", "blue")
        )
        return QColor(*parts)

    def _depth(self, mark: Mark) -> int:
        """How many other lines lie above it under words that they share."""
        above = [
            each
            for each in self._underlined
            if ink_of(each.role) and each.start < mark.end and mark.start < each.end and each != mark
        ]
        earlier = self._underlined.index(mark)
        return min(3, sum(self._underlined.index(each) < earlier for each in above))

    def _lines_of(self, document: QTextDocument, mark: Mark, last: int) -> list[QLineF]:
        found: list[QLineF] = []
        block = document.findBlock(mark.start)
        while block.isValid() and block.position() < min(mark.end, last):
            found += lines_under(document, block, mark.start, mark.end)
            block = block.next()
        return found

    def _letters(self) -> list[tuple[str, QPointF]]:
        """Where each passage begins, in the margin: letters of the same line stand one below the other."""
        metrics = QFontMetrics(self._letter_font())
        taken: dict[int, list[str]] = {}
        found: list[tuple[str, QPointF]] = []
        first, last = self._visible_range()
        for mark in self._underlined:
            ink = ink_of(mark.role)
            if ink is None or not (mark.end > first and mark.start < last):
                continue
            lines = lines_under(self.document(), self.document().findBlock(mark.start), mark.start, mark.end)
            if not lines:
                continue
            y = round(lines[0].y1() - self.verticalScrollBar().value())
            on_line = taken.setdefault(y, [])
            if ink.letter in on_line:
                continue
            column, row = divmod(len(on_line), 2)
            on_line.append(ink.letter)
            above = metrics.ascent() - 1 if row == 0 else 0
            place = QPointF(2 + column * metrics.horizontalAdvance(ink.letter), y - 3 - above)
            found.append((ink.letter, place))
        return found


class RaterRuler(EvidenceRuler):
    """A ruler whose ticks carry people's colors."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for tick in self.ticks():
            ink = ink_of(tick.role)
            color = self._look.theme.color(tick.role) if ink is None else ink.color(self._look.theme)
            inset = 1 if tick.selected else 3
            painter.fillRect(QRectF(inset, self.top_of(tick), self.width() - 2 * inset, TICK), color)
        painter.end()


def rater_pane(look: Look, name: str, parent: QWidget | None = None) -> ReadingPane:
    """Make a pane whose evidence is told apart by whose it is."""
    return ReadingPane(look, name, parent, view=RaterView(look), ruler=RaterRuler(look))
