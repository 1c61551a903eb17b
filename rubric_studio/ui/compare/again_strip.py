"""Points with new words whose disputes are to be scored again: how many, and the way to the round. Starts none."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from rubric_studio.domain.ids import RecordId, SampleKey
from rubric_studio.services.cures import CureOutcome, affected_samples
from rubric_studio.services.round_start import HoldOut, Pick, RoundStart
from rubric_studio.ui.compare.dispute_words import tr
from rubric_studio.ui.look import Look
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel


class AgainStrip(QWidget):
    """`round_requested` carries the round as it would begin; `guide_requested`: the words are not saved yet."""

    round_requested = Signal(object)
    guide_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outcomes: tuple[CureOutcome, ...] = ()
        self.sentence = PlainLabel("", wrap=True)
        self.button = QPushButton()
        self.button.clicked.connect(self._on_clicked)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.theme.space.medium)
        line.addWidget(self.sentence, 1)
        line.addWidget(self.button)
        self.hide()

    def show_outcomes(self, outcomes: Sequence[CureOutcome]) -> None:
        """Show what waits to be scored again; nothing where nothing does."""
        self._outcomes = tuple(each for each in outcomes if each.scored_again < each.before)
        self.setVisible(bool(self._outcomes))
        if not self._outcomes:
            return
        points, answers = len({each.cure.criterion for each in self._outcomes}), len(self._samples())
        one = tr("1 point has new words: {answers} to score again.")
        several = tr("{points} points have new words: {answers} to score again.")
        words = one if points == 1 else several
        self.sentence.setText(words.format(points=count_text(points), answers=_answers(answers)))
        self.button.setText(tr("Score these again…") if self._saved() else tr("Save the guide first"))

    def start(self) -> RoundStart:
        """Return the round that scores these answers again, and no others."""
        samples = self._samples()
        cures = tuple(RecordId(each.cure.id) for each in self._saved())
        return RoundStart(
            title=tr("Scored again after rewording"),
            pick=Pick(how="chosen", samples=samples, count=max(1, len(samples))),
            hold_out=HoldOut(),
            cures=cures,
        )

    def _saved(self) -> list[CureOutcome]:
        return [each for each in self._outcomes if each.is_saved]

    def _samples(self) -> tuple[SampleKey, ...]:
        return affected_samples(each.cure for each in self._saved() or self._outcomes)

    def _on_clicked(self) -> None:
        if self._saved():
            self.round_requested.emit(self.start())
        else:
            self.guide_requested.emit()


def _answers(count: int) -> str:
    return tr("1 answer") if count == 1 else tr("{n} answers").format(n=count_text(count))
