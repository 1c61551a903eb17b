"""One line of text with dots where it has no room. The whole text is its tip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import set_tip

LONGEST = 2000


class ElidedLabel(QWidget):
    """Painted, so that it never asks for more room than it is given. `cut` says where the dots stand."""

    def __init__(
        self,
        look: Look,
        size: str = "control",
        role: str = "text",
        *,
        bold: bool = False,
        cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._size, self._role, self._bold = look, size, role, bold
        self._cut = cut
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def setText(self, text: str) -> None:
        """Show another text, its first line's length at most."""
        self._text = " ".join(text[:LONGEST].split())
        set_tip(self, text[:LONGEST])
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return the text."""
        return self._text

    def shown(self) -> str:
        """Return what there is room for."""
        metrics = self._look.metrics(self._size, bold=self._bold)
        return metrics.elidedText(self._text, self._cut, self.width())

    def sizeHint(self) -> QSize:
        metrics = self._look.metrics(self._size, bold=self._bold)
        return QSize(metrics.horizontalAdvance(self._text) + 1, metrics.height())

    def minimumSizeHint(self) -> QSize:
        metrics = self._look.metrics(self._size, bold=self._bold)
        return QSize(metrics.averageCharWidth() * 3, metrics.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self._look.font(self._size, bold=self._bold)
        painter.setFont(font)
        painter.setPen(self._look.theme.color(self._role))
        painter.drawText(
            self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.shown()
        )
        painter.end()
