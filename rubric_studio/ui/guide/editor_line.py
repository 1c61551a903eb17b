"""One point of the guide, folded: its title, what marks it, and its weight as a bar to pull. Painted, so that
hundreds of them are light."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from rubric_studio.domain.rubric import Criterion, Rubric
from rubric_studio.ui.guide.criterion_words import icon_of, kind_line, scale_of, spoken_line
from rubric_studio.ui.guide.editor_finding import Hit
from rubric_studio.ui.guide.editor_line_size import WRAP, LineSize
from rubric_studio.ui.guide.marked_words import paint_words
from rubric_studio.ui.look import Look, paint_focus
from rubric_studio.ui.number_text import weight_text
from rubric_studio.ui.plain_text import set_tip


class PointLine(QWidget):
    """Enter, Space or a click opens it, Left and Right change the weight, Delete takes it away."""

    open_requested = Signal(str)
    removal_requested = Signal(str)
    weight_slid = Signal(str, float)
    weight_left = Signal(str, float)
    drag_began = Signal(str, QPointF)
    drag_moved = Signal(QPointF)
    drag_ended = Signal(QPointF)

    def __init__(
        self, look: Look, criterion: Criterion, rubric: Rubric, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._size = look, LineSize(look)
        self._hit: Hit | None = None
        self.open_comments: Callable[[str], int] = lambda _: 0
        """How many comments on a point are open; whoever makes the line knows."""
        self._pressed: QPointF | None = None
        self._pulled: float | None = None
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._criterion = criterion
        self._shown: tuple[Criterion, str] | None = None
        self.show_criterion(criterion, rubric)
        look.changed.connect(self._on_look_changed)

    @property
    def key(self) -> str:
        """The criterion's key."""
        return self._criterion.key

    @property
    def is_in_hand(self) -> bool:
        """Whether a hand is about to move it or its weight."""
        return self._pressed is not None or self._pulled is not None

    def show_found(self, hit: Hit | None) -> None:
        """Mark what was searched for, or nothing any more."""
        if hit != self._hit:
            self._hit = hit
            self.update()

    def show_criterion(self, criterion: Criterion, rubric: Rubric) -> None:
        """Show the criterion as it is now; `rubric` says what a weight is counted in."""
        self._pulled = None
        if self._shown == (criterion, rubric.aggregation):
            self.update()
            return
        self._shown = (criterion, rubric.aggregation)
        self._criterion = criterion
        self._scale = scale_of(criterion, rubric)
        self.setAccessibleName(criterion.title or criterion.key)
        self.setAccessibleDescription(spoken_line(criterion, rubric))
        set_tip(self, criterion.wording)
        self.update()

    # ---- size

    def sizeHint(self) -> QSize:
        width = max(240, self.width())
        return QSize(240, self._size.height(self._title(), self._caption(), width))

    def _bar(self) -> QRectF:
        """Return where the weight can be pulled."""
        left, width = self._size.bar(self.width())
        return QRectF(left, 0, width, self.height())

    def _title(self) -> str:
        return title_of(self._criterion)

    def _caption(self) -> str:
        return caption_of(self._criterion, self._hit)

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self._dragging:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(self.rect(), theme.shape.corner, theme.shape.corner)
        self._paint_texts(painter)
        self._paint_weight(painter)
        self._paint_comments(painter)
        if self.hasFocus():
            paint_focus(painter, self, theme)
        painter.end()

    def _paint_texts(self, painter: QPainter) -> None:
        theme = self._look.theme
        left, top, width = self._size.text_left, theme.space.tiny, self._size.text_width(self.width())
        first_line = self._look.metrics("control").height()
        size = theme.shape.icon
        spot = QRect(theme.space.small, top + (first_line - size) // 2, size, size)
        self._look.icon(*icon_of(self._criterion)).paint(painter, spot)
        painter.setFont(self._look.font("control"))
        painter.setPen(theme.color("text" if self._criterion.title else "text_muted"))
        title = QRect(left, top, width, self._size.title_height(self._title(), self.width()))
        self._paint_words(painter, title, self._title())
        painter.setFont(self._look.font("caption"))
        painter.setPen(theme.color("text_muted"))
        self._paint_words(painter, QRect(left, title.bottom() + 2, width, self.height()), self._caption())

    def _paint_words(self, painter: QPainter, box: QRect, words: str) -> None:
        if self._hit is None:
            painter.drawText(box, WRAP, words)
        else:
            mark = self._look.theme.color("found_current" if self._hit.is_current else "found")
            paint_words(painter, box, words, self._hit.needle, mark, self._look.theme)

    def _paint_comments(self, painter: QPainter) -> None:
        """Say quietly, under the bar of the weight, how many comments are open."""
        count = self.open_comments(self.key)
        if count:
            space = self._look.theme.space
            painter.setFont(self._look.font("caption"))
            painter.setPen(self._look.theme.color("accent"))
            box = QRect(0, 0, int(self._bar().right()), self.height() - space.tiny)
            corner = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight
            painter.drawText(box, corner, self.tr("{0} open").format(count))

    def _paint_weight(self, painter: QPainter) -> None:
        theme, bar = self._look.theme, self._bar()
        weight = self._weight()
        middle = self.height() / 2
        share = min(1.0, abs(weight) / max(self._scale.most, 1e-9))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("line"))
        painter.drawRoundedRect(QRectF(bar.left(), middle - 2, bar.width(), 4), 2, 2)
        painter.setBrush(theme.color("missed" if self._criterion.is_fault else "accent"))
        painter.drawRoundedRect(QRectF(bar.left(), middle - 2, bar.width() * share, 4), 2, 2)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(theme.color("surface"))
            painter.drawEllipse(QPointF(bar.left() + bar.width() * share, middle), 5, 5)
        painter.setFont(self._look.font("control", bold=True))
        painter.setPen(theme.color("text" if weight else "text_muted"))
        number = QRectF(0, 0, self.width() - theme.space.small, self.height())
        painter.drawText(
            number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, weight_text(weight)
        )

    def _weight(self) -> float:
        return self._criterion.weight if self._pulled is None else self._pulled

    # ---- hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = event.position()
        if self._bar().adjusted(-6, 0, 6, 0).contains(self._pressed):
            self._pull_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        if self._pulled is not None:
            self._pull_to(event.position().x())
        elif self._dragging:
            self.drag_moved.emit(event.globalPosition())
        elif (event.position() - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
            self.drag_began.emit(self.key, event.globalPosition())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        if self._pulled is not None:
            self._leave_weight()
        elif self._dragging:
            self._dragging = False
            self.update()
            self.drag_ended.emit(event.globalPosition())
        elif self.rect().contains(event.position().toPoint()):
            self.open_requested.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if plain and step is not None:
            self._pull(self._scale.place(self._weight()) + step)
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open_requested.emit(self.key)
        elif plain and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_requested.emit(self.key)
        elif plain and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self._pulled is not None and not event.isAutoRepeat():
            self._leave_weight()
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._pulled is not None and self._pressed is None:
            self._leave_weight()

    def _pull_to(self, x: float) -> None:
        bar = self._bar()
        self._pull(round((x - bar.left()) / bar.width() * self._scale.places))

    def _pull(self, place: int) -> None:
        """Show the weight at a step of the scale, and everywhere what it would do."""
        place = min(self._scale.places, max(self._scale.first, place))
        value = self._scale.value(place) * (-1 if self._criterion.is_fault else 1)
        if value != self._weight():
            self._pulled = value
            self.weight_slid.emit(self.key, value)
            self.update()
        elif self._pulled is None:
            self._pulled = value

    def _leave_weight(self) -> None:
        value, self._pulled = self._weight(), None
        if value != self._criterion.weight:
            self.weight_left.emit(self.key, value)
        self.update()

    def _on_look_changed(self) -> None:
        self._size = LineSize(self._look)
        self.update()


def title_of(criterion: Criterion) -> str:
    """Return what the line calls a point."""
    return criterion.title or QCoreApplication.translate("PointLine", "Without a title")


def caption_of(criterion: Criterion, hit: Hit | None) -> str:
    """Return what stands under the title: what marks the point, or the words that were searched for."""
    return hit.passage if hit is not None and hit.passage else kind_line(criterion)
