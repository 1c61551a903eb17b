"""The text inside a reading pane: one document, its marks painted, nothing loaded, nothing opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QLineF, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLine,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from rubric_studio.ui.document_style import style_document
from rubric_studio.ui.look import Look, dress

# Not by color alone: what is met has a solid line, what is partly met a dashed one, the rest a dotted one.
_LINES = {"met": Qt.PenStyle.SolidLine, "partly": Qt.PenStyle.DashLine}
ADDED, REMOVED = "added", "removed"
_UNDERLINES = {
    ADDED: QTextCharFormat.UnderlineStyle.SingleUnderline,
    REMOVED: QTextCharFormat.UnderlineStyle.DashUnderline,
}


@dataclass(frozen=True)
class Mark:
    """A range of the document and how it shows: underlined in `role`, or filled with it."""

    start: int
    end: int
    role: str
    filled: bool = False


class ReadingView(QTextBrowser):
    """Read-only text at most as wide as reads well. Ranges here count as Qt counts."""

    range_selected = Signal(int, int)
    place_clicked = Signal(int)
    link_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._marks: tuple[Mark, ...] = ()
        self._underlined: tuple[Mark, ...] = ()
        self._own: QTextDocument | None = None
        dress(self, "reading")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.anchorClicked.connect(self._on_anchor_clicked)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return None

    def show_document(self, document: QTextDocument, *, formatted: bool = False) -> None:
        """Show a document of which this view is the parent; the one before it is thrown away."""
        style_document(document, self._look, formatted=formatted)
        before, self._own = self._own, document
        self.setDocument(document)
        if before is not None and before is not document:
            before.deleteLater()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks instead of the ones before; painting anew for the same ones costs for nothing."""
        if self._marks == (wanted := tuple(marks)):
            return
        self._marks = wanted
        self._underlined = tuple(dict.fromkeys(mark for mark in marks if not mark.filled))
        self.setExtraSelections([self._filling(mark) for mark in marks if mark.filled])
        self.viewport().update()

    def reveal(self, start: int, end: int) -> None:
        """Scroll so that a range stands in the upper third."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(end, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        cursor.setPosition(start)
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect(cursor).top() - self.viewport().height() // 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._look.turns.later(self.fit_width)  # breaking a long text into lines anew takes its time
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._underlined:
            return
        first, last = self._visible_range()
        painter = QPainter(self.viewport())
        offset = QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        for mark in self._underlined:
            if mark.end > first and mark.start < last:
                self._underline(painter, mark, offset, last)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self.textCursor().hasSelection():
            self._tell_selection()
        else:
            self.place_clicked.emit(self.cursorForPosition(event.position().toPoint()).position())

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        super().keyReleaseEvent(event)
        if event.key() == Qt.Key.Key_Shift and self.textCursor().hasSelection():
            self._tell_selection()

    def _tell_selection(self) -> None:
        cursor = self.textCursor()
        self.range_selected.emit(cursor.selectionStart(), cursor.selectionEnd())

    def _on_anchor_clicked(self, link: QUrl) -> None:
        self.link_requested.emit(link.toString())

    def fit_width(self) -> None:
        """Break lines where they become too long to read."""
        sizes = self._look.theme.sizes
        widest = sizes.characters * self._look.metrics("reading").averageCharWidth()
        margins = 2 * self._look.theme.space.large
        self.setLineWrapColumnOrWidth(min(self.viewport().width(), widest + margins))

    def _filling(self, mark: Mark) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(mark.start)
        cursor.setPosition(mark.end, QTextCursor.MoveMode.KeepAnchor)
        style = QTextCharFormat()
        style.setBackground(self._look.theme.color(mark.role))
        style.setForeground(self._look.theme.color("text"))
        if mark.role in _UNDERLINES:
            style.setUnderlineStyle(_UNDERLINES[mark.role])
        selection.cursor, selection.format = cursor, style  # pyright: ignore[reportAttributeAccessIssue]
        return selection

    def _visible_range(self) -> tuple[int, int]:
        rect = self.viewport().rect()
        first = self.cursorForPosition(rect.topLeft()).block().position()
        last = self.cursorForPosition(rect.bottomRight()).block()
        return first, last.position() + last.length()

    def _underline(self, painter: QPainter, mark: Mark, offset: QPointF, last: int) -> None:
        color = self._look.theme.color(mark.role)
        painter.setPen(QPen(color, 2, _LINES.get(mark.role, Qt.PenStyle.DotLine), Qt.PenCapStyle.FlatCap))
        block = self.document().findBlock(mark.start)
        while block.isValid() and block.position() < min(mark.end, last):
            for line in lines_under(self.document(), block, mark.start, mark.end):
                painter.drawLine(line.translated(offset))
            block = block.next()


def lines_under(document: QTextDocument, block: QTextBlock, start: int, end: int) -> list[QLineF]:
    """Return the lines that run under a range's part in one block, in the document's coordinates."""
    layout = block.layout()
    origin = document.documentLayout().blockBoundingRect(block).topLeft()
    first, stop = max(0, start - block.position()), min(block.length() - 1, end - block.position())
    lines: list[QLineF] = []
    line = layout.lineForTextPosition(first) if first < stop else QTextLine()
    while line.isValid() and line.textStart() < stop:
        left, right = max(first, line.textStart()), min(stop, line.textStart() + line.textLength())
        under = origin.y() + line.y() + line.ascent() + line.descent() + 1
        finish = min(_x_of(line, right), line.x() + line.naturalTextWidth())  # not under a line's last space
        lines.append(QLineF(origin.x() + _x_of(line, left), under, origin.x() + finish, under))
        line = layout.lineAt(line.lineNumber() + 1)
    return lines


def _x_of(line: QTextLine, place: int) -> float:
    """Return where a letter begins; PySide gives the place back with it, which its types do not say."""
    found: Any = line.cursorToX(place)
    return found[0] if isinstance(found, tuple) else found
