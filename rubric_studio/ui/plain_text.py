"""Text from outside shown as it is: labels and tips that never take it for HTML, and so load nothing."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from rubric_studio.ui.look import dress


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


def set_tip(widget: QWidget, text: str) -> None:
    """Show a text when the pointer rests on a widget; Qt would take a text with tags for HTML."""
    widget.setToolTip(tip(text))


def tip(text: str) -> str:
    """Return a text in the form in which Qt shows it letter by letter in a tip, wrapped."""
    return f"<qt>{escape(text).replace(chr(10), '<br/>')}</qt>" if text else ""


def button_text(text: str) -> str:
    """Return a text for a button on which "&" stands for itself."""
    return text.replace("&", "&&")
