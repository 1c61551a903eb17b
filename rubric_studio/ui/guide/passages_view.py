"""Passages only: for each point what each answer in the columns says to it. It marks nothing."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.guide.answer_points import AnswerPoints
from rubric_studio.ui.guide.answer_score import badge_score
from rubric_studio.ui.guide.color_edge import ColorEdge
from rubric_studio.ui.guide.elided_label import ElidedLabel
from rubric_studio.ui.guide.pooled_list import PooledList
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.number_text import score_text
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.score_badge import ScoreBadge
from rubric_studio.ui.state_shape import StateShape

MOST_LETTERS = 400


class PassageCell(QFrame):
    """What one answer says to one point. Enter or a click goes there."""

    chosen = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "point")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.shape = StateShape(look)
        self.value = PlainLabel("", "strong")
        self.words = PlainLabel("", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        space = look.theme.space
        head = QVBoxLayout()
        head.setSpacing(space.tiny)
        head.addWidget(self.shape, 0, Qt.AlignmentFlag.AlignTop)
        head.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.small, space.tiny, space.small, space.tiny)
        layout.setSpacing(space.small)
        layout.addLayout(head)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.value, 0, Qt.AlignmentFlag.AlignTop)

    def show_passages(self, points: AnswerPoints, id: int, key: str) -> None:
        """Show the passages, or where there are none the reason, grayed."""
        quotes = [" ".join(span.quote.split())[:MOST_LETTERS] for span in points.passages(id, key)]
        words = "\n".join(self.tr("“{0}”").format(quote) for quote in quotes)
        reason = " ".join(points.reason(id, key).split())[:MOST_LETTERS]
        dress(self.words, "" if quotes else "muted")
        self.words.setText(words or reason or self.tr("No passage yet"))
        self.shape.set_shape(points.shape(id, key))
        value = points.value(id, key)
        self.value.setText("" if value is None else score_text(value))
        self.setAccessibleName(self.words.text())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit()
        else:
            super().keyPressEvent(event)


class PassageRow(QWidget):
    """One point with a cell for each answer."""

    cell_chosen = Signal(int, str)

    def __init__(self, look: Look, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: Sequence[int] = ()
        self._key = ""
        self.title = PlainLabel("", "strong", wrap=True)
        self.cells = [PassageCell(look) for _ in range(most)]
        space = look.theme.space
        cells = QHBoxLayout()
        cells.setSpacing(space.large)
        for place, cell in enumerate(self.cells):
            cell.chosen.connect(lambda place=place: self.cell_chosen.emit(self._ids[place], self._key))
            cells.addWidget(cell, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, space.small, 0, space.small)
        layout.setSpacing(space.tiny)
        layout.addWidget(self.title)
        layout.addLayout(cells)

    def show_point(self, points: AnswerPoints, ids: Sequence[int], key: str) -> None:
        """Show another point."""
        self._ids, self._key = ids, key
        self.title.setText(points.asked[key].title)
        for cell in self.cells[len(ids) :]:
            cell.hide()
        for id, cell in zip(ids, self.cells, strict=False):
            cell.show_passages(points, id, key)
            cell.show()


class PassageHead(QWidget):
    """Whose passages stand below: model, run and total."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edge, self.badge = ColorEdge(look), ScoreBadge(look)
        self.name = ElidedLabel(look, bold=True, cut=Qt.TextElideMode.ElideMiddle)  # the run stays
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.theme.space.small)
        layout.addWidget(self.edge)
        layout.addWidget(self.name, 1)
        layout.addWidget(self.badge)


class PassagesView(QWidget):
    """Points without any passage come last. `passage_chosen` asks to see one in its text."""

    passage_chosen = Signal(int, str)

    def __init__(self, look: Look, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._most = look, most
        self._points: AnswerPoints | None = None
        self._ids: Sequence[int] = ()
        self.heads = [PassageHead(look) for _ in range(most)]
        self.list = PooledList(look.turns, self._made_row, self._fill_row)
        self.nothing = EmptyState(look, self.tr("No points yet, so there are no passages to compare."))
        space = look.theme.space
        heads = QHBoxLayout()
        heads.setSpacing(space.large)
        for head in self.heads:
            heads.addWidget(head, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.small)
        layout.addLayout(heads)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.nothing, 1)
        look.changed.connect(self.list.remeasure)

    def show_answers(self, points: AnswerPoints, ids: Sequence[int], models: Mapping[str, int]) -> None:
        """Show these answers' passages."""
        self._points, self._ids = points, list(ids)
        question = points.question
        for head in self.heads[len(ids) :]:
            head.hide()
        for id, head in zip(ids, self.heads, strict=False):
            sample = question.sample(id)
            head.edge.set_model(models.get(sample.model, 0))
            head.name.setText(self.tr("{model}, run {run}").format(model=sample.model, run=sample.run))
            head.badge.set_score(badge_score(question, id), mark_change=False)
            head.show()
        keys = sorted(points.asked, key=lambda key: not any(points.passages(id, key) for id in ids))
        same = set(keys) == set(self.list.keys())
        self.nothing.setVisible(not keys)
        self.list.setVisible(bool(keys))
        self.list.set_keys(keys, to_top=not same)

    def _made_row(self) -> QWidget:
        row = PassageRow(self._look, self._most)
        row.cell_chosen.connect(self.passage_chosen)
        return row

    def _fill_row(self, widget: QWidget, key: str) -> None:
        assert isinstance(widget, PassageRow)
        assert self._points is not None
        widget.show_point(self._points, self._ids, key)
