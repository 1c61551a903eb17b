"""Lets the undo keys reach the window when the text under the cursor has nothing of its own to undo."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QTextEdit

UNDO = (QKeySequence("Ctrl+Z"),)
REDO = (QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y"))


class UndoKeys(QObject):
    """An event filter for whatever has the keyboard.

    A text claims Ctrl+Z before any menu sees it, even where it has nothing to undo. Here that claim is not
    even asked for; where it has something, the text decides as always.

    It does not filter for the application: then every event of every widget would pass through Python.
    """

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__(application)
        application.focusObjectChanged.connect(self._on_focus_object_changed)

    def _on_focus_object_changed(self, focused: QObject | None) -> None:
        if focused is not None:  # what had the keyboard once keeps the filter; another one replaces it
            focused.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        keys = QKeySequence(event.keyCombination())
        if (keys in UNDO and not _can_undo(watched)) or (keys in REDO and not _can_redo(watched)):
            event.ignore()
            return True
        return False


def _can_undo(widget: QObject) -> bool:
    text = _text_in(widget)
    if isinstance(text, QLineEdit):
        return text.isUndoAvailable()
    return text is not None and text.document().isUndoAvailable()


def _can_redo(widget: QObject) -> bool:
    text = _text_in(widget)
    if isinstance(text, QLineEdit):
        return text.isRedoAvailable()
    return text is not None and text.document().isRedoAvailable()


def _text_in(widget: QObject) -> QLineEdit | QTextEdit | QPlainTextEdit | None:
    text = widget.findChild(QLineEdit) if isinstance(widget, QAbstractSpinBox) else widget
    if isinstance(text, QLineEdit | QTextEdit | QPlainTextEdit) and not text.isReadOnly():
        return text
    return None
