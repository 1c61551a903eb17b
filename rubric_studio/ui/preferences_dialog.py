"""The form for one person's preferences. It edits a copy and gives back a value, or nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.ui.first_start import LONGEST_NAME
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.preferences import FONT_PERCENTS, Preferences
from rubric_studio.ui.segmented import Segmented


class PreferencesDialog(QDialog):
    """Name, theme, size of text, and whether the first steps are shown again."""

    chosen = Signal(object)

    def __init__(self, look: Look, value: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._value = look, value
        self.setWindowTitle(self.tr("Preferences"))
        self.name_field = QLineEdit(value.person.name if value.person else "", maxLength=LONGEST_NAME)
        self.name_problem = PlainLabel(
            self.tr("Your name stands beside your marks: it cannot be empty."), "problem"
        )
        themes = [("system", self.tr("As on this computer"))]
        themes += [(name, heading(f"theme.{name}")) for name in ("light", "dark", "contrast")]
        self.theme_choice = Segmented(self.tr("Theme"), themes)
        self.theme_choice.set_value(value.theme)
        self.size_choice = QComboBox()
        for percent in FONT_PERCENTS:
            self.size_choice.addItem(self.tr("{percent} %").format(percent=percent), percent)
        self.size_choice.setCurrentIndex(max(self.size_choice.findData(value.font_percent), 0))
        self.tour_choice = QCheckBox(self.tr("Show the first steps again"))
        self.tour_choice.setEnabled(bool(value.tours_seen))
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.name_field.textChanged.connect(self._check)
        self._lay_out()
        self._check()

    def preferences(self) -> Preferences:
        """Return what the form says now."""
        name = " ".join(self.name_field.text().split())
        person = self._value.person
        changed = {
            "person": person.model_copy(update={"name": name}) if person else None,
            "theme": self.theme_choice.value(),
            "font_percent": self.size_choice.currentData(),
            "tours_seen": () if self.tour_choice.isChecked() else self._value.tours_seen,
        }
        return self._value.model_copy(update=changed)

    def accept(self) -> None:
        """Give the value back."""
        self.chosen.emit(self.preferences())
        super().accept()

    def _lay_out(self) -> None:
        space = self._look.theme.space
        form = QFormLayout()
        form.setHorizontalSpacing(space.large)
        form.setVerticalSpacing(space.medium)
        form.addRow(self.tr("Your name"), self.name_field)
        form.addRow("", self.name_problem)
        form.addRow(self.tr("Theme"), self.theme_choice)
        form.addRow(self.tr("Size of text"), self.size_choice)
        form.addRow("", self.tour_choice)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.wide)
        layout.setSpacing(space.wide)
        layout.addLayout(form)
        layout.addWidget(self.buttons)

    def _check(self) -> None:
        named = bool(self.name_field.text().strip()) or self._value.person is None
        self.name_problem.setVisible(not named)
        self.name_field.setEnabled(self._value.person is not None)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(named)
