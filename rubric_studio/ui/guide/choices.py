"""Controls that choose: one of a few, a field of the questions, what of the answer is looked at."""

from collections.abc import Callable, Sequence

from pydantic import ValidationError
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QVBoxLayout, QWidget

from rubric_studio.domain.kinds import Pattern, Predicted
from rubric_studio.ui.guide.desk import problem_text
from rubric_studio.ui.guide.fields import Commit, LineField
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel

WHOLE_TEXT = "output_text"
IN_JSON = "output_json"


class ChoiceBox(QComboBox):
    """One of a few. The wheel scrolls the page; what cannot be done says so and nothing changes."""

    def __init__(
        self, name: str, options: Sequence[tuple[str, str]], commit: Commit, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._take = commit
        self._saved = ""
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.problem = PlainLabel("", "problem", wrap=True)
        self.problem.hide()
        for key, text in options:
            self.addItem(text, key)
        self.activated.connect(self._on_activated)

    def value(self) -> str:
        """Return the key of the choice."""
        return str(self.currentData())

    def show_value(self, key: str) -> None:
        """Show the saved choice."""
        self._saved = key
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(key))
        self.set_problem("")

    def set_problem(self, text: str) -> None:
        """Say what is wrong under the choice."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _on_activated(self) -> None:
        if self.value() != self._saved:
            before = self._saved
            problem = self._take(self.value())
            if problem:
                self.show_value(before)
            self.set_problem(problem)


def field_line(name: str, fields: Sequence[str], commit: Commit) -> LineField:
    """Make a line for a field of the questions that offers the known ones while typing."""
    line = LineField(name, commit)
    completer = QCompleter(list(fields), line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    line.setCompleter(completer)
    return line


class AnswerPlace(QWidget):
    """What of the answer is looked at: all of it, a field of its JSON, or what a pattern finds."""

    def __init__(
        self, look: Look, name: str, commit: Callable[[Predicted], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._take = commit
        options = [
            ("text", self.tr("The whole answer")),
            ("json", self.tr("A field of the answer's JSON")),
            ("pattern", self.tr("What a pattern finds")),
        ]
        self.way = ChoiceBox(name, options, self._on_way_chosen)
        self.place = LineField(self.tr("Field or pattern"), self._on_place_finished)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.tiny)
        for widget in (self.way, self.way.problem, self.place, self.place.problem):
            layout.addWidget(widget)

    def show_place(self, predicted: Predicted) -> None:
        """Show what is saved."""
        if isinstance(predicted, Pattern):
            way, text = "pattern", predicted.pattern
        elif predicted == WHOLE_TEXT:
            way, text = "text", ""
        else:
            way, text = "json", predicted.removeprefix(IN_JSON).removeprefix(".")
        self.way.show_value(way)
        self.place.show_value(text)
        self._show_way(way)

    def _show_way(self, way: str) -> None:
        self.place.setVisible(way != "text")
        hint = self.tr("code or codes[*].code") if way == "json" else self.tr("for example: Total: (\\d+)")
        self.place.setPlaceholderText(hint)

    def _on_way_chosen(self, way: str) -> str:
        """Take the whole answer at once; the others wait for their field or pattern."""
        self._show_way(way)
        if way == "text":
            return self._take(WHOLE_TEXT)
        self.place.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._take(IN_JSON) if way == "json" else ""

    def _on_place_finished(self, text: str) -> str:
        text = text.strip()
        if self.way.value() == "pattern":
            return self._pattern_problem(text)
        joint = "" if not text or text.startswith("[") else "."
        return self._take(IN_JSON + joint + text)

    def _pattern_problem(self, text: str) -> str:
        try:
            pattern = Pattern(pattern=text)
        except ValidationError as error:
            return problem_text(error)
        return self._take(pattern)
