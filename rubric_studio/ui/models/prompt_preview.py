"""What a model is given for one real question: every message with who says it. It asks nobody."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.prompt import PromptTemplate
from rubric_studio.domain.row import Message, Row
from rubric_studio.ui.display_text import displayed
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.icon_button import IconButton
from rubric_studio.ui.plain_text import PlainLabel

PAUSE_MS = 120
LONGEST = 20_000

ReadRow = Callable[[RowId], Row | None]


class PromptPreview(QWidget):
    """One question at a time; the buttons go through `rows`."""

    def __init__(self, look: Look, read: ReadRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._read = look, read
        self._rows: Sequence[RowId] = ()
        self._place = 0
        self._template: PromptTemplate | None = None
        self.heading = PlainLabel("", "strong")
        self.place = PlainLabel("", "caption")
        self.before = IconButton(look, "left", self.tr("Question before"))
        self.after = IconButton(look, "right", self.tr("Next question"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("What the model is given"))
        self.heading.setText(self.tr("What the model is given"))
        self._timer = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self._show)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        for widget in (self.place, self.before, self.after):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.space.small)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        self.before.clicked.connect(lambda: self._go(-1))
        self.after.clicked.connect(lambda: self._go(1))
        look.changed.connect(self._timer.start)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start(0)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def show_template(self, template: PromptTemplate) -> None:
        """Show another way of asking, soon."""
        self._template = template
        if self.isVisible():
            self._timer.start()

    def show_rows(self, rows: Sequence[RowId]) -> None:
        """Go through other questions, from the first."""
        if rows != self._rows:
            self._rows, self._place = rows, 0
            if self.isVisible():
                self._timer.start()

    def _go(self, step: int) -> None:
        self._place = max(0, min(len(self._rows) - 1, self._place + step))
        self._show()

    def _show(self) -> None:
        row = self._read(self._rows[self._place]) if self._place < len(self._rows) else None
        count = len(self._rows)
        self.place.setText(
            self.tr("Question {0} of {1}").format(self._place + 1, count) if row is not None else ""
        )
        self.before.setEnabled(self._place > 0)
        self.after.setEnabled(self._place < count - 1)
        self.text.clear()
        if row is None or self._template is None:
            self.text.setPlaceholderText(self.tr("There is no question to show it with yet."))
            return
        self._write(self._template.messages_for(row))
        if self._template.response is not None:
            self._add(self.tr("With it goes the form of the answer."), "text_muted", small=True)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _write(self, messages: Sequence[Message]) -> None:
        roles = {
            "user": self.tr("User"),
            "developer": self.tr("Developer"),
            "system": self.tr("System"),
            "assistant": self.tr("Model"),
        }
        for message in messages:
            self._add(roles.get(message.role, message.role), "text_muted", small=True)
            text, _ = displayed(message.content[:LONGEST])
            more = len(message.content) - LONGEST
            tail = self.tr("\n[{0} more letters]").format(more) if more > 0 else ""
            self._add(text + tail + "\n", "text")

    def _add(self, words: str, role: str, *, small: bool = False) -> None:
        look = QTextCharFormat()
        look.setForeground(self._look.theme.color(role))
        look.setFont(self._look.font("caption" if small else "control", bold=small))
        cursor = self.text.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(words + "\n", look)
