"""The ladder of disputes as a table: how far apart, which point, which question, who gave what. It reads no project."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from rubric_studio.domain.first_words import first_words
from rubric_studio.services.disputes import Dispute
from rubric_studio.ui.compare.dispute_words import (
    initials,
    raters_line,
    shape_said,
    size_words,
    standing_words,
    tr,
)
from rubric_studio.ui.labels import heading
from rubric_studio.ui.look import Look
from rubric_studio.ui.number_text import score_text
from rubric_studio.ui.plain_text import tip
from rubric_studio.ui.results.figure_table import read_only_lines
from rubric_studio.ui.state_shape import paint_shape

SIZE, POINT, QUESTION, GRADES, STANDING = range(5)
BAR_LETTERS, NARROW_LETTERS = 13, 8
POINT_LETTERS = 22
WITH_QUESTION = 85
"""Letters of width from which on the question has a column of its own."""
FIXED, STRETCHED = QHeaderView.ResizeMode.Fixed, QHeaderView.ResizeMode.Stretch
Index = QModelIndex | QPersistentModelIndex


class DisputesModel(QAbstractTableModel):
    """One line for each dispute; nothing is made before it is shown, so thousands are quick."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.disputes: tuple[Dispute, ...] = ()
        self.letters: Mapping[str, str] = {}

    def show_disputes(self, found: Sequence[Dispute], letters: Mapping[str, str]) -> None:
        """Show other disputes."""
        self.beginResetModel()
        self.disputes, self.letters = tuple(found), letters
        self.endResetModel()

    def replace_at(self, at: int, dispute: Dispute) -> None:
        """Show a dispute as it stands now."""
        self.disputes = (*self.disputes[:at], dispute, *self.disputes[at + 1 :])
        self.dataChanged.emit(self.index(at, 0), self.index(at, self.columnCount() - 1))

    def place_of(self, subject: str) -> int:
        """Return the line of a dispute, -1 where it is not there."""
        return next((at for at, each in enumerate(self.disputes) if each.subject == subject), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.disputes)

    def columnCount(self, parent: Index | None = None) -> int:
        return 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("Apart"), heading("criterion"), heading("row"), heading("level", 2), tr("Decided"))[
            section
        ]

    def data(self, index: Index, role: int = 0) -> Any:
        dispute, column = self.disputes[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(dispute, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._told(dispute))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._told(dispute) if column == SIZE else self._words(dispute, column)
        return None

    def _words(self, dispute: Dispute, column: int) -> str:
        if column == SIZE:
            return score_text(dispute.size)
        if column == POINT:
            return dispute.asked.title
        if column == QUESTION:
            return first_words(dispute.row.prompt_text) or str(dispute.row.id)
        return raters_line(dispute, self.letters) if column == GRADES else standing_words(dispute)

    def _told(self, dispute: Dispute) -> str:
        lines = (
            dispute.asked.title,
            size_words(dispute),
            raters_line(dispute, self.letters),
            standing_words(dispute),
        )
        return "\n".join(line for line in lines if line)


class BarDelegate(QStyledItemDelegate):
    """How far apart: a bar of that length with its number beside it, or above it where lines are high."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.below = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        _ground(painter, option)
        model: Any = index.model()
        dispute = model.disputes[index.row()]
        theme, space = self._look.theme, self._look.theme.space
        box = QRectF(option.rect).adjusted(space.small, 0, -space.small, 0)
        number = self._look.metrics("control").horizontalAdvance("0.000")
        bar, words = _bar_beside(box, number)
        if self.below:
            bar, words = _bar_below(box)
        painter.save()
        painter.fillRect(bar, theme.color("sunken"))
        share = min(1.0, dispute.size)
        role = "not_applicable" if dispute.is_decided else "person"
        painter.fillRect(QRectF(bar.left(), bar.top(), bar.width() * share, bar.height()), theme.color(role))
        painter.setPen(theme.color("text"))
        side = Qt.AlignmentFlag.AlignLeft if self.below else Qt.AlignmentFlag.AlignRight
        painter.drawText(words, side | Qt.AlignmentFlag.AlignVCenter, score_text(dispute.size))
        painter.restore()


class PointDelegate(QStyledItemDelegate):
    """The point; below it the question's first words, where they have no column of their own."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.with_question = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        _ground(painter, option)
        theme, space = self._look.theme, self._look.theme.space
        box = QRectF(option.rect).adjusted(space.small, 2, -space.tiny, -2)
        painter.save()
        lines = [("control", "text", index.data())]
        if self.with_question:
            lines.append(("caption", "text_muted", index.model().index(index.row(), QUESTION).data()))
        height = box.height() / len(lines)
        for at, (size, role, words) in enumerate(lines):
            painter.setFont(self._look.font(size))
            painter.setPen(theme.color(role))
            line = QRectF(box.left(), box.top() + at * height, box.width(), height)
            cut = self._look.metrics(size).elidedText(words, Qt.TextElideMode.ElideRight, round(box.width()))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, cut)
        painter.restore()


