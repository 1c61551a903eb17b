"""How steady a judge is that was asked several times: one sentence, point by point, and what flips most."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.domain.listing import SampleInfo
from rubric_studio.ui.handover.card import Card
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.judge_words import DASH, share_range, share_words, tr
from rubric_studio.ui.number_text import count_text, score_text, share_text
from rubric_studio.ui.plain_text import PlainLabel

if TYPE_CHECKING:
    from rubric_studio.services.judge_stability import Flip, PointStability, Stability

MOST_POINTS, MOST_FLIPS = 12, 5


class StabilityCard(Card):
    """`wanted` asks to look; `opened` tells (sample id, point) of an answer that somebody wants to see."""

    wanted = Signal()
    opened = Signal(int, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.set_heading(tr("How steady it is"))
        self._look = look
        self.sentence = PlainLabel("", wrap=True)
        self.look_button = QPushButton(tr("Look at its repeats"))
        self.look_button.clicked.connect(self.wanted)
        self._inside = QWidget()
        self.flips: list[QPushButton] = []
        self.content.addWidget(self.sentence)
        self.content.addWidget(self.look_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.content.addWidget(self._inside)

    def show_unknown(self, repeats: int) -> None:
        """Nothing was looked at yet; `repeats` is how often the judge asks, 0 where nobody knows."""
        once = tr("It asks every question once. Let it ask several times, and you see how steady it is.")
        several = tr("It asks every question {n} times.").format(n=repeats)
        unknown = tr("Where it marked an answer several times, its marks can be laid side by side.")
        self.sentence.setText(unknown if repeats == 0 else once if repeats == 1 else several)
        self.look_button.setVisible(repeats != 1)
        self.look_button.setEnabled(True)
        self._clear()

    def show_waiting(self) -> None:
        """It is being looked at."""
        self.look_button.setEnabled(False)
        self.sentence.setText(tr("Looking at its repeats…"))

    def show_found(
        self, found: "Stability | None", infos: Mapping[int, SampleInfo], titles: Mapping[str, str]
    ) -> None:
        """Show what was found; None where no answer has two marks of it."""
        self._clear()
        self.look_button.hide()
        if found is None:
            self.sentence.setText(tr("No answer has two marks of this judge on one point yet."))
            return
        words = tr("All {repeats} times the same grade on {share} of {n} marks ({range}).")
        self.sentence.setText(
            words.format(
                repeats=found.repeats,
                share=share_text(found.same.value or 0.0),
                n=count_text(found.same.n),
                range=share_range(found.same),
            )
        )
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._look.theme.space.small)
        column.addLayout(self._points(found.points))
        if found.flips:
            column.addWidget(PlainLabel(tr("Where it changes its mind most"), "strong"))
        for flip in found.flips[:MOST_FLIPS]:
            column.addLayout(self._flip(flip, infos, titles))

    def _points(self, points: "tuple[PointStability, ...]") -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._look.theme.space.large)
        grid.setVerticalSpacing(self._look.theme.space.tiny)
        grid.setColumnStretch(0, 1)
        for at, title in enumerate((tr("Point"), "n", tr("Always the same"), tr("Spread"))):
            grid.addWidget(PlainLabel(title, "caption"), 0, at)
        for line, point in enumerate(points[:MOST_POINTS], 1):
            title = point.title or tr("Questions' own points")
            cells = (title, count_text(point.same.n), share_words(point.same), score_text(point.deviation))
            for at, text in enumerate(cells):
                grid.addWidget(PlainLabel(text, wrap=at == 0), line, at)
        if len(points) > MOST_POINTS:
            more = tr("and {n} more that are steadier").format(n=count_text(len(points) - MOST_POINTS))
            grid.addWidget(PlainLabel(more, "caption"), MOST_POINTS + 1, 0)
        return grid

    def _flip(self, flip: "Flip", infos: Mapping[int, SampleInfo], titles: Mapping[str, str]) -> QHBoxLayout:
        info = infos[flip.sample]
        values = ", ".join(DASH if value is None else score_text(value) for value in flip.values)
        words = tr("{title}, question {row}, {model}: {values}")
        text = words.format(
            title=titles.get(flip.key, tr("Own point")), row=str(info.row), model=info.model, values=values
        )
        button = QPushButton(tr("Show it"))
        dress(button, "link")
        button.setAccessibleName(tr("Show it: {what}").format(what=text))
        button.clicked.connect(lambda: self.opened.emit(flip.sample, flip.key))
        self.flips.append(button)
        line = QHBoxLayout()
        line.addWidget(PlainLabel(text, wrap=True), 1)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _clear(self) -> None:
        """A layout goes with its widget: a new one is empty."""
        self.flips = []
        self.content.removeWidget(self._inside)
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = QWidget()
        self.content.addWidget(self._inside)
