"""Where two copies say different things: shown side by side, one is chosen. Gives back the edit; knows no store."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.record import Conflict, Record
from rubric_studio.services.edits import SettleConflict
from rubric_studio.ui.day_text import time_text
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.record_text import body_text, subject_text


class ConflictsDialog(QDialog):
    """Emits `settled` once per choice; closes when nothing is left."""

    settled = Signal(object)

    def __init__(
        self,
        look: Look,
        conflicts: Sequence[Conflict],
        people: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._people = look, people
        self._conflicts = list(conflicts)
        self._choices: list[QRadioButton] = []
        self.setWindowTitle(self.tr("Where copies differ"))
        self.subjects = QListWidget()
        self.subjects.setAccessibleName(self.tr("What the copies differ on"))
        for conflict in self._conflicts:
            self.subjects.addItem(_name(conflict))
        self._sides = QVBoxLayout()
        self.reason_field = QLineEdit()
        self.reason_field.setPlaceholderText(self.tr("Why, in a few words"))
        self.reason_field.setAccessibleName(self.tr("Reason"))
        self.use_button = QPushButton(self.tr("Use the chosen one"))
        dress(self.use_button, "primary")
        self.use_button.clicked.connect(self._on_use_button_clicked)
        self.close_button = QPushButton(self.tr("Later"))
        self.close_button.clicked.connect(self.reject)
        self._lay_out()
        self.subjects.currentRowChanged.connect(self._show_sides)
        self.subjects.setCurrentRow(0)

    def choices(self) -> tuple[QRadioButton, ...]:
        """Return what can be chosen for the subject that is shown."""
        return tuple(self._choices)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        right = QVBoxLayout()
        right.setSpacing(space.medium)
        right.addLayout(self._sides)
        right.addStretch(1)
        right.addWidget(self.reason_field)
        row = QHBoxLayout()
        row.setSpacing(space.large)
        row.addWidget(self.subjects, 2)
        row.addLayout(right, 3)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.use_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.wide)
        layout.setSpacing(space.large)
        said = self.tr(
            "Both copies decided these. Nothing is lost: what you do not choose stays in the history."
        )
        layout.addWidget(PlainLabel(said, "muted", wrap=True))
        layout.addLayout(row, 1)
        layout.addLayout(buttons)
        self.resize(760, 440)

    def _show_sides(self, at: int) -> None:
        for choice in self._choices:
            self._sides.removeWidget(choice)
            choice.deleteLater()
        heads = self._conflicts[at].heads if 0 <= at < len(self._conflicts) else ()
        self._choices = [self._choice(head) for head in heads]
        for choice in self._choices:
            self._sides.addWidget(choice)
        self.reason_field.clear()
        self.use_button.setEnabled(False)

    def _choice(self, head: Record) -> QRadioButton:
        who = self._people.get(head.person, head.person)
        words = self.tr("{says}\n{who}, {when}").format(
            says=body_text(head), who=who, when=time_text(head.at)
        )
        if head.reason:
            words = self.tr("{choice}\nReason: {reason}").format(choice=words, reason=head.reason)
        choice = QRadioButton(button_text(words))
        choice.toggled.connect(lambda: self.use_button.setEnabled(True))
        return choice

    def _on_use_button_clicked(self) -> None:
        at = self.subjects.currentRow()
        conflict = self._conflicts.pop(at)
        chosen = next(
            head for head, choice in zip(conflict.heads, self._choices, strict=True) if choice.isChecked()
        )
        reason = self.reason_field.text().strip()
        self.settled.emit(
            SettleConflict(
                kind=conflict.kind,
                subject=conflict.subject,
                scope=chosen.scope,
                body=chosen.body,
                reason=reason,
            )
        )
        self.subjects.takeItem(at)
        self._show_sides(self.subjects.currentRow())
        if not self._conflicts:
            self.accept()


def _name(conflict: Conflict) -> str:
    return subject_text(conflict.kind, conflict.heads[0].scope, conflict.subject)
