"""One run in the list: what it is for, where it stands, how far it is, what it costs. It knows no project."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.domain.run import RunState, RunSummary
from rubric_studio.services.run_progress import RunProgress
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.run_bar import RunBar
from rubric_studio.ui.models.run_words import (
    PAUSING,
    STATE_ICONS,
    STATE_ROLES,
    cost_text,
    counts_text,
    failed_text,
    pace_text,
    purpose_text,
    state_text,
    tokens_text,
    tr,
    where_text,
)
from rubric_studio.ui.plain_text import PlainLabel


@dataclass(frozen=True)
class RunNow:
    """A run at this moment. `progress` is there while it is under way; `place` counts the runs before it in line."""

    run: RunSummary
    progress: RunProgress | None = None
    is_pausing: bool = False
    place: int = 0

    @property
    def state(self) -> str:
        """The state as people see it."""
        if self.progress is not None or self.run.state is RunState.RUNNING:
            return PAUSING if self.is_pausing else RunState.RUNNING
        return self.run.state


class StateMark(QWidget):
    """A state as a shape and a word."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._state: str = RunState.WAITING
        self._shape, self._word = PlainLabel(), PlainLabel("", "caption")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.tiny)
        layout.addWidget(self._shape)
        layout.addWidget(self._word)
        look.changed.connect(self._draw)

    def show_state(self, state: str) -> None:
        """Show another state."""
        if state != self._state or not self._word.text():
            self._state = state
            self._word.setText(state_text(state))
            self.setAccessibleName(state_text(state))
            self._draw()

    def text(self) -> str:
        """The state in words."""
        return self._word.text()

    def _draw(self) -> None:
        role = STATE_ROLES.get(self._state, "text_muted")
        size = self._look.theme.shape.icon
        pixmap = self._look.icons().pixmap(STATE_ICONS[self._state], role, size, self.devicePixelRatioF())
        self._shape.setPixmap(pixmap)


class RunLine(QFrame):
    """A line of the list, changed in place while the run goes on."""

    chosen = Signal(str)
    failed_requested = Signal(str)

    def __init__(self, look: Look, now: RunNow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "point")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._look = look
        self.id = now.run.id
        self.title = PlainLabel(now.run.plan.title, "strong", wrap=True)
        self.mark = StateMark(look)
        self.about = PlainLabel("", "caption", wrap=True)
        self.bar = RunBar(look)
        self.counts, self.pace = PlainLabel("", "caption"), PlainLabel("", "caption", wrap=True)
        self.failed = QPushButton()
        dress(self.failed, "link")
        self.failed.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.failed.clicked.connect(lambda: self.failed_requested.emit(self.id))
        self._lay_out()
        self.show_now(now)

    def show_now(self, now: RunNow) -> None:
        """Show where the run stands."""
        run = now.run
        self.title.setText(run.plan.title)
        self.mark.show_state(now.state)
        self.about.setText(f"{purpose_text(run.plan)} · {where_text(run.plan)}")
        self.bar.show_run(run)
        self.counts.setText(counts_text(run))
        self.failed.setText(failed_text(run.failed))
        self.failed.setVisible(run.failed > 0)
        self.pace.setText(" · ".join(part for part in self._pace(now) if part))
        self.setAccessibleName(f"{run.plan.title}, {self.mark.text()}")
        self.setAccessibleDescription(f"{self.about.text()}. {self.bar.accessibleName()}. {self.pace.text()}")

    def show_chosen(self, chosen: bool) -> None:
        """Mark the line that the details are of; Tab stops there."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
        if self.property("selected") != chosen:
            self.setProperty("selected", chosen)
            dress(self, "point")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.chosen.emit(self.id)

    def _pace(self, now: RunNow) -> list[str]:
        parts = [pace_text(now.progress)] if now.progress is not None and not now.is_pausing else []
        if now.run.state is RunState.WAITING and now.place:
            parts.append(tr("{n} before it").format(n=now.place))
        if now.run.usage.prompt or now.run.usage.answer:
            parts.append(tokens_text(now.run.usage))
        if now.run.plan.price is not None:
            parts.append(cost_text(now.run))
        return parts

    def _lay_out(self) -> None:
        space = self._look.theme.space
        state, counts = QHBoxLayout(), QHBoxLayout()
        state.setSpacing(space.small)
        state.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self.about, 1, Qt.AlignmentFlag.AlignTop)
        counts.setSpacing(space.small)
        counts.addWidget(self.counts)
        counts.addWidget(self.failed)
        counts.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.small, space.small, space.small, space.small)
        layout.setSpacing(space.tiny)
        layout.addWidget(self.title)
        layout.addLayout(state)
        layout.addWidget(self.bar)
        layout.addLayout(counts)
        layout.addWidget(self.pace)
