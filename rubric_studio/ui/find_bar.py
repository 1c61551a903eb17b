"""The bar above a text in which one types what to find. It does not search itself."""

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, set_tip


class FindBar(QFrame):
    """Enter goes to the next place, Shift+Enter to the one before, Esc closes."""

    changed = Signal(str)
    next_requested = Signal()
    previous_requested = Signal()
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        dress(self, "bar")
        self.field = QLineEdit(placeholderText=self.tr("Find in this text"))
        self.field.setAccessibleName(self.tr("Find in this text"))
        self.field.textChanged.connect(self.changed)
        self._count = PlainLabel("", "caption")
        self._buttons = {
            "up": self._button(self.tr("Previous place (Shift+Enter)"), self.previous_requested),
            "down": self._button(self.tr("Next place (Enter)"), self.next_requested),
            "close": self._button(self.tr("Close (Esc)"), self.closed),
        }
        layout = QHBoxLayout(self)
        space = look.theme.space
        layout.setContentsMargins(space.small, space.tiny, space.small, space.tiny)
        layout.setSpacing(space.tiny)
        layout.addWidget(self.field, 1)
        layout.addWidget(self._count)
        for button in self._buttons.values():
            layout.addWidget(button)
        look.changed.connect(self._draw_icons)
        self._draw_icons()

    def show_count(self, current: int, total: int) -> None:
        """Say which of how many places is shown; `current` counts from 1."""
        if not self.field.text():
            self._count.setText("")
        elif total == 0:
            self._count.setText(self.tr("Not found"))
        else:
            self._count.setText(self.tr("{current} of {total}").format(current=current, total=total))

    def count_text(self) -> str:
        """Return what the bar says was found."""
        return self._count.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.previous_requested if back else self.next_requested).emit()
        else:
            super().keyPressEvent(event)

    def _button(self, name: str, signal: SignalInstance) -> QToolButton:
        button = QToolButton(self)
        button.setAccessibleName(name)
        set_tip(button, name)
        button.clicked.connect(signal)
        return button

    def _draw_icons(self) -> None:
        for name, button in self._buttons.items():
            button.setIcon(self._look.icon(name))
