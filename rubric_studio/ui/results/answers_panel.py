"""The answers behind what was chosen, beside the plots: Enter or a double click goes to the question."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.grader.verdict_column import Places
from rubric_studio.ui.labels import counted
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel, set_tip
from rubric_studio.ui.results.answers_model import RUN, SCORE, AnswersModel
from rubric_studio.ui.results.figure_table import read_only_lines
from rubric_studio.ui.results.view import View
from rubric_studio.ui.results.words import source_words

MOST_BESIDE = 200
"""So many answers are handed on to be read; more nobody reads one by one."""


class AnswersPanel(QFrame):
    """A list of answers with its way back."""

    row_requested = Signal(str)
    samples_requested = Signal(list)
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "card")
        self._look = look
        self.heading = PlainLabel("", "strong", wrap=True)
        self.what = PlainLabel("", "caption", wrap=True)
        self.close_button = QToolButton()
        self.model = AnswersModel(self)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.read_button = QPushButton(self.tr("Read them side by side"))
        self._set_up_table()
        self._lay_out()
        self.close_button.clicked.connect(self.closed)
        self.read_button.clicked.connect(self._on_read_clicked)
        self.table.doubleClicked.connect(lambda index: self._ask_for(index.row()))
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def show_samples(self, view: View, words: str, places: Places) -> None:
        """List the answers behind what `words` say, and put the keyboard there."""
        self.heading.setText(counted("sample", len(places)))
        self.what.setText(self.tr("{what}. {source}.").format(what=words, source=source_words(view)))
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.model.show_samples(view, places)
        self.table.setAccessibleName(self.heading.text() + ": " + words)
        self.read_button.setEnabled(0 < len(places) <= MOST_BESIDE)
        too_many = self.tr("Up to {n} answers can be read side by side").format(n=MOST_BESIDE)
        set_tip(self.read_button, too_many if len(places) > MOST_BESIDE else "")
        if len(places):
            self.table.selectRow(0)
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._fit_columns()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.table.currentIndex().isValid():
            self._ask_for(self.table.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _set_up_table(self) -> None:
        read_only_lines(self.table)
        self.table.setSortingEnabled(True)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in (RUN, SCORE):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)

    def _lay_out(self) -> None:
        space = self._look.theme.space
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.medium, space.medium, space.medium, space.medium)
        layout.setSpacing(space.small)
        layout.addLayout(head)
        layout.addWidget(self.what)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.read_button)

    def _fit_columns(self) -> None:
        metrics, space = self._look.metrics("control"), self._look.theme.space
        for column in (RUN, SCORE):
            words = str(self.model.headerData(column, Qt.Orientation.Horizontal))
            self.table.setColumnWidth(column, metrics.horizontalAdvance(words) + 2 * space.large)

    def _ask_for(self, line: int) -> None:
        self.row_requested.emit(str(self.model.info(line).row))

    def _on_read_clicked(self) -> None:
        self.samples_requested.emit(self.model.ids())

    def _on_look_changed(self) -> None:
        self.close_button.setIcon(self._look.icon("close"))
        self.close_button.setAccessibleName(self.tr("Close the list (Esc)"))
        set_tip(self.close_button, self.tr("Close the list (Esc)"))
        self.setMinimumWidth(self._look.metrics("control").averageCharWidth() * 50)
        height = self._look.metrics("control").height() + self._look.theme.space.medium
        self.table.verticalHeader().setDefaultSectionSize(height)
        self._fit_columns()
