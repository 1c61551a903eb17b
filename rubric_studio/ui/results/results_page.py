"""Results: how the answers score, how much room there is to improve, and where they are strong and weak."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.verdict_column import Places
from rubric_studio.services.board import Board
from rubric_studio.services.marks import AS_TRAINED, rater_choice
from rubric_studio.services.results import by_label, by_model
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.results.answers_panel import AnswersPanel
from rubric_studio.ui.results.choosers import TABLES, Choosers
from rubric_studio.ui.results.guide_choice import GuideChoice
from rubric_studio.ui.results.marked_by import marked_by, rater_options
from rubric_studio.ui.results.missing_line import MissingLine
from rubric_studio.ui.results.plots import Plots
from rubric_studio.ui.results.probe_card import ProbeCard
from rubric_studio.ui.results.reading import CONCERNED, Reading
from rubric_studio.ui.results.view import View
from rubric_studio.ui.session import Session

WIDE = 1200
"""From this width on, at 100 percent, two plots stand side by side."""
BESIDE = 800
"""From this width on the list of answers stands beside the plots; else it takes their place."""


class ResultsPage(QWidget):
    """Reads when it is first shown, and again when it is looked at after something changed."""

    samples_requested = Signal(list)
    row_requested = Signal(str)
    page_requested = Signal(str)
    import_requested = Signal(object)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "page")
        self._session, self._look = session, look
        self._is_stale = True
        self._field = ""
        self.view: View | None = None
        self.reading = Reading(session, self)
        self.guide = GuideChoice(session)
        self.choosers, self.missing = Choosers(look), MissingLine(look)
        self.plots, self.panel = Plots(look), AnswersPanel(look)
        self.probes = ProbeCard(session, look)
        self.no_answers, self.no_guide, self.no_scores = self._empty_states()
        self.waiting = EmptyState(look, self.tr("Looking through the answers…"), icon="results")
        self._opener: QWidget | None = None
        self._head, self._beside = QWidget(), QWidget()
        self._body, self._splitter, self._scroll = QStackedWidget(), QSplitter(), QScrollArea()
        self._lay_out()
        self._connect()

    # ---- as Qt asks

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.reading.is_under_way:
            self._is_stale = True
            self.reading.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # ---- reading

    def _refresh(self) -> None:
        """Show the present answers under the chosen guide; read them first where they are not known."""
        self._is_stale = False
        counts = self._session.store.counts()
        self._head.setVisible(counts.samples > 0)
        if not counts.samples:
            self._show_without_answers(has_questions=counts.rows > 0)
            return
        self.choosers.guide.offer(self.guide.options(), self.guide.key)
        if self.reading.want(self.guide.rubric):
            self._on_reading_read()
        elif self.view is None:
            self._show(self.waiting)

    def _on_reading_read(self) -> None:
        board, rubric = self.reading.board, self.guide.rubric
        assert board is not None
        if not board.fits(rubric):
            self.reading.want(rubric)
            return
        raters = self._rater_options()
        self.choosers.rater.offer(raters, self._session.rater)
        self._field = self._field if self._field in self.reading.labels else ""
        fields = [("", self.tr("Model")), *((name, name) for name in sorted(self.reading.labels))]
        self.choosers.field.offer(fields, self._field)
        groups = by_label(board, self.reading.labels[self._field]) if self._field else by_model(board)
        rest = self.tr("all others")
        names = tuple(rest if at == groups.rest else name for at, name in enumerate(groups.names))
        totals = board.totals(rubric)
        self.view = View(
            board,
            rubric,
            totals,
            groups,
            names,
            self._field,
            self.guide.words,
            self._rater_words(board, rubric),
        )
        self._show_view(self.view)

    def _show_view(self, view: View) -> None:
        self._close_panel()
        self.missing.show_view(view)
        if not view.has_guide:
            self._show(self.no_guide)
        else:
            self.no_answers.hide()
            self.probes.show()
            self.plots.setVisible(view.has_scores)
            self.no_scores.setVisible(not view.has_scores)
            if view.has_scores:
                self.plots.show_view(view)
            self.probes.show_guide(view.rubric, view.guide)
            self._show(self._scroll)

    def _show_without_answers(self, *, has_questions: bool) -> None:
        """A guide can be tried before there are answers: trick answers need its points and the questions only."""
        rubric = self.guide.rubric
        self.plots.hide()
        self.no_scores.hide()
        self.no_answers.show()
        self.probes.setVisible(has_questions and any(True for _ in rubric.criteria()))
        self._show(self._scroll)
        if not self.probes.isHidden():
            self.probes.show_guide(rubric, self.guide.words)

    def _rater_options(self) -> list[tuple[str, str]]:
        return [*rater_options(), *self.reading.raters]

    def _rater_words(self, board: Board, rubric: Rubric) -> str:
        """Say whose marks these are."""
        rater = self._session.rater
        name = dict(self._rater_options()).get(rater, rater)
        if rater == AS_TRAINED:
            name = rater_choice(self._session.store).judge or ""
        return marked_by(board, rubric, rater, name, self.reading.expert_marks)

    # ---- what people do

    def _on_session_changed(self, changes: Changes) -> None:
        if changes.touches(Topic.DRAFT, Topic.VERSIONS):
            self.guide.read()
            self._is_stale = True
        if changes.touches(*CONCERNED):
            self.reading.note(changes)
            self._is_stale = True
        if self._is_stale and self.isVisible():
            self._refresh()

    def _on_guide_picked(self, key: str) -> None:
        self.guide.pick(key)
        self._refresh()

    def _on_field_picked(self, field: str) -> None:
        self._field = field
        self._on_reading_read()

    def _on_samples_opened(self, words: str, places: Places) -> None:
        if self.view is not None:
            self._opener = self.focusWidget()
            self._beside.show()
            self._arrange()
            self.panel.show_samples(self.view, words, places)

    def _close_panel(self) -> None:
        """Put the list away and the keyboard back to where it came from."""
        was_open = not self._beside.isHidden()
        self._beside.hide()
        self._arrange()
        if was_open and self._opener is not None:
            self._opener.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- laying out

    def _empty_states(self) -> tuple[EmptyState, EmptyState, EmptyState]:
        bring_in, write, mark = (
            self.tr("Bring in answers"),
            self.tr("Open the scoring guide"),
            self.tr("Mark answers"),
        )
        no_answers = EmptyState(
            self._look, self.tr("No answers yet. Bring some in, and you see here how they score."),
            main=bring_in, icon="results",
        )  # fmt: skip
        no_guide = EmptyState(
            self._look, self.tr("No scoring guide yet. Write down what a good answer must have."),
            main=write, icon="guide",
        )  # fmt: skip
        words = self.tr(
            "None of the answers has a score yet: their points wait to be marked. Mark some, "
            "or choose whose marks count."
        )
        no_scores = EmptyState(self._look, words, main=mark, icon="results")
        no_answers.main_requested.connect(lambda: self.import_requested.emit(None))
        no_guide.main_requested.connect(lambda: self.page_requested.emit("guide"))
        no_scores.main_requested.connect(lambda: self.page_requested.emit("guide"))
        return no_answers, no_guide, no_scores

    def _lay_out(self) -> None:
        space = self._look.theme.space
        title = PlainLabel(heading("page.results"), "title")
        head = QVBoxLayout(self._head)
        head.setContentsMargins(space.wide, space.large, space.wide, 0)
        head.setSpacing(space.small)
        for widget in (title, self.choosers, self.missing):
            head.addWidget(widget)
        self._set_up_scroll()
        for state in (self.waiting, self.no_guide, self._scroll):
            self._body.addWidget(state)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._body)
        around = QVBoxLayout(self._beside)
        around.setContentsMargins(space.medium, 0, space.wide, space.wide)
        around.addWidget(self.panel)
        self._splitter.addWidget(self._beside)
        self._splitter.setStretchFactor(0, 1)
        self._beside.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(space.medium)
        outer.addWidget(self._head)
        outer.addWidget(self._splitter, 1)

    def _set_up_scroll(self) -> None:
        space = self._look.theme.space
        inside = QWidget()
        dress(inside, "plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(space.wide, 0, space.wide, space.wide)
        column.setSpacing(space.large)
        for section in (self.no_answers, self.no_scores, self.plots, self.probes):
            column.addWidget(section)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)

    def _connect(self) -> None:
        self._session.changed.connect(self._on_session_changed)
        self.reading.read.connect(self._on_reading_read)
        self.choosers.guide.picked.connect(self._on_guide_picked)
        self.choosers.rater.picked.connect(self._session.choose_rater)
        self.choosers.field.picked.connect(self._on_field_picked)
        self.choosers.form.chosen.connect(lambda form: self.plots.show_tables(form == TABLES))
        for opener in (self.missing, self.plots):
            opener.opened.connect(self._on_samples_opened)
        self.plots.failed.connect(self._session.failed)
        self.panel.closed.connect(self._close_panel)
        self.panel.row_requested.connect(self.row_requested)
        self.probes.row_requested.connect(self.row_requested)
        self.panel.samples_requested.connect(self.samples_requested)
        self._look.changed.connect(self._arrange)

    def _show(self, what: QWidget) -> None:
        self._body.setCurrentWidget(what)

    def _arrange(self) -> None:
        width = self.width() * 100 / self._look.theme.percent
        self.plots.set_columns(2 if width >= WIDE else 1)
        self._body.setVisible(width >= BESIDE or self._beside.isHidden())
