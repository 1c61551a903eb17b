"""The small menu of a part or a point, its keys printed beside what they do."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
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
    "part_up": "Alt+Shift+Up",
    "part_down": "Alt+Shift+Down",
    "remove": "Ctrl+Shift+Del",
    "fold": "Ctrl+Shift+F",
    "fold_all": "Ctrl+Shift+G",
    "template": "Ctrl+Shift+T",
    "find": "Ctrl+F",
    "next": "F3",
    "previous": "Shift+F3",
}
"""The editor's keys; `?` lists them."""

OF_A_POINT = ("copy", "up", "down", "part_up", "part_down", "remove")
OF_A_PART = ("copy", "up", "down", "fold_all", "remove")


class MenuButton(QToolButton):
    """Opens the menu; `asked` names what was chosen."""

    asked = Signal(str)

    def __init__(
        self, look: Look, name: str, offered: Sequence[str] = OF_A_POINT, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(name)
        set_tip(self, name)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        texts = {
            "copy": self.tr("Duplicate"),
            "up": self.tr("Move up"),
            "down": self.tr("Move down"),
            "part_up": self.tr("Move to the part above"),
            "part_down": self.tr("Move to the part below"),
            "fold_all": self.tr("Fold or unfold all parts"),
            "remove": self.tr("Take away"),
        }
        for what in offered:
            action = self._menu.addAction(f"{texts[what]}\t{key_text(KEYS[what])}")
            action.triggered.connect(lambda _=False, what=what: self.asked.emit(what))
        self._draw()
        look.changed.connect(self._draw)

    def _draw(self) -> None:
        self.setIcon(self._look.icon("more"))


def add_keys(editor: QWidget, obey: Callable[[str], object]) -> None:
    """Let the editor's keys ask for what they stand for."""
    for what, key in KEYS.items():
        shortcut = QShortcut(QKeySequence(key), editor)
        # A new point or part is begun from anywhere on the page; the rest is about what has the keyboard.
        anywhere = what in ("point", "part")
        shortcut.setContext(
            Qt.ShortcutContext.WindowShortcut if anywhere else Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        shortcut.activated.connect(lambda what=what: obey(what))


def with_key(text: str, what: str) -> str:
    """Return a button's text with its key printed behind it."""
    return f"{text}  {QKeySequence(KEYS[what]).toString(QKeySequence.SequenceFormat.NativeText)}"
