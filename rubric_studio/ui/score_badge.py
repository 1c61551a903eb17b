"""One score: the number, or the range in which it lies, or a dash with the reason. Asks nobody for it."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rubric_studio.ui.look import Look
from rubric_studio.ui.number_text import difference_text, range_text, score_text
from rubric_studio.ui.plain_text import set_tip

CHANGE_SHOWN_MS = 1000


@dataclass(frozen=True)
class BadgeScore:
    """What a badge shows.

    `value` is the score; `low` and `high` the range where there is no score yet; `reason` why there is none;
    `difference` to the saved version; `model` the model's place in the fixed order of colors.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str = ""
    difference: float | None = None
    model: int | None = None

    def text(self) -> str:
        """Return the number, the two ends, or a dash."""
        if self.value is not None:
            return score_text(self.value)
        if self.low is not None and self.high is not None:
            return range_text(self.low, self.high)
        return "\N{EN DASH}"


class ScoreBadge(QWidget):
    """A painted score. A number that changes is bold for a second, the change beside it."""

    def __init__(self, look: Look, score: BadgeScore | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._score = score or BadgeScore()
        self._change = 0.0
        self._settle = QTimer(self, interval=CHANGE_SHOWN_MS, singleShot=True)
        self._settle.timeout.connect(self._on_settle_timeout)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._on_look_changed)
        self._describe()

    def score(self) -> BadgeScore:
        """Return what is shown."""
        return self._score

    def set_score(self, score: BadgeScore, *, mark_change: bool = True) -> None:
        """Show another score; `mark_change` is off where it belongs to another answer than the one before."""
        before, self._score = self._score, score
        both = before.value is not None and score.value is not None
        self._change = (score.value or 0.0) - (before.value or 0.0) if both and mark_change else 0.0
        if difference_text(self._change):
            self._settle.start()
        else:
            self._settle.stop()
        self._describe()
        self.updateGeometry()
        self.update()

    def shown_difference(self) -> str:
        """Return the difference beside the number now: the fresh change, else to the saved version."""
        if self._settle.isActive():
            return difference_text(self._change)
        return difference_text(self._score.difference or 0.0)

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        bold = self._look.metrics("control", bold=True)
        width = theme.shape.edge + theme.space.small + bold.horizontalAdvance(self._score.text())
        if self.shown_difference():
            width += theme.space.small + self._look.metrics("caption").horizontalAdvance(
                self.shown_difference()
            )
        return QSize(width + theme.space.tiny, bold.height() + theme.space.small)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._score.model is not None:
            edge = QRectF(0, 2, theme.shape.edge, self.height() - 4)
            painter.fillRect(edge, theme.model_color(self._score.model))
        left = theme.shape.edge + theme.space.small
        left = self._paint_text(painter, left)
        if self.shown_difference():
            painter.setFont(self._look.font("caption", bold=self._settle.isActive()))
            painter.setPen(theme.color("text_muted"))
            box = QRectF(left + theme.space.small, 0, self.width(), self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self.shown_difference())
        painter.end()

    def _paint_text(self, painter: QPainter, left: float) -> float:
        """Paint the number or the range and return where it ends."""
        score, theme = self._score, self._look.theme
        bold = score.value is not None
        painter.setFont(self._look.font("control", bold=bold))
        painter.setPen(theme.color("text" if bold or score.low is not None else "text_muted"))
        width = self._look.metrics("control", bold=bold).horizontalAdvance(score.text())
        has_range = score.value is None and score.low is not None and score.high is not None
        lift = theme.space.tiny if has_range else 0
        box = QRectF(left, 0, width + 1, self.height() - lift)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, score.text())
        if has_range:
            self._paint_range(painter, left, width)
        return left + width

    def _paint_range(self, painter: QPainter, left: float, width: float) -> None:
        """Paint the whole scale from 0 to 1 as a thin line and the range on it."""
        theme = self._look.theme
        top = self.height() - theme.space.tiny - 1
        painter.fillRect(QRectF(left, top, width, 3), theme.color("line"))
        low, high = self._score.low or 0.0, self._score.high or 0.0
        part = QRectF(left + low * width, top, max(2.0, (high - low) * width), 3)
        painter.fillRect(part, theme.color("accent"))

    def _describe(self) -> None:
        score = self._score
        if score.value is not None:
            words = self.tr("Score {score}").format(score=score.text())
        elif score.low is not None:
            words = self.tr("No score yet, between {low} and {high}").format(
                low=score_text(score.low), high=score_text(score.high or 0.0)
            )
        else:
            words = self.tr("No score")
        self.setAccessibleName(words)
        self.setAccessibleDescription(score.reason)
        set_tip(self, score.reason)

    def _on_settle_timeout(self) -> None:
        self.updateGeometry()
        self.update()

    def _on_look_changed(self) -> None:
        self.updateGeometry()
        self.update()
