"""Two or three answers side by side: which ones, pinned or not, scrolling and walking together."""

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rubric_studio.ui.guide.answer_column import AnswerColumn, Due
from rubric_studio.ui.guide.answer_points import AnswerPoints
from rubric_studio.ui.guide.compared_texts import ComparedTexts
from rubric_studio.ui.guide.marking import Marking
from rubric_studio.ui.guide.question_marks import Place
from rubric_studio.ui.guide.quiet_splitter import QuietSplitter
from rubric_studio.ui.look import Look
from rubric_studio.ui.reading_view import ADDED, REMOVED

MOST = 3
LETTERS_OF_THREE = 40
LETTERS_OF_TWO = 26


class AnswerColumns(QWidget):
    """Chooses what stands in the columns. The current point is the same in all of them."""

    shown_changed = Signal()
    answer_ready = Signal(int)
    words_taken = Signal(object)

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
        self._keyboard_due: int | None = None
        self._compared = ComparedTexts(look.turns, self)  # every mark shows the same two texts again
        self._compared.compared.connect(self._show_differences)
        self.columns: list[AnswerColumn] = []
        self.split = QuietSplitter(look, Qt.Orientation.Horizontal, look.theme.space.large)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)
        look.changed.connect(self._on_look_changed)

    def add_column(self) -> None:
        """Make room for one answer more, `MOST` at most."""
        column = self._made_column(len(self.columns))
        column.hide()
        self.columns.append(column)
        self.split.addWidget(column)

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

    def show_marks(self, points: AnswerPoints, places: Collection[Place]) -> None:
        """Show other marks on some answers' points; everything else is as before."""
        self._points = points
        for id, key in places:
            column = self.column_of(id)
            if column is not None and key in points.asked:
                column.show_mark(points, key)

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
        self._give_keyboard(self.columns.index(column))

    def shown(self) -> list[int]:
        """Return the answers in the columns, from left to right."""
        return list(self._ids)

    def shown_columns(self) -> list[AnswerColumn]:
        """Return the columns that hold an answer."""
        return self.columns[: len(self._ids)]

    def is_settled(self) -> bool:
        """Whether nothing is still to be shown in a column."""
        return self._next_due() is None

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
            self._give_keyboard(0)

    def go_to_point(self, ids: Sequence[int], key: str) -> None:
        """Put the keyboard on a point of the first of these answers that stands in a column."""
        place = next((self._ids.index(id) for id in ids if id in self._ids), None)
        if place is not None:
            self._current = key
            self._give_keyboard(place)

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

    def _give_keyboard(self, place: int) -> None:
        """Put the keyboard into the points of a column, as soon as they are there."""
        self._keyboard_due = place if self.columns[place].stands_still else None
        if self._keyboard_due is None:
            self.columns[place].panel.take_keyboard(self._current)

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
        if self._ids and width > 0:
            self.split.setSizes([width // len(self._ids)] * MOST)
        if points.question.is_small:
            self._catch_up_to(Due.POINTS)
        self._look.turns.later(self._show_next)
        self.shown_changed.emit()

    def _next_due(self) -> AnswerColumn | None:
        """The column whose turn it is: points come before texts, texts before their evidence."""
        waiting = [(due, column) for column in self.shown_columns() if (due := column.due()) is not None]
        return min(waiting, key=lambda each: each[0])[1] if waiting else None

    def _catch_up_to(self, what: Due) -> None:
        while (column := self._next_due()) is not None and column.due() == what:
            column.catch_up()

    def _show_next(self) -> None:
        """Show one thing that is due in each turn of the event loop, so that keys and painting come between."""
        column = self._next_due()
        if column is None:
            self._show_differences()
        else:
            column.catch_up()
            self._look.turns.later(self._show_next)

    def _show_differences(self) -> None:
        if not self._ids:
            return
        found = None
        if self._different and len(self._ids) > 1:
            texts = (self.columns[0].text.text(), self.columns[1].text.text())
            found = self._compared.differences(*texts)
        ours, theirs = found or ((), ())
        self.columns[0].text.show_differences(ours, REMOVED)
        self.columns[1].text.show_differences(theirs, ADDED)
        self.columns[2].text.show_differences((), ADDED)

    def _made_column(self, place: int) -> AnswerColumn:
        column = AnswerColumn(self._look)
        column.points_shown.connect(lambda: self._on_column_points_shown(place))
        panel, marking = column.panel, self._marking

        def with_answer(mark: Callable[..., None]) -> Callable[..., None]:
            def marked(*words: str) -> None:
                if column.answer is not None and not column.stands_still:  # nobody has seen those points yet
                    mark(column.answer, *words)

            return marked

        panel.level_chosen.connect(with_answer(marking.choose_level))
        panel.not_applicable_chosen.connect(with_answer(marking.choose_not_applicable))
        panel.mark_cleared.connect(with_answer(marking.clear))
        panel.reason_given.connect(with_answer(marking.give_reason))
        column.evidence_given.connect(with_answer(marking.toggle_evidence))
        column.words_taken.connect(self.words_taken)
        column.current_changed.connect(self._on_column_current_changed)
        panel.neighbor_requested.connect(lambda step: self._on_panel_neighbor_requested(place, step))
        column.text.scrolled.connect(lambda share: self._on_text_scrolled(place, share))
        column.pin_toggled.connect(lambda pinned: self._on_column_pin_toggled(place, pinned))
        column.split.splitterMoved.connect(lambda: self._on_split_moved(place))
        return column

    def _on_column_points_shown(self, place: int) -> None:
        self.answer_ready.emit(self.columns[place].answer)
        panel = self.columns[place].panel
        if self._current and panel.current() != self._current:
            panel.set_current(self._current)
        if self._keyboard_due == place:
            self._give_keyboard(place)

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
            self._give_keyboard(beside)

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
