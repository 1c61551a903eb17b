"""The strip that leads the way once: the steps as ticks, and what to do next. It can be put away at any time."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, set_tip
from rubric_studio.ui.tour import Step, Tour


class TourStrip(QFrame):
    """A tick for each step, the next one's name and how it is done, a button that goes there."""

    page_requested = Signal(str)
    dismissed = Signal()

    def __init__(self, look: Look, tour: Tour, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._tour = look, tour
        dress(self, "bar")
        self.setAccessibleName(self.tr("First steps"))
        self._ticks = [QToolButton(self) for _ in tour.steps]
        for tick, step in zip(self._ticks, tour.steps, strict=True):
            tick.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            tick.clicked.connect(lambda _=False, page=step.page: self.page_requested.emit(page))
        self.title = PlainLabel("", "strong", wrap=True)
        self.how = PlainLabel("", "muted", wrap=True)
        self.how.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.go_button = QPushButton(self.tr("Show me where"))
        self.go_button.clicked.connect(self._on_go_button_clicked)
        self.close_button = QPushButton(self.tr("Put away"))
        dress(self.close_button, "quiet")
        self.close_button.clicked.connect(self.dismissed)
        self._lay_out()
        tour.advanced.connect(self.refresh)
        look.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is done and what comes next."""
        for tick, step, done in zip(self._ticks, self._tour.steps, self._tour.done, strict=True):
            tick.setIcon(self._look.icon("full" if done else "empty", "met" if done else "text_muted"))
            state = self.tr("done") if done else self.tr("to do")
            tick.setAccessibleName(self.tr("{step}: {state}").format(step=step.title, state=state))
            set_tip(tick, step.title)
        at = self._tour.current
        step = None if at is None else self._tour.steps[at]
        self.go_button.setVisible(step is not None)
        self.title.setText(step.title if step else self.tr("That was the whole way"))
        self.how.setText(step.how if step else self.tr("F1 lists every key."))
        self.close_button.setText(self.tr("Put away") if step else self.tr("Close"))

    def _lay_out(self) -> None:
        space = self._look.theme.space
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.medium, space.tiny, space.medium, space.tiny)
        layout.setSpacing(space.small)
        ticks = QHBoxLayout()
        ticks.setSpacing(0)
        for tick in self._ticks:
            ticks.addWidget(tick)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.how)
        layout.addLayout(ticks)
        layout.addLayout(words, 1)
        layout.addWidget(self.go_button)
        layout.addWidget(self.close_button)

    def _on_go_button_clicked(self) -> None:
        if self._tour.current is not None:
            self.page_requested.emit(self._step().page)

    def _step(self) -> Step:
        return self._tour.steps[self._tour.current or 0]
