"""The signs of a plot beside their words. It paints the same on the screen and into a picture."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from rubric_studio.ui.flow_layout import FlowLayout
from rubric_studio.ui.look import Look
from rubric_studio.ui.plain_text import set_tip
from rubric_studio.ui.results.even_columns import EvenColumns

MOST_IN_LINE = 4
"""With more signs than this, their details go below their names, in columns."""

Paint = Callable[[QPainter, QRectF], None]


@dataclass(frozen=True)
class Sign:
    """One entry: a name, what paints the sign into a box, and what else is said of it."""

    name: str
    paint: Paint
    detail: str = ""

    @property
    def words(self) -> str:
        """All that is said."""
        return f"{self.name}: {self.detail}" if self.detail else self.name


class SignEntry(QWidget):
    """One sign with its words: on one line, or `stacked` with the detail below the name."""

    def __init__(
        self, look: Look, sign: Sign, *, stacked: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._stacked = look, stacked
        self.sign = sign
        self.setAccessibleName(sign.words)
        set_tip(self, sign.words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        if self._stacked:
            return stacked_size(self._look, self.sign)
        return entry_size(self._look, self.sign)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.space.page * 3, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint = paint_stacked if self._stacked else paint_entry
        paint(painter, QRectF(self.rect()), self._look, self.sign)
        painter.end()


class Legend(QWidget):
    """Signs in a line, on several lines where it is narrow; many signs with details stand in columns."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._flow, self._columns = FlowLayout(spacing=look.theme.space.medium), EvenColumns()
        self._columns.setSpacing(look.theme.space.small)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._flow)
        layout.addLayout(self._columns)
        self.signs: tuple[Sign, ...] = ()

    def show_signs(self, signs: tuple[Sign, ...]) -> None:
        """Show other signs."""
        self.signs = signs
        for layout in (self._flow, self._columns):
            while (item := layout.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
        stacked = len(signs) > MOST_IN_LINE and any(sign.detail for sign in signs)
        for sign in signs:
            (self._columns if stacked else self._flow).addWidget(SignEntry(self._look, sign, stacked=stacked))
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


def stacked_size(look: Look, sign: Sign) -> QSize:
    """Return how large a sign is with its detail below its name."""
    name, detail, space = look.metrics("control"), look.metrics("caption"), look.theme.space
    words = max(name.horizontalAdvance(sign.name), detail.horizontalAdvance(sign.detail))
    return QSize(_sign_width(look) + space.small + words + space.tiny, name.height() + detail.height())


def paint_stacked(painter: QPainter, box: QRectF, look: Look, sign: Sign) -> None:
    """Paint a sign and its name into a box, its detail below the name."""
    name, detail = look.metrics("control").height(), look.metrics("caption")
    paint_entry(painter, QRectF(box.left(), box.top(), box.width(), name), look, Sign(sign.name, sign.paint))
    below = box.adjusted(_sign_width(look) + look.theme.space.small, name, 0, 0)
    text = detail.elidedText(sign.detail, Qt.TextElideMode.ElideRight, int(below.width()) + 1)
    painter.save()
    painter.setFont(look.font("caption"))
    painter.setPen(look.theme.color("text"))
    painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, text)
    painter.restore()


def _sign_width(look: Look) -> int:
    return look.metrics("control").height() * 3 // 2
