"""How a model shall answer: temperature, effort, length, seed. Everything may be left to the server."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QGridLayout, QSpinBox, QVBoxLayout, QWidget

from rubric_studio.domain.model_call import Parameters
from rubric_studio.services.sampling_choices import SamplingChoices
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.captioned import Captioned
from rubric_studio.ui.plain_text import PlainLabel

MOST = 2_000_000_000
STEP = 0.1


class SamplingParameters(QWidget):
    """The least value of each number means that the server decides."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        server = self.tr("as the server likes")
        self.temperature = QDoubleSpinBox()
        self.temperature.setRange(-STEP, 2.0)
        self.temperature.setSingleStep(STEP)
        self.tokens, self.seed = QSpinBox(), QSpinBox()
        self.tokens.setRange(0, MOST)
        self.tokens.setSingleStep(256)
        self.seed.setRange(-1, MOST)
        for field in (self.temperature, self.tokens, self.seed):
            field.setSpecialValueText(server)
            field.valueChanged.connect(self.changed)
        self.effort, self.api = QComboBox(), QComboBox()
        self.effort.addItem(server, None)
        for effort, words in self._efforts():
            self.effort.addItem(words, effort)
        self.api.addItem(self.tr("as the connection says"), "")
        self.api.addItem(self.tr("Chat Completions"), "chat")
        self.api.addItem(self.tr("Responses"), "responses")
        grid = QGridLayout()
        grid.setSpacing(look.theme.space.medium)
        for at, (caption, field) in enumerate(
            (
                (self.tr("Temperature"), self.temperature),
                (self.tr("Reasoning effort"), self.effort),
                (self.tr("Longest answer, in tokens"), self.tokens),
                (self.tr("Seed"), self.seed),
                (self.tr("Asked by"), self.api),
            )
        ):
            grid.addWidget(Captioned(look, caption, field), at // 2, at % 2)
        words = self.tr(
            "With a seed, answers are asked for one by one: the seed counts up, so that each can be asked for again."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addWidget(PlainLabel(words, "caption", wrap=True))
        self.effort.currentIndexChanged.connect(self.changed)
        self.api.currentIndexChanged.connect(self.changed)

    def show_choices(self, choices: SamplingChoices) -> None:
        """Show what was chosen."""
        told = choices.parameters
        self.temperature.setValue(-STEP if told.temperature is None else told.temperature)
        self.tokens.setValue(told.max_tokens or 0)
        self.seed.setValue(-1 if told.seed is None else told.seed)
        self.effort.setCurrentIndex(max(0, self.effort.findData(told.reasoning_effort)))
        self.api.setCurrentIndex(max(0, self.api.findData(choices.api)))

    def parameters(self) -> Parameters:
        """What is set."""
        temperature = round(self.temperature.value(), 2)
        return Parameters(
            temperature=temperature if temperature >= 0 else None,
            max_tokens=self.tokens.value() or None,
            reasoning_effort=self.effort.currentData(),
            seed=self.seed.value() if self.seed.value() >= 0 else None,
        )

    def _efforts(self) -> list[tuple[str, str]]:
        return [
            ("none", self.tr("none")),
            ("minimal", self.tr("minimal")),
            ("low", self.tr("low")),
            ("medium", self.tr("medium")),
            ("high", self.tr("high")),
            ("xhigh", self.tr("highest")),
        ]
