"""The strip at the bottom that shows what works in the background: how far, how long yet, pause, stop."""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.ui.jobs import Job, Jobs
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel, set_tip

TICK_MS = 500
GRACE_MS = 400  # work that is done sooner would only make the page jump


class JobStrip(QFrame):
    """Hidden while nothing runs. Shows the oldest job; opens to the list of all."""

    def __init__(
        self,
        look: Look,
        jobs: Jobs,
        clock: Callable[[], float] = time.monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._jobs, self._clock = look, jobs, clock
        self._lines: dict[Job, JobLine] = {}
        dress(self, "strip")
        self.setAccessibleName(self.tr("Work in the background"))
        self.more_button = QToolButton(self)
        self.more_button.setCheckable(True)
        dress(self.more_button, "chip")
        self.more_button.toggled.connect(self._show_lines)
        self._layout = QVBoxLayout()
        self._layout.setSpacing(2)
        outer = QHBoxLayout(self)
        space = look.theme.space
        outer.setContentsMargins(space.medium, space.tiny, space.medium, space.tiny)
        outer.addLayout(self._layout, 1)
        outer.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grace = QTimer(self, interval=GRACE_MS, singleShot=True)
        self._grace.timeout.connect(self._on_grace_timeout)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._on_tick_timeout)
        jobs.started.connect(self._on_jobs_started)
        jobs.ended.connect(self._on_jobs_ended)
        for job in jobs.running:
            self._on_jobs_started(job)
        self._show_lines()

    def lines(self) -> tuple["JobLine", ...]:
        """Return the lines, oldest job first."""
        return tuple(self._lines.values())

    def _on_jobs_started(self, job: Job) -> None:
        line = JobLine(self._look, job, self._clock, self)
        self._lines[job] = line
        self._layout.addWidget(line)
        self._show_lines()

    def _on_jobs_ended(self, job: Job) -> None:
        line = self._lines.pop(job)
        self._layout.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._show_lines()

    def _on_grace_timeout(self) -> None:
        if self.parentWidget() is not None:
            self.show()  # without a parent it would open as a window of its own

    def _on_tick_timeout(self) -> None:
        for line in self._lines.values():
            line.refresh()

    def _show_lines(self) -> None:
        more = len(self._lines) - 1
        if not self._lines:
            self._grace.stop()
            self.hide()
        elif self.isHidden() and not self._grace.isActive():
            self._grace.start()
        self.more_button.setVisible(more > 0)
        self.more_button.setText(self.tr("%n more", "", more))
        for index, line in enumerate(self._lines.values()):
            line.setVisible(index == 0 or self.more_button.isChecked())
        if self._lines:
            self._tick.start()
        else:
            self._tick.stop()
            self.more_button.setChecked(False)


class JobLine(QWidget):
    """One job: its title, a thin bar, counts, time left, pause and stop."""

    def __init__(
        self, look: Look, job: Job, clock: Callable[[], float], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._job, self._clock = look, job, clock
        self._title = PlainLabel(job.title, "caption")
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(job.title)
        self._bar.setMinimumWidth(look.theme.space.page * 2)
        self._counts = PlainLabel("", "caption")
        self.pause_button = QToolButton()
        self.stop_button = QToolButton(toolButtonStyle=Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.stop_button.setText(self.tr("Stop"))
        self.pause_button.clicked.connect(self._on_pause_clicked)
        self.stop_button.clicked.connect(self._on_stop_clicked)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.small)
        for widget, stretch in ((self._title, 0), (self._bar, 1), (self._counts, 0)):
            layout.addWidget(widget, stretch, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.pause_button)
        layout.addWidget(self.stop_button)
        job.progressed.connect(self.refresh)
        look.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show how far the job is now."""
        job = self._job
        self._bar.setRange(0, 0 if job.total <= 0 else 1000)
        self._bar.setValue(0 if job.total <= 0 else round(1000 * job.done / job.total))
        self._counts.setText(self.state_text())
        set_tip(self._counts, job.message)
        paused = job.is_paused
        self.pause_button.setIcon(self._look.icon("play" if paused else "pause"))
        name = self.tr("Go on") if paused else self.tr("Pause")
        self.pause_button.setAccessibleName(name)
        set_tip(self.pause_button, name)
        self.stop_button.setIcon(self._look.icon("stop"))
        self.pause_button.setEnabled(not job.is_stopping)
        self.stop_button.setEnabled(not job.is_stopping)

    def state_text(self) -> str:
        """Return counts and time left in words."""
        job = self._job
        if job.is_stopping:
            return self.tr("Stopping; what is done is kept")
        if job.total <= 0:
            return job.message
        counts = {"done": count_text(job.done), "total": count_text(job.total)}
        if job.is_paused:
            return self.tr("{done} of {total}, paused").format(**counts)
        seconds = job.seconds_left(self._clock())
        if seconds is None or job.done >= job.total:
            return self.tr("{done} of {total}").format(**counts)
        if seconds < 60:
            return self.tr("{done} of {total}, less than a minute left").format(**counts)
        if seconds < 5400:
            return self.tr("{done} of {total}, about {n} min left").format(**counts, n=round(seconds / 60))
        return self.tr("{done} of {total}, about {n} h left").format(**counts, n=round(seconds / 3600))

    def _on_pause_clicked(self) -> None:
        if self._job.is_paused:
            self._job.resume()
        else:
            self._job.pause()
        self.refresh()

    def _on_stop_clicked(self) -> None:
        self._job.stop()
        self.refresh()
