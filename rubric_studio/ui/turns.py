"""Work on the window's own thread, cut into pieces: few in each turn of the event loop. No long work: see `jobs`."""

from collections.abc import Callable
from time import perf_counter

import shiboken6
from PySide6.QtCore import QObject, QTimer

Piece = Callable[[], object]

SECONDS = 0.004
"""So long one turn goes on with further pieces; then keys and painting come between."""


class Turns(QObject):
    """Pieces wait in the order in which they came. One that waits already is not put in twice."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[Piece, None] = {}
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._on_timeout)

    def later(self, piece: Piece) -> None:
        """Do a piece of work soon; it may ask for itself again."""
        self._waiting.setdefault(piece)
        if not self._timer.isActive():
            self._timer.start()

    def is_idle(self) -> bool:
        """Whether nothing waits."""
        return not self._waiting

    def finish(self) -> None:
        """Do now whatever waits, and what it brings about."""
        while self._waiting:
            self._do_next()

    def _on_timeout(self) -> None:
        until = perf_counter() + SECONDS
        try:
            while self._waiting:
                self._do_next()
                if perf_counter() >= until:
                    break
        finally:
            if self._waiting:
                self._timer.start()

    def _do_next(self) -> None:
        piece = next(iter(self._waiting))
        del self._waiting[piece]
        owner = getattr(piece, "__self__", None)
        if not isinstance(owner, QObject) or shiboken6.isValid(owner):  # a widget may be gone since
            piece()
