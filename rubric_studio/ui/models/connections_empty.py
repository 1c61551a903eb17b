"""What stands where this computer knows no connection yet: three choices, and that nothing leaves by itself."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rubric_studio.domain.connection import Service
from rubric_studio.ui.handover.card import Card
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.connection_words import service_name
from rubric_studio.ui.plain_text import PlainLabel

WIDEST = 900


class ConnectionsEmpty(QWidget):
    """`chosen` carries the service to begin with."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        space = look.theme.space
        cards = QHBoxLayout()
        cards.setSpacing(space.large)
        for heading, words, services in self._choices():
            cards.addWidget(self._card(look, heading, words, services), 1)
        column = QVBoxLayout()
        column.setSpacing(space.large)
        column.addStretch(1)
        column.addWidget(PlainLabel(self.tr("Connect a model"), "title"))
        sentence = self.tr(
            "A model can write fresh answers and mark them by your scoring guide. Without one everything else works."
        )
        column.addWidget(PlainLabel(sentence, "reading", wrap=True))
        column.addLayout(cards)
        promise = self.tr(
            "Nothing leaves this computer until you say so: before a run you see what goes where."
        )
        column.addWidget(PlainLabel(promise, "muted", wrap=True))
        column.addStretch(2)
        middle = QWidget()
        middle.setLayout(column)
        middle.setMaximumWidth(WIDEST)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(space.wide, 0, space.wide, 0)
        outer.addStretch(1)
        outer.addWidget(middle, 1000)
        outer.addStretch(1)

    def _choices(self) -> list[tuple[str, str, Sequence[Service]]]:
        return [
            (
                self.tr("A model on this computer"),
                self.tr("Your texts stay here. It needs the program that runs it."),
                ("ollama", "lm_studio", "vllm"),
            ),
            (self.tr("OpenAI"), self.tr("With the key of your account there."), ("openai",)),
            (
                self.tr("Azure, or another"),
                self.tr("Your company's own, or any that speaks OpenAI's language."),
                ("azure", "bedrock", "fireworks", "other"),
            ),
        ]

    def _card(self, look: Look, heading: str, words: str, services: Sequence[Service]) -> Card:
        card = Card(look)
        card.set_heading(heading)
        card.content.addWidget(PlainLabel(words, "muted", wrap=True))
        card.content.addSpacing(look.theme.space.small)
        for at, service in enumerate(services):
            name = self.tr("Another one") if service == "other" else service_name(service)
            button = QPushButton(name)
            dress(button, "primary" if at == 0 else "")
            button.clicked.connect(lambda _=False, service=service: self.chosen.emit(service))
            card.content.addWidget(button)
            self.buttons[service] = button
        card.content.addStretch(1)
        card.content.setAlignment(Qt.AlignmentFlag.AlignTop)
        return card
