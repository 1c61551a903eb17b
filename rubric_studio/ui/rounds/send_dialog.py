"""Sending a round: who gets a file, in which form, into which folder; then each file with its e-mail."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.services.rounds import ExpertProgress
from rubric_studio.ui.choosing_files import choose_folder
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.rounds.letter_card import LetterCard
from rubric_studio.ui.rounds.packet_forms import PacketForm
from rubric_studio.ui.rounds.round_words import BETWEEN, progress_text, tr

WIDTH, HEIGHT = 54, 46
"""In heights of a control's text."""


class SendChoice(NamedTuple):
    """What is to be written for whom."""

    folder: Path
    form: PacketForm
    people: tuple[str, ...]


class Outgoing(NamedTuple):
    """One file that was written, with the words of its e-mail."""

    person: str
    name: str
    path: Path
    size: int
    letter: str


class SendDialog(QDialog):
    """`wanted(SendChoice)` asks for the files; `stopped` lets the writing end; `folder_requested` shows one."""

    wanted = Signal(object)
    stopped = Signal()
    folder_requested = Signal(object)

    def __init__(
        self,
        look: Look,
        title: str,
        people: Sequence[ExpertProgress],
        forms: Sequence[PacketForm],
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._folder = look, folder
        self.setWindowTitle(tr("Send the packets"))
        self.people = {each.person: _person_box(each) for each in people}
        self.forms = [(form, QRadioButton(button_text(form.words))) for form in forms]
        self.folder = PlainLabel("", wrap=True)
        self.choose_button = QPushButton(tr("Choose another folder…"))
        self.choose_button.setAutoDefault(False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.told = PlainLabel("", "muted", wrap=True)
        self.letters = ScrollColumn(look.theme.space.medium, right=look.theme.space.small)
        self._pages = QStackedWidget()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.write_button = self.buttons.addButton(
            tr("Write the files"), QDialogButtonBox.ButtonRole.ActionRole
        )
        dress(self.write_button, "primary")
        self._is_writing = False
        self._lay_out(title)
        self._connect()
        self._set_folder(folder)

    def show_progress(self, done: int, total: int, name: str) -> None:
        """Say whose file is being written."""
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.told.setText(tr("Writing the file for {name}").format(name=name) if name else "")

    def add_written(self, written: Outgoing) -> None:
        """Show a file that is there."""
        card = LetterCard(self._look, written.name, written.path, written.size, written.letter)
        card.folder_requested.connect(self.folder_requested)
        self.letters.column.addWidget(card)

    def show_done(self, words: str) -> None:
        """Say that all files are there, or why the rest is not."""
        self._is_writing = False
        self.bar.hide()
        self.told.setText(words)
        self.write_button.hide()
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(tr("Done"))

    def reject(self) -> None:
        """Stop what is being written; files that are whole stay."""
        if self._is_writing:
            self.stopped.emit()
        super().reject()

    def _write(self) -> None:
        people = tuple(person for person, box in self.people.items() if box.isChecked())
        form = next(form for form, button in self.forms if button.isChecked())
        self._is_writing = True
        self.write_button.setEnabled(False)
        self._pages.setCurrentIndex(1)
        self.show_progress(0, len(people), "")
        self.wanted.emit(SendChoice(self._folder, form, people))

    def _connect(self) -> None:
        self.choose_button.clicked.connect(
            lambda: choose_folder(self, tr("Where shall the files lie?"), self._folder, self._set_folder)
        )
        for box in self.people.values():
            box.toggled.connect(self._check)
        self.write_button.clicked.connect(self._write)
        self.buttons.rejected.connect(self.reject)

    def _set_folder(self, folder: Path) -> None:
        self._folder = folder
        self.folder.setText(str(folder))
        self._check()

    def _check(self) -> None:
        self.write_button.setEnabled(any(box.isChecked() for box in self.people.values()))
        self.write_button.setDefault(True)

    def _lay_out(self, title: str) -> None:
        space, size = self._look.theme.space, self._look.theme.sizes.control
        self._pages.addWidget(self._choosing())
        written = QWidget()
        column = QVBoxLayout(written)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space.small)
        column.addWidget(self.told)
        column.addWidget(self.bar)
        column.addWidget(self.letters, 1)
        self._pages.addWidget(written)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(PlainLabel(tr("Send {title}").format(title=title), "title", wrap=True))
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.buttons)
        parent = self.parentWidget()
        room = parent.window() if parent is not None else None
        highest = room.height() - 2 * space.large if room else size * HEIGHT
        self.resize(size * WIDTH, min(size * HEIGHT, highest))

    def _choosing(self) -> QWidget:
        space = self._look.theme.space
        scroll = ScrollColumn(space.medium, right=space.small)
        words = tr(
            "Each expert gets one file with her own part and nothing of anybody else's. Send it by e-mail or put "
            "it into a folder you share."
        )
        scroll.column.addWidget(PlainLabel(words, "muted", wrap=True))
        scroll.column.addWidget(PlainLabel(tr("For whom"), "caption"))
        for box in self.people.values():
            scroll.column.addWidget(box)
        scroll.column.addWidget(PlainLabel(tr("As what"), "caption"))
        for form, button in self.forms:
            scroll.column.addWidget(button)
            scroll.column.addWidget(PlainLabel(form.hint, "caption", wrap=True))
        self.forms[0][1].setChecked(True)
        scroll.column.addWidget(PlainLabel(tr("Folder"), "caption"))
        scroll.column.addWidget(self.folder)
        line = QHBoxLayout()
        line.addWidget(self.choose_button)
        line.addStretch(1)
        scroll.column.addLayout(line)
        return scroll


def _person_box(expert: ExpertProgress) -> QCheckBox:
    """Whoever has handed in already needs no packet again."""
    words = expert.name
    if expert.at:
        words = BETWEEN.join((words, progress_text(expert, is_closed=False)))
    box = QCheckBox(button_text(words))
    box.setChecked(not expert.finished)
    return box
