"""Which answers a round takes and how many. The picking itself is done elsewhere."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from rubric_studio.services.round_start import Balance, How, Pick
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.captioned import Captioned
from rubric_studio.ui.models.name_box import NameBox
from rubric_studio.ui.rounds.round_words import answers_text, picked_text, tr

MOST = 1_000_000
LETTERS = 26


class PickField(QWidget):
    """`changed` tells of another choice. Answers that were chosen beforehand stay a choice of their own."""

    changed = Signal()

    def __init__(
        self, look: Look, labels: Sequence[str], *, has_judges: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._start = Pick()
        self.how = NameBox(LETTERS)
        ways: tuple[How, ...] = (
            ("random", "balanced", "differences") if has_judges else ("random", "balanced")
        )
        for how in ways:
            self.how.addItem(picked_text(how), how)
        self.count = QSpinBox()
        self.count.setRange(1, MOST)
        self.over: dict[Balance, QCheckBox] = {
            "score": QCheckBox(tr("Scores")),
            "model": QCheckBox(tr("Models")),
            "label": QCheckBox(tr("Labels")),
        }
        self.label = NameBox()
        for name in labels:
            self.label.addItem(name, name)
        self.label.setAccessibleName(tr("Field with the labels"))
        self._over = QWidget()
        self._lay_out(look)
        self.show_pick(Pick(how="balanced"))
        self.how.currentIndexChanged.connect(self._on_changed)
        self.count.valueChanged.connect(self._on_changed)
        self.label.currentIndexChanged.connect(self._on_changed)
        for box in self.over.values():
            box.toggled.connect(self._on_changed)

    def pick(self) -> Pick:
        """The choice as it stands."""
        how: How = self.how.currentData()
        over = tuple(side for side, box in self.over.items() if box.isChecked() and box.isEnabled())
        return self._start.model_copy(
            update={
                "how": how,
                "count": self.count.value(),
                "over": over,
                "label_field": self.label.currentData() or "" if "label" in over else "",
            }
        )

    def show_pick(self, pick: Pick) -> None:
        """Show a choice; answers named in it are offered as one."""
        self._start = pick
        if pick.samples and self.how.findData("chosen") < 0:
            words = tr("{answers} chosen beforehand").format(answers=answers_text(len(pick.samples)))
            self.how.insertItem(0, words, "chosen")
        self.how.setCurrentIndex(max(0, self.how.findData(pick.how)))
        self.count.setValue(pick.count)
        for side, box in self.over.items():
            box.setChecked(side in pick.over)
        if pick.label_field:
            self.label.setCurrentIndex(self.label.findData(pick.label_field))
        self._arrange()

    def _on_changed(self) -> None:
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        how = self.how.currentData()
        self._number.setVisible(how != "chosen")
        self._over.setVisible(how == "balanced")
        has_labels = self.label.count() > 0
        self.over["label"].setEnabled(has_labels)
        self.over["label"].setVisible(has_labels)
        self.label.setVisible(has_labels and self.over["label"].isChecked())

    def _lay_out(self, look: Look) -> None:
        space = look.theme.space
        self._number = Captioned(look, tr("How many"), self.count)
        first = QHBoxLayout()
        first.setSpacing(space.medium)
        first.addWidget(Captioned(look, tr("Which answers"), self.how), 1, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        over = QHBoxLayout(self._over)
        over.setContentsMargins(0, 0, 0, 0)
        over.setSpacing(space.medium)
        for box in self.over.values():
            over.addWidget(box)
        over.addWidget(self.label, 1)
        over.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.small)
        layout.addLayout(first)
        layout.addWidget(self._over)
