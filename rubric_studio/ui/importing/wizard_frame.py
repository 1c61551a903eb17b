"""The frame of a wizard: a title, one step at a time, and a footer whose buttons change with the step."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text

SIZE = (1040, 650)
LEAST = (760, 520)

Answer = Callable[[], object]


class WizardFrame(QDialog):
    """Whoever fills it says for each step what Back and the main button do."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps = QStackedWidget()
        self.title_label = PlainLabel("", "title", wrap=True)
        self.where_label = PlainLabel("", "caption")
        self.back_button = QPushButton(self.tr("Back"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.next_button = QPushButton()
        self._on_next: Answer = self.reject
        self._on_back: Answer = self.reject
        dress(self.next_button, "primary")
        for button in (self.back_button, self.cancel_button):
            button.setAutoDefault(False)
        self.back_button.clicked.connect(lambda: self._on_back())
        self.next_button.clicked.connect(lambda: self._on_next())
        self.cancel_button.clicked.connect(self.reject)
        self._place(look)

    def add_steps(self, steps: Iterable[QWidget]) -> None:
        """Take over the pages of the wizard."""
        for step in steps:
            self.steps.addWidget(step)

    @property
    def step(self) -> QWidget | None:
        """The step that is shown."""
        return self.steps.currentWidget()

    def show_step(self, step: QWidget, title: str = "", where: str = "") -> None:
        """Show a step under its title, and where one is among them."""
        self.steps.setCurrentWidget(step)
        self.title_label.setText(title)
        self.title_label.setVisible(bool(title))
        self.where_label.setText(where)
        step.setFocus()

    def offer(
        self,
        words: str = "",
        on_next: Answer | None = None,
        *,
        back: Answer | None = None,
        cancel: bool = True,
    ) -> None:
        """Say what the footer offers: the main button by its words, Back and Cancel where there are such."""
        self._on_next, self._on_back = on_next or self.reject, back or self.reject
        self.back_button.setVisible(back is not None)
        self.next_button.setText(button_text(words))
        self.next_button.setVisible(bool(words))
        self.cancel_button.setVisible(cancel)
        # A button of the last step that had the focus would stay the one that Enter presses.
        self.next_button.setDefault(True)
        self.allow_next(True)

    def allow_next(self, allowed: bool, why: str = "") -> None:
        """Enable the main button, or say why it is not."""
        self.next_button.setEnabled(allowed)
        self.next_button.setAccessibleDescription(why)

    def _place(self, look: Look) -> None:
        space = look.theme.space
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title_label, 1)
        head.addWidget(self.where_label, 0, Qt.AlignmentFlag.AlignBottom)
        foot.setSpacing(space.small)
        foot.addWidget(self.back_button)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.next_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.large, space.wide, space.large)
        layout.setSpacing(space.large)
        layout.addLayout(head)
        layout.addWidget(self.steps, 1)
        layout.addLayout(foot)
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)
