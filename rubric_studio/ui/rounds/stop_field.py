"""When wording is good enough, said before anybody scores, and how many answers that takes. Computes nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from rubric_studio.domain.round import StopRule
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.captioned import Captioned
from rubric_studio.ui.models.name_box import NameBox
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.rounds.round_words import STATISTICS, statistic_text, tr

MOST = 100_000


class StopField(QWidget):
    """`changed` tells of another rule; `helper` says what the rule takes."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.declared = QCheckBox(tr("Say now when the wording is good enough"))
        self.statistic = NameBox()
        for statistic in STATISTICS:
            self.statistic.addItem(statistic_text(statistic), statistic)
        self.target, self.lower_end, self.least = QDoubleSpinBox(), QDoubleSpinBox(), QSpinBox()
        for number in (self.target, self.lower_end):
            number.setRange(0, 1)
            number.setSingleStep(0.05)
            number.setDecimals(2)
        self.least.setRange(2, MOST)
        self.helper = PlainLabel("", "muted", wrap=True)
        self._inside = QWidget()
        self._lay_out(look)
        self.show_rule(StopRule())
        self.declared.toggled.connect(self._on_declared)
        self.statistic.currentIndexChanged.connect(self.changed)
        for number in (self.target, self.lower_end, self.least):
            number.valueChanged.connect(self.changed)

    def rule(self) -> StopRule | None:
        """The rule, None where none is declared."""
        if not self.declared.isChecked():
            return None
        return StopRule(
            statistic=self.statistic.currentData(),
            target=round(self.target.value(), 2),
            lower=round(self.lower_end.value(), 2),
            least=self.least.value(),
        )

    def show_rule(self, rule: StopRule | None) -> None:
        """Show a rule; None stands for none declared."""
        shown = rule or StopRule()
        self.declared.setChecked(rule is not None)
        self.statistic.setCurrentIndex(STATISTICS.index(shown.statistic))
        self.target.setValue(shown.target)
        self.lower_end.setValue(shown.lower)
        self.least.setValue(shown.least)
        self._inside.setVisible(rule is not None)

    def _on_declared(self, on: bool) -> None:
        self._inside.setVisible(on)
        self.changed.emit()

    def _lay_out(self, look: Look) -> None:
        space = look.theme.space
        numbers = QHBoxLayout()
        numbers.setSpacing(space.small)
        numbers.addWidget(Captioned(look, tr("At least"), self.target))
        numbers.addWidget(Captioned(look, tr("Lower end of its interval"), self.lower_end))
        numbers.addWidget(Captioned(look, tr("On so many answers"), self.least))
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(space.large, 0, 0, 0)
        inside.setSpacing(space.small)
        inside.addWidget(Captioned(look, tr("Figure"), self.statistic))
        inside.addLayout(numbers)
        inside.addWidget(self.helper)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.small)
        layout.addWidget(self.declared)
        layout.addWidget(self._inside)
