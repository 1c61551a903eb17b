"""Lets the undo keys reach the window when the text under the cursor has nothing of its own to undo."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

UNDO = (QKeySequence("Ctrl+Z"),)
REDO = (QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y"))
EditableText = QLineEdit | QTextEdit | QPlainTextEdit


class UndoKeys(QObject):
    """An event filter for the application.

    A text editor claims Ctrl+Z before any menu sees it, even where it has nothing to undo. The claim stands
    only where it has.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence(event.keyCombination())
            step = -1 if keys in UNDO else 1 if keys in REDO else 0
            if step and isinstance(watched, QWidget):
                event.setAccepted(edits_its_own(watched, step) is not None)
                return True
        return False


def edits_its_own(widget: QWidget | None, step: int) -> EditableText | None:
    """Return the text in the widget that can take something back (-1) or bring it back (1) by itself."""
    text = widget.findChild(QLineEdit) if isinstance(widget, QAbstractSpinBox) else widget
    if isinstance(text, QLineEdit):
        can = text.isUndoAvailable() if step < 0 else text.isRedoAvailable()
    elif isinstance(text, QTextEdit | QPlainTextEdit):
        document = text.document()
        can = document.isUndoAvailable() if step < 0 else document.isRedoAvailable()
    else:
        return None
    return text if can and not text.isReadOnly() else None
