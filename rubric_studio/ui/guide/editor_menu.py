"""The small menu of a part or a point, its keys printed beside what they do."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from rubric_studio.ui.actions import key_text
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import set_tip

KEYS = {
    "point": "Ctrl+Shift+P",
    "part": "Ctrl+Shift+A",
    "copy": "Ctrl+D",
    "up": "Alt+Up",
    "down": "Alt+Down",
    "remove": "Ctrl+Shift+Del",
}
"""The editor's keys; `?` lists them."""


class MenuButton(QToolButton):
    """Opens the menu; `asked` names what was chosen."""

    asked = Signal(str)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(name)
        set_tip(self, name)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        for what, text in (
            ("copy", self.tr("Duplicate")),
            ("up", self.tr("Move up")),
            ("down", self.tr("Move down")),
            ("remove", self.tr("Take away")),
        ):
            action = self._menu.addAction(f"{text}\t{key_text(KEYS[what])}")
            action.triggered.connect(lambda _=False, what=what: self.asked.emit(what))
        self._draw()
        look.changed.connect(self._draw)

    def _draw(self) -> None:
        self.setIcon(self._look.icon("more"))


def with_key(text: str, what: str) -> str:
    """Return a button's text with its key printed behind it."""
    return f"{text}  {QKeySequence(KEYS[what]).toString(QKeySequence.SequenceFormat.NativeText)}"
