"""The calls of one run as lines, read a page at a time as they come into sight. Draws nothing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from rubric_studio.domain.run import Call, CallState
from rubric_studio.ui.models.run_faults import fault_text
from rubric_studio.ui.models.run_words import tr
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.plain_text import tip

PAGE = 200
STATE, SOURCE, ATTEMPTS, FAULT = range(4)
SHAPE_ROLE = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ReadCalls = Callable[[Sequence[CallState] | None, int, int], list[Call]]
"""read(states or all, numbers above, at most): calls in order."""

SHAPES = {
    CallState.WAITING: "more",
    CallState.DONE: "check",
    CallState.FAILED: "warning",
    CallState.SENT: "up",
}


class RunCallsModel(QAbstractTableModel):
    """Further lines are read when somebody scrolls to the last one."""

    def __init__(self, read: ReadCalls, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self._calls: list[Call] = []
        self._states: Sequence[CallState] | None = None
        self._names: Mapping[str, str] = {}
        self._has_more = False

    def show_calls(self, states: Sequence[CallState] | None) -> None:
        """Show calls in those states, or all, from the first one."""
        self.beginResetModel()
        self._states = states
        self._calls = self._read(states, 0, PAGE)
        self._has_more = len(self._calls) == PAGE
        self.endResetModel()

    def read_again(self, first: int, last: int) -> None:
        """Read the lines in sight again: calls end while somebody looks."""
        if self._states is not None:
            self._read_ends_again()
            return
        first, last = max(first, 0), min(last, len(self._calls) - 1)
        if last < first:
            return
        after = self._calls[first - 1].number if first else 0
        fresh = self._read(None, after, last - first + 1)
        self._calls[first : first + len(fresh)] = fresh
        self.dataChanged.emit(self.index(first, 0), self.index(last, FAULT))

    def _read_ends_again(self) -> None:
        """Of a filter other calls may be listed now: at the end new ones, or at the front fewer after a retry."""
        if self._read(self._states, 0, PAGE) != self._calls[:PAGE]:
            self.show_calls(self._states)
        elif self._calls and not self._has_more:
            self.fetchMore(NOWHERE)

    def set_names(self, names: Mapping[str, str]) -> None:
        """Show these names for what calls are about."""
        self._names = names
        if self._calls:
            self.dataChanged.emit(self.index(0, SOURCE), self.index(len(self._calls) - 1, SOURCE))

    def call(self, place: int) -> Call:
        """The call on a line."""
        return self._calls[place]

    # ---- as Qt asks

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._calls)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 4

    def canFetchMore(self, parent: Index) -> bool:
        return self._has_more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        page = self._read(self._states, self._calls[-1].number, PAGE)
        self._has_more = len(page) == PAGE
        if page:
            self.beginInsertRows(NOWHERE, len(self._calls), len(self._calls) + len(page) - 1)
            self._calls += page
            self.endInsertRows()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("State"), tr("About"), tr("Asked"), tr("What went wrong"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        call = self._calls[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(call, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == FAULT:
            return tip(call.fault.message) if call.fault is not None else None
        if role == SHAPE_ROLE and index.column() == STATE:
            return SHAPES[call.state]
        return None

    def _text(self, call: Call, column: int) -> str:
        if column == STATE:
            return call_state_text(call.state)
        if column == SOURCE:
            return self._names.get(call.source, call.source)
        if column == ATTEMPTS:
            return (
                tr("{n} times").format(n=count_text(call.attempts))
                if call.attempts > 1
                else (tr("once") if call.attempts else tr("not asked"))
            )
        if call.fault is None:
            return ""
        return f"{fault_text(call.fault.kind)}: {call.fault.message}"


def call_state_text(state: CallState) -> str:
    """Return the state of a call in a word."""
    return {
        CallState.WAITING: tr("Waits"),
        CallState.DONE: tr("Answered"),
        CallState.FAILED: tr("Failed"),
        CallState.SENT: tr("Sent"),
    }[state]
