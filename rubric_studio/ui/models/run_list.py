"""The list of runs, the newest first, one of them chosen. Reads nothing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.run_line import RunLine, RunNow
from rubric_studio.ui.models.run_words import tr
from rubric_studio.ui.tab_order import let_tab_come_at

STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -5, Qt.Key.Key_PageDown: 5}


class RunList(QScrollArea):
    """Up and down choose. Lines stay while their runs do: only words change under the keyboard."""

    chosen_changed = Signal(str)
    failed_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.lines: dict[str, RunLine] = {}
        self.chosen = ""
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Runs, the newest first"))
        inside = QWidget()
        dress(inside, "plain")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, look.theme.space.small, 0)
        self._column.setSpacing(look.theme.space.tiny)
        self._column.addStretch(1)
        self.setWidget(inside)

    def show_runs(self, runs: Sequence[RunNow]) -> None:
        """Show the runs as they are now; the choice stays where its run does."""
        there = {now.run.id for now in runs}
        had_keyboard = self.has_keyboard
        for id in [id for id in self.lines if id not in there]:
            line = self.lines.pop(id)
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        for at, now in enumerate(runs):
            if now.run.id in self.lines:
                self.lines[now.run.id].show_now(now)
            else:
                self.lines[now.run.id] = line = self._line(now)
                self._column.insertWidget(at, line)
                line.show()  # not only at the next turn: hidden it would not take the keyboard
        if self.chosen not in there:
            self.choose(runs[0].run.id if runs else "")
        let_tab_come_at(self, [self.lines[id] for id in self._in_order()])
        if had_keyboard and not self.has_keyboard:
            self.focus_chosen()

    @property
    def has_keyboard(self) -> bool:
        """Whether a line has the keyboard, or will have it again once a question before the window is answered."""
        return self.window().focusWidget() in self.lines.values()

    def choose(self, id: str) -> None:
        """Stand on a run."""
        if id != self.chosen:
            self.chosen = id
            for line in self.lines.values():
                line.show_chosen(line.id == id)
            self.chosen_changed.emit(id)

    def focus_chosen(self) -> None:
        """Put the keyboard on the chosen run."""
        line = self.lines.get(self.chosen)
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        places = self._in_order()
        if not places or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif key in STEPS:
            self._go(places.index(self.chosen) + STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go(0 if key == Qt.Key.Key_Home else len(places))
        else:
            event.ignore()

    def _in_order(self) -> list[str]:
        items = [self._column.itemAt(at) for at in range(self._column.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget.id for widget in widgets if isinstance(widget, RunLine)]

    def _go(self, place: int) -> None:
        places = self._in_order()
        self.choose(places[min(max(place, 0), len(places) - 1)])
        self.focus_chosen()

    def _line(self, now: RunNow) -> RunLine:
        line = RunLine(self._look, now)
        line.show_chosen(now.run.id == self.chosen)
        line.chosen.connect(self.choose)
        line.failed_requested.connect(self.failed_requested)
        return line
