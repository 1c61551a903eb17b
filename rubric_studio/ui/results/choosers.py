"""What is looked at: under which guide, marked by whom, put together by what, as plots or as tables."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.results.words import tr
from rubric_studio.ui.segmented import Segmented

Option = tuple[str, str]
FEWEST, MOST = 8, 18
PLOTS, TABLES = "plots", "tables"


class ChoiceBox(QComboBox):
    """A choice by key with its name before it. The wheel scrolls the page."""

    picked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.label = PlainLabel(name, "muted")
        self.label.setBuddy(self)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(lambda: self.picked.emit(self.value()))

    def value(self) -> str:
        """Return the key of the choice, "" where there is none."""
        return str(self.currentData() or "")

    def offer(self, options: Sequence[Option], chosen: str) -> None:
        """Offer (key, what people see) without telling anybody."""
        with QSignalBlocker(self):
            self.clear()
            for key, words in options:
                self.addItem(words, key)
            longest = max((len(words) for _, words in options), default=0)
            self.setMinimumContentsLength(min(max(longest, FEWEST), MOST))
            self.setCurrentIndex(max(0, self.findData(chosen)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Choosers(QWidget):
    """The choices in a line, on several lines where it is narrow."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.guide = ChoiceBox(heading("rubric"))
        self.rater = ChoiceBox(heading("rater"))
        self.field = ChoiceBox(tr("Show by"))
        views = [(PLOTS, tr("Plots")), (TABLES, tr("Tables"))]
        self.form = Segmented(tr("Plots or tables"), views)
        flow = FlowLayout(self, spacing=look.theme.space.medium)
        for box in (self.guide, self.rater, self.field):
            flow.addWidget(named_choice(look, box))
        flow.addWidget(self.form)


def named_choice(look: Look, box: ChoiceBox) -> QWidget:
    """Put a choice and its name into one widget, so that they keep together when lines break."""
    pair = QWidget()
    line = QHBoxLayout(pair)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(look.theme.space.small)
    line.addWidget(box.label)
    line.addWidget(box)
    return pair
