"""Whoever follows a fact that hundreds of widgets follow: told one after the other, in turns. It knows no fact."""

from collections.abc import Callable
from types import MethodType
from typing import Any
from weakref import ref

import shiboken6
from PySide6.QtCore import QObject

from rubric_studio.ui.turns import Turns

Slot = Callable[[], object]


class Followers:
    """Like a signal without arguments; a signal would be answered by everybody in one turn, which takes long."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._slots: list[Callable[[], Slot | None]] = []
        self._untold: list[Callable[[], Slot | None]] = []
        self._then: Slot | None = None

    def connect(self, slot: Slot) -> None:
        """Tell this one too; a widget that is gone is forgotten."""
        self._slots.append(_held(slot))

    def tell(self, then: Slot) -> None:
        """Begin to tell everybody, in the order in which they came, and do something once all know."""
        self._slots = [slot for slot in self._slots if slot() is not None]
        self._untold, self._then = self._slots[::-1], then
        self._turns.later(self._tell_next)

    def _tell_next(self) -> None:
        slot = self._untold.pop()() if self._untold else self._then
        if slot is not None:
            slot()
        if slot is not self._then:
            self._turns.later(self._tell_next)


def _held(slot: Slot) -> Callable[[], Slot | None]:
    """Hold a widget's method without keeping the widget alive."""
    owner = getattr(slot, "__self__", None)
    if not isinstance(owner, QObject):
        return lambda: slot
    weak: ref[QObject] = ref(owner)
    function: Any = slot.__func__ if isinstance(slot, MethodType) else None
    name = getattr(slot, "__name__", "")

    def alive() -> Slot | None:
        widget = weak()
        if widget is None or not shiboken6.isValid(widget):
            return None
        return MethodType(function, widget) if function is not None else getattr(widget, name)

    return alive
