"""One answer in its column: whose it is, its total and parts, its text with evidence, its points to mark."""

from collections.abc import Callable
from enum import IntEnum
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from rubric_studio.domain.verdict import Span
from rubric_studio.ui.guide.answer_points import AnswerPoints
from rubric_studio.ui.guide.answer_score import badge_score, to_mark_text
from rubric_studio.ui.guide.answer_text import AnswerText
from rubric_studio.ui.guide.color_edge import ColorEdge
from rubric_studio.ui.guide.elided_label import ElidedLabel
from rubric_studio.ui.guide.part_headings import part_headings
from rubric_studio.ui.guide.points_panel import PointsPanel
from rubric_studio.ui.guide.quiet_splitter import QuietSplitter
from rubric_studio.ui.guide.selection_bar import GradesOf, SelectionBar, TakenWords
from rubric_studio.ui.guide.told_line import ToldLine
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.plain_text import set_tip
from rubric_studio.ui.reading_pane import Evidence
from rubric_studio.ui.score_badge import ScoreBadge
from rubric_studio.ui.strata_bar import StrataBar

POINTS_AT_ONCE = 60
TEXT_SHARE, POINTS_SHARE = 110, 100
LINES_OF_A_POINT = 6


class Due(IntEnum):
    """What of an answer is still to be shown; of several columns the points come first, then the texts."""

    POINTS = 0
    TEXT = 1
    EVIDENCE = 2


