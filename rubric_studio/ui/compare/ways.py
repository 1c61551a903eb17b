"""Ways to look at agreement: by point, by part, by person; the worst first or as the guide has it."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.ui.compare.agreement_words import tr
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.look import Look
from rubric_studio.ui.results.choosers import ChoiceBox, named_choice
from rubric_studio.ui.segmented import Segmented

POINTS, OWN, PARTS, PEOPLE = "points", "own", "parts", "people"


class Ways(QWidget):
    """`picked` tells that something else is wished."""

    picked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.without_own = Segmented(
            tr("Look by"), [(POINTS, tr("Points")), (PARTS, tr("Parts and total")), (PEOPLE, tr("People"))]
        )
        self.with_own = Segmented(
            tr("Look by"),
            [
                (POINTS, tr("Points")),
                (OWN, tr("Questions' own points")),
                (PARTS, tr("Parts and total")),
                (PEOPLE, tr("People")),
            ],
        )
        self.sorting = ChoiceBox(tr("Order"))
        self.sorting.offer(
            [("worst", tr("least agreement first")), ("guide", tr("as in the guide"))], "worst"
        )
        flow = FlowLayout(self, spacing=look.theme.space.medium)
        self._ordering = named_choice(look, self.sorting)
        for widget in (self.without_own, self.with_own, self._ordering):
            flow.addWidget(widget)
        self._has_own = False
        self.offer(own=False)
        for choice in (self.without_own, self.with_own):
            choice.chosen.connect(self._on_chosen)
        self.sorting.picked.connect(self.picked)

    @property
    def way(self) -> Any:
        """The way that is chosen."""
        return (self.with_own if self._has_own else self.without_own).value()

    @property
    def order(self) -> Any:
        """The order of the lines: "worst" or "guide"."""
        return self.sorting.value()

    def offer(self, *, own: bool) -> None:
        """Offer questions' own points only where there are any; the choice stays where it can."""
        chosen = self.way
        self._has_own = own
        self.with_own.setVisible(own)
        self.without_own.setVisible(not own)
        self.choose(POINTS if chosen == OWN and not own else chosen)

    def choose(self, way: str) -> None:
        """Choose a way without telling anybody."""
        (self.with_own if self._has_own else self.without_own).set_value(way)
        self._fit()

    def _on_chosen(self) -> None:
        self._fit()
        self.picked.emit()

    def _fit(self) -> None:
        self._ordering.setVisible(self.way in (POINTS, OWN))
