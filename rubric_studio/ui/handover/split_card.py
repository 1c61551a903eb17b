"""How the questions are cut into parts, with the labels before and after."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from rubric_studio.domain.splitting import Shares
from rubric_studio.services.handover import HandoverFacts, label_counts, parts_of
from rubric_studio.ui.handover.card import Card
from rubric_studio.ui.handover.plain_table import PlainTable
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel

LARGEST_SEED = 2**31 - 1


class SplitCard(Card):
    """Shares in percent; the seed behind More. `changed` tells that another split was asked for."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.set_heading(self.tr("Which questions train"))
        self._facts: HandoverFacts | None = None
        defaults = Shares()
        self.validation = _percent(
            defaults.validation, self.tr("Questions that check the training, in percent")
        )
        self.test = _percent(defaults.test, self.tr("Questions that stay at home, in percent"))
        self.seed = QSpinBox(maximum=LARGEST_SEED)
        self.seed.setAccessibleName(self.tr("Seed: another number cuts otherwise"))
        for box in (self.validation, self.test, self.seed):
            # The style sheet does not reach what is inside a box with arrows of its own.
            box.lineEdit().setTextMargins(look.theme.space.tiny, 0, 0, 0)
        self._sentence = PlainLabel(wrap=True)
        self.more = QCheckBox(self.tr("More"))
        self.field = QComboBox(sizeAdjustPolicy=QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.field.setAccessibleName(self.tr("Labels of"))
        columns = [self.tr("Label"), self.tr("All"), self.tr("Train"), self.tr("Check"), self.tr("At home")]
        self.table = PlainTable(self.tr("Labels in each part"), columns)
        self._lay_out(look)
        for box in (self.validation, self.test, self.seed):
            box.valueChanged.connect(self._on_value_changed)
        self.field.currentIndexChanged.connect(self._refresh)
        self.more.toggled.connect(self._on_more_toggled)
        self._on_more_toggled(False)

    @property
    def shares(self) -> Shares:
        """The shares asked for."""
        return Shares(validation=self.validation.value(), test=self.test.value())

    def show_facts(self, facts: HandoverFacts) -> None:
        """Show how these questions would be cut."""
        self._facts = facts
        chosen = self.field.currentText()
        self.field.blockSignals(True)
        self.field.clear()
        self.field.addItems(list(facts.label_fields))
        self.field.setCurrentIndex(max(0, self.field.findText(chosen)))
        self.field.blockSignals(False)
        self._refresh()

    def _lay_out(self, look: Look) -> None:
        line = QHBoxLayout()
        line.setSpacing(look.theme.space.small)
        for words, box in ((self.tr("Check"), self.validation), (self.tr("Keep at home"), self.test)):
            line.addWidget(PlainLabel(words))
            line.addWidget(box)
        self._seed_label = PlainLabel(self.tr("Seed"))
        line.addWidget(self.more)
        line.addWidget(self._seed_label)
        line.addWidget(self.seed)
        line.addStretch(1)
        self.content.addWidget(self._sentence)
        self.content.addLayout(line)
        self._by = QHBoxLayout()
        self._by_label: QLabel = PlainLabel(self.tr("Labels of"))
        self._by.addWidget(self._by_label)
        self._by.addWidget(self.field)
        self._by.addStretch(1)
        self.content.addLayout(self._by)
        self.content.addWidget(self.table)

    def _on_value_changed(self) -> None:
        # Together the two may not take everything: the other one gives way.
        least_left = 100 - self.validation.value()
        if self.test.value() > least_left:
            self.test.setValue(least_left)
        self._refresh()
        self.changed.emit()

    def _on_more_toggled(self, shown: bool) -> None:
        self.seed.setVisible(shown)
        self._seed_label.setVisible(shown)

    def _refresh(self) -> None:
        if self._facts is None:
            return
        parts = parts_of(self._facts, self.seed.value(), self.shares)
        words = self.tr("{0} questions train, {1} check the training, {2} stay at home for a last test.")
        self._sentence.setText(words.format(len(parts.train), len(parts.validation), len(parts.test)))
        field = self.field.currentText()
        counts = label_counts(self._facts, parts, field) if field else []
        self.table.set_lines(
            [(c.label, *map(str, (c.everywhere, c.train, c.validation, c.test))) for c in counts]
        )
        for widget in (self.table, self.field, self._by_label):
            widget.setVisible(bool(field))


def _percent(value: int, name: str) -> QSpinBox:
    box = QSpinBox(maximum=90, value=value, suffix=" %")
    box.setAccessibleName(name)
    return box
