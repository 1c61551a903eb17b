"""The table of questions: one line each, several can be selected, columns that give way where it is narrow."""

from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from rubric_studio.domain.ids import RowId
from rubric_studio.ui.look import Look
from rubric_studio.ui.questions.cell_delegate import CellDelegate
from rubric_studio.ui.questions.rows_model import (
    ANSWERS,
    DECISION,
    FIELD,
    FLAGS,
    ID,
    PROMPT,
    SPREAD,
    RowsModel,
)

LETTERS = {ID: 13, FLAGS: 7, DECISION: 11, ANSWERS: 10, SPREAD: 24}
"""How many letters wide a column is; the first words take what is left."""

FIELD_LETTERS = 22
LEAST_WORDS = 20
LONGEST_ID = 26
MOST_KEPT = 2000
"""A larger selection is let go when the list is made anew."""


class RowsTable(QTableView):
    """Says which question is current, which are selected, and when one is to be opened."""

    selection_changed = Signal()
    open_requested = Signal(str)
    sort_requested = Signal(str)

    def __init__(self, look: Look, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._model = look, model
        self._unwanted: set[str] = set()
        self.setModel(model)
        self.setItemDelegate(CellDelegate(look, self))
        self.setAccessibleName(self.tr("Questions"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setAcceptDrops(False)  # what is dropped is the page's
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        # Of a selection of its own, which is empty: else it would look through every selected line to paint itself.
        header.setSelectionModel(QItemSelectionModel(model, header))
        header.setMinimumSectionSize(look.theme.space.wide)
        header.sectionClicked.connect(lambda at: self.sort_requested.emit(model.columns[at]))
        self.activated.connect(lambda index: self.open_requested.emit(model.ids[index.row()]))
        self.selectionModel().selectionChanged.connect(self.selection_changed)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)
        model.modelReset.connect(self.fit_columns)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    # ---- where one is

    def current(self) -> RowId | None:
        """Return the question that one is on."""
        index = self.currentIndex()
        return self._model.ids[index.row()] if index.isValid() else None

    def selected(self) -> list[RowId]:
        """Return the selected questions in the order of the table."""
        places = {place for part in self._parts() for place in range(part.top(), part.bottom() + 1)}
        return [self._model.ids[place] for place in sorted(places)]

    def count_selected(self) -> int:
        """Return how many are selected, however many that are."""
        return sum(part.height() for part in self._parts())

    def _parts(self) -> Iterable[QItemSelectionRange]:
        # Ranges, not lines: everything may be selected. The types do not know that they can be walked through.
        return cast(Iterable[QItemSelectionRange], self.selectionModel().selection())

    def go_to(self, place: int) -> None:
        """Make a line the current and only selected one, and scroll to it."""
        if 0 <= place < len(self._model.ids):
            index = self._model.index(place, 0)
            self.selectionModel().setCurrentIndex(
                index,
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
            self.scrollTo(index)

    def list_rows(self, ids: Sequence[RowId]) -> None:
        """List these questions; what was selected, current and scrolled to stays so where it is still there."""
        if list(ids) == list(self._model.ids):
            return
        current, place = self.current(), self.currentIndex().row()
        selected = self.selected() if self.count_selected() <= MOST_KEPT else []
        scrolled = self.verticalScrollBar().value()
        blocked = self.selectionModel().blockSignals(True)
        self._model.set_rows(ids)
        self._select([at for row in selected if (at := self._model.place_of(row)) is not None])
        at = self._model.place_of(current) if current is not None else None
        if at is not None:
            self.selectionModel().setCurrentIndex(
                self._model.index(at, 0), QItemSelectionModel.SelectionFlag.NoUpdate
            )
        self.selectionModel().blockSignals(blocked)
        self.verticalScrollBar().setValue(scrolled)
        if at is None or not self.selectionModel().hasSelection():
            self.go_to(min(max(place, 0), len(ids) - 1))
        self.selection_changed.emit()
        self.viewport().update()

    def _select(self, places: list[int]) -> None:
        chosen = QItemSelection()
        for place in places:
            chosen.select(self._model.index(place, 0), self._model.index(place, 0))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().select(chosen, flags)

    # ---- columns

    def unwanted(self) -> set[str]:
        """Return the columns that somebody put away."""
        return self._unwanted

    def want(self, column: str, wanted: bool) -> None:
        """Show a column, or put it away."""
        (self._unwanted.discard if wanted else self._unwanted.add)(column)
        self.fit_columns()

    def show_order(self, column: str | None, descending: bool) -> None:
        """Mark the column by which the list is ordered."""
        header = self.horizontalHeader()
        header.setSortIndicatorShown(column in self._model.columns)
        if column in self._model.columns:
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(self._model.columns.index(column), order)

    def fit_columns(self) -> None:
        """Give each column its width; where too little is left for the first words, some give way."""
        letter = self._look.metrics("control").averageCharWidth()
        columns = [each for each in self._model.columns if each not in self._unwanted]
        widths = {each: self._letters(each) * letter for each in columns if each != PROMPT}
        room = self.viewport().width()
        giving = [*(each for each in reversed(columns) if each.startswith(FIELD)), ANSWERS, FLAGS]
        while room - sum(widths.values()) < LEAST_WORDS * letter and giving:
            widths.pop(giving.pop(0), None)
        widths[PROMPT] = max(room - sum(widths.values()), LEAST_WORDS * letter // 2)
        for at, column in enumerate(self._model.columns):
            shown = column in widths and column not in self._unwanted
            self.setColumnHidden(at, not shown)
            if shown:
                self.setColumnWidth(at, widths[column])

    def _letters(self, column: str) -> int:
        if column == ID and self._model.ids:
            longest = max(len(id) for id in self._model.ids[:200])
            return min(max(longest + 3, LETTERS[ID]), LONGEST_ID)
        return LETTERS.get(column, FIELD_LETTERS)

    # ---- as Qt tells

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Letters are the page's keys: the table would take them for the beginning of an id to jump to.
        if event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                super().keyPressEvent(event)
            else:
                event.ignore()
            return
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and not event.modifiers():
            self.go_to(0 if event.key() == Qt.Key.Key_Home else len(self._model.ids) - 1)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def _on_current_row_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Paint the edge that marks the current line; painting all lines at every step would be felt."""
        for index in (current, previous):
            if index.isValid():
                top, height = self.rowViewportPosition(index.row()), self.rowHeight(index.row())
                self.viewport().update(0, top, self.viewport().width(), height)

    def _on_look_changed(self) -> None:
        height = self._look.metrics("control").height() + 2 * self._look.theme.space.small + 2
        self.verticalHeader().setDefaultSectionSize(height)
        self.fit_columns()
