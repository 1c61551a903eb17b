"""A title to write in: one that is longer than its field ends in dots until somebody writes there."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionFrame, QWidget

from rubric_studio.ui.guide.fields import Commit, LineField
from rubric_studio.ui.plain_text import set_tip

QT_MARGIN = 2  # what QLineEdit leaves free at each side of its text


class TitleField(LineField):
    """The whole title is the tip where it is cut."""

    def __init__(self, name: str, commit: Commit, parent: QWidget | None = None) -> None:
        super().__init__(name, commit, parent)
        self.textChanged.connect(self._fit_tip)

    def shown(self) -> str:
        """Return what there is room for while nobody writes."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self._room().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.shown()
        if self.hasFocus() or shown == self.text():
            super().paintEvent(event)
            return
        painter, option = QPainter(self), self._option()
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setPen(self.palette().text().color())
        painter.drawText(self._room(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()

    def _option(self) -> QStyleOptionFrame:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        return option

    def _room(self) -> QRect:
        """Return where the text stands."""
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, self._option(), self)
        return inside.marginsRemoved(self.textMargins()).adjusted(QT_MARGIN, 0, -QT_MARGIN, 0)

    def _fit_tip(self) -> None:
        set_tip(self, self.text() if self.shown() != self.text() else "")
