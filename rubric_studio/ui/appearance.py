"""Puts the preferred theme and size of text on the window, and follows this computer's own light and dark."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QStyleHints

from rubric_studio.ui.look import Look
from rubric_studio.ui.preferences import Preferences, Preferred


class Appearance(QObject):
    """Keeps a look as the preferences say."""

    def __init__(self, look: Look, preferred: Preferred, hints: QStyleHints, parent: QObject) -> None:
        super().__init__(parent)
        self._look, self._preferred, self._hints = look, preferred, hints
        preferred.changed.connect(self._apply)
        hints.colorSchemeChanged.connect(self._apply)
        self._look.use(*self._wanted())

    def _apply(self) -> None:
        theme = self._look.theme
        if (theme.name, theme.percent) != self._wanted():
            self._look.turn_to(*self._wanted())

    def _wanted(self) -> tuple[str, int]:
        value = self._preferred.value
        return theme_name(value, self._hints), value.font_percent


def theme_name(value: Preferences, hints: QStyleHints) -> str:
    """Return the theme to use; "system" follows this computer."""
    if value.theme != "system":
        return value.theme
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
