"""A line in which a new point or part gets its title; nothing is made before it has one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class NewName(QLineEdit):
    """Enter makes it, Esc gives up, leaving makes it where something was typed. `named` carries "by Enter" too."""

    named = Signal(str, bool)
    left = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._done = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish(by_enter=True)
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self._finish(by_enter=False)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._finish(by_enter=False)

    def _finish(self, *, by_enter: bool) -> None:
        if self._done:
            return
        self._done = True
        title = " ".join(self.text().split())
        self.left.emit()
        if title:
            self.named.emit(title, by_enter)
