"""What narrows the table: words to look for, chips for decision, flags and answers, fields that hold a value."""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from rubric_studio.domain.listing import RowQuery
from rubric_studio.ui.clear_button import name_clear_button
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import button_text, set_tip
from rubric_studio.ui.questions.field_filter import FieldFilter

TYPING_MS = 180
LONGEST_CHIP = 36

Decision = Literal["open", "keep", "fix", "drop"]
DECISIONS: tuple[Decision, ...] = ("open", "keep", "fix", "drop")


class FilterBar(QWidget):
    """`changed` tells that `query` says something else; typing is told after a short pause."""

    changed = Signal()
    left = Signal()

    def __init__(
        self, look: Look, values_of: Callable[[str], Iterable[str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._fields: list[tuple[str, str]] = []
        self._field_chips: list[QPushButton] = []
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self.changed)
        self.search_field = SearchField(self.tr("Search questions (Ctrl+F)"))
        self.search_field.setAccessibleName(self.tr("Search questions"))
        self._search_icon = QAction(self)
        self.search_field.addAction(self._search_icon, QLineEdit.ActionPosition.LeadingPosition)
        self.decision_chips: dict[Decision, QPushButton] = {
            name: self._decision_chip(name) for name in DECISIONS
        }
        self.flagged_chip = self._chip(self.tr("Flagged"))
        self.answered_chip = self._chip(self.tr("With answers"))
        self.field_button = self._chip(self.tr("Field…"))
        set_tip(self.field_button, self.tr("Only questions of which a field holds a certain value"))
        self.clear_button = QPushButton(self.tr("Clear filters"))
        dress(self.clear_button, "link")
        self.field_filter = FieldFilter(look, values_of)
        self._lay_out()
        self._connect()
        self._show_clear()

    def query(self) -> RowQuery:
        """Return which rows are asked for; the order is not chosen here."""
        chosen: list[Decision] = [name for name in DECISIONS if self.decision_chips[name].isChecked()]
        return RowQuery(
            search=self.search_field.text().strip(),
            decision=chosen[0] if chosen else "any",
            flagged=True if self.flagged_chip.isChecked() else None,
            answered=True if self.answered_chip.isChecked() else None,
            reference=tuple(self._fields),
        )

    def is_filtering(self) -> bool:
        """Whether any row may be left out."""
        return self.query() != RowQuery()

    def clear(self) -> None:
        """Ask for every row again."""
        if not self.is_filtering():
            return
        for widget in (self.search_field, *self._toggles()):
            with QSignalBlocker(widget):
                widget.clear() if isinstance(widget, QLineEdit) else widget.setChecked(False)
        self._fields.clear()
        self._show_fields()
        self._tell()

    def set_fields(self, names: Sequence[str]) -> None:
        """Offer these reference fields."""
        self.field_filter.set_fields(names)
        self.field_button.setVisible(bool(names))

    def add_field(self, name: str, value: str) -> None:
        """Ask only for rows of which a field holds a value."""
        if (name, value) not in self._fields:
            self._fields.append((name, value))
            self._show_fields()
            self._tell()

    def field_chips(self) -> tuple[QPushButton, ...]:
        """Return the chips of fields and values that are asked for."""
        return tuple(self._field_chips)

    def _toggles(self) -> tuple[QPushButton, ...]:
        return (*self.decision_chips.values(), self.flagged_chip, self.answered_chip)

    def _chip(self, text: str) -> QPushButton:
        chip = QPushButton(button_text(text), self)
        chip.setCheckable(True)
        dress(chip, "chip")
        return chip

    def _decision_chip(self, name: str) -> QPushButton:
        chip = self._chip(heading(f"decision.{name}"))
        chip.toggled.connect(lambda on, chip=chip: self._on_decision_chip_toggled(chip, on))
        return chip

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self._flow = FlowLayout(spacing=space.small - 2)
        for widget in (self.search_field, *self._toggles(), self.field_button, self.clear_button):
            self._flow.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.small)
        layout.addLayout(self._flow)
        layout.addWidget(self.field_filter)
        self.field_filter.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _connect(self) -> None:
        self.search_field.textChanged.connect(self._on_search_changed)
        self.search_field.left.connect(self.left)
        self.flagged_chip.toggled.connect(self._tell)
        self.answered_chip.toggled.connect(self._tell)
        self.field_button.toggled.connect(self._on_field_button_toggled)
        self.clear_button.clicked.connect(self.clear)
        self.field_filter.chosen.connect(self._on_field_filter_chosen)
        self.field_filter.closed.connect(lambda: self.field_button.setChecked(False))
        self._look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def _tell(self) -> None:
        self._typing.stop()
        self._show_clear()
        self.changed.emit()

    def _show_clear(self) -> None:
        self.clear_button.setVisible(self.is_filtering())

    def _show_fields(self) -> None:
        for chip in self._field_chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._field_chips = [self._field_chip(name, value) for name, value in self._fields]
        for widget in (self.field_button, self.clear_button):  # they stay behind the new chips
            self._flow.removeWidget(widget)
        for widget in (*self._field_chips, self.field_button, self.clear_button):
            self._flow.addWidget(widget)

    def _field_chip(self, name: str, value: str) -> QPushButton:
        words = self.tr("{field}: {value}").format(field=name, value=value)
        chip = self._chip(words if len(words) <= LONGEST_CHIP else f"{words[: LONGEST_CHIP - 1]}…")
        chip.setChecked(True)
        chip.setIcon(self._look.icon("close"))
        chip.setAccessibleName(
            self.tr("Do not ask for {field}: {value} any more").format(field=name, value=value)
        )
        set_tip(chip, words)
        chip.clicked.connect(lambda: self._remove_field(name, value))
        return chip

    def _remove_field(self, name: str, value: str) -> None:
        self._fields.remove((name, value))
        self._show_fields()
        self.field_button.setFocus()
        self._tell()

    def _on_search_changed(self) -> None:
        self._show_clear()
        self._typing.start()

    def _on_decision_chip_toggled(self, chip: QPushButton, on: bool) -> None:
        if on:
            for other in self.decision_chips.values():
                if other is not chip:
                    with QSignalBlocker(other):
                        other.setChecked(False)
        self._tell()

    def _on_field_button_toggled(self, on: bool) -> None:
        self.field_filter.setVisible(on)
        if on:
            self.field_filter.begin()

    def _on_field_filter_chosen(self, name: str, value: str) -> None:
        self.field_button.setChecked(False)
        self.add_field(name, value)
        self.left.emit()

    def _on_look_changed(self) -> None:
        self._search_icon.setIcon(self._look.icon("search"))
        self.search_field.set_letters(36, self._look.metrics("control").averageCharWidth())
        for chip in self._field_chips:
            chip.setIcon(self._look.icon("close"))


class SearchField(QLineEdit):
    """A field of a fixed width that Enter, Esc and the arrow down leave; Esc empties it first."""

    left = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setClearButtonEnabled(True)
        name_clear_button(self, self.tr("Empty the search"))
        self._width = 0

    def set_letters(self, letters: int, letter: int) -> None:
        """Be so many letters wide."""
        self._width = letters * letter
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(max(self._width, 160), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)
