"""How the whole guide counts: the way of adding up, and where the questions' own points go. Behind "More"."""

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from rubric_studio.domain.rubric import Aggregation, Rubric
from rubric_studio.domain.rubric_edits import changed, has_heavy_faults, in_shares, with_aggregation
from rubric_studio.ui.guide.choices import ChoiceBox
from rubric_studio.ui.guide.desk import GuideDesk
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, button_text

CHOSEN_BY_HAND = ("stratified", "points_clipped", "points_shifted")
NOWHERE = ""
OF_THEIR_OWN = "row"


class CountingCard(QFrame):
    """A card over the parts."""

    def __init__(self, look: Look, desk: GuideDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        dress(self, "card")
        ways = [(way, heading(f"aggregation.{way}")) for way in CHOSEN_BY_HAND]
        self.way = ChoiceBox(self.tr("How the guide counts"), ways, self._on_way)
        self.explanation = PlainLabel("", "muted", wrap=True)
        self.offer = QPushButton(button_text(self.tr("Turn points into shares of the final score")))
        self.offer.clicked.connect(self._on_offer_taken)
        self.offer.hide()
        self.own_points = ChoiceBox(self.tr("Questions' own points"), [], self._on_own_points)
        layout = QVBoxLayout(self)
        space = look.theme.space
        layout.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        layout.setSpacing(space.small)
        layout.addWidget(PlainLabel(self.tr("How the guide counts"), "caption"))
        for widget in (self.way, self.explanation, self.way.problem):
            layout.addWidget(widget)
        layout.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(PlainLabel(self.tr("Points that a question brings along"), "caption"))
        layout.addWidget(self.own_points)
        layout.addWidget(self.own_points.problem)

    def show_rubric(self, rubric: Rubric) -> None:
        """Show how the rubric counts."""
        self._offer_formula(rubric.aggregation == "formula")
        self.way.show_value(rubric.aggregation)
        self.explanation.setText(self._explanation(rubric.aggregation))
        self.offer.hide()
        self._show_own_points(rubric)

    def _offer_formula(self, on: bool) -> None:
        """Name the formula only where one came with a file; it cannot be written here."""
        at = self.way.findData("formula")
        if on and at < 0:
            self.way.addItem(heading("aggregation.formula"), "formula")
        elif not on and at >= 0:
            self.way.removeItem(at)

    def _show_own_points(self, rubric: Rubric) -> None:
        options = [(NOWHERE, self.tr("Do not count"))]
        keys = [stratum.key for stratum in rubric.strata]
        own = rubric.row_criteria if rubric.row_criteria not in (None, *keys) else OF_THEIR_OWN
        if own not in keys:
            options.append((str(own), self.tr("Count in a part of their own")))
        options += [(s.key, self.tr('Count in "{0}"').format(s.title or s.key)) for s in rubric.strata]
        shown = [
            (self.own_points.itemData(at), self.own_points.itemText(at))
            for at in range(self.own_points.count())
        ]
        if shown != options:
            self.own_points.clear()
            for key, text in options:
                self.own_points.addItem(text, key)
        self.own_points.show_value(rubric.row_criteria or NOWHERE)

    def _explanation(self, way: str) -> str:
        return {
            "stratified": self.tr("Each part is worth its weight. A fault costs a share of the final score."),
            "points_clipped": self.tr("Points are added up, faults taken off, never below zero."),
            "points_shifted": self.tr("Points are added up; a fault that was avoided earns its points."),
            "formula": self.tr("A formula that came with its file."),
        }[way]

    def _on_way(self, chosen: str) -> str:
        way = cast(Aggregation, chosen)
        heavy = way == "stratified" and has_heavy_faults(self._desk.rubric)
        if heavy:
            self.offer.show()
            return self.tr(
                "Some faults cost more than 1 point. Part by part, a fault costs a share of the score."
            )
        return self._desk.change(lambda r: with_aggregation(r, way), self.tr("How the guide counts"))

    def _on_offer_taken(self) -> None:
        self.way.set_problem(self._desk.change(in_shares, self.tr("Turn points into shares")))

    def _on_own_points(self, key: str) -> str:
        return self._desk.change(
            lambda r: changed(r, row_criteria=key or None), self.tr("Questions' own points")
        )
