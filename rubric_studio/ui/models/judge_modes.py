"""How much one call of a judge marks, with what it costs and how exact it is in plain words."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from rubric_studio.domain.judge import JudgeMode
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.judge_words import tr
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel

MODES: tuple[JudgeMode, ...] = ("criterion", "stratum", "sample")


class JudgeModes(QWidget):
    """`chosen` tells that another one was taken."""

    chosen = Signal()

    def __init__(self, look: Look, calls: Mapping[JudgeMode, int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("One call marks"))
        self.buttons: dict[JudgeMode, QRadioButton] = {}
        self._group = QButtonGroup(self)
        space = look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.tiny)
        for mode in MODES:
            title, words = _words(mode, calls[mode])
            button = QRadioButton(title)
            button.setAccessibleDescription(words)
            self.buttons[mode] = button
            self._group.addButton(button)
            layout.addWidget(button)
            hint = PlainLabel(words, "caption", wrap=True)
            hint.setContentsMargins(space.wide, 0, 0, space.tiny)
            layout.addWidget(hint)
        self._group.idToggled.connect(lambda _, on: on and self.chosen.emit())

    @property
    def mode(self) -> JudgeMode:
        """The choice."""
        return next(mode for mode, button in self.buttons.items() if button.isChecked())

    def show_mode(self, mode: JudgeMode) -> None:
        """Choose."""
        self.buttons[mode].setChecked(True)


def _words(mode: JudgeMode, calls: int) -> tuple[str, str]:
    number = (
        tr("One call for an answer.")
        if calls == 1
        else tr("{n} calls for an answer.").format(n=count_text(calls))
    )
    titles = {
        "criterion": (tr("One point"), tr("Costs most and is most exact: nothing turns it from the point at hand.")),
        "stratum": (tr("One part"), tr("A middle way: points that belong together are marked together.")),
        "sample": (tr("The whole answer"), tr("Costs least. With many points a model becomes careless.")),
    }  # fmt: skip
    title, words = titles[mode]
    return title, f"{number} {words}"
