"""The list of judges, one of them chosen: up and down choose. Reads nothing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.models.judge_entry import JudgeEntry
from rubric_studio.ui.models.judge_words import tr
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.tab_order import let_tab_come_at

STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class JudgeLine(QFrame):
    """A judge's name, what it is, and whether its marks count."""

    chosen = Signal(str)

    def __init__(self, look: Look, entry: JudgeEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "point")
        self.entry = entry
        name = PlainLabel(entry.rater, "strong", wrap=True)
        about = PlainLabel(entry.about, "caption", wrap=True)
        self.badge = PlainLabel(tr("counts in training"), "chip")
        space = look.theme.space
        head = QHBoxLayout()
        head.setSpacing(space.small)
        head.addWidget(name, 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(space.small, space.small, space.small, space.small)
        layout.setSpacing(space.tiny)
        layout.addLayout(head)
        layout.addWidget(about)
        self.badge.setVisible(entry.counts)  # once it has a place: alone it would open as a window
        said = [entry.rater, entry.about, tr("counts in training") if entry.counts else ""]
        self.setAccessibleName(", ".join(part for part in said if part))

    def show_chosen(self, chosen: bool) -> None:
        """Mark the line that the details are of; Tab stops there."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
        self.setProperty("selected", "true" if chosen else "false")
        dress(self, "point")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.chosen.emit(self.entry.rater)


class JudgeList(QScrollArea):
    """`chosen_changed` names the judge that somebody went to."""

    chosen_changed = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.lines: list[JudgeLine] = []
        self.chosen = ""
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Judges"))

    def show_entries(self, entries: Sequence[JudgeEntry]) -> None:
        """Show these; the choice and the keyboard stay where they were."""
        had_keyboard = self.has_keyboard
        inside = QWidget()
        dress(inside, "plain")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, self._look.theme.space.small, 0)
        column.setSpacing(self._look.theme.space.tiny)
        self.lines = [JudgeLine(self._look, entry) for entry in entries]
        for line in self.lines:
            line.chosen.connect(self.choose)
            column.addWidget(line)
        column.addStretch(1)
        self.setWidget(inside)
        names = [entry.rater for entry in entries]
        if self.chosen not in names:
            self.chosen = names[0] if names else ""
        self._mark()
        let_tab_come_at(self, self.lines)
        if had_keyboard:
            self.focus_chosen()

    @property
    def has_keyboard(self) -> bool:
        """Whether a line has the keyboard, or will have it again once a question before the window is answered."""
        return self.window().focusWidget() in self.lines

    def choose(self, rater: str) -> None:
        """Stand on a judge."""
        if rater != self.chosen:
            self.chosen = rater
            self._mark()
            self.chosen_changed.emit(rater)

    def focus_chosen(self) -> None:
        """Put the keyboard on the chosen line."""
        for line in self.lines:
            if line.entry.rater == self.chosen:
                line.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        names = [line.entry.rater for line in self.lines]
        step = STEPS.get(Qt.Key(event.key()))
        if step is None or not names:
            event.ignore()
            return
        at = names.index(self.chosen) + step
        self.choose(names[min(max(at, 0), len(names) - 1)])
        self.focus_chosen()

    def _mark(self) -> None:
        for line in self.lines:
            line.show_chosen(line.entry.rater == self.chosen)
