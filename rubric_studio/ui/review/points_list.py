"""The points of one answer as a quiet list: state, title, the grade given. Painted, so that hundreds cost nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from rubric_studio.ui.labels import label
from rubric_studio.ui.look import Look
from rubric_studio.ui.state_shape import Shape, paint_shape

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class PointLine:
    """One line; `heading` begins a part, `word` is the grade given."""

    key: str
    title: str
    shape: Shape
    word: str = ""
    unsure: bool = False
    heading: str = ""


MOST = 400
"""Letters of a line that are looked at: measuring a megabyte takes a third of a second."""


class PointsModel(QAbstractListModel):
    """The lines; a changed mark repaints its line only."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[PointLine] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return line.title if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = [line.title, line.word or label(f"shape.{line.shape}")]
            return ", ".join([*said, self.tr("unsure")] if line.unsure else said)
        return None

    def show(self, lines: Sequence[PointLine]) -> None:
        """Show other lines; where they are as many, only what differs is painted anew."""
        if len(lines) != len(self.lines) or [x.heading for x in lines] != [x.heading for x in self.lines]:
            self.beginResetModel()
            self.lines = list(lines)
            self.endResetModel()
            return
        changed = [at for at, line in enumerate(lines) if line != self.lines[at]]
        self.lines = list(lines)
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))


class PointsList(QListView):
    """`chosen` carries the key of the point that was clicked. Keys go to the page."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._model = PointsModel(self)
        self.setModel(self._model)
        self._delegate = _PointDelegate(look, self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Points"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(lambda index: self.chosen.emit(self._model.lines[index.row()].key))
        look.changed.connect(self._on_look_changed)

    def show_lines(self, lines: Sequence[PointLine], current: str) -> None:
        """Show an answer's points, one of them current."""
        self._model.show(lines)
        place = next((at for at, line in enumerate(lines) if line.key == current), -1)
        index = self._model.index(place) if place >= 0 else QModelIndex()
        if index != self.currentIndex():
            self.setCurrentIndex(index)
            if place >= 0:
                self.scrollTo(index)
        self.updateGeometry()

    def lines(self) -> Sequence[PointLine]:
        """Return what is shown."""
        return self._model.lines

    def current(self) -> str:
        """Return the key of the current point, "" without one."""
        at = self.currentIndex()
        return self._model.lines[at.row()].key if at.isValid() else ""

    def content_height(self) -> int:
        """Return how high all lines are together."""
        line = line_height(self._look)
        return len(self._model.lines) * line + sum(bool(x.heading) for x in self._model.lines) * line + 4

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # digits grade and arrows walk, wherever the keyboard is: the page does that

    def _on_look_changed(self) -> None:
        self._delegate.measure()
        self.scheduleDelayedItemsLayout()


class _PointDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QListView) -> None:
        super().__init__(parent)
        self._look = look
        self.measure()

    def measure(self) -> None:
        """Take fonts and the height of a line from the look: made for every line they would cost more than painting."""
        look = self._look
        self._line = line_height(look)
        self._caption, self._plain, self._bold = (
            look.font("caption"),
            look.font("control"),
            look.font("control", bold=True),
        )
        self._plain_metrics, self._bold_metrics = look.metrics("control"), look.metrics("control", bold=True)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = self._line_at(index)
        return QSize(0, self._line * 2 if line.heading else self._line)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._line_at(index)
        list_: QListView = self.parent()  # pyright: ignore[reportAssignmentType]
        rect = QRect(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        theme, space = self._look.theme, self._look.theme.space
        painter.save()
        if line.heading:
            height = self._line
            head = QRect(rect.left() + space.tiny, rect.top(), rect.width() - space.tiny, height)
            painter.setFont(self._caption)
            painter.setPen(theme.color("text_muted"))
            words = painter.fontMetrics().elidedText(
                line.heading[:MOST], Qt.TextElideMode.ElideRight, head.width()
            )
            painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
            rect.setTop(rect.top() + height)
        current = index.row() == list_.currentIndex().row()
        if current:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(rect, theme.shape.corner, theme.shape.corner)
        self._paint_line(painter, rect, line, current=current)
        painter.restore()

    def _line_at(self, index: Index) -> PointLine:
        """Return a line without asking the model through Qt: every step asks for the height of all of them."""
        list_: PointsList = self.parent()  # pyright: ignore[reportAssignmentType]
        return list_.lines()[index.row()]

    def _paint_line(self, painter: QPainter, rect: QRect, line: PointLine, *, current: bool) -> None:
        theme, space, icon = self._look.theme, self._look.theme.space, self._look.theme.shape.icon
        top = rect.top() + (rect.height() - icon) / 2
        if line.shape is not Shape.PERSON:  # most are still to be marked: that is no state to point at
            box = QRectF(rect.left() + space.small, top, icon, icon)
            paint_shape(painter, box, line.shape, theme)
        word = f"? {line.word}".rstrip() if line.unsure else line.word
        metrics = self._plain_metrics
        most = rect.width() // 3
        word = metrics.elidedText(word, Qt.TextElideMode.ElideRight, most)
        taken = metrics.horizontalAdvance(word) + space.small
        left = rect.left() + space.small + icon + space.small
        room = QRect(left, rect.top(), rect.right() - taken - space.small - left, rect.height())
        painter.setFont(self._bold if current else self._plain)
        painter.setPen(theme.color("text"))
        bold = self._bold_metrics if current else self._plain_metrics
        title = bold.elidedText(
            " ".join(line.title[:MOST].split()), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(self._plain)
        painter.setPen(theme.color("text_muted"))
        right = QRect(rect.right() - taken, rect.top(), taken, rect.height())
        painter.drawText(right, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)


def line_height(look: Look) -> int:
    """Return the height of one line."""
    return look.metrics("control").height() + 2 * look.theme.space.tiny + 2
