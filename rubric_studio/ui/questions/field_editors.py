"""Editors for one value of a reference field: chips for labels, a number, a text, yes or no, JSON for the rest."""

import json
from typing import Protocol

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from rubric_studio.domain.values import Json
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import button_text
from rubric_studio.ui.questions.reference_values import Sort, sort_of

ONE_LINE = 80
MOST_LINES = 8
NEW_LINES = 3


class ValueEditor(Protocol):
    """`value` raises ValueError, with what to do, where what was typed is no value."""

    changed: SignalInstance

    def value(self) -> Json: ...


class LabelsEditor(QWidget):
    """Labels as chips. Enter or a comma adds what is typed; clicking a chip, or Backspace, takes one away."""

    changed = Signal()

    def __init__(self, look: Look, labels: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._labels = look, list(labels)
        self._chips: list[QPushButton] = []
        self.field = QLineEdit(placeholderText=self.tr("Add a label, Enter or comma"))
        self.field.setAccessibleName(self.tr("New label"))
        self.field.textChanged.connect(self._on_text_changed)
        holder = QWidget()
        self._flow = FlowLayout(holder, spacing=look.theme.space.tiny)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.tiny)
        layout.addWidget(holder)
        layout.addWidget(self.field)
        self.setFocusProxy(self.field)
        self._show_chips()

    def value(self) -> Json:
        typed = self.field.text().strip()
        return [*self._labels, typed] if typed else list(self._labels)

    def chips(self) -> tuple[QPushButton, ...]:
        """Return the chips, in order."""
        return tuple(self._chips)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field.text().strip():
            self._add([self.field.text()])
        elif event.key() == Qt.Key.Key_Backspace and not self.field.text() and self._labels:
            self._remove(len(self._labels) - 1)
        else:
            super().keyPressEvent(event)

    def _add(self, labels: list[str]) -> None:
        self._labels += [label.strip() for label in labels if label.strip()]
        self.field.clear()
        self._show_chips()
        self.changed.emit()

    def _remove(self, place: int) -> None:
        del self._labels[place]
        self._show_chips()
        self.field.setFocus()
        self.changed.emit()

    def _show_chips(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for place, label in enumerate(self._labels):
            chip = QPushButton(button_text(label))
            dress(chip, "chip")
            chip.setAutoDefault(False)
            chip.setIcon(self._look.icon("close"))
            chip.setAccessibleName(self.tr("Remove {label}").format(label=label))
            chip.clicked.connect(lambda _=False, place=place: self._remove(place))
            self._flow.addWidget(chip)
            self._chips.append(chip)
            chip.show()
        self.updateGeometry()

    def _on_text_changed(self, text: str) -> None:
        if "," in text:
            self._add(text.split(","))
        else:
            self.changed.emit()


class NumberEditor(QLineEdit):
    """A number; whole numbers stay whole. None leaves the field empty until somebody types one."""

    changed = Signal()

    def __init__(self, look: Look, number: float | None, parent: QWidget | None = None) -> None:
        super().__init__("" if number is None else json.dumps(number), parent)
        self.setMaximumWidth(look.metrics("control").averageCharWidth() * 24)
        self.textChanged.connect(self.changed)

    def value(self) -> Json:
        text = self.text().strip().replace(" ", "").replace("\N{MINUS SIGN}", "-")
        try:
            number = json.loads(text)
        except ValueError:
            number = None
        if (
            isinstance(number, bool)
            or not isinstance(number, int | float)
            or number in (_INFINITY, -_INFINITY)
        ):
            raise ValueError(self.tr("A number with a point before its decimals, like 1630.50"))
        return number


_INFINITY = float("inf")


class LineEditor(QLineEdit):
    """A text of one line."""

    changed = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCursorPosition(0)
        self.textChanged.connect(self.changed)

    def value(self) -> Json:
        return self.text()


class TextEditor(QPlainTextEdit):
    """A longer text; Tab goes on to the next field."""

    changed = Signal()

    def __init__(self, look: Look, text: str, *, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlainText(text)
        self.setTabChangesFocus(True)
        line = look.metrics("control").lineSpacing()
        self.setMinimumHeight(line * min(lines, 3) + 2 * look.theme.space.medium)
        self.setMaximumHeight(line * lines + 2 * look.theme.space.medium)
        self.textChanged.connect(self.changed)

    def value(self) -> Json:
        return self.toPlainText()


class TruthEditor(QCheckBox):
    """Yes or no."""

    changed = Signal()

    def __init__(self, truth: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(self.tr("Yes"))
        self.setChecked(truth)
        self.toggled.connect(self.changed)

    def value(self) -> Json:
        return self.isChecked()


class JsonEditor(TextEditor):
    """Everything else, as JSON."""

    def __init__(self, look: Look, value: Json, parent: QWidget | None = None) -> None:
        text = json.dumps(value, ensure_ascii=False, indent=1)
        super().__init__(look, text, lines=min(MOST_LINES, text.count("\n") + 2), parent=parent)

    def value(self) -> Json:
        try:
            return json.loads(self.toPlainText(), parse_constant=_refuse)
        except ValueError as error:
            raise ValueError(self.tr("This is not JSON yet: {why}").format(why=str(error))) from error


def _refuse(name: str) -> None:
    raise ValueError(name)


def editor_for(look: Look, value: Json) -> QWidget:
    """Make the editor that fits a value; it has `changed` and `value()`."""
    sort = sort_of(value)
    if sort is Sort.LABELS:
        return LabelsEditor(look, value)
    if sort is Sort.NUMBER:
        return NumberEditor(look, value)
    if sort is Sort.TRUTH:
        return TruthEditor(value)
    if sort is Sort.TEXT and len(value) <= ONE_LINE and value.splitlines() in ([], [value]):
        return LineEditor(value)
    if sort is Sort.TEXT:
        return TextEditor(look, value, lines=min(MOST_LINES, value.count("\n") + len(value) // ONE_LINE + 2))
    return JsonEditor(look, value)


def empty_editor(look: Look, sort: Sort) -> QWidget:
    """Make the editor of a field that holds nothing yet."""
    if sort is Sort.NUMBER:
        return NumberEditor(look, None)
    if sort is Sort.LABELS:
        return LabelsEditor(look, [])
    return TruthEditor(False) if sort is Sort.TRUTH else TextEditor(look, "", lines=NEW_LINES)
