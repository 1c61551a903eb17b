"""Two or three answers side by side: which ones, pinned or not, scrolling and walking together."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rubric_studio.domain.word_difference import word_differences
from rubric_studio.ui.guide.answer_column import AnswerColumn
from rubric_studio.ui.guide.answer_points import AnswerPoints
from rubric_studio.ui.guide.marking import Marking
from rubric_studio.ui.guide.quiet_splitter import QuietSplitter
from rubric_studio.ui.look import Look
from rubric_studio.ui.reading_view import ADDED, REMOVED

MOST = 3
LETTERS_OF_THREE = 40
LETTERS_OF_TWO = 26


class AnswerColumns(QWidget):
    """Chooses what stands in the columns. The current point is the same in all of them."""

    shown_changed = Signal()

    def __init__(self, look: Look, marking: Marking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._marking = look, marking
        self._ids: list[int] = []
        self._pinned: set[int] = set()
        self._points: AnswerPoints | None = None
        self._models: Mapping[str, int] = {}
        self._available: Sequence[int] = ()
        self._question = ""
        self._current = ""
        self._together = self._different = self._as_written = False
        self._moving = False
        self._compared = lru_cache(maxsize=1)(word_differences)  # every mark shows the same two texts again
        self._texts = QTimer(self, singleShot=True, interval=0)
        self._texts.timeout.connect(self._show_next_text)
        self.columns = [self._made_column(place) for place in range(MOST)]
        self.split = QuietSplitter(look, Qt.Orientation.Horizontal, look.theme.space.large)
        for column in self.columns:
            self.split.addWidget(column)
            column.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)
        look.changed.connect(self._on_look_changed)

    # ---- showing

    def show_question(
        self, row: str, points: AnswerPoints, available: Sequence[int], models: Mapping[str, int]
    ) -> None:
        """Show a question's answers, or the same with other marks; `available` are those that fit the filter."""
        same = row == self._question
        self._question, self._points = row, points
        self._available, self._models = available, models
        if not same:
            self._ids, self._pinned = [], set()
        self._choose_ids()
        self._fill(same_question=same)

    def show_weights(self, points: AnswerPoints) -> None:
        """Show the same marks under other weights."""
        self._points = points
        for column in self.shown_columns():
            column.show_weights(points)

    def refresh_answer(self, id: int) -> None:
        """Show one answer's points anew."""
        column = self.column_of(id)
        if column is not None and self._points is not None:
            column.show_weights(self._points)
            column.show_evidence()

    def put(self, ids: Sequence[int]) -> None:
        """Let these answers stand in the columns, as far as there is room."""
        self._pinned.clear()
        self._ids = [id for id in ids if id in self._available]
        self._choose_ids()
        self._fill(same_question=True)

    def choose(self, id: int) -> None:
        """Bring an answer into a column: the last that is not pinned, without the keyboard where possible."""
        column = self.column_of(id)
        if column is None:
            places = [at for at, each in enumerate(self._ids) if each not in self._pinned]
            place = places[-1] if places else len(self._ids) - 1
            self._pinned.discard(self._ids[place])
            self._ids[place] = id
            self._fill(same_question=True)
            column = self.columns[place]
        column.panel.take_keyboard(self._current)

    def shown(self) -> list[int]:
        """Return the answers in the columns, from left to right."""
        return list(self._ids)

    def shown_columns(self) -> list[AnswerColumn]:
        """Return the columns that hold an answer."""
        return self.columns[: len(self._ids)]

    def column_of(self, id: int) -> AnswerColumn | None:
        """Return the column in which an answer stands."""
        return next((column for column in self.shown_columns() if column.answer == id), None)

    def set_together(self, together: bool) -> None:
        """Scroll the texts together, or each alone."""
        self._together = together

    def set_different(self, different: bool) -> None:
        """Mark in which words the first two answers differ, or leave it."""
        self._different = different
        self._show_differences()

    def set_as_written(self, as_written: bool) -> None:
        """Show the texts letter by letter, or as Markdown."""
        self._as_written = as_written
        self._fill(same_question=True)

    def take_keyboard(self) -> None:
        """Put the keyboard into the first answer's points."""
        if self._ids:
            self.columns[0].panel.take_keyboard(self._current)

    def room(self) -> int:
        """Return how many columns of a readable width there is room for."""
        letter = self._look.metrics("reading").averageCharWidth()
        margins = 3 * self._look.theme.space.large
        if self.width() >= 3 * (LETTERS_OF_THREE * letter + margins):
            return 3
        return 2 if self.width() >= 2 * (LETTERS_OF_TWO * letter + margins) else 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._points is not None and min(self.room(), len(self._available)) != len(self._ids):
            self._choose_ids()
            self._fill(same_question=True)

    # ---- inside

    def _choose_ids(self) -> None:
        """Keep what fits; fill up or cut down to the room there is."""
        kept = [id for id in self._ids if id in self._available]
        others = [id for id in self._available if id not in kept]
        ids = [*kept, *others][: max(self.room(), 0)]
        for pinned in [id for id in kept if id in self._pinned and id not in ids]:
            place = next((at for at in reversed(range(len(ids))) if ids[at] not in self._pinned), None)
            if place is not None:
                ids[place] = pinned
        self._ids = ids

    def _fill(self, *, same_question: bool) -> None:
        points = self._points
        assert points is not None
        width = self.split.width()
        for place, column in enumerate(self.columns):
            column.setVisible(place < len(self._ids))
        for id, column in zip(self._ids, self.columns, strict=False):
            model = self._models.get(points.question.sample(id).model, 0)
            same = same_question and column.answer is not None
            column.show_answer(id, points, model, same_question=same, as_written=self._as_written)
            column.pin.blockSignals(True)
            column.pin.setChecked(id in self._pinned)
            column.pin.blockSignals(False)
            if self._current and column.panel.current() != self._current:
                column.panel.set_current(self._current)
        if self._ids and width > 0:
            self.split.setSizes([width // len(self._ids)] * MOST)
        if any(column.is_due() for column in self.shown_columns()):
            self._texts.start()
        else:
            self._show_differences()
        self.shown_changed.emit()

    def _show_next_text(self) -> None:
        """Show one thing that is due in each turn of the event loop, so that keys and painting come between."""
        due = next((column for column in self.shown_columns() if column.is_due()), None)
        if due is None:
            self._show_differences()
        else:
            due.catch_up()
            self._texts.start()

    def _show_differences(self) -> None:
        if not self._ids:
            return
        texts = (self.columns[0].text.text(), self.columns[1].text.text())
        if not self._different or len(self._ids) < 2:
            ours, theirs = (), ()
        else:
            ours, theirs = self._compared(*texts)
        self.columns[0].text.show_differences(ours, REMOVED)
        self.columns[1].text.show_differences(theirs, ADDED)
        self.columns[2].text.show_differences((), ADDED)

    def _made_column(self, place: int) -> AnswerColumn:
        column = AnswerColumn(self._look)
        panel, marking = column.panel, self._marking

        def answer() -> int:
            assert column.answer is not None
            return column.answer

        panel.level_chosen.connect(lambda key, level: marking.choose_level(answer(), key, level))
        panel.not_applicable_chosen.connect(lambda key: marking.choose_not_applicable(answer(), key))
        panel.mark_cleared.connect(lambda key: marking.clear(answer(), key))
        panel.reason_given.connect(lambda key, text: marking.give_reason(answer(), key, text))
        column.evidence_given.connect(lambda key, span: marking.toggle_evidence(answer(), key, span))
        column.current_changed.connect(self._on_column_current_changed)
        panel.neighbor_requested.connect(lambda step: self._on_panel_neighbor_requested(place, step))
        column.text.scrolled.connect(lambda share: self._on_text_scrolled(place, share))
        column.pin_toggled.connect(lambda pinned: self._on_column_pin_toggled(place, pinned))
        column.split.splitterMoved.connect(lambda: self._on_split_moved(place))
        return column

    def _on_column_current_changed(self, key: str) -> None:
        if self._moving:
            return
        self._moving = True
        self._current = key
        for column in self.shown_columns():
            column.set_current(key)
        self._moving = False

    def _on_panel_neighbor_requested(self, place: int, step: int) -> None:
        beside = place + step
        if 0 <= beside < len(self._ids):
            self.columns[beside].panel.take_keyboard(self._current)

    def _on_text_scrolled(self, place: int, share: float) -> None:
        if not self._together or self._moving:
            return
        self._moving = True
        for at, column in enumerate(self.shown_columns()):
            if at != place:
                column.text.scroll_to(share)
        self._moving = False

    def _on_column_pin_toggled(self, place: int, pinned: bool) -> None:
        (self._pinned.add if pinned else self._pinned.discard)(self._ids[place])

    def _on_split_moved(self, place: int) -> None:
        sizes = self.columns[place].split.sizes()
        for at, column in enumerate(self.columns):
            if at != place:
                column.split.setSizes(sizes)

    def _on_look_changed(self) -> None:
        if self._points is not None:
            self._choose_ids()
            self._fill(same_question=True)
