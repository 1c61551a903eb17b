"""A small table to read: aligned, as high as its lines, never edited."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

MOST_LINES = 12


class PlainTable(QTableWidget):
    """Shows lines of text; the first column takes the width that is left."""

    def __init__(self, name: str, columns: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(0, len(columns), parent)
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(columns))
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)

    def set_lines(self, lines: Sequence[Sequence[str]]) -> None:
        """Replace all lines."""
        self.setRowCount(len(lines))
        for at, line in enumerate(lines):
            for column, text in enumerate(line):
                self.setItem(at, column, QTableWidgetItem(text))
        for column in range(1, self.columnCount()):
            self._align(column)
        self._fit_height()

    def lines(self) -> list[list[str]]:
        """What is shown."""
        return [
            [self._text(row, column) for column in range(self.columnCount())]
            for row in range(self.rowCount())
        ]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            QTimer.singleShot(0, self, self._fit_height)  # once the head has changed too

    def _align(self, column: int) -> None:
        """Let figures and their head stand at the right, where they can be compared."""
        side = Qt.AlignmentFlag.AlignRight if self._is_figures(column) else Qt.AlignmentFlag.AlignLeft
        head = self.horizontalHeaderItem(column)
        items = [self.item(row, column) for row in range(self.rowCount())]
        for item in (head, *items):
            if item is not None:
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)

    def _is_figures(self, column: int) -> bool:
        texts = [text for row in range(self.rowCount()) if (text := self._text(row, column))]
        return bool(texts) and all(any(letter.isdigit() for letter in text[:2]) for text in texts)

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return "" if item is None else item.text()

    def _fit_height(self) -> None:
        self.resizeRowsToContents()
        shown = min(self.rowCount(), MOST_LINES)
        scrolls = self.rowCount() > MOST_LINES
        always, never = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(always if scrolls else never)
        height = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        self.setFixedHeight(height + sum(self.rowHeight(at) for at in range(shown)) + 2)
