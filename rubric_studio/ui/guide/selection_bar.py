"""What can be made of words selected in an answer: evidence, a new point, an example of a grade. It makes nothing."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text

KEYED = 9


class TakenWords(NamedTuple):
    """A passage of an answer that is to become a point or, where a level is named, an example of it."""

    answer: int
    quote: str
    criterion: str = ""
    level: str = ""


class GradesOf(NamedTuple):
    """A point that somebody reads, and its grades as (key, name), in the order of their digits."""

    criterion: str
    title: str
    grades: Sequence[tuple[str, str]]


class SelectionBar(QFrame):
    """Shows while words are selected. M makes a point of them; X, then a grade's digit, an example of that grade.

    Where nothing is selected, X takes the whole answer.

    Args:
        selected: the words, "" where none are.
        whole: the answer's text.
        grades: the point that one is at; None where it is none that people mark.
    """

    evidence_requested = Signal()
    point_requested = Signal(str)
    example_given = Signal(str, str, str)
    """(words, criterion, level)."""
    left = Signal()

    def __init__(
        self,
        look: Look,
        selected: Callable[[], str],
        whole: Callable[[], str],
        grades: Callable[[], GradesOf | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._selected, self._whole, self._grades = look, selected, whole, grades
        self._taken = ""
        self._asked: GradesOf | None = None
        self._buttons: list[QPushButton] = []
        self.setAccessibleName(self.tr("Selected words"))
        self.evidence = self._button(self.tr("Evidence  E"))
        self.point = self._button(self.tr("New point  M"))
        self.example = self._button(self.tr("Example of a grade  X"))
        self.evidence.clicked.connect(self.evidence_requested)
        self.point.clicked.connect(self.make_point)
        self.example.clicked.connect(self.ask_grade)
        self.words = PlainLabel("", wrap=True)
        self._offers, self._choices = QWidget(), QWidget()
        self._offer_flow = FlowLayout(self._offers, spacing=look.theme.space.tiny)
        self._choice_flow = FlowLayout(self._choices, spacing=look.theme.space.tiny)
        for button in (self.evidence, self.point, self.example):
            self._offer_flow.addWidget(button)
        layout = QVBoxLayout(self)
        space = look.theme.space
        layout.setContentsMargins(space.small, space.tiny, space.small, space.tiny)
        layout.setSpacing(space.tiny)
        for widget in (self._offers, self.words, self._choices):
            layout.addWidget(widget)
        self.hide()

    def offer(self) -> None:
        """Show what can be made of the selection, or nothing where there is none."""
        if self._asked is None:
            has_words, grades = bool(self._selected()), self._grades()
            self.evidence.setEnabled(grades is not None)
            self.example.setEnabled(grades is not None)
            self._show(asking=False)
            self.setVisible(has_words)

    def take_key(self, key: int) -> bool:
        """Do what a letter asks; False where it means something else."""
        if key == Qt.Key.Key_M and self._selected():
            self.make_point()
        elif key == Qt.Key.Key_X and self._whole():
            self.ask_grade()
        else:
            return False
        return True

    def make_point(self) -> None:
        """Ask for a new point made of the selected words."""
        words = self._selected()
        if words:
            self.hide()
            self.point_requested.emit(words)

    def ask_grade(self) -> None:
        """Ask of which grade of the current point the selected words, or the whole answer, are an example."""
        grades, selected = self._grades(), self._selected()
        self._taken = selected or self._whole()
        self._asked = grades if grades is not None and grades.grades else None
        if self._asked is None:
            self.words.setText(self.tr("Go to a point that people mark first; its grades can have examples."))
        else:
            part = self.tr('Example of which grade of "{0}"?')
            whole = self.tr('The whole answer is an example of which grade of "{0}"?')
            self.words.setText((part if selected else whole).format(self._asked.title))
        self._fill()
        self._show(asking=True)
        self.show()
        if self._asked is not None:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        place = int(text) - 1 if text.isascii() and text.isdigit() else -1
        if self._asked is None:
            super().keyPressEvent(event)
        elif 0 <= place < min(KEYED, len(self._asked.grades)):
            self._choose(place)
        elif event.key() == Qt.Key.Key_Escape:
            self._end()
        else:
            event.accept()  # no letter may reach the answers while a grade is asked for

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._asked is not None and event.reason() == Qt.FocusReason.MouseFocusReason:
            self._asked = None
            self.offer()

    def _choose(self, place: int) -> None:
        asked, words = self._asked, self._taken
        self._end()
        self.hide()
        if asked is not None and words:
            self.example_given.emit(words, asked.criterion, asked.grades[place][0])

    def _end(self) -> None:
        self._asked = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.left.emit()
        self.offer()

    def _fill(self) -> None:
        for button in self._buttons:
            self._choice_flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for place, (_, name) in enumerate(self._asked.grades if self._asked is not None else ()):
            key = f"  {place + 1}" if place < KEYED else ""
            button = self._button(f"{name}{key}")
            button.clicked.connect(lambda _=False, place=place: self._choose(place))
            self._buttons.append(button)
            self._choice_flow.addWidget(button)

    def _show(self, *, asking: bool) -> None:
        self._offers.setVisible(not asking)
        self.words.setVisible(asking)
        self._choices.setVisible(asking and bool(self._buttons))

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(button_text(text))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the selection and its keyboard stay where they are
        dress(button, "chip")
        return button
