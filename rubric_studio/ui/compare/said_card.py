"""What one person or judge said in a dispute: grade, reason in full, the passages it rests on. Decides nothing."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from rubric_studio.services.asked import Asked
from rubric_studio.services.disputes import Said
from rubric_studio.ui.compare.dispute_words import grade_text, shape_said, tr
from rubric_studio.ui.compare.rater_ink import RaterInk
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.quote_button import QuoteButton
from rubric_studio.ui.state_shape import StateShape


class InkChip(QWidget):
    """A person's letter in the ink of the evidence: a ring of its color around it."""

    def __init__(self, look: Look, ink: RaterInk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._ink = look, ink
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self._look.metrics("control", bold=True)
        side = metrics.height() + 6
        return QSize(max(side, metrics.horizontalAdvance(self._ink.letter) + 12), side)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = painter.pen()
        pen.setColor(self._ink.color(theme))
        pen.setWidth(3)
        painter.setPen(pen)
        painter.setBrush(theme.color("surface"))
        box = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(theme.color("text"))
        painter.setFont(self._look.font("control", bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._ink.letter)
        painter.end()


class SaidCard(QFrame):
    """`passage_chosen` names whose passage is to be shown, and which of them."""

    passage_chosen = Signal(str, int)

    def __init__(
        self, look: Look, asked: Asked, said: Said, ink: RaterInk, who: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        dress(self, "card")
        space = look.theme.space
        self.said = said
        self.grade = PlainLabel(grade_text(said), "strong", wrap=True)
        self.who = PlainLabel(who, wrap=True)
        head = QHBoxLayout()
        head.setSpacing(space.small)
        head.addWidget(InkChip(look, ink), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.who, 1)
        head.addWidget(StateShape(look, shape_said(asked, said)), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.grade, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.small, space.medium, space.small)
        layout.setSpacing(space.tiny)
        layout.addLayout(head)
        if said.unsure:
            layout.addWidget(PlainLabel(tr("Unsure of it."), "muted"))
        self.reason = PlainLabel(said.verdict.reason or tr("No reason given."), wrap=True)
        if not said.verdict.reason:
            dress(self.reason, "muted")
        self.reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.reason)
        for at, span in enumerate(said.verdict.evidence):
            button = QuoteButton(span.quote or tr("a passage"))
            button.setAccessibleName(
                tr("Show the passage of {who}: {quote}").format(who=who, quote=span.quote)
            )
            button.clicked.connect(lambda _=False, at=at: self.passage_chosen.emit(said.rater, at))
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        told = tr("{who} gave {grade}. {reason}")
        self.setAccessibleName(told.format(who=who, grade=self.grade.text(), reason=self.reason.text()))
