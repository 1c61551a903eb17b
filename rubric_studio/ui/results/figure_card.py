"""A card with one plot: its finding as the heading, its signs, the same data as a table, and ways to save it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.errors import StudioError
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.results.chart import Chart
from rubric_studio.ui.results.figure import Figure
from rubric_studio.ui.results.figure_table import FigureTable
from rubric_studio.ui.results.legend import Legend, Sign
from rubric_studio.ui.results.saving import Picture, choose_target, csv_bytes, write_whole


class FigureCard(QFrame):
    """Shows one figure. `opened` tells (what was chosen in words, the places of the samples behind it).

    `hints` are what is said where nothing is chosen, and of what is chosen, with {line} for it.
    """

    opened = Signal(str, object)
    failed = Signal(object)

    def __init__(
        self,
        look: Look,
        name: str,
        chart: Chart,
        parent: QWidget | None = None,
        *,
        hints: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        dress(self, "card")
        self._look, self._name = look, name
        self._hints = hints or (
            self.tr("Click a bar or a point, or walk with the arrow keys, to see its answers."),
            self.tr("{line}. Enter opens the answers."),
        )
        self.figure: Figure | None = None
        self.chart = chart
        self.table = FigureTable(look)
        self.number = PlainLabel("", "number")
        self.title = PlainLabel("", "reading", wrap=True)
        self.caption = PlainLabel("", "caption", wrap=True)
        self.controls = QHBoxLayout()
        self.legend = Legend(look)
        self.readout = PlainLabel("", "muted", wrap=True)
        self.save_button, self.save_menu = QToolButton(), QMenu(self)
        self._stack = QStackedWidget()
        self._fill_menu()
        self._lay_out()
        self.chart.chosen.connect(self._on_chart_pointed)
        self.chart.hovered.connect(self._on_chart_hovered)
        self.chart.opened.connect(self._on_opened)
        self.table.opened.connect(self._on_opened)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self.show_table(False)

    def show_figure(self, figure: Figure, signs: tuple[Sign, ...], number: str = "") -> None:
        """Say what the chart now shows; `number` is the one large figure of the page."""
        self.figure = figure
        self.number.setText(number)
        self.number.setVisible(bool(number))
        self.title.setText(figure.title)
        self.caption.setText(figure.caption)
        self.legend.show_signs(signs)
        self.table.show_figure(figure)
        self._fit_stack()
        self.chart.setAccessibleName(figure.title)
        self.setAccessibleName(figure.title)
        self._on_chart_pointed(-1)

    def show_table(self, wanted: bool) -> None:
        """Show the data as a table, or as a plot."""
        self._stack.setCurrentWidget(self.table if wanted else self.chart)
        self._fit_stack()
        self.readout.setVisible(not wanted)

    def save_as(self, ending: str, path: Path) -> None:
        """Write the plot (png, svg) or its data (csv)."""
        assert self.figure is not None
        make: dict[str, Callable[[], bytes]] = {
            "png": lambda: self._picture().png(),
            "svg": lambda: self._picture().svg(),
            "csv": partial(csv_bytes, self.figure),
        }
        try:
            write_whole(path, make[ending]())
        except StudioError as error:
            self.failed.emit(error)

    def _picture(self) -> Picture:
        assert self.figure is not None
        return Picture(self._look, self.figure, self.legend.signs, self.chart)

    def _fill_menu(self) -> None:
        menu = self.save_menu
        for ending, words in (
            ("png", self.tr("Plot as a picture (PNG)…")),
            ("svg", self.tr("Plot as a drawing for print (SVG)…")),
            ("csv", self.tr("Data as a table (CSV)…")),
        ):
            menu.addAction(words).triggered.connect(partial(self._on_save_chosen, ending))
        self.save_button.setText(self.tr("Save"))
        self.save_button.setAccessibleName(self.tr("Save this plot or its data"))
        self.save_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.save_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.save_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow follows the word
        self.save_button.clicked.connect(self._on_save_clicked)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        head = QHBoxLayout()
        head.setSpacing(space.medium)
        head.addWidget(self.number, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(space.tiny)
        words.addWidget(self.title)
        words.addWidget(self.caption)
        head.addLayout(words, 1)
        head.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(self.chart)
        self._stack.addWidget(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.large, space.medium, space.large, space.medium)
        layout.setSpacing(space.small)
        layout.addLayout(head)
        layout.addLayout(self.controls)
        layout.addWidget(self.legend)
        layout.addWidget(self._stack)
        layout.addWidget(self.readout)
        layout.addStretch(1)

    def _fit_stack(self) -> None:
        shows_table = self._stack.currentWidget() is self.table
        self._stack.setFixedHeight((self.table if shows_table else self.chart).minimumHeight())

    def _on_save_clicked(self) -> None:
        corner = QPoint(0, self.save_button.height())
        self.save_menu.popup(self.save_button.mapToGlobal(corner))

    def _on_save_chosen(self, ending: str) -> None:
        title = self.tr("Where shall it be saved?")
        choose_target(self, title, self._name, ending, lambda path: self.save_as(ending, path))

    def _on_chart_pointed(self, line: int) -> None:
        """Say the line on which the keyboard stands."""
        if self.figure is None or not 0 <= line < self.figure.count:
            self.readout.setText(self._hints[0])
            self.chart.setAccessibleDescription(self.readout.text())
            return
        words = self.figure.say(line)
        self.readout.setText(self._hints[1].format(line=words))
        self.chart.setAccessibleDescription(words)

    def _on_chart_hovered(self, line: int) -> None:
        if line < 0:
            self._on_chart_pointed(self.chart.at)
        elif self.figure is not None:
            self.readout.setText(self.figure.say(line))

    def _on_opened(self, line: int) -> None:
        assert self.figure is not None
        self.opened.emit(self.figure.say(line), self.figure.samples(line))

    def _on_look_changed(self) -> None:
        self.title.setFont(self._look.font("reading", bold=True))
        self.save_button.setIcon(self._look.icon("down"))
        self._fit_stack()
