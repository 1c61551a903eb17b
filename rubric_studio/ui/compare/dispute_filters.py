"""Which disputes are listed: of a point, between two people, by how they stand and why they arose. Lists none."""

from itertools import combinations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from rubric_studio.domain.ids import is_row_criterion
from rubric_studio.services.disputes import DisputeFilter, Disputes
from rubric_studio.services.settling_disputes import CAUSES
from rubric_studio.ui.compare.dispute_words import cause_words, tr
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look
from rubric_studio.ui.questions.filter_bar import SearchField
from rubric_studio.ui.results.choosers import ChoiceBox, named_choice

ANY = "any"
UNDECIDED = "undecided"
BETWEEN = "|"
PAUSE_MS, LETTERS = 250, 26


class DisputeFilters(QWidget):
    """`changed` tells that something else is to be listed; `search` is put where there is room."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.standing = ChoiceBox(tr("Show"))
        self.point = ChoiceBox(heading("criterion"))
        self.pair = ChoiceBox(tr("Between"))
        self.cause = ChoiceBox(tr("Because of"))
        self.search = SearchField(tr("Find (Ctrl+F)"))
        self.search.setAccessibleName(tr("Find in questions and reasons"))
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda _: self._pause.start())
        self._look = look
        look.changed.connect(self._fit)
        self._fit()
        flow = FlowLayout(self, spacing=look.theme.space.medium)
        for box in (self.standing, self.point, self.pair, self.cause):
            box.picked.connect(lambda _: self.changed.emit())
            flow.addWidget(named_choice(look, box))
        self._offer_standing()

    def value(self) -> DisputeFilter:
        """Return what is chosen."""
        pair = self.pair.value()
        first, _, second = pair.partition(BETWEEN)
        return DisputeFilter.model_validate(
            {
                "criterion": None if self.point.value() in ("", ANY) else self.point.value(),
                "pair": None if pair in ("", ANY) else (first, second),
                "standing": self.standing.value() or UNDECIDED,
                "cause": None if self.cause.value() in ("", ANY) else self.cause.value(),
                "search": self.search.text().strip(),
            }
        )

    def offer(self, found: Disputes) -> None:
        """Offer the points and people of these disputes; what was chosen stays where it is still there."""
        points = {each.key: each.asked.title for each in found if not is_row_criterion(each.key)}
        options = [(ANY, tr("all points")), *sorted(points.items(), key=lambda pair: pair[1])]
        if len(options) <= len({each.key for each in found}):
            own = {each.key: each.asked.title for each in found if is_row_criterion(each.key)}
            options += list(own.items())[: max(0, 200 - len(options))]
        self.point.offer(options, self.point.value() or ANY)
        people = {said.rater: said.name for each in found for said in each.said}
        pairs = [
            (
                f"{first}{BETWEEN}{second}",
                tr("{one} and {other}").format(one=people[first], other=people[second]),
            )
            for first, second in combinations(sorted(people, key=lambda id: people[id]), 2)
        ]
        self.pair.offer([(ANY, tr("anybody")), *pairs], self.pair.value() or ANY)
        causes = [(cause, cause_words(cause)) for cause in CAUSES]
        self.cause.offer([(ANY, tr("any cause")), *causes], self.cause.value() or ANY)

    def _fit(self) -> None:
        self.search.set_letters(LETTERS, self._look.metrics("control").averageCharWidth())

    def _offer_standing(self) -> None:
        options = [
            (UNDECIDED, tr("undecided")),
            ("open", tr("left open")),
            ("decided", tr("decided")),
            (ANY, tr("all of them")),
        ]
        self.standing.offer(options, UNDECIDED)
