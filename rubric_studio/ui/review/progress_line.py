"""How far one is: done of all, pace, saved when, what waits in the two queues, and the way through."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QVBoxLayout, QWidget

from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.segmented import Segmented


@dataclass(frozen=True)
class Progress:
    """What the line says; `left` and `saved` are in words, "" where nothing is known."""

    place: str
    done: int
    total: int
    left: str = ""
    saved: str = ""
    unsure: int = 0
    skipped: int = 0


class ProgressLine(QFrame):
    """It counts nothing itself."""

    way_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.place = PlainLabel("", "strong")
        self.told = PlainLabel("", "muted")
        self.unsure = self._chip()
        self.skipped = self._chip()
        self.summary = self._chip(self.tr("Where I stand  O"))
        ways = (("answer", self.tr("Answer by answer")), ("point", self.tr("Point by point")))
        self.way = Segmented(self.tr("How to go through (W)"), ways)
        self.way_key = PlainLabel("W", "key")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Answers marked"))
        self.way.chosen.connect(self.way_chosen)
        self._lay_out()

    def show_progress(self, progress: Progress) -> None:
        """Say how far one is."""
        self.place.setText(progress.place)
        parts = [
            self.tr("{0} of {1} done").format(progress.done, progress.total),
            progress.left,
            progress.saved,
        ]
        self.told.setText(" · ".join(part for part in parts if part))
        if (self.bar.value(), self.bar.maximum()) != (progress.done, progress.total):
            self.bar.setRange(0, max(1, progress.total))
            self.bar.setValue(progress.done)
        self.unsure.setText(button_text(self.tr("Unsure: {0}  Shift+U").format(progress.unsure)))
        self.unsure.setVisible(progress.unsure > 0)
        self.skipped.setText(button_text(self.tr("Put off: {0}  Shift+S").format(progress.skipped)))
        self.skipped.setVisible(progress.skipped > 0)

    def add(self, widget: QWidget) -> None:
        """Put one more thing at the line's end."""
        self._line.addWidget(widget)

    def _chip(self, text: str = "") -> QPushButton:
        button = QPushButton(button_text(text))
        dress(button, "chip")
        return button

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self._line = line = FlowLayout(spacing=space.medium)
        widgets = (self.place, self.told, self.unsure, self.skipped, self.way, self.way_key, self.summary)
        for widget in widgets:
            line.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.tiny)
        layout.addLayout(line)
        layout.addWidget(self.bar)
