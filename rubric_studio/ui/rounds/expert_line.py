"""One expert of a round as the lead sees her: who, how far, what was sent to her. Never what she said."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QWidget

from rubric_studio.services.rounds import ExpertProgress
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, set_tip
from rubric_studio.ui.rounds.round_words import counted_text, progress_text, tr

BAR_WIDTH = 96
WIDEST = "packet 999.9 MB, 30 Nov 2026"
"""Lines of several people stand in columns."""


class ExpertLine(QWidget):
    """`reopen_requested` asks to let her go on: she handed in too early."""

    reopen_requested = Signal(str)

    def __init__(
        self,
        look: Look,
        expert: ExpertProgress,
        *,
        is_me: bool,
        is_closed: bool,
        sent: str = "",
        marks: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.is_there = is_me or bool(expert.at)
        """Whether she needs nothing to be sent any more."""
        name = tr("{name} (you)").format(name=expert.name) if is_me else expert.name
        self.name = PlainLabel(name, "strong", wrap=True)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar()
        self.bar.setRange(0, max(1, expert.total))
        self.bar.setValue(expert.done)
        self.bar.setTextVisible(False)
        told = counted_text(marks) if is_closed else progress_text(expert, is_closed=False, is_me=is_me)
        self.told = PlainLabel(told, wrap=True)
        self.bar.setVisible(not is_closed)
        self.told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.sent = PlainLabel(sent, "caption")
        self.reopen_button = QPushButton(tr("Reopen"))
        dress(self.reopen_button, "quiet")
        set_tip(self.reopen_button, tr("She handed in too early: let her go on."))
        self.reopen_button.setAccessibleName(tr("Reopen for {name}").format(name=expert.name))
        policy = self.reopen_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reopen_button.setSizePolicy(policy)
        self.reopen_button.setVisible(expert.finished and not is_closed)
        self.reopen_button.clicked.connect(lambda: self.reopen_requested.emit(expert.person))
        self.setAccessibleName(f"{name}: {self.told.text()}")
        self.bar.setAccessibleName(self.told.text())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.medium)
        layout.addWidget(self.name, 3)
        layout.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.told, 4)
        layout.addWidget(self.sent)
        layout.addWidget(self.reopen_button)
        self._look = look
        look.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        """Lines stand in columns at any size of text."""
        self.sent.setMinimumWidth(self._look.metrics("caption").horizontalAdvance(WIDEST))
        self.bar.setFixedWidth(BAR_WIDTH * self._look.theme.percent // 100)
