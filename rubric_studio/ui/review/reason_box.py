"""Where a reason is typed: kept on leaving it and after a short pause. Digits in it never score."""

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from rubric_studio.ui.look import Look

PAUSE_MS = 900
MOST_LINES = 5


class ReasonBox(QPlainTextEdit):
    """Enter keeps it and goes on (`done`), Shift+Enter begins a line, Esc keeps it and leaves (`left`)."""

    kept = Signal(str)
    done = Signal()
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._saved = ""
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Reason"))
        self.setPlaceholderText(self.tr("Why? Enter goes on, Esc leaves"))
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.keep)
        self.textChanged.connect(self._on_text_changed)
        look.changed.connect(self._fit)
        self._fit()

    def show_reason(self, reason: str) -> None:
        """Show a reason; one that is being typed is left alone."""
        if reason != self._saved or not self.hasFocus():
            self._saved = reason
            if reason != self.text():
                with QSignalBlocker(self):
                    self.setPlainText(reason)
                self._pause.stop()
        self._fit()

    def text(self) -> str:
        """Return the reason as it stands now."""
        return self.toPlainText().strip()

    def keep(self) -> None:
        """Hand in what was typed and is not kept yet."""
        self._pause.stop()
        if self.text() != self._saved:
            self._saved = self.text()
            self.kept.emit(self._saved)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Escape:
            self.keep()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift:
            self.keep()
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _on_text_changed(self) -> None:
        self._pause.start()
        self._fit()

    def _fit(self) -> None:
        """Be as high as the words, within reason."""
        lines = max(1, min(MOST_LINES, round(self.document().size().height())))
        margins = 2 * (self._look.theme.space.tiny + 2) + 2 * round(self.document().documentMargin())
        height = lines * self._look.metrics("control").lineSpacing() + margins
        if height != self.height():
            self.setFixedHeight(height)
