"""Two ways of asking on the same questions: which scores better, how both lie, where they differ most."""

from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.prompt import AS_IT_STANDS
from rubric_studio.services.answer_groups import AnswerGroup, GroupKey, usual_pair
from rubric_studio.services.prompt_comparison import Comparison, compare
from rubric_studio.services.prompts import ChoosePrompt, SavePrompt, as_version, chosen_prompt, kept_prompt
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.handover.plain_table import PlainTable
from rubric_studio.ui.jobs import Job
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.prompt_comparison_reading import ComparisonReading, Read
from rubric_studio.ui.models.prompt_comparison_words import (
    choice_words,
    differences_figure,
    facts_lines,
    number_words,
    samples_of,
    scores_figure,
    tr,
    way_name,
)
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.plain_text import PlainLabel, button_text, set_tip
from rubric_studio.ui.results.choosers import ChoiceBox
from rubric_studio.ui.results.figure_card import FigureCard
from rubric_studio.ui.results.figure_table import FigureTable
from rubric_studio.ui.results.group_style import group_style, paint_area, paint_symbol
from rubric_studio.ui.results.histogram_chart import HistogramChart
from rubric_studio.ui.results.legend import Sign
from rubric_studio.ui.results.words import mean_words
from rubric_studio.ui.session import Session

WIDE, HIGH = 1160, 860
MOST_OPENED = 200


