"""A field of a form with its caption above it and, under it, a line that explains or says what is wrong."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel


class Captioned(QWidget):
    """Wraps one widget. Without a hint or a problem there is no third line."""

    def __init__(
        self, look: Look, caption: str, field: QWidget, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field, self._hint = field, hint
        self._caption = PlainLabel(caption, "caption", wrap=True)
        self._caption.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(caption)
        self.note = PlainLabel("", "caption", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.space.tiny)
        column.addWidget(self._caption)
        is_narrow = field.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Maximum
        column.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag(0))
        column.addWidget(self.note)
        self._problem = ""
        self._say()

    @property
    def problem(self) -> str:
        """What is said to be wrong."""
        return self._problem

    def set_problem(self, problem: str) -> None:
        """Say what is wrong; "" takes it away."""
        if problem != self._problem:
            self._problem = problem
            self._say()

    def set_hint(self, hint: str) -> None:
        """Explain something else."""
        if hint != self._hint:
            self._hint = hint
            self._say()

    def _say(self) -> None:
        words = self._problem or self._hint
        self.note.setText(words)
        self.note.setVisible(bool(words))
        dress(self.note, "problem" if self._problem else "caption")
        self.field.setAccessibleDescription(words)
        self.field.setProperty("problem", bool(self._problem))
        dress(self.field, self.field.property("kind") or "")
