"""Text from outside shown as it is: labels and tips that never take it for HTML, and so load nothing."""

import re
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from rubric_studio.ui.look import dress

LONGEST_WORD = 28
"""Letters from which on a word may break within: it would make what it stands in wider than there is room."""
BREAK = "\u200b"
LONGEST_TEXT, MOST_LINES = 10_000, 300
"""What a label shows at most: laying out a megabyte, as somebody's file may hold, takes half a minute."""

_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


class PlainLabel(QLabel):
    """A label that shows its text letter by letter; `kind` is one of the style sheet's."""

    def __init__(
        self, text: str = "", kind: str = "", *, wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setText(text)
        if kind:
            dress(self, kind)

    def setText(self, text: str) -> None:
        """Show a text; where lines are wrapped, a very long word is broken like any line."""
        self._said = text
        shown = shortened(text)
        super().setText(_LONG_WORD.sub(rf"\g<0>{BREAK}", shown) if self.wordWrap() else shown)

    def text(self) -> str:
        """Return the text as it was given."""
        return self._said


def shortened(text: str) -> str:
    """Return a text as far as a label shows it, and how many letters are left out."""
    short = "\n".join(text[:LONGEST_TEXT].split("\n", MOST_LINES)[:MOST_LINES])
    return text if len(short) == len(text) else f"{short}… (+{len(text) - len(short):,})"


def set_tip(widget: QWidget, text: str) -> None:
    """Show a text when the pointer rests on a widget; Qt would take a text with tags for HTML."""
    widget.setToolTip(tip(text))


def tip(text: str) -> str:
    """Return a text in the form in which Qt shows it letter by letter in a tip, wrapped."""
    return f"<qt>{escape(shortened(text)).replace(chr(10), '<br/>')}</qt>" if text else ""


def button_text(text: str) -> str:
    """Return a text for a button on which "&" stands for itself."""
    return text.replace("&", "&&")
