"""A button with a passage on it, in quotation marks: as much of it as the width holds, all of it as its tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from rubric_studio.ui.look import dress
from rubric_studio.ui.plain_text import button_text, set_tip
from rubric_studio.ui.safe_markdown import plain_words

LONGEST_QUOTE = 80
MOST_TOLD = 2_000
"""Letters of a passage that its tip holds."""
LEAST_LETTERS = 8


class QuoteButton(QPushButton):
    """One line, ended by dots where its room or 80 letters end. `words` is the passage without Markdown's signs."""

    def __init__(self, quote: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = plain_words(quote[:MOST_TOLD])
        self._line = " ".join(self.words.split())
        if len(self._line) > LONGEST_QUOTE:
            self._line = f"{self._line[: LONGEST_QUOTE - 1]}…"
        dress(self, "quote")
        set_tip(self, self.words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(_quoted(self._line))

    def sizeHint(self) -> QSize:
        return self._size(self._width_of(self._line))

    def minimumSizeHint(self) -> QSize:
        least = LEAST_LETTERS * self.fontMetrics().averageCharWidth()
        return self._size(min(least, self._width_of(self._line)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.width() - self._size(0).width()
        dots = Qt.TextElideMode.ElideRight
        whole = self._width_of(self._line) <= room
        self.setText(_quoted(self._line if whole else self.fontMetrics().elidedText(self._line, dots, room)))

    def _size(self, width: int) -> QSize:
        """Return how large it is around that many pixels of words."""
        hint = super().sizeHint()
        shown = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text()).width()
        marks = self._width_of(_quoted(""))
        return QSize(hint.width() - shown + marks + width, hint.height())

    def _width_of(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words)


def _quoted(words: str) -> str:
    return button_text(f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}")
