"""A splitter whose handle is plain room with a short grip, wide enough to take hold of."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from rubric_studio.ui.look import Look

GRIP = 28


class QuietSplitter(QSplitter):
    """Neither side can be dragged away whole."""

    def __init__(
        self, look: Look, orientation: Qt.Orientation, room: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(orientation, parent)
        self.look = look
        self.setChildrenCollapsible(False)
        self.setHandleWidth(room)

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)


class _Handle(QSplitterHandle):
    def paintEvent(self, event: QPaintEvent) -> None:
        splitter = self.splitter()
        assert isinstance(splitter, QuietSplitter)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(splitter.look.theme.color("text_muted" if self.underMouse() else "line"))
        across = self.orientation() is Qt.Orientation.Horizontal
        width, height = (3, GRIP) if across else (GRIP, 3)
        grip = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        painter.drawRoundedRect(grip, 1.5, 1.5)
        painter.end()
