"""What can be made of words selected in an answer: evidence, a new point, an example of a grade. It makes nothing."""

from collections.abc import Callable, Sequence
from functools import partial
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
        points: all points that people mark; without a current one, one of them is asked for first.
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
        points: Callable[[], Sequence[GradesOf]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._selected, self._whole = look, selected, whole
        self._grades, self._points = grades, points
        self._taken = ""
        self._is_whole = False
        self._options: Sequence[tuple[str, Callable[[], None]]] = []
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
        if not self._options:
            has_words, grades = bool(self._selected()), self._grades()
            self.evidence.setVisible(grades is not None)  # of a point that somebody is at
            self.example.setVisible(grades is not None or bool(self._points()))
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
        """Ask of which grade the selected words, or the whole answer, are an example; of which point first."""
        grades, selected = self._grades(), self._selected()
        self._taken, self._is_whole = selected or self._whole(), not selected
        points = [each for each in self._points() if each.grades]
        if grades is not None and grades.grades:
            self._ask_grade_of(grades)
        elif points:
            asked = [(each.title, partial(self._ask_grade_of, each)) for each in points]
            self._ask(self.tr("An example for which point?"), asked)
        else:
            self._ask(self.tr("People mark no point here; only grades that people give have examples."), [])

    def _ask_grade_of(self, point: GradesOf) -> None:
        part = self.tr('Example of which grade of "{0}"?')
        whole = self.tr('The whole answer is an example of which grade of "{0}"?')
        words = (whole if self._is_whole else part).format(point.title)
        self._ask(words, [(name, partial(self._give, point.criterion, key)) for key, name in point.grades])

    def _ask(self, words: str, options: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """Ask one thing; a digit or a click answers."""
        self.words.setText(words)
        self._options = options
        self._fill()
        self._show(asking=True)
        self.show()
        if options:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        place = int(text) - 1 if text.isascii() and text.isdigit() else -1
        if not self._options:
            super().keyPressEvent(event)
        elif 0 <= place < min(KEYED, len(self._options)):
            self._options[place][1]()
        elif event.key() == Qt.Key.Key_Escape:
            self._end()
        else:
            event.accept()  # no letter may reach the answers while a grade is asked for

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._options and event.reason() == Qt.FocusReason.MouseFocusReason:
            self._options = []
            self.offer()

    def _give(self, criterion: str, level: str) -> None:
        words = self._taken
        self._end()
        self.hide()
        if words:
            self.example_given.emit(words, criterion, level)

    def _end(self) -> None:
        self._options = []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.left.emit()
        self.offer()

    def _fill(self) -> None:
        for button in self._buttons:
            self._choice_flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for place, (name, answer) in enumerate(self._options):
            key = f"  {place + 1}" if place < KEYED else ""
            button = self._button(f"{name}{key}")
            button.clicked.connect(lambda _=False, answer=answer: answer())
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
