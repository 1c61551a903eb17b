"""The look of the house in larger type, for one window on a projector. The rest of the program keeps its size."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from rubric_studio.ui.icons import Icons
from rubric_studio.ui.look import Look
from rubric_studio.ui.theme import load_theme


class LargeLook(Look):
    """Handed to the widgets of that window; `put_on` gives the window its style sheet."""

    def __init__(self, look: Look, percent: int) -> None:
        QObject.__init__(self)  # the application keeps the look that it has
        self._around, self._percent = look, percent
        self._family, self._sheet_icons = look._family, look._sheet_icons
        self.turns, self.changed = look.turns, look.changed
        self.read()

    def read(self) -> None:
        """Take over the theme in use."""
        self._theme = load_theme(self._around.theme.name, self._percent)
        self._icons = Icons(self._theme)

    def put_on(self, window: QWidget) -> None:
        """Give a window the larger style."""
        self.read()
        # What has no size in the style sheet takes the application's: here it takes the larger one.
        window.setStyleSheet(f"* {{ font-size: {self._theme.sizes.control}px; }}\n{self._style_sheet()}")
