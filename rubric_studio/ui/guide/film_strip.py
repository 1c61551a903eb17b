"""All answers of the question as a narrow strip: number, model, total and state of each. It scores nothing."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from rubric_studio.ui.guide.answer_score import answer_shape, badge_score
from rubric_studio.ui.guide.color_edge import ColorEdge
from rubric_studio.ui.guide.elided_label import ElidedLabel
from rubric_studio.ui.guide.pooled_list import PooledList
from rubric_studio.ui.guide.scored_question import ScoredQuestion
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import PlainLabel
from rubric_studio.ui.score_badge import ScoreBadge
from rubric_studio.ui.state_shape import StateShape

LETTERS = 19
NUMBER_KEYS = 9


class FilmCard(QFrame):
    """One answer in the strip. Enter, Space or a click puts it into a column."""

    chosen = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.id = -1
        dress(self, "point")
        self.edge = ColorEdge(look)
        self.number = PlainLabel("", "caption")
        self.name = ElidedLabel(look, "caption", cut=Qt.TextElideMode.ElideMiddle)  # the run stays
        self.shape = StateShape(look)
        self.badge = ScoreBadge(look)
        for part in (self.shape, self.badge):  # they come when the answer has been read, and move nothing
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            part.setSizePolicy(policy)
        space = look.theme.space
        first = QHBoxLayout()
        first.setSpacing(space.tiny)
        first.addWidget(self.number)
        first.addWidget(self.name, 1)
        second = QHBoxLayout()
        second.setSpacing(0)
        second.addWidget(self.shape)
        second.addWidget(self.badge)
        second.addStretch(1)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addLayout(first)
        lines.addLayout(second)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(space.tiny, space.tiny, space.tiny, space.tiny)
        layout.setSpacing(space.tiny)
        layout.addWidget(self.edge)
        layout.addLayout(lines, 1)

    def show_answer(
        self, question: ScoredQuestion, id: int, number: int, model: int, *, in_column: bool
    ) -> None:
        """Show one answer with its number among all."""
        sample, same = question.sample(id), id == self.id
        self.id = id
        self.edge.set_model(model)
        self.number.setText(str(number))
        self.name.setText(self.tr("{model} · {run}").format(model=sample.model, run=sample.run))
        is_known = question.is_small or question.is_ready(id)
        for part in (self.shape, self.badge):
            part.setVisible(is_known)
        if is_known:
            self.shape.set_shape(answer_shape(question, id))
            score = badge_score(question, id)
            if not same or score != self.badge.score():
                self.badge.set_score(score, mark_change=same)
        if self.property("selected") != in_column:
            self.setProperty("selected", in_column)
            dress(self, "point")
        said = self.tr("{number}: {model}, run {run}")
        self.setAccessibleName(said.format(number=number, model=sample.model, run=sample.run))
        self.setAccessibleDescription(self.badge.accessibleName())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.id)
        else:
            super().keyPressEvent(event)


class FilmStrip(QWidget):
    """`answer_chosen` asks for an answer to be read. Up and Down walk through the strip."""

    answer_chosen = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._question: ScoredQuestion | None = None
        self._models: Mapping[str, int] = {}
        self._shown: Collection[int] = ()
        self._at = 0
        self.setAccessibleName(self.tr("All answers to this question"))
        self.list = PooledList(look.turns, self._made_card, self._fill_card)
        self.title = PlainLabel("", "caption", wrap=True)
        space = look.theme.space
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.tiny)
        layout.addWidget(self.title)
        layout.addWidget(self.list, 1)
        look.changed.connect(self._fit)
        self._fit()

    def show_answers(
        self,
        question: ScoredQuestion,
        ids: Sequence[int],
        models: Mapping[str, int],
        in_columns: Collection[int],
    ) -> None:
        """Show these answers; those that are in columns are tinted."""
        same = self._question is not None and set(self._question.ids) == set(question.ids)
        self._question, self._models, self._shown = question, models, in_columns
        self._numbers = {id: number for number, id in enumerate(question.ids, start=1)}
        count = len(question.ids)
        words = self.tr("{shown} of {count} answers") if len(ids) < count else self.tr("{count} answers")
        self.title.setText(words.format(shown=len(ids), count=count))
        self._at = min(self._at, max(0, len(ids) - 1))
        self.list.set_keys([str(id) for id in ids], to_top=not same)

    def show_anew(self, ids: Collection[int]) -> None:
        """Show what has changed of some answers."""
        self.list.refill([str(id) for id in ids])

    def card(self, id: int) -> FilmCard | None:
        """Return an answer's card, None while it is out of sight."""
        row = self.list.row(str(id))
        return row if isinstance(row, FilmCard) else None

    def width_wanted(self) -> int:
        """Return how wide the strip is."""
        return self.minimumWidth()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        keys = self.list.keys()
        if step is None or not keys:
            super().keyPressEvent(event)
            return
        focused = self.window().focusWidget()
        at = keys.index(str(focused.id)) if isinstance(focused, FilmCard) else self._at
        self._at = min(len(keys) - 1, max(0, at + step))
        self.list.ensure_in_sight(keys[self._at])
        card = self.list.row(keys[self._at])
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
        self._rove()

    def _made_card(self) -> QWidget:
        card = FilmCard(self._look)
        card.chosen.connect(self.answer_chosen)
        return card

    def _fill_card(self, widget: QWidget, key: str) -> None:
        assert isinstance(widget, FilmCard)
        assert self._question is not None
        id = int(key)
        model = self._models.get(self._question.sample(id).model, 0)
        widget.show_answer(self._question, id, self._numbers[id], model, in_column=id in self._shown)
        self._rove()

    def _rove(self) -> None:
        """Keep one stop for Tab in the strip."""
        keys = self.list.keys()
        stop = keys[self._at] if keys else ""
        for key, card in self.list.rows().items():
            policy = Qt.FocusPolicy.StrongFocus if key == stop else Qt.FocusPolicy.ClickFocus
            card.setFocusPolicy(policy)

    def _fit(self) -> None:
        self.setFixedWidth(
            LETTERS * self._look.metrics("caption").averageCharWidth() + self._look.theme.space.page
        )
        self.list.remeasure()
