"""The expert's own earlier marks on the point at hand: the grade, the passage, the reason, what was decided on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from rubric_studio.domain.packet import Told
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.state_shape import Shape

SHOWN = 12


@dataclass(frozen=True)
class PrecedentLine:
    """One earlier mark in words; `decided` is what became of it, "" where nothing was decided."""

    grade: str
    shape: Shape
    when: str
    excerpt: str
    reason: str = ""
    decided: str = ""


class PrecedentsList(QWidget):
    """The newest first; lines are filled anew, not built anew."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._cards: list[_Card] = []
        self.setAccessibleName(self.tr("Your earlier marks on this point"))
        self._none = PlainLabel(self.tr("You have not marked this point elsewhere yet."), "muted", wrap=True)
        self._more = PlainLabel("", "caption")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(look.theme.space.small)
        self._layout.addWidget(self._none)
        self._layout.addWidget(self._more)

    def show_lines(self, lines: Sequence[PrecedentLine]) -> None:
        """Show earlier marks; of many only the newest."""
        shown = lines[:SHOWN]
        while len(self._cards) < len(shown):
            card = _Card(self._look, self)
            self._cards.append(card)
            self._layout.insertWidget(self._layout.count() - 1, card)
        for place, card in enumerate(self._cards):
            if place < len(shown):
                card.show_line(shown[place])
            card.setVisible(place < len(shown))
        self._none.setVisible(not lines)
        rest = len(lines) - len(shown)
        self._more.setVisible(rest > 0)
        self._more.setText(self.tr("{0} more, older").format(rest))

    def words(self) -> list[str]:
        """Return what the lines in sight say, one text each."""
        return [card.accessibleName() for card in self._cards if not card.isHidden()]


class _Card(QFrame):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        dress(self, "card")
        self.head = PlainLabel("", "strong", wrap=True)
        self.excerpt = PlainLabel("", wrap=True)
        self.reason = PlainLabel("", "muted", wrap=True)
        self.decided = PlainLabel("", wrap=True)
        layout = QVBoxLayout(self)
        space = look.theme.space
        layout.setContentsMargins(space.small, space.small, space.small, space.small)
        layout.setSpacing(2)
        for label in (self.head, self.excerpt, self.reason, self.decided):
            layout.addWidget(label)

    def show_line(self, line: PrecedentLine) -> None:
        self.head.setText(self.tr("{grade}, {when}").format(grade=line.grade, when=line.when))
        for label, text in (
            (self.excerpt, f"“{line.excerpt}”" if line.excerpt else ""),
            (self.reason, line.reason),
            (self.decided, line.decided),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        said = (line.grade, line.when, line.excerpt, line.reason, line.decided)
        self.setAccessibleName(". ".join(text for text in said if text))


def decided_words(widget: QWidget, told: Told | None) -> str:
    """Return what was decided on a mark, and why."""
    if told is None:
        return ""
    words = (
        widget.tr("Decided by {name}: {grade}. {reason}")
        if told.reason
        else widget.tr("Decided by {name}: {grade}.")
    )
    return words.format(name=told.by, grade=told.decided, reason=told.reason)
