"""How a judge's model shall answer: temperature, effort, length, seed. An empty field leaves it to the server."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from rubric_studio.domain.model_call import Parameters
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.captioned import Captioned
from rubric_studio.ui.models.judge_words import tr

HOTTEST = 2.0


class JudgeParameters(QWidget):
    """`changed` tells that something was typed or chosen."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.temperature, self.max_tokens, self.seed = QLineEdit(), QLineEdit(), QLineEdit()
        self.effort = QComboBox()
        for key, words in _efforts().items():
            self.effort.addItem(words, key)
        left_to_it = tr("left to the server")
        for field in (self.temperature, self.max_tokens, self.seed):
            field.setPlaceholderText(left_to_it)
            field.textChanged.connect(self.changed)
        self.effort.activated.connect(self.changed)
        self._temperature = Captioned(
            look,
            tr("Temperature, 0 to 2"),
            self.temperature,
            tr("0 is steadiest; reasoning models take none."),
        )
        self._tokens = Captioned(look, tr("Longest answer, in tokens"), self.max_tokens)
        self._seed = Captioned(look, tr("Seed"), self.seed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.space.medium)
        effort = Captioned(look, tr("Reasoning effort"), self.effort)
        for piece in (self._temperature, effort, self._tokens, self._seed):
            column.addWidget(piece)

    def show_parameters(self, parameters: Parameters) -> None:
        """Show saved ones."""
        shown = ((self.temperature, parameters.temperature), (self.max_tokens, parameters.max_tokens),
                 (self.seed, parameters.seed))  # fmt: skip
        for field, value in shown:
            field.setText("" if value is None else f"{value:g}")
        self.effort.setCurrentIndex(max(0, self.effort.findData(parameters.reasoning_effort or "")))

    def parameters(self) -> Parameters:
        """What the fields say; only where `problem` says nothing."""
        return Parameters(
            temperature=_number(self.temperature),
            max_tokens=_whole(self.max_tokens),
            reasoning_effort=self.effort.currentData() or None,
            seed=_whole(self.seed),
        )

    def problem(self) -> str:
        """What is wrong, said under its field too; "" for nothing."""
        hot, tokens, seed = _problem_of(self.temperature, _number), _problem_of(self.max_tokens, _whole), ""
        seed = _problem_of(self.seed, _whole)
        if not hot and not 0 <= (_number(self.temperature) or 0.0) <= HOTTEST:
            hot = tr("Between 0 and 2, please.")
        if not tokens and (_whole(self.max_tokens) or 1) < 1:
            tokens = tr("At least 1, please.")
        for captioned, problem in ((self._temperature, hot), (self._tokens, tokens), (self._seed, seed)):
            captioned.set_problem(problem)
        return hot or tokens or seed


def _number(field: QLineEdit) -> float | None:
    text = field.text().strip().replace(",", ".")
    return float(text) if text else None


def _whole(field: QLineEdit) -> int | None:
    text = field.text().strip()
    return int(text) if text else None


def _problem_of(field: QLineEdit, read: "object") -> str:
    try:
        read(field)  # type: ignore[operator]
    except ValueError:
        return tr("A number, please.")
    return ""


def _efforts() -> dict[str, str]:
    return {
        "": tr("left to the server"), "none": tr("none"), "minimal": tr("minimal"), "low": tr("low"),
        "medium": tr("medium"), "high": tr("high"), "xhigh": tr("very high"),
    }  # fmt: skip
