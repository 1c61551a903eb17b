"""A field for Python: line numbers, four spaces for Tab, indents kept, the line of an error marked with its words.

It runs nothing: what is wrong comes from whoever does.
"""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontDatabase,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from rubric_studio.ui.guide.code_highlight import PythonColors
from rubric_studio.ui.guide.code_indent import indent_after, outdented, shifted
from rubric_studio.ui.guide.fields import Commit, TextField
from rubric_studio.ui.look import Look

MOST_LINES = 30
INDENT = "    "
FEWEST_LETTERS = 24  # of what is wrong, to be worth reading


class CodeEdit(TextField):
    """Finished by leaving it or Ctrl+Enter, like any text; Esc leaves, for Tab indents."""

    left = Signal()

    def __init__(self, look: Look, name: str, commit: Commit, parent: QWidget | None = None) -> None:
        super().__init__(name, commit, most_lines=MOST_LINES, parent=parent)
        self._look = look
        self._error: tuple[int, str] | None = None
        self.setTabChangesFocus(False)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._numbers = _Numbers(self)
        self.colors = PythonColors(self.document(), look.theme)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._on_update_requested)
        look.changed.connect(self._draw)
        self._draw()

    def error(self) -> tuple[int, str] | None:
        """Return the marked line, from 1, and what is wrong there."""
        return self._error

    def show_error(self, line: int | None, words: str) -> None:
        """Mark a line, from 1, with what is wrong; None takes the mark away."""
        self._error = (line, words) if line is not None and 1 <= line <= self.blockCount() else None
        self.setAccessibleDescription(self.tr("Line {0}: {1}").format(line, words) if self._error else "")
        self._mark()
        self._numbers.update()

    def insert(self, words: str) -> None:
        """Put words where the cursor stands."""
        self.insertPlainText(words)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, cursor = event.key(), self.textCursor()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape:
            self.commit()
            self.left.emit()
        elif key == Qt.Key.Key_Tab and plain:
            self._shift(1) if _several_lines(cursor) else self._to_next_stop(cursor)
        elif key == Qt.Key.Key_Backtab:
            self._shift(-1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            before = cursor.block().text()[: cursor.positionInBlock()]
            cursor.insertText("\n" + indent_after(before))
            self.ensureCursorVisible()
        elif key == Qt.Key.Key_Backspace and plain and not cursor.hasSelection() and self._outdent(cursor):
            pass
        else:
            super().keyPressEvent(event)

    def _to_next_stop(self, cursor: QTextCursor) -> None:
        at = cursor.positionInBlock()
        cursor.insertText(" " * (len(INDENT) - at % len(INDENT)))

    def _outdent(self, cursor: QTextCursor) -> bool:
        """Take a whole indent away where nothing but spaces stands before the cursor."""
        count = outdented(cursor.block().text()[: cursor.positionInBlock()])
        for _ in range(count):
            cursor.deletePreviousChar()
        return count > 0

    def _shift(self, step: int) -> None:
        """Move the selected lines an indent to the right or to the left."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        first, last = self.document().findBlock(start), self.document().findBlock(end)
        if last.position() == end and last != first:
            last = last.previous()
        cursor.beginEditBlock()
        block: QTextBlock = first
        while block.isValid() and block.position() <= last.position():
            line = QTextCursor(block)
            line.select(QTextCursor.SelectionType.LineUnderCursor)
            line.insertText(shifted(block.text(), step))
            block = block.next()
        cursor.endEditBlock()

    # ---- margin and marks

    def numbers_width(self) -> int:
        """Return how wide the margin with the line numbers is."""
        digits = max(2, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9" * digits) + 2 * self._look.theme.space.small

    def paint_numbers(self, painter: QPainter, rect: QRect) -> None:
        """Paint the numbers of the lines in sight, that of the error as a mark."""
        theme = self._look.theme
        painter.fillRect(rect, theme.color("sunken"))
        block, wrong = self.firstVisibleBlock(), self._error[0] if self._error else 0
        width = self._numbers.width() - theme.space.tiny
        while block.isValid():
            box = self.blockBoundingGeometry(block).translated(self.contentOffset()).toRect()
            if box.top() > rect.bottom():
                break
            number = block.blockNumber() + 1
            if number == wrong:
                painter.fillRect(
                    QRect(0, box.top(), self._numbers.width(), box.height()), theme.color("missed_soft")
                )
            painter.setPen(theme.color("missed" if number == wrong else "text_muted"))
            spot = QRect(0, box.top(), width, box.height())
            painter.drawText(spot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(number))
            block = block.next()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(QRect(inside.left(), inside.top(), self.numbers_width(), inside.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._error is not None:
            self._paint_error()

    def _paint_error(self) -> None:
        """Write what is wrong behind its line, or behind the line below or above where that is shorter."""
        assert self._error is not None
        line, words = self._error
        metrics = QFontMetrics(self._look.font("caption"))
        for at, arrow in ((line, ""), (line + 1, "\N{UPWARDS ARROW} "), (line - 1, "\N{DOWNWARDS ARROW} ")):
            spot = self._room_behind(at)
            if spot is not None and spot.width() >= metrics.averageCharWidth() * FEWEST_LETTERS:
                painter = QPainter(self.viewport())
                painter.setFont(self._look.font("caption"))
                painter.setPen(self._look.theme.color("missed"))
                shown = metrics.elidedText(arrow + words, Qt.TextElideMode.ElideRight, spot.width())
                painter.drawText(spot, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
                painter.end()
                return

    def _room_behind(self, line: int) -> QRect | None:
        """Return what is free behind a line's text, None where there is no such line."""
        block = self.document().findBlockByNumber(line - 1)
        if not block.isValid():
            return None
        space = self._look.theme.space
        box = self.blockBoundingGeometry(block).translated(self.contentOffset())
        left = int(box.left()) + self.fontMetrics().horizontalAdvance(block.text()) + space.large
        return QRect(left, int(box.top()), self.viewport().width() - left - space.small, int(box.height()))

    def _mark(self) -> None:
        selections: list[QTextEdit.ExtraSelection] = []
        if self._error is not None:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document().findBlockByNumber(self._error[0] - 1))  # type: ignore[attr-defined]
            mark.format.setBackground(self._look.theme.color("missed_soft"))  # type: ignore[attr-defined]
            mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)  # type: ignore[attr-defined]
            selections.append(mark)
        self.setExtraSelections(selections)

    def _on_update_requested(self, rect: QRect, dy: int) -> None:
        if dy:
            self._numbers.scroll(0, dy)
        else:
            self._numbers.update(0, rect.y(), self._numbers.width(), rect.height())

    def _make_room(self) -> None:
        self.setViewportMargins(self.numbers_width(), 0, 0, 0)

    def _draw(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self._look.theme.sizes.control)
        self.setFont(font)
        self.document().setDefaultFont(font)
        self.setStyleSheet(f'font-family: "{font.family()}"; font-size: {font.pixelSize()}px;')
        self.setTabStopDistance(QFontMetrics(font).horizontalAdvance(INDENT))
        self.colors.use(self._look.theme)
        self._make_room()
        self._mark()


class _Numbers(QWidget):
    """The margin with the line numbers."""

    def __init__(self, code: CodeEdit) -> None:
        super().__init__(code)
        self._code = code

    def sizeHint(self) -> QSize:
        return QSize(self._code.numbers_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._code.font())
        self._code.paint_numbers(painter, event.rect())
        painter.end()


def _several_lines(cursor: QTextCursor) -> bool:
    return cursor.hasSelection() and "\N{PARAGRAPH SEPARATOR}" in cursor.selectedText()
