"""Handing in: how far she is, what becomes of it; then where the file lies and what to write. It knows no packet."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.rounds.letter_card import LetterCard
from rubric_studio.ui.rounds.round_words import answers_text, tr

WIDTH = 44
"""In heights of a control's text."""


class HandInDialog(QDialog):
    """`chosen(finished)` says whether she is done. With a file, `show_written` shows it; without one it closes.

    `lead` is empty for the lead herself.
    """

    chosen = Signal(bool)
    folder_requested = Signal(object)

    def __init__(
        self, look: Look, done: int, total: int, lead: str, *, as_file: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._as_file = look, as_file
        self.setWindowTitle(tr("Hand in"))
        self.told = PlainLabel(_told(done, total), "reading", wrap=True)
        self.note = PlainLabel(_note(done, total, lead, as_file=as_file), "muted", wrap=True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.done_button = QPushButton(tr("I am done: hand in"))
        self.partial_button = QPushButton(tr("Send what is there, I go on"))
        self._pages = QStackedWidget()
        self._lay_out(is_whole=done >= total)
        self.done_button.clicked.connect(lambda: self._choose(finished=True))
        self.partial_button.clicked.connect(lambda: self._choose(finished=False))
        self.buttons.rejected.connect(self.reject)

    def show_written(self, path: Path, size: int, letter: str) -> None:
        """Show the file that is to be sent back."""
        card = LetterCard(self._look, tr("Send this file back"), path, size, letter)
        card.folder_requested.connect(self.folder_requested)
        self._pages.addWidget(card)
        self._pages.setCurrentWidget(card)
        for button in (self.done_button, self.partial_button):
            button.hide()
        close = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        close.setText(tr("Done"))
        close.setFocus()

    def _choose(self, *, finished: bool) -> None:
        self.done_button.setEnabled(False)
        self.partial_button.setEnabled(False)
        self.chosen.emit(finished)
        if not self._as_file:
            self.accept()

    def _lay_out(self, *, is_whole: bool) -> None:
        space = self._look.theme.space
        dress(self.done_button if is_whole else self.partial_button, "primary")
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.buttons.addButton(self.partial_button, role)
        self.buttons.addButton(self.done_button, role)
        (self.done_button if is_whole else self.partial_button).setDefault(True)
        self.partial_button.setVisible(not is_whole)
        first = QWidget()
        column = QVBoxLayout(first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space.small)
        column.addWidget(self.told)
        column.addWidget(self.note)
        column.addStretch(1)
        self._pages.addWidget(first)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(PlainLabel(tr("Hand in"), "title"))
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.buttons)
        self.resize(self._look.theme.sizes.control * WIDTH, self.sizeHint().height())


def _told(done: int, total: int) -> str:
    if done >= total == 1:
        return tr("The one answer is scored.")
    if done >= total:
        return tr("All {answers} are scored.").format(answers=answers_text(total))
    words = tr("{done} of {total} answers are scored. {left} are still open.")
    return words.format(done=count_text(done), total=count_text(total), left=count_text(total - done))


def _note(done: int, total: int, lead: str, *, as_file: bool) -> str:
    sealed = tr("Nobody sees your marks before you close the round.")
    if lead or as_file:
        sealed = tr("Nobody sees your marks before {lead} closes the round.").format(lead=lead)
    later = tr("You can go on afterwards and hand in again, until then.")
    way = tr("A small file is written that you send back.") if as_file else ""
    partly = tr("You may send what is there and go on later.") if done < total else ""
    return " ".join(each for each in (way, sealed, partly or later) if each)
