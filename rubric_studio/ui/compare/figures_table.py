"""The table of agreement: arrows walk, Enter or a click opens a line. Which figure it shows is the model's business."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from rubric_studio.ui.compare.agreement_words import tr
from rubric_studio.ui.compare.figures_model import (
    FIGURE,
    HINT,
    JUDGE,
    PART,
    PEOPLE,
    SAME,
    TITLE,
    FiguresModel,
)
from rubric_studio.ui.compare.interval_delegate import IntervalDelegate
from rubric_studio.ui.look import Look
from rubric_studio.ui.results.figure_table import read_only_lines

LETTERS_FOR = {PART: 150, HINT: 115, PEOPLE: 100, JUDGE: 105, SAME: 88}
"""How many letters wide the table must be for a column to be shown: a point must be known by its words."""
FIGURE_LETTERS = 26
NARROW, NARROW_FIGURE = 80, 22
PART_LETTERS = 20
OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class FiguresTable(QTableView):
    """`stood_on` names the line that somebody went to, `opened` one that is to be opened."""

    stood_on = Signal(int)
    opened = Signal(int)

    def __init__(self, look: Look, model: FiguresModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._lines = look, model
        self.setModel(model)
        read_only_lines(self)
        self.setAccessibleName(tr("Agreement, line by line"))
        self.setItemDelegateForColumn(FIGURE, IntervalDelegate(look, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.stood_on.emit(now.row()))
        self.clicked.connect(lambda index: self.opened.emit(index.row()))
        model.modelReset.connect(self._fit)
        look.changed.connect(self._fit)
        self._fit()

    def stand_on(self, line: int) -> None:
        """Go to a line."""
        self.setCurrentIndex(self._lines.index(line, TITLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in OPENING and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # whoever opened the details closes them
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_room()

    def _fit(self) -> None:
        letter = self._look.metrics("control").averageCharWidth()
        line = self._look.metrics("control").height() + self._look.theme.space.medium
        self.verticalHeader().setDefaultSectionSize(line)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(letter * 5)
        widths = {FIGURE: FIGURE_LETTERS, PART: PART_LETTERS}
        for column in range(self._lines.columnCount()):
            mode = QHeaderView.ResizeMode.ResizeToContents
            if column == TITLE:
                mode = QHeaderView.ResizeMode.Stretch
            elif column in widths:
                mode = QHeaderView.ResizeMode.Fixed
                header.resizeSection(column, letter * widths[column])
            header.setSectionResizeMode(column, mode)
        self._leave_room()

    def _leave_room(self) -> None:
        letter = max(1, self._look.metrics("control").averageCharWidth())
        is_narrow = self.viewport().width() < letter * NARROW
        self.horizontalHeader().resizeSection(
            FIGURE, letter * (NARROW_FIGURE if is_narrow else FIGURE_LETTERS)
        )
        letters = self.viewport().width() / letter
        lines = self._lines.lines
        empty = {
            JUDGE: not any(line.judge for line in lines),
            PART: not any(line.part for line in lines),
            HINT: not any(line.hint for line in lines),
        }
        for column, wanted in LETTERS_FOR.items():
            self.setColumnHidden(column, letters < wanted or empty.get(column, False))
