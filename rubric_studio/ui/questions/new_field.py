"""Asks for the name of a new reference field and what it holds, and says in place why a name will not do."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.questions.reference_values import Sort
from rubric_studio.ui.segmented import Segmented

LONGEST_NAME = 80
OF_THE_QUESTION = frozenset({"id", "prompt", "reference", "criteria"})
"""What a question's own parts are called in files: a field of that name could not be told from them."""


class NewField(QWidget):
    """A button until it is asked for. Enter adds the field, Esc puts the line away.

    Args:
        taken: the names that the question has already.
        known: names of fields of other questions, offered while typing.
    """

    named = Signal(str, object)
    """(name, `Sort`) of a field to add."""
    grown = Signal()
    """It takes more room than before."""

    def __init__(
        self,
        look: Look,
        taken: Callable[[], Collection[str]],
        known: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._taken = taken
        self.open_button = QPushButton(self.tr("Add a field…"))
        self.open_button.setAutoDefault(False)
        dress(self.open_button, "link")
        self.name = QLineEdit(placeholderText=self.tr("Name of the field, then Enter"))
        self.name.setAccessibleName(self.tr("Name of the new field"))
        self.name.setMaxLength(LONGEST_NAME)
        self._offer(known)
        self.sort = Segmented(
            self.tr("What the field holds"),
            [
                (Sort.TEXT, self.tr("Text")),
                (Sort.LABELS, self.tr("Labels")),
                (Sort.NUMBER, self.tr("Number")),
                (Sort.TRUTH, self.tr("Yes or no")),
            ],
        )
        self.add_button = QPushButton(self.tr("Add"))
        self.add_button.setAutoDefault(False)
        self.problem = PlainLabel("", "problem", wrap=True)
        self._lay_out(look)
        self.open_button.clicked.connect(self._on_open_button_clicked)
        self.add_button.clicked.connect(self.finish)
        self.name.textChanged.connect(self._check)
        self._check()

    @property
    def is_pending(self) -> bool:
        """Whether a name stands there that was not added."""
        return self._line.isVisibleTo(self) and bool(self._name())

    def finish(self) -> None:
        """Add the field, where its name will do."""
        if self.add_button.isEnabled():
            name, sort = self._name(), Sort(self.sort.value())
            self._show_line(False)
            self.named.emit(name, sort)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typing = self._line.isVisibleTo(self)
        if typing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif typing and event.key() == Qt.Key.Key_Escape:
            self._show_line(False)
            self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _offer(self, known: Sequence[str]) -> None:
        completer = QCompleter(list(known), self.name)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.name.setCompleter(completer)

    def _name(self) -> str:
        return " ".join(self.name.text().split())

    def _check(self) -> None:
        name, problem = self._name(), ""
        taken = {each.casefold(): each for each in self._taken()}
        if name.casefold() in taken:
            problem = self.tr('There is a field "{name}" already.').format(name=taken[name.casefold()])
        elif name.casefold() in OF_THE_QUESTION:
            problem = self.tr('"{name}" is what a part of the question itself is called.').format(name=name)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if problem:
            self.grown.emit()
        self.name.setAccessibleDescription(problem)
        self.add_button.setEnabled(bool(name) and not problem)

    def _show_line(self, shown: bool) -> None:
        self.name.clear()
        self._line.setVisible(shown)
        self.open_button.setVisible(not shown)
        if shown:
            self.grown.emit()

    def _on_open_button_clicked(self) -> None:
        self._show_line(True)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, look: Look) -> None:
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.theme.space.small)
        line.addWidget(self.name, 1)
        line.addWidget(self.sort)
        line.addWidget(self.add_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.tiny)
        layout.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._line)
        layout.addWidget(self.problem)
        self._line.hide()
