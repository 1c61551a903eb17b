"""Which pairs of one's order the totals turn round, and which points cause it; then over all orders. No counting."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from rubric_studio.services.orders import Cause, Standing
from rubric_studio.services.scores import SampleScore
from rubric_studio.ui.guide.answer_points import shortened
from rubric_studio.ui.guide.order_line import overall_text
from rubric_studio.ui.guide.order_numbers import AGAINST, AllOrders, OrderSeen, PairSeen
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import range_text, score_text
from rubric_studio.ui.plain_text import PlainLabel, button_text, set_tip

MOST_CAUSES = 3
LINES = 11
SHARE = 7
"""Of the page's height so many parts: at most one is taken by the list of pairs."""


class OrderReport(QFrame):
    """`pair_chosen` asks for two answers side by side, `order_requested` for another order."""

    pair_chosen = Signal(list)
    order_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._names: Mapping[str, str] = {}
        self._shown: object = None
        dress(self, "pane")
        self.lines: list[QPushButton] = []
        self.overall = PlainLabel("", "muted", wrap=True)
        self.again_button = QPushButton(button_text(self.tr("Put them in order anew  O")))
        dress(self.again_button, "link")
        self.again_button.clicked.connect(self.order_requested)
        self._lay_out()
        look.changed.connect(self._fit)
        self._fit()

    def show_report(
        self,
        here: OrderSeen | None,
        overall: AllOrders | None,
        names: Mapping[str, str],
        name_of: Callable[[SampleScore], str],
    ) -> None:
        """Show what differs; `names` are the points' titles, `name_of` names an answer."""
        if (here, overall, names) == self._shown:
            return
        self._shown, self._names = (here, overall, names), names
        held = next((at for at, line in enumerate(self.lines) if line.hasFocus()), None)
        self._clear()
        for seen in _against(here):
            self._add_pair(seen, name_of)
        self._note.setText(self._note_text(here))
        self._note.setVisible(bool(self._note.text()))
        self.overall.setText(self._overall_text(overall))
        if held is not None and self.lines:
            self.lines[min(held, len(self.lines) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()

    def _add_pair(self, seen: PairSeen, name_of: Callable[[SampleScore], str]) -> None:
        tied = seen.pair.standing is Standing.TIED
        words = (
            self.tr("You: {better} above {worse}. The guide gives both {one}.")
            if tied
            else self.tr("You: {better} above {worse}. The guide: {one} and {two}.")
        )
        text = words.format(
            better=name_of(seen.better),
            worse=name_of(seen.worse),
            one=_total_text(seen.better),
            two=_total_text(seen.worse),
        )
        line = QPushButton(button_text(text))
        dress(line, "row")
        line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        set_tip(line, text)
        line.setAccessibleDescription(self._causes_text(seen.causes))
        line.clicked.connect(lambda: self.pair_chosen.emit([seen.better.id, seen.worse.id]))
        causes = PlainLabel(self._causes_text(seen.causes), "caption", wrap=True)
        space = self._look.theme.space
        causes.setContentsMargins(space.small + self._look.theme.shape.focus, 0, 0, space.tiny)
        for widget in (line, causes):
            self._pairs.addWidget(widget)
            widget.show()
        self.lines.append(line)

    def _causes_text(self, causes: Sequence[Cause] | None) -> str:
        if causes is None:
            return self.tr("Looking for the points that cause it …")
        if not causes:
            return self.tr("No point pulls against your order: none tells the two apart as you do.")
        return self.tr("Because of: {points}").format(points=self._points_text(causes))

    def _points_text(self, causes: Sequence[Cause]) -> str:
        named = [
            self.tr("{point} ({pull})").format(
                point=shortened(self._names.get(cause.criterion, cause.criterion)),
                pull=score_text(cause.pull),
            )
            for cause in causes[:MOST_CAUSES]
        ]
        more = len(causes) - MOST_CAUSES
        return ", ".join([*named, *([self.tr("{0} more").format(more)] if more > 0 else [])])

    def _often_text(self, causes: Sequence[Cause]) -> str:
        one, many = self.tr("{point} (1 pair)"), self.tr("{point} ({count} pairs)")
        return ", ".join(
            (one if cause.pairs == 1 else many).format(
                point=shortened(self._names.get(cause.criterion, cause.criterion)), count=cause.pairs
            )
            for cause in causes[:MOST_CAUSES]
        )

    def _note_text(self, here: OrderSeen | None) -> str:
        if here is None:
            return ""
        parts = [] if here.tally.differ or here.tally.tied else [self.tr("No pair differs.")]
        if here.tally.unknown:
            one = self.tr("1 pair cannot be told yet: points are not marked.")
            many = self.tr("{0} pairs cannot be told yet: points are not marked.")
            parts.append(one if here.tally.unknown == 1 else many.format(here.tally.unknown))
        return " ".join(parts)

    def _overall_text(self, overall: AllOrders | None) -> str:
        if overall is None:
            return ""
        words = self.tr("Over all: {0}.").format(overall_text(overall))
        if overall.causes:
            words += " " + self.tr("Most often against: {0}.").format(self._often_text(overall.causes))
        return words

    def _clear(self) -> None:
        self.lines.clear()
        while (item := self._pairs.takeAt(0)) is not None:
            widget = item.widget()
            assert widget is not None  # only pairs and their causes are in this layout
            widget.hide()
            widget.deleteLater()

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self._inside = QWidget()
        dress(self._inside, "plain")
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, space.small, 0)
        inside.setSpacing(0)
        self._pairs = QVBoxLayout()
        self._pairs.setSpacing(0)
        self._note = PlainLabel("", wrap=True)
        self._note.setContentsMargins(space.small + self._look.theme.shape.focus, 0, 0, space.tiny)
        inside.addLayout(self._pairs)
        inside.addWidget(self._note)
        inside.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._inside)
        below = QHBoxLayout()
        below.setContentsMargins(space.small + self._look.theme.shape.focus, 0, 0, 0)
        below.addWidget(self.overall, 1)
        below.addWidget(self.again_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.small, space.small, space.small)
        layout.setSpacing(space.small)
        layout.addWidget(self.area, 1)
        layout.addLayout(below)

    def _fit(self) -> None:
        """Take the room that the pairs need, up to some lines."""
        line = self._look.metrics("control").lineSpacing()
        inside = self._inside.layout()
        assert inside is not None
        wanted = inside.sizeHint().height() + self._look.theme.space.tiny
        around = self.parentWidget()
        most = LINES * line if around is None else min(LINES * line, around.height() // SHARE)
        self.area.setFixedHeight(max(line, min(most, wanted)))


def _against(here: OrderSeen | None) -> list[PairSeen]:
    """The pairs to name: those turned round first, then those that are tied."""
    pairs = here.pairs if here is not None else ()
    return sorted(
        (each for each in pairs if each.pair.standing in AGAINST),
        key=lambda each: each.pair.standing is Standing.TIED,
    )


def _total_text(score: SampleScore) -> str:
    if score.score is not None:
        return score_text(score.score)
    return "–" if score.low is None or score.high is None else range_text(score.low, score.high)
