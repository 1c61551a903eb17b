"""One job of the import: what runs, how far it is, the time left, and a button that stops it."""

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from rubric_studio.ui.jobs import Job
from rubric_studio.ui.look import Look
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel

TICK_MS = 500
WIDTH = 460


class ProgressPanel(QWidget):
    """Stopping an import leaves nothing of it, which the panel says."""

    def __init__(self, look: Look, promise: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._counts = False
        self._title = PlainLabel("", "strong", wrap=True)
        self._bar = QProgressBar(textVisible=False)
        self._left = PlainLabel("", "muted")
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.setIcon(look.icon("stop"))
        self.stop_button.clicked.connect(self._on_stop_button_clicked)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._refresh)
        space = look.theme.space
        column = QWidget()
        column.setMaximumWidth(WIDTH * look.theme.percent // 100)
        inside = QVBoxLayout(column)
        inside.setSpacing(space.medium)
        inside.addStretch(2)
        for widget in (self._title, self._bar):
            inside.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self._left, 1)
        row.addWidget(self.stop_button)
        inside.addLayout(row)
        inside.addWidget(PlainLabel(promise, "caption", wrap=True))
        inside.addStretch(3)
        layout = QHBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(column, 8)
        layout.addStretch(1)
        self.setFocusProxy(self.stop_button)

    def follow(self, job: Job, *, counts: bool = False, can_stop: bool = True) -> None:
        """Show a job; `counts` says that its numbers mean something to people."""
        self._job, self._counts = job, counts
        self._title.setText(job.title)
        self._bar.setAccessibleName(job.title)
        self.stop_button.setEnabled(True)
        self.stop_button.setVisible(can_stop)
        job.progressed.connect(self._refresh)
        job.ended.connect(self._on_job_ended)
        self._tick.start()
        self._refresh()

    def _refresh(self) -> None:
        job = self._job
        if job is None:
            return
        self._bar.setRange(0, 0 if job.total <= 0 else 1000)
        self._bar.setValue(0 if job.total <= 0 else round(1000 * job.done / job.total))
        self._left.setText(self.state_text(job))

    def state_text(self, job: Job) -> str:
        """Return counts and time left in words."""
        if job.is_stopping:
            return self.tr("Stopping")
        if job.total <= 0:
            return ""
        counts = ""
        if self._counts:
            counts = self.tr("{done} of {total}").format(
                done=count_text(job.done), total=count_text(job.total)
            )
        seconds = job.seconds_left(time.monotonic())
        if seconds is None or job.done >= job.total:
            return counts
        left = self.tr("less than a minute left")
        if seconds >= 60:
            left = self.tr("about {n} min left").format(n=round(seconds / 60))
        return self.tr("{counts}, {left}").format(counts=counts, left=left) if counts else left

    def _on_stop_button_clicked(self) -> None:
        if self._job is not None:
            self._job.stop()
            self.stop_button.setEnabled(False)
            self._refresh()

    def _on_job_ended(self) -> None:
        if self._job is self.sender():
            self._job = None
            self._tick.stop()
