"""Two guides side by side, or one alone, to read: taken out is struck through, put in is underlined. Never HTML."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCellFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from rubric_studio.ui.display_text import displayed
from rubric_studio.ui.guide.version_rows import Line, Piece, SideBySide
from rubric_studio.ui.look import Look

SIZES = {
    "title": ("reading", True),
    "strong": ("control", True),
    "text": ("control", False),
    "muted": ("control", False),
}

ROWS_AT_ONCE = 12


class SideBySideView(QTextEdit):
    """Writes rows into a table of two columns, or of one where there is only one guide."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._heads: tuple[str, ...] = ()
        self._rows: list[SideBySide] = []
        self._coming: Iterator[SideBySide] = iter(())
        self._turn = QTimer(self, interval=0, singleShot=True)
        self._turn.timeout.connect(self._write_some)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        look.changed.connect(self._write_again)

    def show_rows(self, heads: tuple[str, ...], rows: Iterable[SideBySide]) -> None:
        """Show other rows under these heads, one for each column: the first at once, the rest turn by turn."""
        self._heads, self._rows, self._coming = heads, [], iter(rows)
        self._begin()

    @property
    def is_whole(self) -> bool:
        """Whether everything is written."""
        return not self._turn.isActive()

    def _write_again(self) -> None:
        """Write the same in the look of now."""
        self._coming, self._rows = chain(self._rows, self._coming), []
        if self._heads:
            self._begin()

    def _begin(self) -> None:
        self.document().clear()
        self.document().setDocumentMargin(0)
        table = self._table(1)
        for column, head in enumerate(self._heads):
            self._fill(table, 0, column, ((Piece(head, size="strong"),),), "sunken")
        self._write_some()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _write_some(self) -> None:
        """Write a few rows: laying out hundreds at once would be felt."""
        some = list(islice(self._coming, ROWS_AT_ONCE))
        self._rows += some
        if some:
            whole = QTextCursor(self.document())
            whole.beginEditBlock()  # laid out once, not after every word
            table = self._table(len(some))
            for at, row in enumerate(some):
                self._write_row(table, at, row)
            whole.endEditBlock()
            self._turn.start()
        else:
            self._turn.stop()

    def _table(self, rows: int) -> QTextTable:
        """Put a table behind what is written; the empty line that Qt keeps between two tables shrinks to nothing."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        thin = QTextBlockFormat()
        thin.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.setBlockFormat(thin)
        return cursor.insertTable(rows, len(self._heads), self._table_format(len(self._heads)))

    def _write_row(self, table: QTextTable, at: int, row: SideBySide) -> None:
        ground = "window" if row.role == "part" else ""
        columns = table.columns()
        if row.role == "note" and columns > 1:
            table.mergeCells(at, 0, 1, columns)
        self._fill(table, at, 0, row.left, ground)
        if columns > 1 and row.role != "note":
            self._fill(table, at, 1, row.right, ground)

    def _fill(self, table: QTextTable, row: int, column: int, lines: Sequence[Line], ground: str) -> None:
        theme = self._look.theme
        cell = table.cellAt(row, column)
        look = QTextTableCellFormat()
        look.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignTop)
        look.setBottomBorder(theme.shape.hair)
        look.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        look.setBottomBorderBrush(QBrush(theme.color("line")))
        look.setPadding(theme.space.small)
        if ground:
            look.setBackground(theme.color(ground))
        cell.setFormat(look)
        cursor = cell.firstCursorPosition()
        for at, line in enumerate(lines):
            if at:
                cursor.insertBlock()
            for piece in line:
                cursor.insertText(displayed(piece.text)[0], self._format(piece))

    def _format(self, piece: Piece) -> QTextCharFormat:
        theme = self._look.theme
        size, bold = SIZES[piece.size]
        found = QTextCharFormat()
        font = QFont(self._look.font(size, bold=bold))
        found.setFont(font)
        found.setForeground(
            theme.color("text_muted" if piece.size == "muted" and not piece.place else "text")
        )
        if piece.place == "removed":
            found.setFontStrikeOut(True)
        if piece.place == "added":
            found.setFontUnderline(True)
        if piece.place:
            found.setBackground(theme.color(piece.place))
        return found

    def _table_format(self, columns: int) -> QTextTableFormat:
        found = QTextTableFormat()
        found.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        share = QTextLength(QTextLength.Type.PercentageLength, 100 / columns)
        found.setColumnWidthConstraints([share] * columns)
        found.setBorder(0)
        found.setBorderCollapse(True)
        found.setCellSpacing(0)
        return found
