"""Who marks what in training, and how well the model that marks agrees with the experts."""

from PySide6.QtWidgets import QWidget

from rubric_studio.services.handover import HandoverFacts, MarkedBy
from rubric_studio.ui.handover.card import Card
from rubric_studio.ui.handover.plain_table import PlainTable
from rubric_studio.ui.labels import label
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel


class PointsCard(Card):
    """A table of the points; agreement always with its n and interval."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.set_heading(self.tr("Who marks what in training"))
        self._own = PlainLabel("", "muted", wrap=True)
        columns = (self.tr("Point"), self.tr("Marked by"), self.tr("Same grade as the experts"))
        self.table = PlainTable(self.tr("Who marks what"), columns)
        self._judge = PlainLabel("", "muted", wrap=True)
        self._judge.hide()
        self.content.addWidget(self.table)
        self.content.addWidget(self._judge)
        self.content.addWidget(self._own)

    def show_facts(self, facts: HandoverFacts) -> None:
        """Show the points of the version that is handed over."""
        self.table.setVisible(bool(facts.points))
        self.table.set_lines([(p.title, label(_rater(p)), self._agreement(p)) for p in facts.points])
        self._say_judge(facts)
        own = self.tr("Questions have {0} points of their own; a model or an expert marks those.")
        self._own.setText(own.format(facts.own_points))
        self._own.setVisible(facts.own_points > 0)

    def _say_judge(self, facts: HandoverFacts) -> None:
        judge = facts.judge
        self._judge.setVisible(judge is not None and bool(facts.by_model or facts.own_points))
        if judge is None:
            return
        words = self.tr("The marks here are those of “{0}” ({1}).").format(judge.rater, judge.model)
        if judge.instructions:
            words += " " + self.tr("Its own instructions go along, so that training asks as it did.")
        self._judge.setText(words)

    def _agreement(self, point: MarkedBy) -> str:
        if not point.by_model:
            return self.tr("exact")
        if point.percent is None or point.interval is None:
            return self.tr("never compared")
        low, high = (round(100 * end) for end in point.interval)
        return self.tr("{0} % of {1} ({2} to {3} %)").format(round(point.percent), point.n, low, high)


def _rater(point: MarkedBy) -> str:
    return "rater.judge" if point.by_model else "rater.check"
