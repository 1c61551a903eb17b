"""The line in which one chooses a reference field and the value it must hold."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QFrame, QHBoxLayout, QLineEdit, QPushButton, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel


class FieldFilter(QFrame):
    """Enter takes the value, Esc closes.

    Args:
        values_of: values of a field to propose.
    """

    chosen = Signal(str, str)
    closed = Signal()

    def __init__(
        self, look: Look, values_of: Callable[[str], Iterable[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._values_of = values_of
        self.field_choice = QComboBox()
        self.field_choice.setAccessibleName(self.tr("Field"))
        self.field_choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContentsOnFirstShow)
        self.value_field = QLineEdit(placeholderText=self.tr("Value"))
        self.value_field.setAccessibleName(self.tr("Value it must hold"))
        self.value_field.setMaximumWidth(look.metrics("control").averageCharWidth() * 40)
        self.add_button = QPushButton(self.tr("Show these"))
        dress(self.add_button, "primary")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.small)
        layout.addWidget(self.field_choice)
        layout.addWidget(PlainLabel(self.tr("is or holds"), "muted"))
        layout.addWidget(self.value_field, 1)
        layout.addWidget(self.add_button)
        layout.addStretch(1)
        self.field_choice.currentIndexChanged.connect(self._propose)
        self.value_field.textChanged.connect(self._check)
        self.value_field.returnPressed.connect(self._take)
        self.add_button.clicked.connect(self._take)
        self._check()

    def set_fields(self, names: Sequence[str]) -> None:
        """Offer these fields."""
        current = self.field_choice.currentText()
        self.field_choice.clear()
        self.field_choice.addItems(list(names))
        self.field_choice.setCurrentIndex(max(0, self.field_choice.findText(current)))

    def begin(self) -> None:
        """Be ready for another value."""
        self.value_field.clear()
        self._propose()
        self.field_choice.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _propose(self) -> None:
        values = sorted(set(self._values_of(self.field_choice.currentText())))
        completer = QCompleter(values, self.value_field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.value_field.setCompleter(completer)

    def _check(self) -> None:
        self.add_button.setEnabled(bool(self.value_field.text().strip()) and self.field_choice.count() > 0)

    def _take(self) -> None:
        if self.add_button.isEnabled():
            self.chosen.emit(self.field_choice.currentText(), self.value_field.text().strip())
