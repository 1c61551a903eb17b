"""The points under one answer: keys walk through them, only those in sight are built. It keeps no mark."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rubric_studio.ui.guide.answer_points import ShownPoint
from rubric_studio.ui.guide.noted_point_row import NotedPointRow
from rubric_studio.ui.guide.pooled_list import PooledList
from rubric_studio.ui.look import Look
from rubric_studio.ui.point_row import PointRow

PointOf = Callable[[str], ShownPoint]


class PointsPanel(QWidget):
    """Up and Down go from point to point; the point rows' own keys mark.

    `current_changed` names the point that somebody went to, `neighbor_requested` the way (-1, 1) to the same
    point of the answer beside this one.
    """

    level_chosen = Signal(str, str)
    not_applicable_chosen = Signal(str)
    mark_cleared = Signal(str)
    reason_given = Signal(str, str)
    evidence_chosen = Signal(str, int)
    current_changed = Signal(str)
    neighbor_requested = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._point_of: PointOf | None = None
        self._headings: Mapping[str, str] = {}
        self._open: set[str] = set()
        self._current = ""
        self.list = PooledList(look.turns, self._made_row, self._fill_row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.list)
        look.changed.connect(self.list.remeasure)

    def show_points(
        self,
        keys: Sequence[str],
        headings: Mapping[str, str],
        point_of: PointOf,
        *,
        same_answer: bool,
        same_question: bool,
    ) -> None:
        """Show an answer's points; whatever is open, in sight and in focus stays so for the same question."""
        self._headings, self._point_of = headings, point_of
        if not same_answer:
            self._open.clear()
        if self._current not in keys:
            self._current = ""
        self.list.set_keys(keys, to_top=not same_question)

    def show_point_anew(self, key: str) -> None:
        """Show what has changed of one point."""
        self.list.refill([key])

    def current(self) -> str:
        """Return the key of the point that one is at, "" before one is."""
        return self._current

    def set_current(self, key: str) -> None:
        """Tint a point, bring it into sight, and leave the keyboard where it is."""
        keys = self.list.keys()
        if key not in keys:
            return
        self._current = key
        self.list.ensure_in_sight(key)
        self._draw_current()

    def take_keyboard(self, key: str = "") -> None:
        """Go to a point, by default to the current or the first one."""
        keys = self.list.keys()
        wanted = key if key in keys else self._current or (keys[0] if keys else "")
        if wanted:
            self.set_current(wanted)
            row = self.point_row(wanted)
            assert row is not None
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def point_row(self, key: str) -> PointRow | None:
        """Return a point's row, None while it is out of sight."""
        row = self.list.row(key)
        return row.row if isinstance(row, NotedPointRow) else None

    def noted_row(self, key: str) -> NotedPointRow | None:
        """Return a point's row with what stands around it."""
        row = self.list.row(key)
        return row if isinstance(row, NotedPointRow) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -5,
            Qt.Key.Key_PageDown: 5,
            Qt.Key.Key_Home: -len(self.list.keys()),
            Qt.Key.Key_End: len(self.list.keys()),
        }
        sideways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in steps:
            self._step(steps[key])
        elif key in sideways:
            self.neighbor_requested.emit(sideways[key])
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        keys = self.list.keys()
        if keys:
            at = keys.index(self._current) if self._current else -1
            self.take_keyboard(keys[min(len(keys) - 1, max(0, at + step))])

    def _made_row(self) -> QWidget:
        noted = NotedPointRow(self._look)
        row = noted.row
        row.level_chosen.connect(self.level_chosen)
        row.not_applicable_chosen.connect(self.not_applicable_chosen)
        row.mark_cleared.connect(self.mark_cleared)
        row.reason_given.connect(self.reason_given)
        row.evidence_chosen.connect(self.evidence_chosen)
        row.focused.connect(self._on_row_focused)
        row.opened.connect(self._on_row_opened)
        return noted

    def _fill_row(self, widget: QWidget, key: str) -> None:
        assert isinstance(widget, NotedPointRow)
        assert self._point_of is not None
        widget.show_point(self._point_of(key), self._headings.get(key, ""))
        with QSignalBlocker(widget.row):  # the row was another point's: nobody opened or folded it
            widget.row.set_open(key in self._open)
        widget.show_below()
        self._draw(widget.row, key)

    def _draw_current(self) -> None:
        for key, widget in self.list.rows().items():
            assert isinstance(widget, NotedPointRow)
            self._draw(widget.row, key)

    def _draw(self, row: PointRow, key: str) -> None:
        row.set_selected(key == self._current)
        stop = key == (self._current or next(iter(self.list.keys()), ""))
        row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)

    def _on_row_focused(self, key: str) -> None:
        if key != self._current:
            self._current = key
            self._draw_current()
        self.current_changed.emit(key)

    def _on_row_opened(self, key: str, is_open: bool) -> None:
        (self._open.add if is_open else self._open.discard)(key)
        self.list.refill()
        if is_open:
            self.list.ensure_in_sight(key)
