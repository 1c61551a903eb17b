"""Collects Python's garbage on the window's thread only.

A widget in a circle of references that another thread collects is destroyed there: Qt then holds a lock and waits for
Python's, while the window's thread holds Python's and waits for Qt's. Nothing moves any more.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class GarbageOnThisThread(QObject):
    """Made on the window's thread once the first page is there; what exists by then is never looked through again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect as far as Python itself would by now."""
        due = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if due[0]:
            gc.collect(2 if all(due) else 1 if due[1] else 0)
