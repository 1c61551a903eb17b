"""Asks how an answer shall be known as a trick, and what a good guide gives it. Gives back both; knows no store."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel

LOW, HIGH = "low", "high"


class TrickDialog(QDialog):
    """`given` tells (name, "low" or "high")."""

    given = Signal(str, str)

    def __init__(self, look: Look, proposed: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Add to trick answers"))
        self.name_field = QLineEdit(proposed)
        self.name_field.setAccessibleName(self.tr("Name of the trick"))
        self.name_field.selectAll()
        self.low = QRadioButton(self.tr("A good guide scores it low"))
        self.high = QRadioButton(self.tr("A good guide scores it high"))
        self.low.setChecked(True)
        self._group = QButtonGroup(self)
        self._group.addButton(self.low)
        self._group.addButton(self.high)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        dress(self.buttons.button(QDialogButtonBox.StandardButton.Ok), "primary")
        self._lay_out(look)
        self.name_field.textChanged.connect(self._check)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._check()

    def accept(self) -> None:
        """Give name and expectation back."""
        if self._name():
            self.given.emit(self._name(), HIGH if self.high.isChecked() else LOW)
            super().accept()

    def _name(self) -> str:
        return " ".join(self.name_field.text().split())

    def _check(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self._name()))

    def _lay_out(self, look: Look) -> None:
        space = look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.large, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(PlainLabel(self.tr("What is the trick?"), "strong"))
        layout.addWidget(self.name_field)
        layout.addWidget(self.low)
        layout.addWidget(self.high)
        words = self.tr("It is tried with the others on the Results page, under every version of the guide.")
        layout.addWidget(PlainLabel(words, "caption", wrap=True))
        layout.addWidget(self.buttons)
        self.setMinimumWidth(60 * look.metrics("control").averageCharWidth())
