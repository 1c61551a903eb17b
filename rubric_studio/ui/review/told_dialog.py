"""What was decided on an expert's own marks of earlier rounds, and why. To be read, nothing else."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QVBoxLayout, QWidget

from rubric_studio.services.own_repeats import OwnRepeats
from rubric_studio.ui.day_text import day_text
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.rounds.round_words import BETWEEN, tr

WIDTH, HEIGHT = 52, 46
"""In heights of a control's text."""
NO_REPEATS = OwnRepeats(0, 0, 0)


class ToldLine(NamedTuple):
    """One decision in words: the point, the question's first words, what she said and what holds now.

    `said` is "" where her mark is not in the packet any more.
    """

    point: str
    question: str
    said: str
    decided: str
    reason: str
    by: str
    at: str


class ToldDialog(QDialog):
    """A card for each decision; above them how steady she was, where answers came to her twice."""

    def __init__(
        self,
        look: Look,
        lines: Sequence[ToldLine],
        parent: QWidget | None = None,
        *,
        repeats: OwnRepeats = NO_REPEATS,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("What was decided on your marks"))
        space, size = look.theme.space, look.theme.sizes.control
        self.cards = ScrollColumn(space.medium, right=space.small)
        for line in lines:
            self.cards.column.addWidget(_card(look, line))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(PlainLabel(tr("What was decided on your marks"), "title", wrap=True))
        self.repeats = PlainLabel(_repeats_words(repeats), "reading", wrap=True)
        self.repeats.setHidden(not repeats.marks)
        layout.addWidget(self.repeats)
        layout.addWidget(self.cards, 1)
        layout.addWidget(buttons)
        self.resize(size * WIDTH, size * HEIGHT)


def _repeats_words(repeats: OwnRepeats) -> str:
    words = tr(
        "In earlier rounds {answers} answers came to you twice. You gave {alike} of {marks} marks the same both times. "
        "Only you are told so."
    )
    return words.format(answers=repeats.answers, alike=repeats.alike, marks=repeats.marks)


def _card(look: Look, line: ToldLine) -> QFrame:
    card = QFrame()
    dress(card, "card")
    space = look.theme.space
    layout = QVBoxLayout(card)
    layout.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
    layout.setSpacing(space.tiny)
    layout.addWidget(PlainLabel(line.point, "strong", wrap=True))
    layout.addWidget(PlainLabel(line.question, "muted", wrap=True))
    words = tr("You said: {said}. Decided: {decided}.") if line.said else tr("Decided: {decided}.")
    said = words.format(said=line.said, decided=line.decided)
    layout.addWidget(PlainLabel(said, wrap=True))
    if line.reason:
        layout.addWidget(PlainLabel(line.reason, "reading", wrap=True))
    who = BETWEEN.join(each for each in (line.by, day_text(line.at) if line.at else "") if each)
    layout.addWidget(PlainLabel(who, "caption"))
    return card
