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
        self._apply()

    def _apply(self) -> None:
        value = self._preferred.value
        name = theme_name(value, self._hints)
        theme = self._look.theme
        if (theme.name, theme.percent) != (name, value.font_percent):
            self._look.use(name, value.font_percent)


def theme_name(value: Preferences, hints: QStyleHints) -> str:
    """Return the theme to use; "system" follows this computer."""
    if value.theme != "system":
        return value.theme
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"
