"""The table of a run's calls with its filter. It is handed how to read and knows no project."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from rubric_studio.domain.run import CallState
from rubric_studio.ui.look import Look
from rubric_studio.ui.models.run_calls_model import (
    ATTEMPTS,
    FAULT,
    SHAPE_ROLE,
    SOURCE,
    STATE,
    ReadCalls,
    RunCallsModel,
)
from rubric_studio.ui.models.run_words import tr
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.segmented import Segmented

ALL, FAILED, OPEN = "all", "failed", "open"
STATES: dict[str, tuple[CallState, ...] | None] = {
    ALL: None,
    FAILED: (CallState.FAILED,),
    OPEN: (CallState.WAITING, CallState.SENT),
}
LETTERS = {STATE: 13, SOURCE: 26, ATTEMPTS: 12}
NARROW = 75
"""Letters: below this width how often a call was asked gives way, and what it is about is shorter."""
SHORT = 16
ROLES = {"check": "met", "warning": "missed"}


class RunCallsTable(QWidget):
    """Enter on a line opens what it is about."""

    opened = Signal(str)

    def __init__(self, look: Look, read: ReadCalls, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.model = RunCallsModel(read, self)
        self.filter = Segmented(
            tr("Which calls"), [(ALL, tr("All")), (FAILED, tr("Failed only")), (OPEN, tr("Still open"))]
        )
        self.table = QTableView()
        self.nothing = PlainLabel("", "muted", wrap=True)
        self._set_up_table()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.small)
        layout.addWidget(self.filter)
        layout.addWidget(self.nothing)
        layout.addWidget(self.table, 1)
        self.filter.chosen.connect(lambda _: self.show_calls())
        look.changed.connect(self._fit)
        self._fit()

    def show_calls(self) -> None:
        """Show the calls of the filter from the first one."""
        self.model.show_calls(STATES[self.filter.value()])
        self._say_nothing()

    def show_only(self, which: str) -> None:
        """Choose a filter and show its calls."""
        self.filter.set_value(which)
        self.show_calls()

    def read_again(self) -> None:
        """Look again at the lines in sight."""
        height = self.table.viewport().height()
        first, last = self.table.rowAt(0), self.table.rowAt(height - 1)
        self.model.read_again(first, last if last >= 0 else self.model.rowCount() - 1)
        self._say_nothing()

    def set_names(self, names: Mapping[str, str]) -> None:
        """Show these names for what calls are about."""
        self.model.set_names(names)

    def _say_nothing(self) -> None:
        none = {ALL: tr("No calls."), FAILED: tr("No call has failed."), OPEN: tr("Every call has its end.")}
        empty = self.model.rowCount() == 0
        self.nothing.setText(none[self.filter.value()])
        self.nothing.setVisible(empty)
        self.table.setVisible(not empty)

    def _set_up_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(_CallDelegate(self._look, table))
        table.setAccessibleName(tr("Calls of the run"))
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(FAULT, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.activated.connect(lambda index: self.opened.emit(self.model.call(index.row()).source))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self._look.metrics("control")
        letter = metrics.averageCharWidth()
        is_narrow = self.width() < NARROW * letter
        for column, letters in LETTERS.items():
            self.table.setColumnWidth(column, (SHORT if is_narrow and column == SOURCE else letters) * letter)
        self.table.setColumnHidden(ATTEMPTS, is_narrow)
        self.table.verticalHeader().setDefaultSectionSize(metrics.height() + 2 * self._look.theme.space.small)


class _CallDelegate(QStyledItemDelegate):
    """Puts a shape before the word of a state."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        shape = index.data(SHAPE_ROLE)
        if shape:
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = QIcon(self._look.icon(shape, ROLES.get(shape, "text_muted")))
        if index.column() == SOURCE:
            option.textElideMode = Qt.TextElideMode.ElideMiddle
