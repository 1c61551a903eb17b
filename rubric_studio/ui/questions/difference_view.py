"""What differs between two states of a row, to read: words taken out and put in, fields before and after."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rubric_studio.domain.row import Row
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.questions.row_difference import (
    FieldChange,
    Words,
    changes_prompt,
    field_changes,
    word_changes,
)
from rubric_studio.ui.reading_pane import Difference, ReadingPane

AROUND = 60
LONGEST_VALUE = 300
SIGNS = {"added": "+", "removed": "\N{MINUS SIGN}"}


class DifferenceView(QWidget):
    """Not by color alone: a sign stands before what was put in and what was taken out."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel("", "caption")
        self.pane = ReadingPane(look, self.tr("What is different"))
        self.pane.setMinimumHeight(look.metrics("reading").lineSpacing() * 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.tiny)
        layout.addWidget(self.title)
        layout.addWidget(self.pane, 1)

    def show_difference(self, before: Row, after: Row) -> None:
        """Show what `after` says differently."""
        pieces: list[Words] = []
        for change in field_changes(before, after):
            pieces += self._field(change)
        for old, new in zip(before.prompt, after.prompt, strict=False):
            if old != new:
                pieces += [*_shortened(word_changes(old.content, new.content)), Words("\n", "same")]
        self.pane.setVisible(bool(pieces))
        same = not changes_prompt(before, after) and not pieces
        self.title.setText(self.tr("Nothing is different yet") if same else self.tr("What is different"))
        text, marks = "", list[Difference]()
        for piece in pieces:
            shown = SIGNS.get(piece.place, "") + piece.text
            if piece.place in SIGNS:
                marks.append(Difference(len(text), len(text) + len(shown), piece.place))
            text += shown
        self.pane.set_text(text.rstrip("\n"))
        self.pane.set_differences(marks)

    def _field(self, change: FieldChange) -> list[Words]:
        pieces = [Words(f"{change.name}: ", "same")]
        if change.before is not None:
            pieces += [Words(_cut(change.before), "removed"), Words(" ", "same")]
        if change.after is not None:
            pieces.append(Words(_cut(change.after), "added"))
        return [*pieces, Words("\n", "same")]


def _shortened(pieces: list[Words]) -> list[Words]:
    """Leave of what is the same only what stands beside a difference."""
    last = len(pieces) - 1
    return [
        Words(_around(piece.text, before=at > 0, after=at < last), "same") if piece.place == "same" else piece
        for at, piece in enumerate(pieces)
    ]


def _around(text: str, *, before: bool, after: bool) -> str:
    """Return the words next to the differences before and after a text."""
    if len(text) <= 3 * AROUND:
        return text
    first = text[:AROUND].rpartition(" ")[0] if before else ""
    last = text[-AROUND:].partition(" ")[2] if after else ""
    return f"{first} … {last}"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
