"""Her own part of a round inside the project: the review page with a way back above it. It opens no file."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.review.review_page import ReviewPage
from rubric_studio.ui.rounds.round_words import tr
from rubric_studio.ui.session import Session


class OwnView(QWidget):
    """`left` and `hand_in_requested` are wishes: whoever shows it answers them."""

    left = Signal()
    hand_in_requested = Signal()

    def __init__(self, session: Session, look: Look, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.page = ReviewPage(session, look)
        self.back_button = QPushButton(tr("Back to the rounds"))
        dress(self.back_button, "quiet")
        self.hand_in_button = QPushButton(tr("Hand in…"))
        bar = QFrame()
        dress(bar, "bar")
        space = look.theme.space
        row = QHBoxLayout(bar)
        row.setContentsMargins(space.large, space.tiny, space.large, space.tiny)
        row.setSpacing(space.medium)
        row.addWidget(self.back_button)
        row.addWidget(PlainLabel(tr("{title}, your part").format(title=title), "strong", wrap=True), 1)
        row.addWidget(self.hand_in_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self.page, 1)
        self.back_button.clicked.connect(self.left)
        self.hand_in_button.clicked.connect(self.hand_in_requested)
        self.page.hand_in_requested.connect(self.hand_in_requested)
        self.page.pause_requested.connect(self.left)
        self.setFocusProxy(self.page)
        look.changed.connect(self._draw)
        self._draw()

    def leave(self) -> None:
        """Keep where she is; nothing looks into the packet any more."""
        self.page.leave()
        for timer in self.page.findChildren(QTimer):
            timer.stop()

    def _draw(self) -> None:
        self.back_button.setIcon(self._look.icon("left"))