class GradesDelegate(QStyledItemDelegate):
    """Who gave what: for each person a shape and the letters of the name."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        _ground(painter, option)
        model: Any = index.model()
        dispute: Dispute = model.disputes[index.row()]
        theme, metrics = self._look.theme, self._look.metrics("caption")
        side, x = theme.shape.icon, float(option.rect.left() + theme.space.small)
        painter.save()
        painter.setFont(self._look.font("caption"))
        painter.setClipRect(option.rect)
        for said in dispute.said:
            top = option.rect.center().y() - side / 2
            paint_shape(painter, QRectF(x, top, side, side), shape_said(dispute.asked, said), theme)
            words = model.letters.get(said.rater) or initials(said.name)
            words += "?" if said.unsure else ""
            painter.setPen(theme.color("text"))
            box = QRectF(
                x + side + 2, option.rect.top(), metrics.horizontalAdvance(words) + 2, option.rect.height()
            )
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
            x = box.right() + theme.space.small
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model: Any = index.model()
        dispute: Dispute = model.disputes[index.row()]
        one = self._look.theme.shape.icon + self._look.metrics("caption").horizontalAdvance("WW?") + 12
        return QSize(one * max(2, len(dispute.said)) + self._look.theme.space.small, option.rect.height())


class DisputesTable(QTableView):
    """Arrows walk; Enter or a click opens. Columns that find no room are left out, grades and point last."""

    stood_on = Signal(int)
    opened = Signal(int)

    def __init__(self, look: Look, model: DisputesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setModel(model)
        read_only_lines(self)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setAccessibleName(tr("Where marks differ, the furthest first"))
        self._bars = BarDelegate(look, self)
        self.setItemDelegateForColumn(SIZE, self._bars)
        self._points = PointDelegate(look, self)
        self.setItemDelegateForColumn(POINT, self._points)
        self.setItemDelegateForColumn(GRADES, GradesDelegate(look, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.stood_on.emit(now.row()))
        self.clicked.connect(lambda index: self.opened.emit(index.row()))
        model.modelReset.connect(self._fit)
        look.changed.connect(self._fit)
        self._fit()

    def stand_on(self, line: int) -> None:
        """Go to a line."""
        if 0 <= line < self.model().rowCount():
            self.setCurrentIndex(self.model().index(line, POINT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) or (
            event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End)
        ):
            super().keyPressEvent(event)
        else:
            event.ignore()  # the view knows grades, causes and what Enter means

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_room()

    def _fit(self) -> None:
        letter = self._look.metrics("control").averageCharWidth()
        header = self.horizontalHeader()
        header.setMinimumSectionSize(letter * 5)
        for column in range(5):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(QUESTION, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(GRADES, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(STANDING, QHeaderView.ResizeMode.ResizeToContents)
        header.resizeSection(SIZE, letter * BAR_LETTERS)
        self._leave_room()

    def _leave_room(self) -> None:
        """Where it is narrow the question stands under its point, and a line is as high as both."""
        letter = max(1, self._look.metrics("control").averageCharWidth())
        letters = self.viewport().width() / letter
        narrow = letters < WITH_QUESTION
        self._points.with_question = self._bars.below = narrow
        self.setColumnHidden(QUESTION, narrow)
        line = self._look.metrics("control").height() + self._look.theme.space.medium
        more = self._look.metrics("caption").height() if narrow else 0
        self.verticalHeader().setDefaultSectionSize(line + more)
        header = self.horizontalHeader()
        header.resizeSection(SIZE, letter * (NARROW_LETTERS if narrow else BAR_LETTERS))
        header.setSectionResizeMode(POINT, STRETCHED if narrow else FIXED)
        if not narrow:
            header.resizeSection(POINT, round(letter * min(40, max(POINT_LETTERS, letters * 0.26))))
        disputes: Any = self.model()
        stands = any(each.decision or each.dropped for each in disputes.disputes)
        self.setColumnHidden(STANDING, narrow or not stands)


def _bar_beside(box: QRectF, number: int) -> tuple[QRectF, QRectF]:
    """Where the bar and the number stand on a low line."""
    bar = QRectF(box.left(), box.center().y() - 4, max(2.0, box.width() - number), 8)
    return bar, QRectF(bar.right(), box.top(), number, box.height())


def _bar_below(box: QRectF) -> tuple[QRectF, QRectF]:
    """Where they stand on a line as high as two."""
    words = QRectF(box.left(), box.top() + 2, box.width(), box.height() / 2)
    return QRectF(box.left(), words.bottom() + 4, box.width(), 6), words


def _ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Paint the line's own ground, chosen or not."""
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, option.palette.highlight())
