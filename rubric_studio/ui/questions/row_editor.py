"""Changes the words and the reference of one question on a copy, and shows what is different. Knows no store."""

from typing import cast

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.row import Row
from rubric_studio.domain.values import Json
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, set_tip
from rubric_studio.ui.questions.difference_view import DifferenceView
from rubric_studio.ui.questions.field_editors import TextEditor, ValueEditor, editor_for

PROMPT_LINES = 9


class RowEditor(QDialog):
    """Gives back the changed row and why, or nothing."""

    changed = Signal(object, str)

    def __init__(self, look: Look, row: Row, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._row = look, row
        self.setWindowTitle(self.tr("Edit {id}").format(id=row.id))
        dress(self, "page")
        self.prompt_editors = [TextEditor(look, m.content, lines=PROMPT_LINES) for m in row.prompt]
        self.field_editors: dict[str, QWidget] = {}
        self._problems: dict[str, PlainLabel] = {}
        self._names: dict[str, QWidget] = {}
        self.difference = DifferenceView(look)
        self.reason_field = QLineEdit(placeholderText=self.tr("Why, in a few words"))
        self.reason_field.setAccessibleName(self.tr("Reason"))
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        dress(self.buttons.button(QDialogButtonBox.StandardButton.Save), "primary")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        for editor in self.prompt_editors:
            editor.changed.connect(self._check)
        self._check()

    def row(self) -> Row:
        """Return the row as the form says it; ValueError where a field is no value yet."""
        prompt = tuple(
            message.model_copy(update={"content": editor.toPlainText()})
            for message, editor in zip(self._row.prompt, self.prompt_editors, strict=True)
        )
        reference = {name: _value(editor) for name, editor in self.field_editors.items()}
        return self._row.model_copy(update={"prompt": prompt, "reference": reference})

    def accept(self) -> None:
        """Give the row back."""
        if self.buttons.button(QDialogButtonBox.StandardButton.Save).isEnabled():
            self.changed.emit(self.row(), " ".join(self.reason_field.text().split()))
            super().accept()

    def problem(self, name: str) -> str:
        """Return what is said under a field."""
        return self._problems[name].text()

    def _lay_out(self) -> None:
        space = self._look.theme.space
        body = QWidget()
        dress(body, "plain")
        self._form = QVBoxLayout(body)
        self._form.setContentsMargins(0, 0, space.medium, 0)
        self._form.setSpacing(space.tiny)
        for message, editor in zip(self._row.prompt, self.prompt_editors, strict=True):
            several = len(self._row.prompt) > 1
            name = message.role if several else self.tr("Question")
            editor.setAccessibleName(name)
            self._form.addWidget(PlainLabel(name, "strong"))
            self._form.addWidget(editor)
        if self._row.reference:
            self._form.addSpacing(space.small)
            self._form.addWidget(PlainLabel(self.tr("Reference"), "strong"))
        for name, value in self._row.reference.items():
            self._add_field(name, value)
        self._form.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.large, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(scroll, 5)
        layout.addWidget(self.difference, 2)
        layout.addWidget(self.reason_field)
        layout.addWidget(self.buttons)
        self._fit()

    def _fit(self) -> None:
        """Be as large as reads well, and no larger than the window behind."""
        metrics, parent = self._look.metrics("control"), self.parentWidget()
        size = QSize(110 * metrics.averageCharWidth(), 46 * metrics.lineSpacing())
        room = parent.window().size() if parent is not None else size
        self.resize(size.boundedTo(room * 0.95))

    def _add_field(self, name: str, value: Json) -> None:
        editor, problem = editor_for(self._look, value), PlainLabel("", "problem", wrap=True)
        editor.setAccessibleName(name)
        holder = QWidget()
        below = QVBoxLayout(holder)
        below.setContentsMargins(0, 0, 0, self._look.theme.space.tiny)
        below.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(name, "caption"), 1)
        remove = QToolButton()
        remove.setIcon(self._look.icon("close"))
        remove.setAccessibleName(self.tr("Take the field {name} away").format(name=name))
        set_tip(remove, remove.accessibleName())
        remove.clicked.connect(lambda: self._remove_field(name))
        head.addWidget(remove)
        below.addLayout(head)
        below.addWidget(editor)
        below.addWidget(problem)
        problem.hide()
        self.field_editors[name], self._problems[name], self._names[name] = editor, problem, holder
        cast(ValueEditor, editor).changed.connect(self._check)
        self._form.addWidget(holder)

    def _remove_field(self, name: str) -> None:
        del self.field_editors[name], self._problems[name]
        holder = self._names.pop(name)
        holder.hide()
        holder.deleteLater()
        self._check()

    def _check(self) -> None:
        fine = True
        for name, editor in self.field_editors.items():
            problem = _problem(editor)
            self._problems[name].setText(problem)
            self._problems[name].setVisible(bool(problem))
            fine = fine and not problem
        save = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setEnabled(fine and self.row() != self._row)
        if fine:
            self.difference.show_difference(self._row, self.row())


def _value(editor: QWidget) -> Json:
    return cast(ValueEditor, editor).value()


def _problem(editor: QWidget) -> str:
    try:
        _value(editor)
    except ValueError as error:
        return str(error)
    return ""
