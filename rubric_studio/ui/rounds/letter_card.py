"""A file that goes to a colleague, with the words of an e-mail beside it. It sends nothing by itself."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.rounds.round_words import BETWEEN, size_text, tr

LINES = 12


class LetterCard(QFrame):
    """`folder_requested` asks to show where the file lies."""

    folder_requested = Signal(object)

    def __init__(
        self, look: Look, title: str, path: Path, size: int, letter: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._path = path
        dress(self, "card")
        self.setAccessibleName(title)
        self.file = PlainLabel(BETWEEN.join((path.name, size_text(size))), "muted", wrap=True)
        self.letter = QPlainTextEdit(letter)
        self.letter.setTabChangesFocus(True)
        self.letter.setAccessibleName(tr("Words of the e-mail"))
        self.letter.setFixedHeight(look.metrics("control").lineSpacing() * LINES)
        self.copy_button = QPushButton(tr("Copy the words"))
        self.folder_button = QPushButton(tr("Show in the folder"))
        for button in (self.copy_button, self.folder_button):
            button.setAutoDefault(False)
        self.copied = PlainLabel("", "caption")
        self.copy_button.clicked.connect(self._copy)
        self.folder_button.clicked.connect(lambda: self.folder_requested.emit(self._path))
        space = look.theme.space
        buttons = QHBoxLayout()
        buttons.setSpacing(space.small)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.folder_button)
        buttons.addWidget(self.copied, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        layout.setSpacing(space.small)
        layout.addWidget(PlainLabel(title, "strong", wrap=True))
        layout.addWidget(self.file)
        layout.addWidget(self.letter)
        layout.addLayout(buttons)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.letter.toPlainText())
        self.copied.setText(tr("Copied"))
