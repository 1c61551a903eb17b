"""A titled card of the page."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel


class Card(QFrame):
    """A frame with a heading; what it holds is added to `content`."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        self._heading = PlainLabel("", "strong")
        space = look.theme.space
        self.content = QVBoxLayout(self)
        self.content.setContentsMargins(space.wide, space.medium, space.wide, space.medium)
        self.content.setSpacing(space.small)
        self.content.addWidget(self._heading)

    def set_heading(self, heading: str) -> None:
        """Say what the card is about."""
        self._heading.setText(heading)
        self.setAccessibleName(heading)
