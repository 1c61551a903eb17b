"""One answer as a line: its score, its model and run, its first words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from rubric_studio.domain.sample import Sample
from rubric_studio.domain.verdict import State
from rubric_studio.services.scores import SampleScore
from rubric_studio.ui.answer_told import BETWEEN, alarm_words, told_words
from rubric_studio.ui.guide.answer_score import reason_text
from rubric_studio.ui.guide.elided_label import ElidedLabel
from rubric_studio.ui.look import Look, dress, paint_focus
from rubric_studio.ui.plain_text import PlainLabel, set_tip
from rubric_studio.ui.score_badge import BadgeScore, ScoreBadge

WORDS = 160


class AnswerLine(QFrame):
    """Clicking it, or Enter on it, asks for the answer in the scoring guide.

    The score may come later: until then its place is empty.

    Args:
        model: the model's place in the fixed order of colors.
        width: room for the score, the same for all lines.
    """

    chosen = Signal()

    def __init__(
        self, look: Look, sample: Sample, model: int | None, width: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        dress(self, "point")
        self._model = model
        self.badge = ScoreBadge(look, BadgeScore(model=model))
        self.badge.hide()  # a dash would say that there is no score
        self._name = self.tr("{model}, run {run}").format(model=sample.model, run=sample.run)
        first = " ".join(sample.text[: 4 * WORDS].split())[:WORDS]
        model_name, words = ElidedLabel(look), ElidedLabel(look, role="text_muted")
        model_name.setText(sample.model)
        model_name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        words.setText(first or self.tr("empty answer"))
        run = ElidedLabel(look)
        run.setText(self.tr(", run {run}").format(run=sample.run))
        run.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._alarm, told = alarm_words(sample), told_words(sample)
        self._tip = f"{told}\n\n{first}" if told else first
        self.state = PlainLabel(self._alarm, "caption")
        self._score_place = QWidget()
        self._lay_out(model_name, run, words)
        self.set_width(width)
        self.setAccessibleName(self._name)
        set_tip(self, self._tip)

    def show_score(self, score: SampleScore) -> None:
        """Show how the answer scores."""
        self.badge.set_score(badge_score(score, self._model), mark_change=False)
        self.badge.show()
        words = (self._alarm, self._state(score))
        self.state.setText(BETWEEN.join(each for each in words if each))
        self.setAccessibleName(f"{self._name}. {self.badge.accessibleName()}. {self.state.text()}")
        set_tip(self, reason_text(score) or self._tip)

    def set_width(self, width: int) -> None:
        """Leave another room for the score."""
        self._score_place.setFixedWidth(width + self._look.theme.space.wide)

    def _lay_out(self, model: ElidedLabel, run: ElidedLabel, words: ElidedLabel) -> None:
        space = self._look.theme.space
        column = QVBoxLayout()
        column.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(0)
        first.addWidget(model)  # a long name gives way, the run after it stays
        first.addWidget(run)
        first.addStretch(1)
        first.addSpacing(space.small)
        first.addWidget(self.state)
        column.addLayout(first)
        column.addWidget(words)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.tiny, 2, space.tiny, 2)
        layout.setSpacing(space.small)
        beside = QHBoxLayout(self._score_place)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.badge)
        layout.addWidget(self._score_place)
        layout.addLayout(column, 1)

    def _state(self, score: SampleScore) -> str:
        if score.score is not None:
            return ""
        if score.missing:
            points = sum(mark.state is not State.NOT_APPLICABLE for mark in score.marks.values())
            return self.tr("{n} of {points} points to mark").format(n=len(score.missing), points=points)
        return self.tr("no score")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            paint_focus(painter, self, self._look.theme)
            painter.end()


def badge_score(score: SampleScore, model: int | None) -> BadgeScore:
    """Return a score as a badge shows it."""
    return BadgeScore(
        value=score.score, low=score.low, high=score.high, reason=reason_text(score), model=model
    )
