"""The choice of one column of the file, or of none."""

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from rubric_studio.domain.table import FileFacts
from rubric_studio.ui.importing.import_words import shortened
from rubric_studio.ui.plain_text import set_tip

LETTERS = 8
LONGEST = 60


class ColumnChoice(QComboBox):
    """Holds "none" first, then every column; the data is the column's exact name."""

    def __init__(self, name: str, columns: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(LETTERS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.addItem(self.tr("none"), "")
        for column in columns:
            self.addItem(shortened(column, LONGEST), column)
        self.currentIndexChanged.connect(self._tell_whole_name)

    def column(self) -> str:
        """Return the chosen column, "" for none."""
        return self.currentData() or ""

    def choose(self, column: str | None) -> None:
        """Choose without telling anybody; a path that is not listed is added."""
        with QSignalBlocker(self):
            if column and self.findData(column) < 0:
                self.addItem(shortened(column, LONGEST), column)
            self.setCurrentIndex(max(0, self.findData(column or "")))
        self._tell_whole_name()

    def _tell_whole_name(self) -> None:
        set_tip(self, self.column())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the form scrolls; a choice must not change under the pointer


def columns_of(facts: FileFacts) -> list[str]:
    """Return the columns of a file, and the names inside objects as paths such as "input.question"."""
    found: list[str] = []
    for column in facts.columns:
        found.append(column)
        values = [line.values.get(column) for line in facts.examples]
        inside = [cast(dict[str, Any], value) for value in values if isinstance(value, dict)]
        names = dict.fromkeys(name for value in inside for name in value)
        found += [f"{column}.{name}" for name in names if name.isidentifier()]
    return found
