"""Which key means what on the review page. The page does it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from rubric_studio.ui.undo_keys import REDO, UNDO

Key, Modifier = Qt.Key, Qt.KeyboardModifier

_PLAIN = {
    Key.Key_Return: "next",
    Key.Key_Enter: "next",
    Key.Key_Backspace: "back",
    Key.Key_Delete: "clear",
    Key.Key_Up: "point_above",
    Key.Key_Down: "point_below",
    Key.Key_PageUp: "page_up",
    Key.Key_PageDown: "page_down",
    Key.Key_Space: "page_down",
    Key.Key_Escape: "leave",
}
_SHIFTED = {
    Key.Key_Return: "back",
    Key.Key_Enter: "back",
    Key.Key_Space: "page_up",
    Key.Key_Down: "card_down",
    Key.Key_Up: "card_up",
    Key.Key_U: "walk_unsure",
    Key.Key_S: "walk_skipped",
}
_LETTERS = {
    "N": "not_applicable",
    "U": "unsure",
    "R": "why",
    "E": "evidence",
    "F": "flag",
    "M": "note",
    "S": "skip",
    "P": "precedents",
    "A": "examples",
    "I": "take_offer",
    "C": "checks",
    "Q": "question",
    "T": "reference",
    "L": "as_written",
    "W": "way",
    "O": "summary",
}


def grade_place(event: QKeyEvent) -> int | None:
    """Return which grade a digit means, best first: 1 to 9, then 0 for the tenth; None for another key."""
    text = event.text()
    plain = not event.modifiers() & ~(Modifier.KeypadModifier | Modifier.ShiftModifier)
    return (int(text) - 1) % 10 if plain and len(text) == 1 and text.isascii() and text.isdigit() else None


def command(event: QKeyEvent) -> str:
    """Return what a key asks for, "" where it asks for nothing here."""
    modifiers = event.modifiers() & ~Modifier.KeypadModifier
    key = Key(event.key())
    if modifiers == Modifier.ShiftModifier:
        return _SHIFTED.get(key, "")
    if modifiers:
        return ""
    return _PLAIN.get(key) or _LETTERS.get(event.text().upper(), "")


def undo_command(event: QKeyEvent) -> str:
    """Return "undo" or "redo" for their keys, "" for others."""
    keys = QKeySequence(event.keyCombination())
    return "undo" if keys in UNDO else "redo" if keys in REDO else ""


class KeyClaims(QObject):
    """Claims keys for a page before the window's menus see them. A filter, for Qt deletes in a widget's own `event`."""

    def __init__(self, takes: Callable[[QKeyEvent], bool], page: QObject) -> None:
        super().__init__(page)
        self._takes = takes

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if self._takes(event):
            event.accept()
            return True
        return False
