"""One message of a way of asking: who says it, and its words."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from rubric_studio.domain.prompt import TemplateMessage
from rubric_studio.domain.row import Role
from rubric_studio.ui.guide.fields import TextField
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.icon_button import IconButton

MOST_LINES = 12


class PromptMessage(QFrame):
    """`changed` tells that something was typed, `entered` that the keyboard is in its text."""

    changed = Signal()
    entered = Signal()
    remove_requested = Signal()

    def __init__(self, look: Look, message: TemplateMessage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        self.role = QComboBox()
        for role, words in self._roles():
            self.role.addItem(words, role)
        self.role.setAccessibleName(self.tr("Who says it"))
        self.role.setCurrentIndex(max(0, self.role.findData(message.role)))
        self.text = _Words(self.tr("Words of the message"))
        self.text.type_in(message.content)
        self.remove_button = IconButton(look, "trash", self.tr("Remove this message"))
        space = look.theme.space
        head = QHBoxLayout()
        head.addWidget(self.role)
        head.addStretch(1)
        head.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(space.medium, space.small, space.medium, space.medium)
        column.setSpacing(space.small)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(self.text.problem)
        self.role.currentIndexChanged.connect(self.changed)
        self.text.textChanged.connect(self.changed)
        self.text.entered.connect(self.entered)
        self.remove_button.clicked.connect(self.remove_requested)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in its order."""
        return self.role, self.remove_button, self.text

    def message(self) -> TemplateMessage:
        """What it says."""
        role: Role = self.role.currentData()
        return TemplateMessage(role=role, content=self.text.toPlainText())

    def _roles(self) -> list[tuple[Role, str]]:
        return [
            ("user", self.tr("From the user")),
            ("developer", self.tr("Instructions (developer)")),
            ("system", self.tr("Instructions (system)")),
            ("assistant", self.tr("From the model")),
        ]


class _Words(TextField):
    """Tells when the keyboard comes in."""

    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name, lambda _: "", most_lines=MOST_LINES)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()
