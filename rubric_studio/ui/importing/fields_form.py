"""Which column holds what: one choice per field of a shape."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QWidget

from rubric_studio.services.mapping import FIELDS, Mapping, Shape
from rubric_studio.ui.importing.column_choice import ColumnChoice
from rubric_studio.ui.importing.import_words import field_words
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel

BESIDE: dict[Shape, tuple[str, ...]] = {
    "question": (),
    "question_with_answers": ("rater",),
    "answer": ("prompt", "value", "reason", "rater"),
    "mark": (),
}
"""What may stand on such a line too."""


class FieldsForm(QWidget):
    """Gives back the columns by field; a field without a column is ""."""

    changed = Signal()

    def __init__(
        self, look: Look, shape: Shape, columns: list[str], mapping: Mapping, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.choices: dict[str, ColumnChoice] = {}
        self._others = {
            name: column for name, column in mapping.fields.items() if name not in _fields_of(shape)
        }
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(look.theme.space.medium)
        layout.setVerticalSpacing(look.theme.space.small)
        layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name in _fields_of(shape):
            words = field_words(shape, name)
            choice = ColumnChoice(words, columns)
            choice.choose(mapping.fields.get(name))
            choice.activated.connect(self.changed)
            layout.addRow(PlainLabel(words, wrap=True), choice)
            self.choices[name] = choice

    def fields(self) -> dict[str, str]:
        """Return the column of each field."""
        return self._others | {name: choice.column() for name, choice in self.choices.items()}


def _fields_of(shape: Shape) -> tuple[str, ...]:
    return (*FIELDS[shape], *BESIDE[shape])
