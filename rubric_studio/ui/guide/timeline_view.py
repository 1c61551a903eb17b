"""The timeline: versions from the newest down, one chosen, two of them marked to be compared. Reads nothing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from rubric_studio.ui.guide.timeline_line import LineWords, TimelineLine
from rubric_studio.ui.look import Look, dress

STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}
MOST_MARKED = 2


class TimelineView(QScrollArea):
    """Up and down choose, Space marks, M unfolds. `pair_changed` tells that another comparison is wanted."""

    pair_changed = Signal()
    opened = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.lines: list[TimelineLine] = []
        self.marked: list[str] = []
        """The marked ones, the one marked first at the front."""
        self.chosen = ""
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Versions, the newest first"))
        look.changed.connect(self._redraw)

    def show_lines(self, words: Sequence[LineWords]) -> None:
        """Show other lines, or the same with other words; choice, marks and what is unfolded stay."""
        unfolded = {line.words.id for line in self.lines if line.is_unfolded}
        had_focus = any(line.hasFocus() for line in self.lines)
        there = [each.id for each in words]
        self.marked = [id for id in self.marked if id in there]
        if self.chosen not in there:
            self.chosen = there[0] if there else ""
        self.lines = [self._line(each) for each in words]
        self._place()
        for line in self.lines:
            line.show_more(line.words.id in unfolded)
        if had_focus:
            self.focus_chosen()

    def choose(self, id: str) -> None:
        """Stand on a version."""
        if id == self.chosen or id not in [line.words.id for line in self.lines]:
            return
        self.chosen = id
        self._show_choice()
        self.pair_changed.emit()

    def focus_chosen(self) -> None:
        """Put the keyboard on the chosen version."""
        line = self._chosen_line()
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, line = Qt.Key(event.key()), self._chosen_line()
        if line is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif key in STEPS:
            self._go(self.lines.index(line) + STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key == Qt.Key.Key_Home else len(self.lines))
        elif key == Qt.Key.Key_Space:
            line.compare.toggle()
        elif key == Qt.Key.Key_M:
            line.toggle_more()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.chosen)
        else:
            event.ignore()

    def _go(self, place: int) -> None:
        self.choose(self.lines[min(max(place, 0), len(self.lines) - 1)].words.id)
        self.focus_chosen()

    def _chosen_line(self) -> TimelineLine | None:
        return next((line for line in self.lines if line.words.id == self.chosen), None)

    def _on_line_marked(self, id: str, on: bool) -> None:
        """Mark at most two: a third takes the place of the first."""
        self.marked = [each for each in self.marked if each != id] + ([id] if on else [])
        self.marked = self.marked[-MOST_MARKED:]
        self._show_choice()
        self.pair_changed.emit()

    def _line(self, words: LineWords) -> TimelineLine:
        line = TimelineLine(self._look, words)
        line.chosen.connect(self.choose)
        line.opened.connect(self.opened)
        line.marked.connect(self._on_line_marked)
        return line

    def _place(self) -> None:
        inside = QWidget()
        dress(inside, "plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, self._look.theme.space.small, 0)
        column.setSpacing(0)
        for line in self.lines:
            column.addWidget(line)
            line.is_first, line.is_last = line is self.lines[0], line is self.lines[-1]
        column.addStretch(1)
        self.setWidget(inside)
        self._show_choice()
        room = inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(room)  # a name, a day and the box to mark it are never cut

    def _show_choice(self) -> None:
        for line in self.lines:
            line.show_chosen(line.words.id == self.chosen)
            line.compare.blockSignals(True)
            line.compare.setChecked(line.words.id in self.marked)
            line.compare.blockSignals(False)

    def _redraw(self) -> None:
        self.show_lines([line.words for line in self.lines])
