"""A small button that is an icon, with its words for the pointer and for screen readers."""

from PySide6.QtWidgets import QToolButton, QWidget

from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import set_tip


class IconButton(QToolButton):
    """Follows the theme's color."""

    def __init__(self, look: Look, icon: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._icon_name = look, icon
        self.setAccessibleName(words)
        set_tip(self, words)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def _on_look_changed(self) -> None:
        self.setIcon(self._look.icon(self._icon_name))
