"""Flags and notes that she put on the question, below it, each with a button that takes it away. It keeps none."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from rubric_studio.domain.ids import PersonId, RowId
from rubric_studio.domain.record import RecordKind
from rubric_studio.services.ports import Store
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import PlainLabel, set_tip


class Remark(NamedTuple):
    """A flag or a note: what was said, the record's subject, and the question it is on."""

    is_flag: bool
    text: str
    subject: str
    row: RowId


class RemarksLine(QWidget):
    """Nothing is shown where nothing was said. `removal_requested` carries a `Remark`."""

    removal_requested = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: tuple[Remark, ...] = ()
        self._can_remove = True
        self.lines: list[tuple[PlainLabel, QToolButton]] = []
        space = look.theme.space
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(space.small, 0, space.small, 0)
        self._layout.setSpacing(0)
        self.setAccessibleName(self.tr("Flags and notes"))
        look.changed.connect(self._draw)
        self.hide()

    def show_remarks(self, remarks: Sequence[Remark], *, can_remove: bool = True) -> None:
        """Show them in this order; lines are filled anew, never made anew."""
        self._shown, self._can_remove = tuple(remarks), can_remove
        while len(self.lines) < len(remarks):
            self._add_line()
        for at, (label, away) in enumerate(self.lines):
            is_used = at < len(remarks)
            if is_used:
                label.setText(self._words(remarks[at]))
                away.setAccessibleName(self._away_words(remarks[at]))
                set_tip(away, away.accessibleName())
            line = label.parentWidget()
            assert line is not None
            line.setVisible(is_used)
            away.setVisible(is_used and can_remove)
        self.setVisible(bool(remarks))

    def words(self) -> str:
        """Return what is shown, line by line."""
        return "\n".join(self._words(each) for each in self._shown)

    def _words(self, remark: Remark) -> str:
        words = self.tr("Flagged: {0}") if remark.is_flag else self.tr("Note: {0}")
        return words.format(remark.text)

    def _away_words(self, remark: Remark) -> str:
        return self.tr("Take this flag away") if remark.is_flag else self.tr("Take this note away")

    def _add_line(self) -> None:
        at, line = len(self.lines), QWidget(self)
        label, away = PlainLabel("", wrap=True), QToolButton()
        away.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        away.clicked.connect(lambda: self.removal_requested.emit(self._shown[at]))
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label, 1)
        layout.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.addWidget(line)
        self.lines.append((label, away))
        self._draw()

    def _draw(self) -> None:
        for _, away in self.lines:
            away.setIcon(self._look.icon("close"))


def remarks_on(store: Store, row: RowId, person: PersonId) -> list[Remark]:
    """Return a person's flags on a row, then her notes, each oldest first."""
    found = [
        (head, head.reason if kind is RecordKind.FLAG else str((head.body or {}).get("text", "")))
        for kind in (RecordKind.FLAG, RecordKind.NOTE)
        for head in store.heads(kind, scopes=[row])
        if head.body is not None and head.person == person
    ]
    return [Remark(head.kind is RecordKind.FLAG, text, head.subject, row) for head, text in found]
