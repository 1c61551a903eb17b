"""The table in which trick answers stand: sentences wrap, Enter and a double click open the worst questions."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from rubric_studio.ui.look import Look
from rubric_studio.ui.results.figure_table import read_only_lines
from rubric_studio.ui.results.probe_model import FOUND, MEAN, WORST, ProbeModel
from rubric_studio.ui.results.probe_words import tr

NARROW = 120  # letters


class ProbeTable(QTableView):
    """As high as its lines: the page scrolls, not the table."""

    opened = Signal(int)

    def __init__(self, look: Look, model: ProbeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._lines, self._fitted = model, 0
        self.setModel(model)
        read_only_lines(self)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setAccessibleName(tr("Trick answers"))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        model.modelReset.connect(self.fit)
        look.changed.connect(self.fit)

    def fit(self) -> None:
        """Give the sentences the room that is left, and every line its height."""
        header = self.horizontalHeader()
        for column in range(self.model().columnCount()):
            is_found = column == FOUND
            mode = QHeaderView.ResizeMode.Stretch if is_found else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)
        self._leave_room()
        self._fit_lines()

    def updateGeometries(self) -> None:
        """Qt calls this once the columns have their widths."""
        super().updateGeometries()
        self._leave_room()
        if self.columnWidth(FOUND) != self._fitted:
            self._fit_lines()

    def _leave_room(self) -> None:
        """Where it is narrow the sentence alone names the numbers."""
        letters = self.viewport().width() / self._look.metrics("control").averageCharWidth()
        for column in (MEAN, WORST):
            self.setColumnHidden(column, letters < NARROW)

    def _fit_lines(self) -> None:
        """Measure the sentences ourselves: Qt would by the width from before the last column was fitted."""
        self._fitted = self.columnWidth(FOUND)
        space, metrics = self._look.theme.space, self._look.metrics("control")
        width = max(1, self.columnWidth(FOUND) - space.large)
        height = self.horizontalHeader().sizeHint().height() + 4
        for at, line in enumerate(self._lines.lines):
            words = metrics.boundingRect(0, 0, width, 10_000, Qt.TextFlag.TextWordWrap, line.sentence)
            self.setRowHeight(at, words.height() + 2 * space.small)
            height += self.rowHeight(at)
        self.setFixedHeight(height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)
