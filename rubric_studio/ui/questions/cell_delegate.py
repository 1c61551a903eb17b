"""Paints the table's cells: labels as chips, flags, the decision, mean and spread as a small range."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from rubric_studio.ui.look import Look
from rubric_studio.ui.number_text import count_text, score_text
from rubric_studio.ui.questions.reference_values import Sort, sort_of
from rubric_studio.ui.questions.rows_model import (
    ANSWERS,
    COLUMN_ROLE,
    DECISION,
    DIFFERS_ROLE,
    FIELD,
    FLAGS,
    ID,
    PROMPT,
    SPREAD,
    SPREAD_ROLE,
    SUMMARY_ROLE,
    decision_text,
)

if TYPE_CHECKING:
    from rubric_studio.services.board import RowSpread

Index = QModelIndex | QPersistentModelIndex

DECISION_ROLES = {"keep": "met", "fix": "partly", "drop": "missed", "conflict": "person"}
DECISION_ICONS = {"keep": "check", "fix": "half", "drop": "close", "conflict": "warning"}


class CellDelegate(QStyledItemDelegate):
    """Every cell has its words too: the model tells them to screen readers."""

    def __init__(self, look: Look, view: QTableView) -> None:
        super().__init__(view)
        self._look, self._view = look, view
        self._painters: dict[str, Callable[[QPainter, QRect, Index], None]] = {
            ID: self._paint_id,
            PROMPT: self._paint_prompt,
            FLAGS: self._paint_flags,
            DECISION: self._paint_decision,
            ANSWERS: self._paint_answers,
            SPREAD: self._paint_spread,
        }
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._look.metrics("control").height() + 2 * self._look.theme.space.small)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        column, rect = index.data(COLUMN_ROLE), self._place(option)
        has_labels = column.startswith(FIELD) and self._labels(index, column)
        paint = self._paint_labels if has_labels else self._painters.get(column, self._paint_text)
        painter.save()
        # The style would ask the model for a dozen things per cell, which is felt when scrolling.
        ground = self._ground(option)
        if ground:
            painter.fillRect(rect, self._look.theme.color(ground))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._fonts["control"])
        small = self._look.theme.space.small
        paint(painter, rect.adjusted(small, 0, -small, 0), index)
        self._paint_line(painter, rect, index)
        painter.restore()

    def _place(self, option: QStyleOptionViewItem) -> QRect:
        return option.rect  # pyright: ignore[reportAttributeAccessIssue]

    def _ground(self, option: QStyleOptionViewItem) -> str:
        """Return the role of the color behind a cell, "" for the table's own."""
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue]
        if state & QStyle.StateFlag.State_Selected:
            return "selection"
        return "hover" if state & QStyle.StateFlag.State_MouseOver else ""

    def _on_look_changed(self) -> None:
        look = self._look
        self._fonts = {"control": look.font("control"), "caption": look.font("caption")}
        self._fonts["strong"] = look.font("control", bold=True)

    def _paint_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw the hairline below, and the edge that marks the current line."""
        theme = self._look.theme
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), theme.shape.hair, theme.color("line"))
        if index.column() == 0 and index.row() == self._view.currentIndex().row():
            painter.fillRect(rect.left(), rect.top(), theme.shape.edge, rect.height(), theme.color("accent"))

    def _paint_id(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if index.data(DIFFERS_ROLE):
            self._paint_icon(painter, "warning", "person", rect.right() - self._icon + 1, rect)
            rect = rect.adjusted(0, 0, -self._icon - 2, 0)
        self._paint_words(painter, rect, index.data(), "text")

    def _paint_text(self, painter: QPainter, rect: QRect, index: Index) -> None:
        self._paint_words(painter, rect, index.data(), "text")

    def _paint_prompt(self, painter: QPainter, rect: QRect, index: Index) -> None:
        has_words = bool(index.data(SUMMARY_ROLE).first_words)
        self._paint_words(painter, rect, index.data(), "text" if has_words else "text_muted")

    def _paint_answers(self, painter: QPainter, rect: QRect, index: Index) -> None:
        answers = index.data(SUMMARY_ROLE).answers
        self._paint_words(painter, rect, count_text(answers), "text" if answers else "text_muted")

    def _paint_flags(self, painter: QPainter, rect: QRect, index: Index) -> None:
        flags = index.data(SUMMARY_ROLE).flags
        if flags:
            self._paint_icon(painter, "flag", "partly", rect.left(), rect)
            self._paint_words(painter, rect.adjusted(self._icon + 4, 0, 0, 0), count_text(flags), "text")

    def _paint_decision(self, painter: QPainter, rect: QRect, index: Index) -> None:
        decision = index.data(SUMMARY_ROLE).decision
        if not decision:
            return
        role, words = DECISION_ROLES[decision], decision_text(decision)
        box = self._pill(painter, rect, self._icon + 4 + painter.fontMetrics().horizontalAdvance(words), role)
        self._paint_icon(painter, DECISION_ICONS[decision], role, box.left() + 6, rect)
        self._paint_words(painter, box.adjusted(self._icon + 10, 0, -2, 0), words, "text")

    def _pill(self, painter: QPainter, rect: QRect, inside: int, role: str) -> QRect:
        theme, height = self._look.theme, painter.fontMetrics().height() + 4
        top = rect.center().y() - height // 2
        box = QRect(rect.left(), top, min(inside + 14, rect.width()), height)
        painter.setPen(QPen(theme.color(role), theme.shape.hair))
        painter.setBrush(theme.color(f"{role}_soft"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2)
        return box

    def _paint_labels(self, painter: QPainter, rect: QRect, index: Index) -> None:
        theme = self._look.theme
        painter.setFont(self._fonts["caption"])
        metrics, left = painter.fontMetrics(), rect.left()
        height = metrics.height() + 4
        labels = self._labels(index, index.data(COLUMN_ROLE))
        for at, label in enumerate(labels):
            rest = f"+{len(labels) - at}"
            room = rect.right() - left - (metrics.horizontalAdvance(rest) + 8 if at < len(labels) - 1 else 0)
            width = metrics.horizontalAdvance(label) + 12
            if width > room:
                if at:
                    self._paint_words(
                        painter,
                        QRect(left, rect.top(), rect.right() - left, rect.height()),
                        rest,
                        "text_muted",
                    )
                    return
                label, width = metrics.elidedText(label, Qt.TextElideMode.ElideRight, room - 12), room
            box = QRectF(left + 0.5, rect.center().y() - height / 2 + 0.5, width, height)
            painter.setPen(QPen(theme.color("line"), theme.shape.hair))
            painter.setBrush(theme.color("sunken"))
            painter.drawRoundedRect(box, theme.shape.corner - 2, theme.shape.corner - 2)
            painter.setPen(theme.color("text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, label)
            left += width + 4

    def _paint_spread(self, painter: QPainter, rect: QRect, index: Index) -> None:
        spread: RowSpread | None = index.data(SPREAD_ROLE)
        if spread is None:
            answers = index.data(SUMMARY_ROLE).answers
            self._paint_words(painter, rect, "\N{EN DASH}" if answers else "", "text_muted")
            return
        words = score_text(spread.mean)
        bold = self._look.metrics("control", bold=True)
        painter.setFont(self._fonts["strong"])
        self._paint_words(painter, rect, words, "text")
        painter.setFont(self._fonts["caption"])
        count = f"n {spread.n}"
        aside = painter.fontMetrics().horizontalAdvance("n 888")
        place = QRect(rect.right() - aside, rect.top(), aside + 1, rect.height())
        self._paint_words(painter, place, count, "text_muted")
        left = rect.left() + bold.horizontalAdvance("0.00") + 10
        self._paint_range(painter, QRectF(left, rect.top(), place.left() - 10 - left, rect.height()), spread)

    def _paint_range(self, painter: QPainter, box: QRectF, spread: "RowSpread") -> None:
        """Draw the scale from 0 to 1, on it from worst to best, and a dot where the mean is."""
        theme, middle = self._look.theme, box.center().y()

        def at(score: float) -> float:
            return box.left() + score * box.width()

        painter.fillRect(QRectF(box.left(), middle - 1, box.width(), 2), theme.color("line"))
        width = max(4.0, at(spread.best) - at(spread.worst))
        painter.setPen(QPen(theme.color("accent"), theme.shape.hair))
        painter.setBrush(theme.color("accent_soft"))
        painter.drawRoundedRect(QRectF(min(at(spread.worst), box.right() - 4), middle - 4, width, 8), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawEllipse(QPointF(at(spread.mean), middle), 4, 4)

    def _labels(self, index: Index, column: str) -> list[str]:
        value = index.data(SUMMARY_ROLE).reference.get(column.removeprefix(FIELD))
        return value if value and sort_of(value) is Sort.LABELS else []

    def _paint_words(self, painter: QPainter, rect: QRect, words: str, role: str) -> None:
        painter.setPen(self._look.theme.color(role))
        fitting = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, rect.width() + 1)
        painter.drawText(rect.adjusted(0, 0, 2, 0), Qt.AlignmentFlag.AlignVCenter, fitting)

    def _paint_icon(self, painter: QPainter, name: str, role: str, left: int, rect: QRect) -> None:
        box = QRect(left, rect.center().y() - self._icon // 2, self._icon, self._icon)
        self._look.icon(name, role).paint(painter, box)

    @property
    def _icon(self) -> int:
        return self._look.theme.shape.icon - 2
