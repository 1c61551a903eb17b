"""A scroll area that tells when other things come into sight. What is built there is up to whoever listens."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea


class SightArea(QScrollArea):
    """`sight_changed` after every scroll, and when the view grows or shrinks."""

    sight_changed = Signal()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.sight_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sight_changed.emit()
