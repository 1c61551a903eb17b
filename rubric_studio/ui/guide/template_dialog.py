"""Choosing a template: what it is for, what it brings, which fields it needs. It changes no guide."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.templates import OpenField, Template
from rubric_studio.ui.guide.template_preview import TemplatePreview
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel


@dataclass(frozen=True)
class TemplateChoice:
    """What was decided: the filled template, the keys of the parts to take, whether it replaces the guide."""

    title: str
    rubric: Rubric
    parts: frozenset[str]
    replaces: bool


class TemplateDialog(QDialog):
    """`chosen` carries a TemplateChoice. `has_parts` says that there is a guide already."""

    chosen = Signal(object)

    def __init__(
        self,
        look: Look,
        offered: Sequence[Template],
        fields: Sequence[str],
        *,
        has_parts: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._offered, self._fields = look, offered, fields
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Begin with a template"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Templates"))
        self.list.setWordWrap(True)
        for template in offered:
            self.list.addItem(template.title)
        self.purpose = PlainLabel("", wrap=True)
        self.questions: dict[str, QComboBox] = {}
        self.preview = TemplatePreview(look)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        role = QDialogButtonBox.ButtonRole
        words = self.tr("Add to the guide") if has_parts else self.tr("Use it")
        self.use_button: QPushButton = self.buttons.addButton(words, role.AcceptRole)
        self.replace_button: QPushButton = self.buttons.addButton(
            self.tr("Replace the guide"), role.ActionRole
        )
        self.replace_button.setVisible(has_parts)
        self.use_button.setDefault(True)
        dress(self.use_button, "primary")
        self._lay_out()
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.replace_button.clicked.connect(lambda: self._finish(replaces=True))
        self.preview.changed.connect(self._check)
        self.list.currentRowChanged.connect(self._show)
        self.list.itemDoubleClicked.connect(lambda _: self.accept())
        self.list.setCurrentRow(0)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Give the choice back."""
        if self.use_button.isEnabled():
            self._finish(replaces=False)

    def _finish(self, *, replaces: bool) -> None:
        template = self._template()
        parts = frozenset(self.preview.taken())
        self.chosen.emit(TemplateChoice(template.title, self._filled(), parts, replaces))
        super().accept()

    def _template(self) -> Template:
        return self._offered[max(0, self.list.currentRow())]

    def _filled(self) -> Rubric:
        return self._template().filled(
            {name: box.currentText().strip() for name, box in self.questions.items()}
        )

    def _show(self) -> None:
        template = self._template()
        self.purpose.setText(template.purpose)
        self._ask(template.fields)
        self.preview.show_rubric(self._filled())
        self._check()

    def _ask(self, wanted: Sequence[OpenField]) -> None:
        """Ask for the fields that this template needs, the likeliest one of the project first."""
        for box in self._asked.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            self._asked_rows.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.questions = {}
        for field in wanted:
            box = QComboBox()
            box.setEditable(True)
            box.setAccessibleName(field.asks)
            box.addItems(list(self._fields))
            box.setEditText(field.guess(self._fields) or (self._fields[0] if self._fields else field.name))
            self._asked_rows.addWidget(PlainLabel(field.asks, "caption", wrap=True))
            self._asked_rows.addWidget(box)
            self.questions[field.name] = box
            box.editTextChanged.connect(self._check)
        self._asked.setVisible(bool(wanted))

    def _check(self) -> None:
        named = all(box.currentText().strip() for box in self.questions.values())
        can = named and bool(self.preview.taken())
        self.use_button.setEnabled(can)
        self.replace_button.setEnabled(can)

    def _lay_out(self) -> None:
        space, size = self._look.theme.space, self._look.theme.sizes.control
        self._asked = QWidget()
        self._asked_rows = QVBoxLayout(self._asked)
        self._asked_rows.setContentsMargins(0, 0, 0, 0)
        self._asked_rows.setSpacing(space.tiny)
        right = QVBoxLayout()
        right.setSpacing(space.medium)
        right.addWidget(self.purpose)
        right.addWidget(self._asked)
        right.addWidget(self.preview, 1)
        self.list.setMinimumWidth(size * 17)
        middle = QHBoxLayout()
        middle.setSpacing(space.large)
        middle.addWidget(self.list)
        middle.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(PlainLabel(self.tr("Begin with a template"), "title"))
        words = self.tr(
            "Take it whole or some of its parts, then make its words your own. One step takes it back."
        )
        layout.addWidget(PlainLabel(words, "muted", wrap=True))
        layout.addLayout(middle, 1)
        layout.addWidget(self.buttons)
        self.resize(size * 62, size * 46)
