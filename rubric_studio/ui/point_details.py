"""What an opened point shows: the reason, the passages, the wording and what each grade means."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.quote_button import QuoteButton

MOST_EXAMPLES = 3
EXAMPLE_LETTERS = 160


class _Grade(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def examples(self) -> tuple[str, ...]: ...


class _Point(Protocol):
    @property
    def wording(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def evidence(self) -> tuple[str, ...]: ...
    @property
    def grades(self) -> Sequence[_Grade]: ...


class PointDetails(QWidget):
    """Folded away until the point is opened. Without grades the reason is only read."""

    reason_given = Signal(str)
    evidence_chosen = Signal(int)
    left = Signal()

    def __init__(self, look: Look, point: _Point, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._point = look, point
        self._reason = PlainLabel("", wrap=True)
        self.reason_field = ReasonField()
        self.reason_field.editingFinished.connect(self._on_reason_edited)
        self.reason_field.left.connect(self.left)
        self._evidence = QVBoxLayout()
        self._wording = PlainLabel("", "muted", wrap=True)
        self._levels = PlainLabel("", "caption", wrap=True)
        layout = QVBoxLayout(self)
        space = look.theme.space
        layout.setContentsMargins(space.wide, 0, space.small, space.tiny)
        layout.setSpacing(space.tiny)
        layout.addWidget(self._reason)
        layout.addWidget(self.reason_field)
        layout.addLayout(self._evidence)
        layout.addWidget(self._wording)
        layout.addWidget(self._levels)
        self.set_point(point)

    def set_point(self, point: _Point) -> None:
        """Show another point; a reason being typed is left alone."""
        self._point = point
        can_mark = bool(point.grades)
        self._reason.setText(point.reason)
        self._reason.setVisible(bool(point.reason) and not can_mark)
        self.reason_field.setVisible(can_mark)
        if not self.reason_field.hasFocus():
            self.reason_field.setText(point.reason)
        self._wording.setText(point.wording)
        self._wording.setVisible(bool(point.wording))
        self._fill_evidence()
        self._fill_levels()

    def _fill_evidence(self) -> None:
        while (item := self._evidence.takeAt(0)) is not None:
            button = item.widget()
            assert button is not None  # only the buttons below are in this layout
            button.hide()
            button.deleteLater()
        for index, quote in enumerate(self._point.evidence):
            button = QuoteButton(quote, self)
            button.setAccessibleName(self.tr("Show the passage: {quote}").format(quote=quote))
            button.clicked.connect(lambda _=False, index=index: self.evidence_chosen.emit(index))
            self._evidence.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _fill_levels(self) -> None:
        lines: list[str] = []
        for place, grade in enumerate(self._point.grades, start=1):
            words = self.tr("{key}  {title}: {text}") if grade.text else self.tr("{key}  {title}")
            lines.append(words.format(key=place, title=grade.title, text=grade.text))
            lines += [f"      {line}" for line in example_lines(grade)]
        self._levels.setText("\n".join(lines))
        self._levels.setVisible(bool(lines))

    def _on_reason_edited(self) -> None:
        text = self.reason_field.text().strip()
        if text != self._point.reason:
            self.reason_given.emit(text)


def example_lines(grade: _Grade) -> list[str]:
    """Return the beginnings of a grade's examples, one line each."""
    shown = [_beginning(example) for example in grade.examples[:MOST_EXAMPLES]]
    words = QCoreApplication.translate("PointDetails", "e.g. “{passage}”")
    return [words.format(passage=passage) for passage in shown]


def _beginning(example: str) -> str:
    line = " ".join(example.split())
    return line if len(line) <= EXAMPLE_LETTERS else line[: EXAMPLE_LETTERS - 1].rstrip() + "…"


class ReasonField(QLineEdit):
    """A field for a reason: Enter keeps it and leaves, Esc leaves."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("Why? (R)"))
        self.setAccessibleName(self.tr("Reason"))
        self.returnPressed.connect(self.left)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
