"""What stands behind one line of a comparison: grades against grades, bias by model and length, worst differences."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from rubric_studio.services.judge_comparison import (
    Bias,
    Difference,
    JudgeAgainstExperts,
    JudgeComparison,
    PointAgreement,
)
from rubric_studio.services.judge_differences import BothSides
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.bias_bars import BiasBars, BiasLine
from rubric_studio.ui.models.confusion_grid import ConfusionGrid
from rubric_studio.ui.models.difference_card import DifferenceCard
from rubric_studio.ui.models.judge_matrix import JudgeMatrix
from rubric_studio.ui.models.judge_words import (
    number_words,
    point_title,
    quarter_words,
    share_words,
    tr,
    withheld_words,
)
from rubric_studio.ui.number_text import count_text, score_text
from rubric_studio.ui.plain_text import PlainLabel

AT_ONCE = 6


class JudgePointDetail(QScrollArea):
    """`opened` tells (sample id, the point's key) of an answer that somebody wants to see.

    `sides_wanted` carries the differences of which `show_sides` shall tell what was said.
    """

    opened = Signal(int, str)
    sides_wanted = Signal(list)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._waiting: list[Difference] = []
        self._is_asked_for = False
        self.cards: list[DifferenceCard] = []
        self.title = PlainLabel("", "strong", wrap=True)
        self.figures = PlainLabel("", wrap=True)
        self.why = PlainLabel("", "caption", wrap=True)
        self.matrix = JudgeMatrix(look)
        self.grid = ConfusionGrid(look)
        self.models = BiasBars(look, tr("Judge minus experts by model"))
        self.lengths = BiasBars(look, tr("Judge minus experts by length of the answer"))
        self.with_length = PlainLabel("", "caption", wrap=True)
        self.state = PlainLabel("", "muted", wrap=True)
        self.more_button = QPushButton(tr("Show more"))
        self.more_button.clicked.connect(self._want_more)
        self._grid_card = self._card(tr("Grade against grade"), self.grid)
        self._bias_cards = (
            self._card(tr("By model"), self.models),
            self._card(tr("By length of the answer"), self.lengths, self.with_length),
        )
        self._column = QVBoxLayout()
        self._lay_out()

    def show_point(self, point: PointAgreement, models: Sequence[str], worst: list[Difference]) -> None:
        """Show one point."""
        self.title.setText(point_title(point.point))
        self.figures.setText(_figures(point))
        reasons = [withheld_words(point.kappa)]
        if point.one_sided:
            words = tr("On {n} answers only one of the two says that the point does not apply.")
            reasons.append(words.format(n=count_text(point.one_sided)))
        self._show_why(" ".join(reason for reason in reasons if reason))
        self.matrix.hide()
        self.grid.show_counts(point.levels)
        self._grid_card.setVisible(point.same.n > 0)
        self._show_bias(point.bias, models)
        self._show_worst(worst)

    def show_whole(
        self,
        found: JudgeAgainstExperts,
        among: JudgeComparison,
        models: Sequence[str],
        worst: list[Difference],
    ) -> None:
        """Show all points together, and the judge among the others."""
        self.matrix.show_between([each.judge for each in among.judges], among.between)
        self.title.setText(tr("All points together"))
        self.figures.setText(tr("Same grade on {share}").format(share=share_words(found.same)))
        self._show_why("")
        self._grid_card.hide()
        self._show_bias(found.bias, models)
        self._show_worst(worst)

    def _show_why(self, text: str) -> None:
        self.why.setText(text)
        self.why.setVisible(bool(text))

    def _show_bias(self, bias: Bias, models: Sequence[str]) -> None:
        places = {name: at for at, name in enumerate(models)}
        self.models.show_lines(
            [BiasLine(each.name, each.bias, places.get(each.name)) for each in bias.models]
        )
        self.lengths.show_lines([BiasLine(quarter_words(each), each.bias) for each in bias.quarters])
        for card in self._bias_cards:
            card.setVisible(bias.whole.n > 0)
        rho = bias.with_length
        words = tr("Above 0 it is milder with longer answers, below 0 stricter: {rho} (Spearman, n {n}).")
        self.with_length.setVisible(rho.value is not None)
        if rho.value is not None:
            self.with_length.setText(words.format(rho=_rho(rho.value), n=count_text(rho.n)))

    def _show_worst(self, worst: list[Difference]) -> None:
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards, self._waiting = [], list(worst)
        self._want_more()
        self.verticalScrollBar().setValue(0)

    def _want_more(self) -> None:
        """Ask for the next few: their reasons are read only now."""
        now, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
        self._is_asked_for = self.more_button.hasFocus()
        self.more_button.hide()
        self._say(tr("Reading what was said…") if now else tr("They differ nowhere here."))
        if now:
            self.sides_wanted.emit(now)

    def show_sides(self, found: Sequence[BothSides]) -> None:
        """Show what was said on the differences that were asked for."""
        made = [self._difference(each) for each in found]
        self.cards += made
        self._say("")
        self.more_button.setVisible(bool(self._waiting))
        if self._is_asked_for and made:
            made[0].show_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, words: str) -> None:
        self.state.setText(words)
        self.state.setVisible(bool(words))

    def _difference(self, found: BothSides) -> DifferenceCard:
        card = DifferenceCard(self._look, found)
        card.opened.connect(lambda: self.opened.emit(found.difference.sample.id, found.asked.key))
        self._column.addWidget(card)
        return card

    def _card(self, title: str, *inside: QWidget) -> QFrame:
        space = self._look.theme.space
        card = QFrame()
        dress(card, "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        layout.setSpacing(space.small)
        layout.addWidget(PlainLabel(title, "strong"))
        for widget in inside:
            layout.addWidget(widget)
        return card

    def _lay_out(self) -> None:
        space = self._look.theme.space
        inside = QWidget()
        dress(inside, "plain")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(space.small, 0, space.small, space.large)
        layout.setSpacing(space.medium)
        for widget in (self.title, self.figures, self.why, self.matrix, self._grid_card, *self._bias_cards):
            layout.addWidget(widget)
        layout.addWidget(PlainLabel(tr("Where they differ most"), "strong"))
        self._column.setSpacing(space.small)
        layout.addLayout(self._column)
        layout.addWidget(self.state)
        layout.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        self.setAccessibleName(tr("What stands behind the figures"))


def _figures(point: PointAgreement) -> str:
    if not point.same.n:
        return ""
    parts = [
        tr("Same grade on {share} of {n}").format(share=share_words(point.same), n=count_text(point.same.n))
    ]
    if point.kappa.value is not None:
        parts.append(tr("kappa {kappa}").format(kappa=number_words(point.kappa)))
    if point.bias.whole.value is not None:
        parts.append(
            tr("judge minus experts {bias}").format(bias=number_words(point.bias.whole, signed=True))
        )
    return ", ".join(parts)


def _rho(value: float) -> str:
    return score_text(value).replace("-", "\N{MINUS SIGN}")
