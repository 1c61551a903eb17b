"""A page that is made a piece a turn, so that keys and painting come between. It knows no page."""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject

from rubric_studio.ui.turns import Turns

T = TypeVar("T")


class Making(QObject):
    """Goes through the pieces of a page, one in each turn; `finish` makes the rest at once."""

    def __init__(self, turns: Turns, pieces: Iterator[object], parent: QObject) -> None:
        super().__init__(parent)
        self._turns, self._pieces = turns, pieces
        self.is_done = self._is_at_work = False
        turns.later(self._go_on)

    def finish(self) -> None:
        """Make what is still to be made; a piece that asks for it while it is made gets what there is."""
        while not self.is_done and not self._is_at_work:
            self._make_next()

    def _go_on(self) -> None:
        if not self.is_done:
            self._make_next()
            self._turns.later(self._go_on)

    def _make_next(self) -> None:
        self._is_at_work = True
        try:
            next(self._pieces)
        except StopIteration:
            self.is_done = True
        finally:
            self._is_at_work = False


class MadeInTurns(Protocol):
    """What has parts."""

    @property
    def making(self) -> Making: ...


class Part(Generic[T]):
    """A part of such a page: whoever asks for it before its turn has come lets the page be finished first."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = f"_{name}"  # Qt's objects look for a name in themselves before they ask their class

    def __get__(self, page: MadeInTurns, owner: type) -> T:
        page.making.finish()
        return vars(page)[self._name]

    def __set__(self, page: MadeInTurns, value: T) -> None:
        vars(page)[self._name] = value