class AnswerColumn(QFrame):
    """`evidence_given` carries the point and the passage that was selected when E was pressed."""

    evidence_given = Signal(str, object)
    pin_toggled = Signal(bool)
    current_changed = Signal(str)
    points_shown = Signal()
    words_taken = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.answer: int | None = None
        self._had_keyboard = False
        self._wanted = ""
        self.stands_still = False
        """Whether the points of the answer before are still in sight."""
        self._points: AnswerPoints | None = None
        self._evidence: dict[str, tuple[Evidence, ...]] = {}
        self._due: dict[Due, Callable[[], bool]] = {}
        self.edge = ColorEdge(look)
        self.name = ElidedLabel(look, bold=True, cut=Qt.TextElideMode.ElideMiddle)  # the run stays
        self.badge = ScoreBadge(look)
        self.to_mark = QToolButton()
        dress(self.to_mark, "chip")
        self.to_mark.clicked.connect(self._on_to_mark_clicked)
        self.pin = QToolButton()
        self.pin.setCheckable(True)
        self.pin.toggled.connect(self.pin_toggled)
        self.more = QToolButton()
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.hide()
        self.bar = StrataBar(look)
        self.bar.part_chosen.connect(self._on_part_chosen)
        self.told = ToldLine(look)
        self.text = AnswerText(look, self.tr("Answer"))
        self.panel = PointsPanel(look)
        self.selection = SelectionBar(
            look, self._selected_words, self._whole_answer, self._current_grades, self._all_grades
        )
        self._connect()
        self._lay_out()
        look.changed.connect(self._draw_icons)
        self._draw_icons()

    # ---- showing

    def show_answer(
        self, id: int, points: AnswerPoints, model: int, *, same_question: bool, as_written: bool = False
    ) -> None:
        """Show an answer, or the same with other marks: then place, focus and opened reasons stay.

        All of it takes long, so it is due, and `catch_up` shows one thing after the other. Until the points
        are there the column stands still: the points of one answer never stand under the name of another.
        """
        same_answer = id == self.answer and same_question and Due.POINTS not in self._due
        self._had_keyboard = self.has_keyboard_in_points() or (self._had_keyboard and Due.POINTS in self._due)
        if not same_answer:
            self._finish_typing()
            self._stand_still(True)
        self.answer, self._points = id, points
        sample = points.question.sample(id)
        self.edge.set_model(model)
        self.name.setText(self.tr("{model}, run {run}").format(model=sample.model, run=sample.run))
        self.setAccessibleName(self.name.text())
        self.told.show_sample(sample)
        self._due.clear()
        self._due[Due.POINTS] = partial(
            self._get_points, same_answer=same_answer, same_question=same_question
        )
        if not self.text.shows_text(sample.text, as_written=as_written):
            self._due[Due.TEXT] = partial(self._show_text, sample.text, as_written=as_written)
        self._evidence.clear()
        self._due[Due.EVIDENCE] = self._find_evidence

    def due(self) -> "Due | None":
        """What is still to be shown, the first of it."""
        return next(iter(self._due), None)

    def catch_up(self) -> None:
        """Show the next thing that is due, or a part of it."""
        what = next(iter(self._due))
        if not self._due[what]():
            self._due.pop(what, None)

    def show_weights(self, points: AnswerPoints) -> None:
        """Show the same marks under other weights."""
        self._points = points
        if Due.POINTS not in self._due:
            self._show_points(same_answer=True, same_question=True)
            self.show_score(mark_change=True)

    def show_mark(self, points: AnswerPoints, key: str) -> None:
        """Show another mark on one point; all other points are as before."""
        self._points = points
        if Due.POINTS in self._due:
            return
        self.panel.show_point_anew(key)
        self.show_score(mark_change=True)
        if Due.EVIDENCE not in self._due:
            found = self._evidence_for(key)
            if found != self._evidence.get(key):
                self._evidence[key] = found
                self._show_evidence()

    def show_score(self, *, mark_change: bool) -> None:
        """Show total, parts and how much is left to mark."""
        assert self._points is not None
        assert self.answer is not None
        question = self._points.question
        score = badge_score(question, self.answer)
        if score != self.badge.score():
            self.badge.set_score(score, mark_change=mark_change)
        self.bar.set_segments(question.segments(self.answer))
        words = to_mark_text(question, self.answer)
        self.to_mark.setText(words)
        self.to_mark.setVisible(bool(words))

    def set_current(self, key: str) -> None:
        """Tint a point and fill its evidence, soon; the text goes there."""
        self._wanted = key
        self._look.turns.later(self._go_to_point)

    def has_keyboard_in_points(self) -> bool:
        """Whether the keyboard is in the points of this answer."""
        focused = self.window().focusWidget()
        return focused is not None and self.panel.isAncestorOf(focused)

    # ---- doing

    def attach_selection(self) -> bool:
        """Give the selected words as evidence for the current point; False where one of the two is missing."""
        while self._due:  # words selected in the text before are no evidence for this one
            self.catch_up()
        selection, key = self.text.selection(), self.panel.current()
        asked = self._points.asked.get(key) if self._points else None
        if selection is None or asked is None or not asked.is_judged:
            return False
        start, end, quote = selection
        self.evidence_given.emit(key, Span(start=start, end=end, quote=quote))
        self.panel.take_keyboard(key)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if plain and event.key() == Qt.Key.Key_E and self.attach_selection():
            return
        if plain and self.selection.take_key(event.key()):
            return
        if plain and event.key() == Qt.Key.Key_P:
            self.pin.toggle()
            return
        if plain and event.key() == Qt.Key.Key_Escape and not self.has_keyboard_in_points():
            self.panel.take_keyboard()
            return
        super().keyPressEvent(event)

    def add_menu_action(self, action: QAction) -> None:
        """Offer something that can be done with the answer, by menu and by the action's own key."""
        self.addAction(action)
        self.more.addAction(action)
        self.more.show()

    # ---- inside

    def _selected_words(self) -> str:
        return "" if Due.TEXT in self._due else self.text.selected_words()

    def _whole_answer(self) -> str:
        return "" if Due.TEXT in self._due else self.text.text()

    def _current_grades(self) -> GradesOf | None:
        return self._points.current_grades(self.panel.current()) if self._points is not None else None

    def _all_grades(self) -> list[GradesOf]:
        return self._points.all_grades() if self._points is not None else []

    def _on_words_taken(self, quote: str, criterion: str = "", level: str = "") -> None:
        if self.answer is not None:
            self.words_taken.emit(TakenWords(self.answer, quote, criterion or self.panel.current(), level))

    def _go_to_point(self) -> None:
        self.panel.set_current(self._wanted)
        self._look.turns.later(self._go_to_evidence)

    def _go_to_evidence(self) -> None:
        self.text.select_evidence(self._wanted)

    def _get_points(self, *, same_answer: bool, same_question: bool) -> bool:
        """Read and score the answer piece by piece, then show its points and its total."""
        assert self._points is not None
        assert self.answer is not None
        if self._points.question.get_ready(self.answer):
            return True
        self._show_points(same_answer=same_answer, same_question=same_question)
        self.show_score(mark_change=same_answer)
        self._stand_still(False)
        if self._had_keyboard and not self.has_keyboard_in_points():
            self.panel.take_keyboard()
        self.points_shown.emit()
        return False

    def _stand_still(self, still: bool) -> None:
        self.stands_still = still
        self.setUpdatesEnabled(not still)

    def _show_text(self, text: str, *, as_written: bool) -> bool:
        self.text.show_text(text, as_written=as_written)
        return False

    def _find_evidence(self) -> bool:
        """Look up some points' passages; when all are known, underline them."""
        assert self._points is not None
        unknown = [key for key in self._points.asked if key not in self._evidence]
        for key in unknown[:POINTS_AT_ONCE]:
            self._evidence[key] = self._evidence_for(key)
        if len(unknown) > POINTS_AT_ONCE:
            return True
        self._show_evidence()
        return False

    def _evidence_for(self, key: str) -> tuple[Evidence, ...]:
        points, id = self._points, self.answer
        assert points is not None
        assert id is not None
        shape = points.shape(id, key)
        return tuple(Evidence(key, span.start, span.end, shape) for span in points.passages(id, key))

    def _show_evidence(self) -> None:
        """Underline what the marks rest on."""
        assert self._points is not None
        evidence = [each for key in self._points.asked for each in self._evidence.get(key, ())]
        self.text.set_evidence(evidence, selected=self.panel.current() or None)

    def _show_points(self, *, same_answer: bool, same_question: bool) -> None:
        points, id = self._points, self.answer
        assert points is not None
        assert id is not None
        keys = list(points.asked)
        self.below.setVisible(bool(keys))
        self.panel.show_points(
            keys,
            part_headings(points.question),
            lambda key: points.shown(id, key),
            same_answer=same_answer,
            same_question=same_question,
        )

    def _finish_typing(self) -> None:
        """Let a reason being typed be kept with the answer that it was typed for."""
        focused = self.window().focusWidget()
        if focused is not None and self.panel.isAncestorOf(focused):
            focused.clearFocus()

    def _connect(self) -> None:
        self.panel.current_changed.connect(self.current_changed)
        self.panel.evidence_chosen.connect(self._on_panel_evidence_chosen)
        self.text.evidence_chosen.connect(self._on_text_evidence_chosen)
        self.text.view.selectionChanged.connect(lambda: self._look.turns.later(self.selection.offer))
        self.selection.evidence_requested.connect(self.attach_selection)
        self.selection.point_requested.connect(self._on_words_taken)
        self.selection.example_given.connect(self._on_words_taken)
        self.selection.left.connect(self.panel.take_keyboard)
        self.panel.current_changed.connect(lambda _: self._look.turns.later(self.selection.offer))

    def _lay_out(self) -> None:
        space = self._look.theme.space
        head = QHBoxLayout()
        head.setSpacing(space.small)
        head.addWidget(self.name, 1)
        head.addWidget(self.badge)
        head.addWidget(self.pin)
        head.addWidget(self.more)
        parts = QHBoxLayout()
        parts.setSpacing(space.small)
        parts.addWidget(self.bar, 1)
        parts.addWidget(self.to_mark)
        lines = QVBoxLayout()
        lines.setSpacing(space.tiny)
        lines.addLayout(head)
        lines.addLayout(parts)
        lines.addWidget(self.told)
        top = QHBoxLayout()
        top.setSpacing(space.small)
        top.addWidget(self.edge)
        top.addLayout(lines, 1)
        self.split = QuietSplitter(self._look, Qt.Orientation.Vertical, space.medium)
        self.below = QFrame()
        dress(self.below, "pane")
        inner = QVBoxLayout(self.below)
        inner.setContentsMargins(1, space.tiny, 1, space.tiny)
        inner.addWidget(self.panel)
        self.text.add_below(self.selection)
        self.split.addWidget(self.text)
        self.split.addWidget(self.below)
        self._keep_room_for_a_point()
        self.split.setSizes([TEXT_SHARE, POINTS_SHARE])
        self.split.setStretchFactor(0, TEXT_SHARE)
        self.split.setStretchFactor(1, POINTS_SHARE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(space.small)
        layout.addLayout(top)
        layout.addWidget(self.split, 1)

    def _keep_room_for_a_point(self) -> None:
        """Keep a part's heading, a point of two lines and its grades in sight, however little room there is."""
        lines = LINES_OF_A_POINT * self._look.metrics("control").lineSpacing()
        self.below.setMinimumHeight(lines + 2 * self._look.theme.space.small)

    def _draw_icons(self) -> None:
        self._keep_room_for_a_point()
        words = self.tr("Keep this answer in its column (P)")
        self.pin.setIcon(self._look.icon("pin"))
        self.pin.setAccessibleName(words)
        set_tip(self.pin, words)
        self.more.setIcon(self._look.icon("more"))
        self.more.setAccessibleName(self.tr("What can be done with this answer"))
        set_tip(self.more, self.tr("What can be done with this answer"))
        set_tip(self.to_mark, self.tr("Go to the first of them"))

    def _on_to_mark_clicked(self) -> None:
        if self._points is None or self.answer is None:
            return
        waiting = self._points.question.to_mark(self.answer)
        if waiting:
            self.panel.take_keyboard(waiting[0].key)

    def _on_part_chosen(self, part: str) -> None:
        asked = self._points.asked.values() if self._points else ()
        first = next((each.key for each in asked if each.stratum == part), None)
        if first is not None:
            self.panel.take_keyboard(first)

    def _on_panel_evidence_chosen(self, key: str, index: int) -> None:
        if self._evidence.get(key):
            self.text.select_evidence(key, index)

    def _on_text_evidence_chosen(self, key: str) -> None:
        self.panel.take_keyboard(key)
