"""Which questions are asked: all, those without answers, the first ones, or a draw. It reads no question."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QWidget

from rubric_studio.domain.ids import RowId
from rubric_studio.services.sampling_choices import SamplingChoices, Scope
from rubric_studio.ui.handover.card import Card
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.captioned import Captioned
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import PlainLabel, set_tip
from rubric_studio.ui.segmented import Segmented

MOST = 1_000_000
NUMBERED = ("first", "drawn")


class SamplingQuestions(Card):
    """`changed` tells of another choice; the count is told by whoever looks."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.set_heading(self.tr("Questions"))
        self._rows: tuple[RowId, ...] = ()
        self.scope = Segmented(
            self.tr("Which questions"),
            [
                ("all", self.tr("All")),
                ("unanswered", self.tr("Without answers")),
                ("first", self.tr("The first")),
                ("drawn", self.tr("Drawn by lot")),
            ],
        )
        self.named = PlainLabel("", wrap=True)
        self.number, self.draw = QSpinBox(), QSpinBox()
        self.number.setRange(1, MOST)
        self.draw.setRange(0, MOST)
        self.without_dropped = QCheckBox(self.tr("Leave out dropped questions"))
        self.count = PlainLabel("", "muted", wrap=True)
        self._number = Captioned(look, self.tr("How many"), self.number)
        self._draw = Captioned(look, self.tr("Draw number"), self.draw)
        set_tip(self.draw, self.tr("The same number draws the same questions again."))
        self._numbers = QWidget()
        line = QHBoxLayout(self._numbers)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.theme.space.medium)
        line.addWidget(self._number)
        line.addWidget(self._draw)
        line.addStretch(1)
        for widget in (self.scope, self.named, self._numbers, self.without_dropped, self.count):
            self.content.addWidget(widget)
        self.scope.chosen.connect(self._on_scope_chosen)
        self.number.valueChanged.connect(self.changed)
        self.draw.valueChanged.connect(self.changed)
        self.without_dropped.toggled.connect(self.changed)

    def show_choices(self, choices: SamplingChoices) -> None:
        """Show what was chosen."""
        self._rows = choices.rows if choices.scope == "named" else ()
        self.scope.set_value("all" if choices.scope == "named" else choices.scope)
        self.number.setValue(choices.number)
        self.draw.setValue(choices.draw)
        self.without_dropped.setChecked(choices.without_dropped)
        self._arrange()

    def values(self) -> dict[str, object]:
        """What is chosen, by the names of `SamplingChoices`."""
        return {
            "scope": self.scope_kept,
            "rows": self._rows,
            "number": self.number.value(),
            "draw": self.draw.value(),
            "without_dropped": self.without_dropped.isChecked(),
        }

    @property
    def scope_kept(self) -> Scope:
        """The scope, "named" while questions were handed in."""
        return "named" if self._rows else self.scope.value()  # type: ignore[return-value]

    def show_count(self, rows: Sequence[RowId]) -> None:
        """Say how many questions that is."""
        one, many = self.tr("1 question"), self.tr("{0} questions").format(count_text(len(rows)))
        self.count.setText(one if len(rows) == 1 else many if rows else self.tr("No question fits."))

    def _on_scope_chosen(self) -> None:
        self._rows = ()
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        scope = self.scope_kept
        self._numbers.setVisible(scope in NUMBERED)
        self._draw.setVisible(scope == "drawn")
        self.without_dropped.setVisible(scope != "named")
        self.named.setVisible(scope == "named")
        self.named.setText(self.tr("The questions that were chosen. Press one of these to take others."))