class ComparisonDialog(QDialog):
    """Choose two groups of answers. `samples_requested` asks to read answers side by side in the scoring guide.

    `view_requested` asks for a view of the Models page ("answers"), where nothing can be compared yet.
    """

    samples_requested = Signal(list)
    view_requested = Signal(str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Compare ways of asking"))
        self._session, self._look = session, look
        self._groups: dict[str, AnswerGroup] = {}
        self.found: Comparison | None = None
        self._comparing: Job | None = None
        self.reading = ComparisonReading(session, self)
        self.first, self.second = ChoiceBox(tr("Compare")), ChoiceBox(tr("with"))
        self.card = FigureCard(look, tr("Two ways of asking"), HistogramChart(look))
        self.facts = PlainTable(tr("What else sets them apart"), ["", tr("First"), tr("Second")])
        _let_facts_be_read(self.facts)
        self.table = FigureTable(look)
        self.read_button = QPushButton(tr("Read the answers side by side"))
        self.use_first, self.use_second = QPushButton(), QPushButton()
        self.waiting = EmptyState(look, tr("Looking through the answers…"), icon="compare")
        self.nothing = EmptyState(look, tr(
            "All answers were asked for in one way so far. Ask the same questions in another way, "
            "and you see here which one is better."), main=tr("Sample answers"), icon="compare")  # fmt: skip
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        room = self.parentWidget()
        self.resize(min(WIDE, room.width()) if room else WIDE, min(HIGH, room.height()) if room else HIGH)

    # ---- as Qt asks

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.reading.found is None:
            self.reading.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._comparing = None  # what it finds is for nobody
        self.reading.leave()

    # ---- showing

    def _on_reading_read(self) -> None:
        read = self.reading.found
        assert read is not None
        self._groups = {str(at): group for at, group in enumerate(read.groups)}
        pair = usual_pair(read.groups)
        if pair is None:
            self._stack.setCurrentWidget(self.nothing)
            return
        keys = (self.found.first.group.key, self.found.second.group.key) if self.found else None
        if keys is None or any(self._place(key) is None for key in keys):
            keys = (pair[0].key, pair[1].key)
        self._offer(*keys)
        self._compare()

    def _offer(self, first: GroupKey, second: GroupKey) -> None:
        """Offer groups that another one stands apart from; beside the first only those that share no answer."""
        groups = self._groups.items()
        possible = [
            (at, choice_words(each))
            for at, each in groups
            if any(each.key.is_apart_from(other.key) for _, other in groups)
        ]
        beside = [(at, choice_words(each)) for at, each in groups if each.key.is_apart_from(first)]
        self.first.offer(possible, self._place(first) or "")
        self.second.offer(beside, self._place(second) or "")

    def _place(self, key: GroupKey) -> str | None:
        return next((at for at, group in self._groups.items() if group.key == key), None)

    def _compare(self) -> None:
        read = self.reading.found
        assert read is not None
        pair = self._groups[self.first.value()], self._groups[self.second.value()]
        job = self._session.jobs.start(
            tr("Comparing ways of asking"),
            lambda _: compare(read.board, read.board.totals(read.rubric), read.table, pair, read.formed),
        )
        job.failed.connect(self._session.failed)
        job.finished.connect(lambda found: self._on_compared(job, read, found))
        self._comparing = job

    def _on_compared(self, job: Job, read: Read, found: Comparison) -> None:
        if job is not self._comparing:  # somebody chose otherwise meanwhile
            return
        self.found = found
        distributions, figure, names = scores_figure(read, self.found)
        chart = self.card.chart
        assert isinstance(chart, HistogramChart)
        chart.show_distributions(distributions)
        signs = tuple(
            Sign(name, partial(self._paint_sign, at), mean_words(each.mean, tr("no score yet")))
            for at, (name, each) in enumerate(zip(names, distributions, strict=True))
        )
        self.card.show_figure(figure, signs, number_words(self.found))
        self.facts.setHorizontalHeaderLabels(["", *names])
        self.facts.set_lines(facts_lines(self.found))
        self.table.show_figure(differences_figure(self.found))
        for widget in (self._differences, self.card.chart, self.card.readout):
            widget.setVisible(bool(self.found.rows))
        self._stack.setCurrentWidget(self._full)
        self._show_buttons()

    def _show_buttons(self) -> None:
        chosen = chosen_prompt(self._session.store)
        used = AS_IT_STANDS.hash if chosen is None else chosen.hash
        for box, button in ((self.first, self.use_first), (self.second, self.use_second)):
            group = self._groups[box.value()]
            name = way_name(group)
            is_used = group.key.way == used
            words = tr("“{name}” is used") if is_used else tr("Use “{name}”")
            button.setText(button_text(words.format(name=name)))
            known = group.template is not None
            button.setEnabled(known and not is_used and not self._session.store.read_only)
            reason = tr("How training and use will ask: it goes out with the hand-over.")
            set_tip(button, reason if known else tr("How these were asked for is not known in this project."))
        better = {"first": self.use_first, "second": self.use_second}.get(
            self.found.finding if self.found else ""
        )
        for button in (self.use_first, self.use_second):
            dress(button, "primary" if button is better and button.isEnabled() else "")
        same = self._groups[self.first.value()].key.way == self._groups[self.second.value()].key.way
        self.use_first.setVisible(not same or self._groups[self.first.value()].template is not None)
        self.use_second.setVisible(not same)

    # ---- what people do

    def _on_first_picked(self) -> None:
        first, second = self._groups[self.first.value()], self._groups.get(self.second.value())
        if second is None or not first.key.is_apart_from(second.key):
            second = next(each for each in self._groups.values() if each.key.is_apart_from(first.key))
        self._offer(first.key, second.key)
        self._compare()

    def _on_difference_opened(self, line: int) -> None:
        assert self.found is not None
        if 0 <= line < len(self.found.differences):
            self._ask_for(samples_of(self.found.differences[line]))

    def _on_bar_opened(self, _: str, places: object) -> None:
        read = self.reading.found
        assert read is not None
        self._ask_for([read.board.infos[int(at)].id for at in places][:MOST_OPENED])  # type: ignore[attr-defined]

    def _ask_for(self, samples: list[int]) -> None:
        if samples:
            self.accept()
            self.samples_requested.emit(samples)

    def _use(self, box: ChoiceBox) -> None:
        """Let training and use ask that way; a way that only a run knows is kept in the project first."""
        template = self._groups[box.value()].template
        assert template is not None
        if template.hash == AS_IT_STANDS.hash:
            self._session.perform(ChoosePrompt(subject="", title=template.title))
            self._show_buttons()
            return
        store = self._session.store
        if kept_prompt(store, template) is None:
            template = as_version(store, template)
            if not self._session.perform(SavePrompt(template=template)):
                return
        kept = kept_prompt(store, template)
        assert kept is not None
        self._session.perform(ChoosePrompt(subject=kept.subject, title=template.title))
        self._show_buttons()  # at once: what was clicked shows it, while all is compared anew

    # ---- laying out

    def _connect(self) -> None:
        self.reading.read.connect(self._on_reading_read)
        self.first.picked.connect(self._on_first_picked)
        self.second.picked.connect(self._compare)
        self.card.opened.connect(self._on_bar_opened)
        self.card.failed.connect(self._session.failed)
        self.table.opened.connect(self._on_difference_opened)
        self.read_button.clicked.connect(lambda: self._on_difference_opened(self.table.currentIndex().row()))
        self.use_first.clicked.connect(lambda: self._use(self.first))
        self.use_second.clicked.connect(lambda: self._use(self.second))
        self.nothing.main_requested.connect(self._on_sample_requested)

    def _on_sample_requested(self) -> None:
        self.accept()
        self.view_requested.emit("answers")

    def _lay_out(self) -> None:
        space = self._look.theme.space
        self._full = QWidget()
        column = QVBoxLayout(self._full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space.medium)
        column.addLayout(self._choices())
        column.addWidget(self._scrolled(), 1)
        for widget in (self.waiting, self.nothing, self._full):
            self._stack.addWidget(widget)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(space.small)
        for button in (self.use_first, self.use_second):
            buttons.addWidget(button)
            button.setAutoDefault(False)  # Enter in a table opens its line and chooses nothing
            button.hide()
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.wide, space.wide, space.wide, space.large)
        layout.setSpacing(space.medium)
        layout.addWidget(self._stack, 1)
        layout.addLayout(buttons)
        self._stack.currentChanged.connect(lambda _: self._show_use())

    def _show_use(self) -> None:
        if self._stack.currentWidget() is self._full:
            self._show_buttons()
        else:
            self.use_first.hide()
            self.use_second.hide()

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self._look.theme.space.small)
        grid.setVerticalSpacing(self._look.theme.space.small)
        grid.setColumnStretch(1, 1)
        for line, box in enumerate((self.first, self.second)):
            grid.addWidget(box.label, line, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(box, line, 1)
        return grid

    def _scrolled(self) -> ScrollColumn:
        space = self._look.theme.space
        scroll = ScrollColumn(space.large)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.column.addWidget(self.card)
        beside = QHBoxLayout()
        beside.setSpacing(space.large)
        beside.addWidget(
            self._titled(tr("What else sets them apart"), self.facts), 2, Qt.AlignmentFlag.AlignTop
        )
        self._differences = self._titled(tr("Where they differ most"), self.table, self.read_button)
        beside.addWidget(self._differences, 3, Qt.AlignmentFlag.AlignTop)
        scroll.column.addLayout(beside)
        return scroll

    def _titled(self, title: str, *widgets: QWidget) -> QFrame:
        card = QFrame()
        dress(card, "card")
        space = self._look.theme.space
        column = QVBoxLayout(card)
        column.setContentsMargins(space.large, space.medium, space.large, space.medium)
        column.setSpacing(space.small)
        column.addWidget(PlainLabel(title, "strong"))
        for widget in widgets:
            column.addWidget(widget)
        return card

    def _paint_sign(self, group: int, painter: QPainter, box: QRectF) -> None:
        style = group_style(self._look.theme, group)
        paint_area(painter, box, style)
        paint_symbol(painter, style.symbol, box.center(), box.height() * 0.6, style.color)


def _let_facts_be_read(facts: PlainTable) -> None:
    """What is told stands whole; the names of the ways, which may be long, share what is left."""
    header = facts.horizontalHeader()
    header.setTextElideMode(Qt.TextElideMode.ElideRight)
    for column in range(facts.columnCount()):
        is_first = column == 0
        way = QHeaderView.ResizeMode.ResizeToContents if is_first else QHeaderView.ResizeMode.Stretch
        header.setSectionResizeMode(column, way)
