"""The signs of a plot beside their words. It paints the same on the screen and into a picture."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import set_tip

Paint = Callable[[QPainter, QRectF], None]


@dataclass(frozen=True)
class Sign:
    """One entry: words, and what paints the sign into a box."""

    words: str
    paint: Paint


class SignEntry(QWidget):
    """One sign with its words."""

    def __init__(self, look: Look, sign: Sign, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.sign = sign
        self.setAccessibleName(sign.words)
        set_tip(self, sign.words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return entry_size(self._look, self.sign)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.space.page * 3, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_entry(painter, QRectF(self.rect()), self._look, self.sign)
        painter.end()


class Legend(QWidget):
    """Signs in a line, on several lines where it is narrow."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._flow = FlowLayout(self, spacing=look.theme.space.medium)
        self.signs: tuple[Sign, ...] = ()

    def show_signs(self, signs: tuple[Sign, ...]) -> None:
        """Show other signs."""
        self.signs = signs
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for sign in signs:
            self._flow.addWidget(SignEntry(self._look, sign))
        self.setVisible(bool(signs))
        self.updateGeometry()

    def words(self) -> list[str]:
        """What is said."""
        return [sign.words for sign in self.signs]


def entry_size(look: Look, sign: Sign) -> QSize:
    """Return how large a sign with its words is."""
    metrics, space = look.metrics("control"), look.theme.space
    width = _sign_width(look) + space.small + metrics.horizontalAdvance(sign.words) + space.tiny
    return QSize(width, metrics.height() + space.tiny)


def paint_entry(painter: QPainter, box: QRectF, look: Look, sign: Sign) -> None:
    """Paint a sign and its words into a box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    wide = _sign_width(look)
    high = look.metrics("control").ascent()
    sign.paint(painter, QRectF(box.left() + 1, box.center().y() - high / 2, wide - 2, high))
    painter.setFont(look.font("control"))
    painter.setPen(look.theme.color("text"))
    words = box.adjusted(wide + look.theme.space.small, 0, 0, 0)
    metrics = look.metrics("control")
    text = metrics.elidedText(sign.words, Qt.TextElideMode.ElideMiddle, int(words.width()) + 1)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
    painter.restore()


def _sign_width(look: Look) -> int:
    return look.metrics("control").height() * 3 // 2
