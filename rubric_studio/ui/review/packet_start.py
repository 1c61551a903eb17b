"""The first minute of somebody who opens a packet: she is asked whether it is hers, and nothing else."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.domain.packet import Packet
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.rounds.round_words import asked_text, packet_title, reading_text

COLUMN_WIDTH = 460


class PacketStart(QWidget):
    """Says what was sent, by whom and how much it is. `denied`: somebody else sits at this computer."""

    confirmed = Signal()
    denied = Signal()

    def __init__(self, look: Look, packet: Packet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        dress(self, "page")
        name = packet.expert.name
        self.yes_button = QPushButton(button_text(self.tr("Yes, I am {name}").format(name=name)))
        dress(self.yes_button, "primary")
        self.no_button = QPushButton(self.tr("No, I am somebody else"))
        for button in (self.yes_button, self.no_button):
            button.setAutoDefault(True)  # Enter presses it, as Space does
        self.yes_button.clicked.connect(self.confirmed)
        self.no_button.clicked.connect(self.denied)
        self._column = QWidget()
        self._lay_out(packet)
        self.setFocusProxy(self.yes_button)
        look.changed.connect(self._limit_width)
        self._limit_width()

    def _lay_out(self, packet: Packet) -> None:
        space = self._look.theme.space
        name = packet.expert.name
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space.small)
        column.addStretch(2)
        column.addWidget(PlainLabel(packet_title(packet), "title", wrap=True))
        column.addWidget(PlainLabel(asked_text(packet), "reading", wrap=True))
        column.addWidget(PlainLabel(reading_text(packet), "muted", wrap=True))
        column.addSpacing(space.large)
        question = self.tr("You are {name} – is that right?").format(name=name)
        column.addWidget(PlainLabel(question, "strong", wrap=True))
        column.addWidget(self.yes_button)
        column.addWidget(self.no_button)
        column.addSpacing(space.large)
        promise = self.tr(
            "Everything stays on this computer until you send your answers back. Nobody sees your marks before "
            "{lead} closes the round."
        )
        column.addWidget(PlainLabel(promise.format(lead=packet.lead_name), "muted", wrap=True))
        column.addStretch(3)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.page, space.page, space.page, space.page)
        layout.addStretch(1)
        layout.addWidget(self._column, 8)
        layout.addStretch(1)

    def _limit_width(self) -> None:
        self._column.setMaximumWidth(COLUMN_WIDTH * self._look.theme.percent // 100)
