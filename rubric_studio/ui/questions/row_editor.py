"""Changes the words and the reference of one question on a copy, and shows what is different. Knows no store."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal
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
from rubric_studio.domain.values import Json, JsonObject
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, set_tip
from rubric_studio.ui.questions.difference_view import DifferenceView
from rubric_studio.ui.questions.field_editors import TextEditor, ValueEditor, editor_for, empty_editor
from rubric_studio.ui.questions.new_field import NewField
from rubric_studio.ui.questions.reference_values import Sort
from rubric_studio.ui.tab_order import in_reading_order, let_tab_follow

PROMPT_LINES = 9
FORM, DIFFERENCE = 5, 2
"""How the form and what is different share the height."""


class RowEditor(QDialog):
    """Gives back the changed row and why, or nothing. `fields` are those that other questions have."""

    changed = Signal(object, str)

    def __init__(
        self, look: Look, row: Row, fields: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._row = look, row
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Edit {id}").format(id=row.id))
        dress(self, "page")
        self.prompt_editors = [TextEditor(look, m.content, lines=PROMPT_LINES) for m in row.prompt]
        self.field_editors: dict[str, QWidget] = {}
        self._problems: dict[str, PlainLabel] = {}
        self._names: dict[str, QWidget] = {}
        self.new_field = NewField(look, lambda: self.field_editors, fields)
        self.new_field.named.connect(self._on_field_named)
        self.new_field.grown.connect(self._on_new_field_grown)
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
        reference: JsonObject = {name: _value(editor) for name, editor in self.field_editors.items()}
        return self._row.model_copy(update={"prompt": prompt, "reference": reference})

    def accept(self) -> None:
        """Give the row back; a field that is named but not added is added first, to be filled in."""
        if self.new_field.is_pending:
            self.new_field.finish()
        elif self.buttons.button(QDialogButtonBox.StandardButton.Save).isEnabled():
            self.changed.emit(self.row(), " ".join(self.reason_field.text().split()))
            super().accept()

    def problem(self, name: str) -> str:
        """Return what is said under a field."""
        return self._problems[name].text()

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self._body = body = QWidget()
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
        self._form.addSpacing(space.small)
        self._form.addWidget(PlainLabel(self.tr("Reference"), "strong"))
        self._fields = QVBoxLayout()
        self._fields.setSpacing(space.tiny)
        self._form.addLayout(self._fields)
        for name, value in self._row.reference.items():
            self._add_field(name, editor_for(self._look, value))
        self._form.addWidget(self.new_field)
        self._form.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.large, space.wide, space.large)
        layout.setSpacing(space.medium)
        self._scroll, self._whole = scroll, layout
        layout.addWidget(scroll, FORM)
        layout.addWidget(self.difference)
        layout.addWidget(self.reason_field)
        layout.addWidget(self.buttons)
        self._fit()

    def _fit(self) -> None:
        """Be as large as reads well, and no larger than the window behind."""
        metrics, parent = self._look.metrics("control"), self.parentWidget()
        size = QSize(110 * metrics.averageCharWidth(), 46 * metrics.lineSpacing())
        room = parent.window().size() if parent is not None else size
        self.resize(size.boundedTo(room * 0.95))

    def _add_field(self, name: str, editor: QWidget) -> None:
        problem = PlainLabel("", "problem", wrap=True)
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
        self._fields.addWidget(holder)
        holder.show()

    def _on_field_named(self, name: str, sort: Sort) -> None:
        editor = empty_editor(self._look, sort)
        self._add_field(name, editor)
        self._check()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        holder = self._names[name]
        QTimer.singleShot(0, holder, lambda: self._scroll.ensureWidgetVisible(holder))

    def _on_new_field_grown(self) -> None:
        """Keep the line and what is wrong with its name in sight, once they are laid out."""
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self.new_field))

    def focusNextPrevChild(self, next: bool) -> bool:
        """Go on in reading order: fields and labels are added and taken away."""
        parts = (self._body, self.difference)
        stops = [stop for part in parts for stop in in_reading_order(part)]
        let_tab_follow([*stops, self.reason_field, *in_reading_order(self.buttons)])
        return super().focusNextPrevChild(next)

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
            self._whole.setStretchFactor(self.difference, DIFFERENCE if self.row() != self._row else 0)


def _value(editor: QWidget) -> Json:
    return cast(ValueEditor, editor).value()


def _problem(editor: QWidget) -> str:
    try:
        _value(editor)
    except ValueError as error:
        return str(error)
    return ""
