"""The page's three plots in their cards: they stack, or stand side by side where there is room."""

from functools import partial

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import score_text
from rubric_studio.ui.results.choosers import ChoiceBox
from rubric_studio.ui.results.figure_card import FigureCard
from rubric_studio.ui.results.group_style import group_style, paint_area, paint_symbol
from rubric_studio.ui.results.histogram_chart import HistogramChart
from rubric_studio.ui.results.legend import Sign
from rubric_studio.ui.results.points_chart import PointsChart
from rubric_studio.ui.results.points_finding import points_finding
from rubric_studio.ui.results.scores_finding import scores_finding
from rubric_studio.ui.results.spread_chart import BEST, WORST, SpreadChart
from rubric_studio.ui.results.spread_finding import spread_finding
from rubric_studio.ui.results.view import View
from rubric_studio.ui.results.words import mean_words, tr

ALL = "all"


class Plots(QWidget):
    """Shows a view. `opened` tells (words, places of samples) of a bar or point."""

    opened = Signal(str, object)
    failed = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "plain")
        self._look = look
        self._view: View | None = None
        self.histogram, self.spread, self.points = HistogramChart(look), SpreadChart(look), PointsChart(look)
        self.scores_card = FigureCard(look, tr("Scores"), self.histogram)
        self.spread_card = FigureCard(look, tr("Room to improve"), self.spread)
        self.points_card = FigureCard(look, tr("Parts and points"), self.points)
        self.whose = ChoiceBox(tr("Answers of"))
        self.spread_card.controls.addWidget(self.whose.label)
        self.spread_card.controls.addWidget(self.whose)
        self.spread_card.controls.addStretch(1)
        self._pair = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._pair.addWidget(self.scores_card, 1)
        self._pair.addWidget(self.spread_card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.space.large)
        self._pair.setSpacing(look.theme.space.large)
        column.addLayout(self._pair)
        column.addWidget(self.points_card)
        column.addStretch(1)
        self.whose.picked.connect(self._on_whose_picked)
        for card in self.cards:
            card.opened.connect(self.opened)
            card.failed.connect(self.failed)

    @property
    def cards(self) -> tuple[FigureCard, ...]:
        """The cards from top to bottom."""
        return self.scores_card, self.spread_card, self.points_card

    def show_view(self, view: View) -> None:
        """Draw other scores."""
        before = self.whose.value() if self._view and self._view.names == view.names else ALL
        self._view = view
        everything = tr("all models") if not view.field else tr("all questions")
        names = [(str(at), name) for at, name in enumerate(view.names)]
        self.whose.offer([(ALL, everything), *names], before)
        self._show_scores(view)
        self._show_spread(view)
        self._show_points(view)

    def show_tables(self, wanted: bool) -> None:
        """Show all data as tables, or as plots."""
        for card in self.cards:
            card.show_table(wanted)

    def set_columns(self, count: int) -> None:
        """Set the first two cards side by side, or all one below the other."""
        direction = QBoxLayout.Direction.LeftToRight if count > 1 else QBoxLayout.Direction.TopToBottom
        self._pair.setDirection(direction)

    def _show_scores(self, view: View) -> None:
        found, figure = scores_finding(view)
        self.histogram.show_distributions(found)
        signs = tuple(
            Sign(name, partial(self._paint_area, at), mean_words(each.mean, tr("no score yet")))
            for at, (name, each) in enumerate(zip(view.names, found, strict=True))
        )
        self.scores_card.show_figure(figure, signs)

    def _show_spread(self, view: View) -> None:
        group = None if self.whose.value() == ALL else int(self.whose.value())
        found, room, figure = spread_finding(view, group)
        self.spread.show_spread(found, group)
        signs = (
            Sign(tr("mean"), self._paint_bar),
            Sign(tr("one standard deviation"), self._paint_deviation),
            Sign(tr("best answer"), partial(self._paint_symbol, BEST, "text")),
            Sign(tr("worst answer"), partial(self._paint_symbol, WORST, "text_muted")),
        )
        number = "" if room is None else score_text(room.room.value)
        self.spread_card.show_figure(figure, signs, number)

    def _show_points(self, view: View) -> None:
        found, names, figure = points_finding(view)
        self.points.show_means(found, names, len(view.names))
        signs = tuple(Sign(name, partial(self._paint_shape, at)) for at, name in enumerate(view.names))
        self.points_card.show_figure(figure, signs)

    def _on_whose_picked(self) -> None:
        if self._view is not None:
            self._show_spread(self._view)

    # ---- signs

    def _paint_area(self, group: int, painter: QPainter, box: QRectF) -> None:
        style = group_style(self._look.theme, group)
        paint_area(painter, box, style)
        paint_symbol(painter, style.symbol, box.center(), box.height() * 0.6, style.color)

    def _paint_shape(self, group: int, painter: QPainter, box: QRectF) -> None:
        style = group_style(self._look.theme, group)
        painter.setPen(style.pen(1.5))
        middle = box.center().y()
        painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
        paint_symbol(painter, style.symbol, box.center(), box.height() * 0.75, style.color)

    def _paint_symbol(self, symbol: str, role: str, painter: QPainter, box: QRectF) -> None:
        paint_symbol(painter, symbol, box.center(), box.height() * 0.75, self._look.theme.color(role))

    def _paint_bar(self, painter: QPainter, box: QRectF) -> None:
        bar = QRectF(box.center().x() - box.height() / 3, box.top(), box.height() * 2 / 3, box.height())
        painter.fillRect(bar, self.spread.fill)
        painter.setPen(self.spread.color)
        painter.drawRect(bar)

    def _paint_deviation(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(
            QRectF(box.center().x() - 0.75, box.top(), 1.5, box.height()), self._look.theme.color("text")
        )
