"""The line above the review page of a packet: whose it is, from whom, and how it goes back. It does nothing itself."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from rubric_studio.domain.packet import Packet
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.rounds.round_words import BETWEEN, packet_title, tr


class PacketBar(QFrame):
    """`told_requested` asks for what was decided on her marks, where there is any."""

    hand_in_requested = Signal()
    told_requested = Signal()

    def __init__(self, look: Look, packet: Packet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "bar")
        title = packet_title(packet)
        self.setAccessibleName(title)
        self.title = PlainLabel(title, "strong", wrap=True)
        sent = tr("from {lead}").format(lead=packet.lead_name)
        figures = tr("The lead sees your figures once the round is closed.") if packet.tells_lead else ""
        self.note = PlainLabel(BETWEEN.join(each for each in (sent, figures) if each), "caption")
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.told_button = QPushButton(tr("What was decided on your marks"))
        self.told_button.setVisible(bool(packet.told))
        self.hand_in_button = QPushButton(tr("Hand in…"))
        dress(self.told_button, "quiet")
        for button in (self.told_button, self.hand_in_button):
            button.setAutoDefault(True)  # Enter presses it, as Space does
        space = look.theme.space
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.large, space.tiny, space.large, space.tiny)
        layout.setSpacing(space.medium)
        layout.addWidget(self.title, 2)
        layout.addWidget(self.note, 3)
        layout.addWidget(self.told_button)
        layout.addWidget(self.hand_in_button)
        self.told_button.clicked.connect(self.told_requested)
        self.hand_in_button.clicked.connect(self.hand_in_requested)
