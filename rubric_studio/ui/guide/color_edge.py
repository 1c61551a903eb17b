"""The color of an answer's model as an edge beside it. Its name stands elsewhere: a color alone says nothing."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rubric_studio.ui.look import Look


class ColorEdge(QWidget):
    """The color of the answer's model as an edge."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._model = look, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_model(self, model: int) -> None:
        """Take the color of the model at that place."""
        self._model = model
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.shape.edge, self._look.theme.space.large)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.theme.model_color(self._model))
        painter.end()
