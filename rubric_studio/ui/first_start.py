"""The very first page: her name, and three ways to begin. It opens nothing itself."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel

COLUMN_WIDTH = 420
LONGEST_NAME = 80


class FirstStart(QWidget):
    """Asks for a name; each wish carries it. With `waiting` a project is to be opened next: one button then."""

    example_requested = Signal(str)
    import_requested = Signal(str)
    open_requested = Signal(str)
    go_on_requested = Signal(str)

    def __init__(self, look: Look, *, waiting: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        dress(self, "page")
        self.name_field = QLineEdit(maxLength=LONGEST_NAME)
        self.name_field.setPlaceholderText(self.tr("First and last name"))
        self.name_field.setAccessibleName(self.tr("Your name"))
        self.example_button = QPushButton(self.tr("Try the example"))
        self.import_button = QPushButton(self.tr("Bring in my Excel"))
        self.open_button = QPushButton(self.tr("Open what a colleague sent"))
        self.go_on_button = QPushButton(self.tr("Go on to {project}").format(project=waiting))
        first = self.go_on_button if waiting else self.example_button
        dress(first, "primary")
        self._column = QWidget()
        self._buttons = {
            self.example_button: self.example_requested,
            self.import_button: self.import_requested,
            self.open_button: self.open_requested,
            self.go_on_button: self.go_on_requested,
        }
        for button, wish in self._buttons.items():
            button.clicked.connect(lambda _=False, wish=wish: wish.emit(self.name()))
        self.name_field.textChanged.connect(self._on_name_field_text_changed)
        self.name_field.returnPressed.connect(first.click)
        self._lay_out()
        for button in self._buttons:
            button.setVisible((button is self.go_on_button) == bool(waiting))
        self._on_name_field_text_changed()
        self.setFocusProxy(self.name_field)

    def name(self) -> str:
        """Return the name as it will stand beside marks."""
        return " ".join(self.name_field.text().split())

    def _lay_out(self) -> None:
        space = self._look.theme.space
        purpose = self.tr(
            "Read a model's answers, say what is good in them, and make that a test it learns from."
        )
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space.small)
        column.addStretch(2)
        column.addWidget(PlainLabel(self.tr("Welcome to Rubric Studio"), "title"))
        column.addWidget(PlainLabel(purpose, "muted", wrap=True))
        column.addSpacing(space.large)
        label = PlainLabel(self.tr("Your name"), "strong")
        label.setBuddy(self.name_field)
        column.addWidget(label)
        column.addWidget(self.name_field)
        column.addWidget(PlainLabel(self.tr("It stands beside your marks and decisions."), "caption"))
        column.addSpacing(space.large)
        for button in self._buttons:
            column.addWidget(button)
        column.addSpacing(space.large)
        promise = PlainLabel(
            self.tr("Everything stays on this computer until you say otherwise."), "muted", wrap=True
        )
        column.addWidget(promise)
        column.addStretch(3)
        self._column.setLayout(column)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.page, space.page, space.page, space.page)
        layout.addStretch(1)
        layout.addWidget(self._column, 8)
        layout.addStretch(1)
        self._look.changed.connect(self._limit_width)
        self._limit_width()

    def _limit_width(self) -> None:
        self._column.setMaximumWidth(COLUMN_WIDTH * self._look.theme.percent // 100)

    def _on_name_field_text_changed(self) -> None:
        for button in self._buttons:
            button.setEnabled(bool(self.name()))
