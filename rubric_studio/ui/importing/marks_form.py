"""Who gave the marks, on which scale, and which point of the scoring guide they speak of."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.checking_imports import Marking
from rubric_studio.services.planning import RaterKind, guide_with_point
from rubric_studio.ui.importing.import_words import shortened
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look
from rubric_studio.ui.number_text import weight_text
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.segmented import Segmented

NEW_POINT = ""


class MarksForm(QWidget):
    """`has_point` and `has_rater` say that the file's lines name these themselves."""

    changed = Signal()

    def __init__(
        self, look: Look, guide: Rubric, people: Sequence[str], person: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._guide = guide
        self.kind_choice = Segmented(
            self.tr("Who gave the marks"),
            [("expert", self.tr("A person")), ("judge", self.tr("A model"))],
        )
        self.rater_field = QComboBox(editable=True)
        self.rater_field.addItems(list(people))
        self.rater_field.setCurrentText(person)
        self.rater_field.setAccessibleName(self.tr("Name of who gave the marks"))
        self.worst_field, self.best_field = QLineEdit(), QLineEdit()
        self.worst_field.setAccessibleName(self.tr("The number of the worst mark"))
        self.best_field.setAccessibleName(self.tr("The number of the best mark"))
        self.point_choice = QComboBox()
        self.point_choice.setAccessibleName(self.tr("The point they speak of"))
        self._form = QFormLayout(self)
        self._person = person
        self._fill_points()
        self._lay_out(look)
        self.kind_choice.chosen.connect(self._on_kind_choice_chosen)
        self.rater_field.editTextChanged.connect(self.changed)
        self.point_choice.activated.connect(self.changed)
        for field in (self.worst_field, self.best_field):
            field.textEdited.connect(self.changed)

    def show_scale(self, scale: tuple[float, float]) -> None:
        """Show a proposed scale."""
        for field, number in zip((self.worst_field, self.best_field), scale, strict=True):
            field.setText(weight_text(number).replace("\N{MINUS SIGN}", "-"))

    def ask(self, *, point: bool, rater: bool) -> None:
        """Ask what the file's lines do not name themselves."""
        self._form.setRowVisible(self.point_choice, point)
        self._form.setRowVisible(self.rater_field, rater)

    def scale(self) -> tuple[float, float] | None:
        """Return the worst and the best number; None where they make no scale."""
        worst, best = (_number(field.text()) for field in (self.worst_field, self.best_field))
        return None if worst is None or best is None or worst == best else (worst, best)

    def rater(self) -> str:
        """Return the name of who gave the marks."""
        return " ".join(self.rater_field.currentText().split())

    def marking(self) -> tuple[Marking, str]:
        """Return who marked, with the guide as it shall be; and the key of the point they speak of."""
        kind: RaterKind = "judge" if self.kind_choice.value() == "judge" else "expert"
        key = self.point_choice.currentData()
        guide = self._guide
        if key == NEW_POINT and self._form.isRowVisible(self.point_choice):
            guide, key = guide_with_point(guide, self.tr("Whole answer"), self.tr("Overall"))
        return Marking(kind, self.rater(), guide), key

    def problem(self) -> str:
        """Say what is missing, "" where nothing is."""
        if self.scale() is None:
            return self.tr("Two different numbers are needed for the worst and the best mark.")
        if self._form.isRowVisible(self.rater_field) and not self.rater():
            return self.tr("Say who gave the marks.")
        return ""

    def _fill_points(self) -> None:
        self.point_choice.addItem(self.tr("A new point: Overall"), NEW_POINT)
        for criterion in self._guide.criteria():
            if criterion.is_judged:
                title = criterion.title or criterion.key
                self.point_choice.addItem(shortened(title, 60), str(criterion.key))
                if title == self.tr("Overall"):
                    self.point_choice.setCurrentIndex(self.point_choice.count() - 1)

    def _lay_out(self, look: Look) -> None:
        space = look.theme.space
        scale = QHBoxLayout()
        scale.setSpacing(space.small)
        width = look.metrics("control").horizontalAdvance("0" * 6) + 2 * space.medium
        for words, field in ((self.tr("worst"), self.worst_field), (self.tr("best"), self.best_field)):
            field.setFixedWidth(width)
            scale.addWidget(PlainLabel(words, "caption"))
            scale.addWidget(field)
        scale.addStretch(1)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(space.medium)
        self._form.setVerticalSpacing(space.small)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.addRow(PlainLabel(heading("verdict", 2), "strong"))
        self._form.addRow(PlainLabel(self.tr("Given by")), self.kind_choice)
        self._form.addRow(PlainLabel(self.tr("Name")), self.rater_field)
        self._form.addRow(PlainLabel(self.tr("Numbers")), scale)
        self._form.addRow(PlainLabel(self.tr("They speak of")), self.point_choice)

    def _on_kind_choice_chosen(self, kind: str) -> None:
        """A person's name is no model's."""
        if kind == "judge" and self.rater() == self._person:
            self.rater_field.setCurrentText("")
        elif kind == "expert" and not self.rater():
            self.rater_field.setCurrentText(self._person)
        self.changed.emit()


def _number(text: str) -> float | None:
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return number if abs(number) < 1e9 else None
