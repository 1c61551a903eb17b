"""What stands behind one line of agreement: which figure to trust and why, all figures, who gave which grade."""

from itertools import combinations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from rubric_studio.services.agreement import PointFigures
from rubric_studio.ui.actions import key_text
from rubric_studio.ui.compare.agreement_words import advice_words, tr, whole_words
from rubric_studio.ui.compare.figure_lines import figure_lines, pair_lines
from rubric_studio.ui.compare.figures_model import FiguresLine
from rubric_studio.ui.compare.grade_bars import GradeBars
from rubric_studio.ui.compare.grade_counts import grade_counts, has_grades, pair_counts
from rubric_studio.ui.compare.statistics_table import StatisticsTable
from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.labels import counted
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.confusion_grid import ConfusionGrid, Sides
from rubric_studio.ui.plain_text import PlainLabel, button_text
from rubric_studio.ui.results.choosers import ChoiceBox, named_choice

FIRST_SEEN = ("percent", "alpha_ordinal", "alpha_nominal", "ac1", "ac2")


class FiguresDetail(QScrollArea):
    """`closed` asks to be put away; `answers_wanted` carries the ids of the samples behind the figures."""

    closed = Signal()
    answers_wanted = Signal(list)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._line: FiguresLine | None = None
        self.title = PlainLabel("", "strong", wrap=True)
        self.part = PlainLabel("", "caption", wrap=True)
        self.advice = PlainLabel("", "reading", wrap=True)
        self.judge = PlainLabel("", wrap=True)
        self.mind = PlainLabel("", "caption", wrap=True)
        self.table = StatisticsTable(look)
        self.all_button = QPushButton()
        dress(self.all_button, "link")
        self.close_button = QPushButton(button_text(f"{tr('Close')}  {key_text('Esc')}"))
        self.answers_button = QPushButton(tr("See these answers"))
        self.first, self.second = ChoiceBox(tr("Lines")), ChoiceBox(tr("Columns"))
        self.grid = ConfusionGrid(look)
        self.kappas = PlainLabel("", "caption", wrap=True)
        self.bars = GradeBars(look)
        self._shows_all = False
        self._lay_out()
        self._connect()

    def show_line(self, line: FiguresLine) -> None:
        """Show what stands behind another line."""
        is_other = self._line is None or self._line.figures.key != line.figures.key
        self._line = line
        figures, statistics = line.figures, line.figures.statistics
        self.title.setText(line.title)
        self.part.setText(line.part)
        self.part.setVisible(bool(line.part))
        self.advice.setText(advice_words(statistics.advice, statistics.raters))
        self.judge.setText(line.judge_said)
        self.judge.setVisible(bool(line.judge_said))
        differs = tr("Of {n} some say that the point does not apply, and others give a grade.")
        self.mind.setText(differs.format(n=counted("sample", figures.na_differs)))
        self.mind.setVisible(figures.na_differs > 0)
        self.answers_button.setVisible(bool(figures.samples))
        self._show_figures()
        self._show_grades(figures)
        self.setAccessibleName(tr("What stands behind the figures of {point}").format(point=line.title))
        if is_other:
            self.verticalScrollBar().setValue(0)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard on the figures."""
        self.table.setFocus(reason)

    # ---- showing

    def _show_figures(self) -> None:
        if self._line is None:
            return
        trusted = self._line.trusted.name
        every = figure_lines(self._line.figures.statistics)
        shown = every if self._shows_all else [each for each in every if each.name in {trusted, *FIRST_SEEN}]
        self.table.show_figures(shown, trusted)
        more = tr("All {n} figures").format(n=len(every))
        self.all_button.setText(tr("Fewer figures") if self._shows_all else more)

    def _show_grades(self, figures: PointFigures) -> None:
        can_count = has_grades(figures)
        self._bars_card.setVisible(can_count)
        self._pair_card.setVisible(can_count and len(figures.raters) > 1)
        if can_count:
            self.bars.show_counts(grade_counts(figures))
            self._offer_pairs(figures)
            self._show_pair()

    def _offer_pairs(self, figures: PointFigures) -> None:
        """Offer those who marked this point; at first the two who differ most."""
        options = [(rater.id, rater.name) for rater in figures.raters]
        known = {id for id, _ in options}
        one, other = self.first.value(), self.second.value()
        if one not in known or other not in known:
            first, second = _furthest(figures)
            one, other = options[first][0], options[second][0]
        self.first.offer(options, one)
        self.second.offer(options, other)

    def _show_pair(self) -> None:
        if self._line is None:
            return
        figures = self._line.figures
        place = {rater.id: at for at, rater in enumerate(figures.raters)}
        first, second = place[self.first.value()], place[self.second.value()]
        one, other = figures.raters[first].name, figures.raters[second].name
        cell = tr("{one} {grade}, {other} {other_grade}: {count}.").format(
            one=_braced(one), other=_braced(other), grade="{line}", other_grade="{column}", count="{n}"
        )
        name = tr("Grades of {one} against those of {other}").format(one=one, other=other)
        self.grid.show_counts(pair_counts(figures, first, second), Sides(one, other, name, cell))
        kappas = figures.statistics.cohen.get((min(first, second), max(first, second)))
        self.kappas.setVisible(kappas is not None)
        if kappas is not None:
            plain, linear, squared = (whole_words(each.name, each.estimate) for each in pair_lines(kappas))
            words = tr(
                "Cohen's kappa of the two: {plain}; by distance {linear}; by squared distance {squared}."
            )
            self.kappas.setText(words.format(plain=plain, linear=linear, squared=squared))

    # ---- what people do

    def _on_all_clicked(self) -> None:
        self._shows_all = not self._shows_all
        self._show_figures()

    def _on_first_picked(self, id: str) -> None:
        if id == self.second.value():
            self._step_away(self.second)
        self._show_pair()

    def _on_second_picked(self, id: str) -> None:
        if id == self.first.value():
            self._step_away(self.first)
        self._show_pair()

    def _step_away(self, box: ChoiceBox) -> None:
        """Nobody is compared with herself."""
        box.setCurrentIndex((box.currentIndex() + 1) % box.count())

    def _on_answers_clicked(self) -> None:
        if self._line is not None:
            self.answers_wanted.emit([sample.id for sample in self._line.figures.samples])

    # ---- laying out

    def _lay_out(self) -> None:
        space = self._look.theme.space
        inside = QWidget()
        dress(inside, "plain")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(space.small, 0, space.small, space.large)
        layout.setSpacing(space.medium)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        for widget in (self.part, self.advice, self.judge, self.mind, self.table):
            layout.addWidget(widget)
        under = QHBoxLayout()
        under.addWidget(self.all_button)
        under.addStretch(1)
        under.addWidget(self.answers_button)
        layout.addLayout(under)
        pair = FlowLayout(spacing=space.small)
        for box in (self.first, self.second):
            pair.addWidget(named_choice(self._look, box))
        self._pair_card = self._card(tr("Who gave which grade"), pair, self.grid, self.kappas)
        self._bars_card = self._card(tr("How often each grade was given"), self.bars)
        layout.addWidget(self._pair_card)
        layout.addWidget(self._bars_card)
        layout.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what it holds follows the keyboard into sight
        self.setWidget(inside)

    def _card(self, title: str, *inside: QWidget | QLayout) -> QFrame:
        space = self._look.theme.space
        card = QFrame()
        dress(card, "card")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        layout.setSpacing(space.small)
        layout.addWidget(PlainLabel(title, "strong"))
        for each in inside:
            layout.addWidget(each) if isinstance(each, QWidget) else layout.addLayout(each)
        return card

    def _connect(self) -> None:
        self.all_button.clicked.connect(self._on_all_clicked)
        self.close_button.clicked.connect(self.closed)
        self.answers_button.clicked.connect(self._on_answers_clicked)
        self.first.picked.connect(self._on_first_picked)
        self.second.picked.connect(self._on_second_picked)


def _furthest(figures: PointFigures) -> tuple[int, int]:
    """The two who marked the most answers together; of those alike the two whose kappa is least."""
    kappas = (
        figures.statistics.without_draws().cohen
    )  # intervals of all pairs would take long, and say nothing here

    def worth(pair: tuple[int, int]) -> tuple[int, float]:
        kappa = kappas[pair].quadratic
        return (-kappa.n, 2.0 if kappa.value is None else kappa.value)

    known = [pair for pair in combinations(range(len(figures.raters)), 2) if pair in kappas]
    return min(known, key=worth, default=(0, min(1, len(figures.raters) - 1)))


def _braced(name: str) -> str:
    """A name as it may stand in a text that is filled in once more."""
    return name.replace("{", "{{").replace("}", "}}")
