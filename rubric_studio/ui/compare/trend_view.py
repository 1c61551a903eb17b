"""Trend: whether new words helped, point by point, with what changed where the line moves."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.domain.changes import Changes
from rubric_studio.services.ports import Store
from rubric_studio.services.trend import PointTrend, Trend, trend
from rubric_studio.ui.compare.agreement_words import tr
from rubric_studio.ui.compare.kept_reading import KeptReading
from rubric_studio.ui.compare.saved_guide import SavedGuide
from rubric_studio.ui.compare.trend_chart import TrendChart
from rubric_studio.ui.compare.trend_figure import trend_dots, trend_figure
from rubric_studio.ui.compare.trend_model import TrendModel, TrendTable
from rubric_studio.ui.compare.wording_change import WordingChange
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.jobs import Progress
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.scroll_column import ScrollColumn
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.results.figure_card import FigureCard
from rubric_studio.ui.session import Session
from rubric_studio.ui.two_panes import ListColumn, TwoPanes

LIST, STEP = 560, 740


class TrendView(QWidget):
    """Reads when it is shown, and again when it is looked at after something changed."""

    samples_requested = Signal(list)
    page_requested = Signal(str)
    round_requested = Signal(object)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._guide = SavedGuide(session)
        self._point = ""
        self.reading = KeptReading(session, tr("Comparing wordings"), self)
        self.sentence = PlainLabel("", wrap=True)
        self.model = TrendModel(self)
        self.table = TrendTable(look, self.model)
        hints = (
            tr("Walk with the arrow keys to see what changed from one wording to the next."),
            tr("{line}. Enter opens the answers."),
        )
        self.chart = TrendChart(look)
        self.card = FigureCard(look, "trend", self.chart, hints=hints)
        self.change = WordingChange(look)
        self.waiting = EmptyState(look, tr("Comparing wordings…"), icon="compare")
        self.nothing = EmptyState(
            look,
            tr("No two people have marked the same answer yet. In a round several people mark the same answers, "
               "each alone; after a rewording another round shows whether it helped."),
            main=tr("Plan a round"), icon="compare",
        )  # fmt: skip
        self._body, self._panes = QStackedWidget(), QWidget()
        self._lay_out()
        self._connect()

    @property
    def trend(self) -> Trend | None:
        """What was read, None before that."""
        return self.reading.found

    @property
    def point(self) -> PointTrend | None:
        """The point that is shown."""
        return next((each for each in self.model.points if each.key == self._point), None)

    # ---- as Qt asks

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.reading.leave()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the keyboard on the list, or on the one button that there is."""
        shown = self._body.currentWidget()
        (self.nothing.main_button if shown is self.nothing else self.table).setFocus(reason)

    # ---- showing

    def _refresh(self) -> None:
        if not self.isVisible():
            return
        self._guide.read()
        key, rubric = self._guide.chosen

        def work(store: Store, progress: Progress) -> Trend:
            return trend(store, rubric, progress)

        if self.reading.want((key, rubric), work):
            self._show_found()
        elif self.reading.found is None:
            self._body.setCurrentWidget(self.waiting)

    def _show_found(self) -> None:
        found = self.trend
        points = [] if found is None else [each for each in found.points if each.wordings]
        if found is None or not points:
            self._body.setCurrentWidget(self.nothing)
            return
        reworded = sum(len(each.wordings) > 1 for each in points)
        self.sentence.setText(_finding(reworded, len(points)))
        self.model.show_points(sorted(points, key=lambda each: len(each.wordings) < 2))
        self._body.setCurrentWidget(self._panes)
        keys = [each.key for each in self.model.points]
        at = keys.index(self._point) if self._point in keys else 0
        self.table.setCurrentIndex(self.model.index(at, 0))
        self._show_point(at)

    def _show_point(self, at: int) -> None:
        if not 0 <= at < len(self.model.points):
            return
        point = self.model.points[at]
        self._point = point.key
        self.chart.show_dots(trend_dots(point), tr("How alike"))
        self.card.show_figure(trend_figure(point, self._source()), ())
        self.chart.choose(len(point.wordings) - 1)
        self._show_step(len(point.wordings) - 1)

    def _show_step(self, at: int) -> None:
        point = self.point
        if point is not None and 0 <= at < len(point.wordings):
            self.change.show_step(point, at)

    def _source(self) -> str:
        if self.trend is not None and self.trend.basis == "rounds":
            return tr("Marks of blind rounds, without the answers that are held out.")
        return tr("All marks, not only blind ones, without the answers that are held out.")

    def _on_session_changed(self, changes: Changes) -> None:
        if self.reading.note(changes) and self.isVisible():
            self._refresh()

    # ---- laying out

    def _lay_out(self) -> None:
        space = self._look.theme.space
        left, right = ListColumn(self._look), ScrollColumn(space.medium, right=space.small)
        left.column.addWidget(self.sentence)
        left.column.addWidget(self.table, 1)
        right.column.addWidget(self.card)
        right.column.addWidget(self.change)
        panes = QVBoxLayout(self._panes)
        panes.setContentsMargins(0, 0, 0, 0)
        panes.addWidget(TwoPanes(left, right, (2, 3), (LIST, STEP)))
        for state in (self.waiting, self.nothing, self._panes):
            self._body.addWidget(state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._body)

    def _connect(self) -> None:
        self._session.changed.connect(self._on_session_changed)
        self.reading.read.connect(self._refresh)
        self.table.stood_on.connect(self._show_point)
        self.chart.chosen.connect(self._show_step)
        self.card.opened.connect(lambda _, samples: self.samples_requested.emit(list(samples)))
        self.card.failed.connect(self._session.failed)
        self.nothing.main_requested.connect(lambda: self.round_requested.emit(None))


def _finding(reworded: int, points: int) -> str:
    if not reworded:
        return tr("No point has been marked under two wordings yet.")
    if reworded == 1:
        return tr("1 of {points} points was marked under more than one wording.").format(points=points)
    return tr("{n} of {points} points were marked under more than one wording.").format(
        n=reworded, points=points
    )
