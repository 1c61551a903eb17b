"""Saving a version: a note, and for every reworded point with marks whether its meaning changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.services.versions import Reworded
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel, button_text


@dataclass(frozen=True)
class SaveChoice:
    """What was decided: the note, and the rewordings that were only a typo as SaveVersion takes them."""

    note: str = ""
    same_meaning: tuple[tuple[str, str, str], ...] = ()


class RewordedCard(QFrame):
    """One reworded point: its old and new words, and the question."""

    def __init__(self, look: Look, reworded: Reworded, marks: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reworded = reworded
        dress(self, "card")
        many = self.tr("{0} marks were given under the old words. Did the meaning change?")
        one = self.tr("One mark was given under the old words. Did the meaning change?")
        self.question = PlainLabel(one if marks == 1 else many.format(count_text(marks)), wrap=True)
        self.typo = QRadioButton(button_text(self.tr("Only a typo, keep them")))
        self.again = QRadioButton(button_text(self.tr("Yes, ask again")))
        self.again.setChecked(True)
        group = QButtonGroup(self)
        space = look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        layout.setSpacing(space.small)
        layout.addWidget(PlainLabel(reworded.title, "strong", wrap=True))
        if reworded.old_wording == reworded.new_wording:
            layout.addWidget(PlainLabel(self.tr("Its grades were reworded."), "muted", wrap=True))
        else:
            layout.addWidget(
                PlainLabel(self.tr("Before: {0}").format(reworded.old_wording or "–"), "muted", wrap=True)
            )
            layout.addWidget(PlainLabel(self.tr("Now: {0}").format(reworded.new_wording or "–"), wrap=True))
        layout.addWidget(self.question)
        for button in (self.typo, self.again):
            group.addButton(button)
            layout.addWidget(button)


class SaveDialog(QDialog):
    """`chosen` carries a SaveChoice."""

    chosen = Signal(object)

    def __init__(
        self, look: Look, number: int, reworded: Sequence[tuple[Reworded, int]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Save version {0}").format(number))
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("What is different now? You may leave this empty."))
        self.note.setAccessibleName(self.tr("Note"))
        self.cards = [RewordedCard(look, each, marks) for each, marks in reworded]
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = self.buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button.setDefault(True)
        dress(self.save_button, "primary")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+S"), self, self.accept)
        self._lay_out(number)

    def choice(self) -> SaveChoice:
        """Return what was decided."""
        kept = [card.reworded for card in self.cards if card.typo.isChecked()]
        same = tuple((each.criterion, each.old, each.new) for each in kept)
        return SaveChoice(" ".join(self.note.text().split()), same)

    def accept(self) -> None:
        """Give the choice back."""
        self.chosen.emit(self.choice())
        super().accept()

    def _lay_out(self, number: int) -> None:
        space, size = self._look.theme.space, self._look.theme.sizes.control
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(PlainLabel(self.tr("Save version {0}").format(number), "title"))
        words = self.tr("A saved version never changes again. Results and hand-overs are made from it.")
        layout.addWidget(PlainLabel(words, "muted", wrap=True))
        layout.addWidget(self.note)
        if self.cards:
            layout.addWidget(self._questions(), 1)
        layout.addWidget(self.buttons)
        self.resize(size * 42, size * (20 + min(26, 14 * len(self.cards))))

    def _questions(self) -> QScrollArea:
        inside = QWidget()
        dress(inside, "plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.theme.space.medium)
        for card in self.cards:
            column.addWidget(card)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area
