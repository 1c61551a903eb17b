"""The menu behind "More": which columns show, in which order, and bringing a file in."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from rubric_studio.ui.plain_text import button_text
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

IMPORTED = "imported"
SORTED_BY = (IMPORTED, ID, PROMPT, FLAGS, DECISION, ANSWERS, SPREAD)
MOST_FIELDS = 30


class MoreMenu(QMenu):
    """Filled anew whenever it opens."""

    column_toggled = Signal(str, bool)
    sort_chosen = Signal(str, bool)
    import_chosen = Signal()

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.columns_menu = QMenu(self.tr("Columns"), self)
        self.sort_menu = QMenu(self.tr("Sort by"), self)

    def fill(self, fields: Sequence[str], unwanted: set[str], sort: str, descending: bool) -> None:
        """Offer these reference fields as columns, and mark what is chosen now."""
        self.clear()
        self.columns_menu.clear()
        self.sort_menu.clear()
        shown = set(self._model.columns) - unwanted
        for column in (*(FIELD + name for name in fields[:MOST_FIELDS]), FLAGS, DECISION, ANSWERS, SPREAD):
            action = self.columns_menu.addAction(button_text(self._model.column_name(column)))
            action.setCheckable(True)
            action.setChecked(column in shown)
            action.toggled.connect(lambda on, column=column: self.column_toggled.emit(column, on))
        self._fill_sorting(sort, descending)
        self.addMenu(self.columns_menu)
        self.addMenu(self.sort_menu)
        self.addSeparator()
        self.addAction(self.tr("Bring in a file…")).triggered.connect(self.import_chosen)

    def _fill_sorting(self, sort: str, descending: bool) -> None:
        group = QActionGroup(self.sort_menu)
        for key in SORTED_BY:
            words = self.tr("As brought in") if key == IMPORTED else self._model.column_name(key)
            action = self.sort_menu.addAction(button_text(words))
            action.setCheckable(True)
            action.setChecked(key == sort)
            group.addAction(action)
            action.triggered.connect(lambda _=False, key=key: self.sort_chosen.emit(key, descending))
        self.sort_menu.addSeparator()
        reverse = self.sort_menu.addAction(self.tr("Largest first"))
        reverse.setCheckable(True)
        reverse.setChecked(descending)
        reverse.triggered.connect(lambda on: self.sort_chosen.emit(sort, on))
