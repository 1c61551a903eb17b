"""The parts of one score as a bar: width by weight, filled by value, a notch at each gate. Sums nothing."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from rubric_studio.ui.look import Look
from rubric_studio.ui.number_text import range_text, score_text
from rubric_studio.ui.plain_text import tip

GAP = 2
NARROWEST = 6


@dataclass(frozen=True)
class Segment:
    """One part. `value` where it is known, else `low` and `high`; none of them: it does not apply.

    `gate` is how far it must be reached; `reach` how much of it counts after the gates before (0: nothing).
    """

    key: str
    title: str
    weight: float
    value: float | None = None
    low: float | None = None
    high: float | None = None
    gate: float | None = None
    reach: float = 1.0

    @property
    def sure(self) -> float:
        """How far the part is filled for certain."""
        return self.value if self.value is not None else self.low or 0.0

    @property
    def possible(self) -> float:
        """How far it may yet be filled."""
        return self.value if self.value is not None else self.high or 0.0


class StrataBar(QWidget):
    """A painted bar. The arrow keys walk through its parts, Enter or a click chooses one."""

    part_chosen = Signal(str)

    def __init__(self, look: Look, segments: tuple[Segment, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Parts of the score"))
        look.changed.connect(self.updateGeometry)
        self.set_segments(segments)

    def set_segments(self, segments: tuple[Segment, ...]) -> None:
        """Show other parts, from the first to the last."""
        self._segments = segments
        self._at = min(self._at, max(0, len(segments) - 1))
        self.setAccessibleDescription("; ".join(self.describe(segment) for segment in segments))
        self.update()

    def describe(self, segment: Segment) -> str:
        """Return one part in words."""
        if segment.value is not None:
            value = score_text(segment.value)
        elif segment.low is not None and segment.high is not None:
            value = range_text(segment.low, segment.high)
        else:
            return self.tr("{part}: does not apply").format(part=segment.title)
        if segment.reach <= 0:
            return self.tr("{part}: {value}, not reached").format(part=segment.title, value=value)
        if segment.gate is None:
            return self.tr("{part}: {value}").format(part=segment.title, value=value)
        gate = score_text(segment.gate)
        return self.tr("{part}: {value}, needs {gate}").format(part=segment.title, value=value, gate=gate)

    def sizeHint(self) -> QSize:
        return QSize(160, self._look.theme.space.large)

    def minimumSizeHint(self) -> QSize:
        return QSize(len(self._segments) * (NARROWEST + GAP), self._look.theme.space.large)

    def boxes(self) -> list[QRectF]:
        """Return where each part lies."""
        count = len(self._segments)
        room = self.width() - GAP * max(0, count - 1) - NARROWEST * count
        total = sum(segment.weight for segment in self._segments)
        boxes, left = list[QRectF](), 0.0
        for segment in self._segments:
            share = segment.weight / total if total > 0 else 1 / count
            width = NARROWEST + max(0.0, room * share)
            boxes.append(QRectF(left, 3, width, self.height() - 6))
            left += width + GAP
        return boxes

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for segment, box in zip(self._segments, self.boxes(), strict=True):
            self._paint_segment(painter, segment, box)
        if self.hasFocus() and self._segments:
            theme = self._look.theme
            painter.setPen(QPen(theme.color("focus"), theme.shape.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.boxes()[self._at].adjusted(1, -1, -1, 1), 3, 3)
        painter.end()

    def _paint_segment(self, painter: QPainter, segment: Segment, box: QRectF) -> None:
        theme = self._look.theme
        reached = segment.reach > 0
        outline = QPainterPath()
        outline.addRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.save()
        painter.setClipPath(outline)
        painter.fillRect(box, theme.color("sunken"))
        possible = QRectF(box.left(), box.top(), box.width() * segment.possible, box.height())
        sure = QRectF(box.left(), box.top(), box.width() * segment.sure, box.height())
        painter.fillRect(possible, theme.color("accent_soft"))
        painter.fillRect(sure, theme.color("accent" if reached else "control_line"))
        if not reached:
            self._hatch(painter, box)
        painter.restore()
        painter.setPen(QPen(theme.color("control_line"), 1))
        painter.drawPath(outline)
        if segment.gate is not None:
            self._notch(painter, box, segment.gate)

    def _hatch(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, QBrush(self._look.theme.color("surface"), Qt.BrushStyle.BDiagPattern))
        painter.fillRect(box, QBrush(self._look.theme.color("text_muted"), Qt.BrushStyle.BDiagPattern))

    def _notch(self, painter: QPainter, box: QRectF, gate: float) -> None:
        """Draw two small triangles, above and below, where the gate stands."""
        theme = self._look.theme
        at = min(box.right() - 2, max(box.left() + 2, box.left() + box.width() * gate))
        painter.save()
        painter.setPen(QPen(theme.color("surface"), 1))
        painter.setBrush(theme.color("text"))
        painter.drawPolygon([QPointF(at - 4, 0), QPointF(at + 4, 0), QPointF(at, 6)])
        bottom = self.height()
        painter.drawPolygon([QPointF(at - 4, bottom), QPointF(at + 4, bottom), QPointF(at, bottom - 6)])
        painter.restore()

    def _index_at(self, point: QPointF) -> int | None:
        for index, box in enumerate(self.boxes()):
            if box.left() <= point.x() <= box.right() + GAP:
                return index
        return None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._index_at(QPointF(event.pos()))
            if index is not None:
                QToolTip.showText(event.globalPos(), tip(self.describe(self._segments[index])), self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self._index_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index is not None:
            self._at = index
            self.part_chosen.emit(self._segments[index].key)
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._segments:
            self._at = min(len(self._segments) - 1, max(0, self._at + step))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._segments:
            self.part_chosen.emit(self._segments[self._at].key)
        else:
            super().keyPressEvent(event)
