"""Marking under way: what a key does, what is shown then, and what is kept. The widgets are the board's."""

from collections.abc import Callable

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.verdict import Span
from rubric_studio.services.review_edits import TakeBackHandingIn
from rubric_studio.services.review_tasks import ReviewTask, Turn
from rubric_studio.services.reviewing import Review, finished_subjects
from rubric_studio.ui.look import Look
from rubric_studio.ui.review.blind_marking import BlindMarking
from rubric_studio.ui.review.card_point import card_point
from rubric_studio.ui.review.earlier_marks import EarlierMarks
from rubric_studio.ui.review.evidence_giving import EvidenceGiving
from rubric_studio.ui.review.point_actions import PointActions
from rubric_studio.ui.review.review_board import ReviewBoard
from rubric_studio.ui.review.review_view import PointLines, evidence_of, progress_of
from rubric_studio.ui.review.review_words import clock_text, left_text
from rubric_studio.ui.review.row_remarks import RowRemarks
from rubric_studio.ui.review.sitting import Sitting
from rubric_studio.ui.review.summary_view import SummaryView, summary_of
from rubric_studio.ui.review.task_texts import TaskTexts
from rubric_studio.ui.review.work_time import WorkTime
from rubric_studio.ui.session import Session


class ReviewWork(QWidget):
    """`do` and `grade` are what keys ask for; every button asks for the same."""

    hand_in_requested = Signal()
    pause_requested = Signal()
    progress_changed = Signal(int, int)

    def __init__(
        self,
        session: Session,
        look: Look,
        review: Review,
        clock: Callable[[], float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._look, self.review = session, look, review
        self.sitting = Sitting(session.store, review, self)
        self.marking = BlindMarking(session, review, self)
        self.point = PointActions(self.sitting, self.marking, self._is_closed, self)
        self.time = WorkTime(session.store, clock, _today, self)
        self._shown: Turn | None = None
        self._lines = PointLines(review)
        self._texts = TaskTexts(session.store, review)
        self._saved = ""
        self._is_reversing = False
        self._scroll_before = 0.0
        self.locked = False
        self.board = ReviewBoard(look)
        self.evidence = EvidenceGiving(self.board, self)
        self._earlier = EarlierMarks(session.store, look, self.sitting, self.board.card, self)
        self._remarks = RowRemarks(session, review, look, self.board.remarks, self)
        self.summary = SummaryView(look)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.board)
        self.stack.addWidget(self.summary)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self._commands = self._made_commands()
        self._connect()

    # ---- coming and going

    def begin(self) -> None:
        """Show where one left off."""
        self.board.progress.way.set_value(self.sitting.way)
        self._read_lock()
        self._scroll_before = self.sitting.scroll
        self._show()
        self._look.turns.later(self._scroll_as_before)
        self.take_keyboard()

    def _scroll_as_before(self) -> None:
        if self._scroll_before:
            self.board.answers.text.scroll_to(self._scroll_before)

    def come_back(self) -> None:
        """Go on after the page was out of sight."""
        self.time.rest()

    def leave(self) -> None:
        """Hand in what is typed, where one is and the time that it took."""
        self.board.card.reason.keep()
        self.sitting.keep()
        self.time.keep()

    def take_keyboard(self) -> None:
        """Put the keyboard where keys mark."""
        self.board.points.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- doing

    def do(self, command: str) -> bool:
        """Do what a key asks for; False where it asks for nothing now."""
        action = self._commands.get(command)
        if action is None or (self.stack.currentWidget() is self.summary and command not in _ON_SUMMARY):
            return False
        self.time.touch()
        action()
        return True

    def choose(self, event: QKeyEvent) -> bool:
        """Let a key choose a passage; False where none is being chosen, or the key does nothing to it."""
        return self.stack.currentWidget() is self.board and self.evidence.takes(event)

    def grade(self, place: int) -> None:
        """Give the grade at a place, best first."""
        if self.stack.currentWidget() is self.board:
            self.time.touch()
            self.point.grade(place)

    def _on_marked(self, wants_reason: bool) -> None:
        if wants_reason:
            self._show_point()
            self.board.card.ask_why()
        else:
            self._go_on()

    def _next(self) -> None:
        """Take the passage that is being chosen, else go to what comes next."""
        if self.evidence.is_choosing:
            self.evidence.give()
        else:
            self.sitting.next()

    def _go_on(self) -> None:
        """Go to the next point without a mark; after the last one stay, or go on where that is wanted."""
        self.take_keyboard()
        if self.sitting.go_on_after_mark():
            return
        self._show_point()
        if self.sitting.goes_on:
            self.sitting.next()

    def _give_evidence(self) -> None:
        if not self._is_closed() and self.point.point() is not None:
            self.take_keyboard()
            self.evidence.give()

    def _toggle_evidence(self, span: Span) -> None:
        self.point.toggle_evidence(span)
        self._show_point()

    def _say_why(self) -> None:
        if not self._is_closed():
            self.board.card.ask_why()

    def _remark(self, ask: Callable[[ReviewTask], None]) -> None:
        if not self._is_closed():
            ask(self.sitting.task)

    def _reverse(self, reverse: Callable[[], None]) -> None:
        """Undo or redo in this packet, and go where that changed something."""
        self.board.card.reason.keep()
        self._is_reversing = True
        try:
            reverse()
        finally:
            self._is_reversing = False

    def _take_back(self) -> None:
        self._session.perform(TakeBackHandingIn(subjects=finished_subjects(self._session.store)))
        self._leave()  # the button that was pressed is gone: the keyboard goes where keys mark

    # ---- what others changed

    def hear(self, changes: Changes) -> None:
        """Show what an edit changed."""
        self._saved = clock_text(self._session.author.now())
        if changes.touches(Topic.ROUNDS):
            self._read_lock()
            if self.stack.currentWidget() is self.summary:
                self._fill_summary()
        if changes.touches(Topic.CHECKS):
            self._texts.forget()
            self.board.checks.show_checks(self._texts.of(self.sitting.task).checks)
        if changes.touches(Topic.VERDICTS):
            concerned = self.review.hear(self._session.store)
            if self._is_reversing and concerned and self.sitting.task.turn not in concerned:
                task = self.review.task(next(iter(concerned)))
                if task is not None:
                    self.sitting.go(task)
                    return
            self.progress_changed.emit(self.review.done(), len(self.review.tasks))
        if changes.touches(Topic.FLAGS, Topic.NOTES, Topic.ROUNDS):
            self._remarks.show(self.sitting.task, locked=self._is_closed())
        if not self.point.is_marking:
            self._show_point()

    # ---- showing

    def _show(self) -> None:
        """Show the task and the point at hand."""
        self.stack.setCurrentWidget(self.board)
        task = self.sitting.task
        if self._shown != task.turn:
            self.time.keep()
            self._show_task()
        self._show_point()
        self._look.turns.later(self.board.fit)
        self._look.turns.later(self._look_ahead)

    def _show_task(self) -> None:
        self.evidence.leave()
        task = self.sitting.task
        self._shown, read = task.turn, self._texts.of(task)
        row = self.review.rows.get(task.row)
        if row is not None:
            self.board.question.show_row(row, task.block + 1, len(self.review.packet.blocks))
        self.board.answers.show_answer(task.turn, read.text)
        self._remarks.show(task, locked=self._is_closed())
        self.board.checks.show_checks(read.checks)
        self.board.card.begin_anew()
        self.time.read(read.text)

    def _show_point(self) -> None:
        board, sitting, point = self.board, self.sitting, self.point.point()
        board.points.show_lines(self._lines.of(sitting.task), sitting.key)
        card = None
        if point is not None:
            waiting = self.marking.waiting(sitting.task, point.key)
            card = card_point(self.review, sitting.task, point, waiting)
        board.show_point(card, locked=self._is_closed())
        text = board.answers.text
        text.set_evidence(evidence_of(self.review, sitting.task, self.marking), selected=sitting.key)
        self._earlier.show()
        self._show_progress()

    def _show_progress(self) -> None:
        left = left_text(self.time.pace.left(self.review.marks_left()))
        says_saved = self._saved and self.board.has_room_for_more()  # else the strip below says it alone
        saved = self.tr("saved at {0}").format(self._saved) if says_saved else ""
        self.board.progress.show_progress(progress_of(self.review, self.sitting, left, saved))

    def _look_ahead(self) -> None:
        """Read the next answer and lay it out, while this one is being read."""
        task = self._texts.ahead_of(self.sitting)
        if task is not None:
            self.board.answers.prepare(task.turn, self._texts.of(task).text)

    def _show_summary(self) -> None:
        if self.stack.currentWidget() is self.summary:
            self._show()
            self.take_keyboard()
            return
        self.board.card.reason.keep()
        self.time.keep()
        self._fill_summary()
        self.stack.setCurrentWidget(self.summary)
        self.summary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_summary(self) -> None:
        summary = summary_of(self.review, self.sitting, self.time, _today())
        can_take_back = not self._session.store.read_only
        self.summary.show_summary(summary, locked=self.locked, can_take_back=can_take_back)

    def _read_lock(self) -> None:
        store = self._session.store
        self.locked = bool(finished_subjects(store))
        self.board.finished.setVisible(self.locked)
        self.board.finished.button.setVisible(not store.read_only)

    def _is_closed(self) -> bool:
        return self.locked or self._session.store.read_only

    # ---- wiring

    def _made_commands(self) -> dict[str, Callable[[], None]]:
        board, sitting = self.board, self.sitting
        return {
            "next": self._next,
            "back": sitting.back,
            "clear": self.point.clear,
            "point_above": lambda: sitting.step(-1),
            "point_below": lambda: sitting.step(1),
            "page_up": lambda: board.answers.turn_page(-1),
            "page_down": lambda: board.answers.turn_page(1),
            "card_down": lambda: board.card.scroll_by(1),
            "card_up": lambda: board.card.scroll_by(-1),
            "leave": self._leave,
            "walk_unsure": sitting.walk_unsure,
            "walk_skipped": sitting.walk_skipped,
            "not_applicable": self.point.not_applicable,
            "unsure": self.point.toggle_unsure,
            "why": self._say_why,
            "evidence": self._give_evidence,
            "flag": lambda: self._remark(self._remarks.flag),
            "note": lambda: self._remark(self._remarks.note),
            "skip": sitting.skip,
            "precedents": self._earlier.toggle,
            "examples": board.card.toggle_examples,
            "take_offer": self.point.take_offer,
            "checks": board.checks.toggle,
            "question": lambda: self._toggle_above(board.question.fold),
            "reference": lambda: self._toggle_above(board.question.reference_button),
            "as_written": self._toggle_as_written,
            "way": lambda: self._choose_way("point" if sitting.way == "answer" else "answer"),
            "summary": self._show_summary,
            "undo": lambda: self._reverse(self._session.undo),
            "redo": lambda: self._reverse(self._session.redo),
        }

    def _toggle_above(self, button: QAbstractButton) -> None:
        button.toggle()
        self._look.turns.later(self.board.fit)

    def _leave(self) -> None:
        if self.stack.currentWidget() is self.summary:
            self._show()
        else:
            self.evidence.leave()
        self.take_keyboard()

    def _toggle_as_written(self) -> None:
        self.evidence.leave()
        self.board.answers.toggle_as_written()
        self._show_point()

    def _choose_way(self, way: str) -> None:
        self.board.progress.way.set_value(way)
        self.sitting.set_way("point" if way == "point" else "answer")
        self.take_keyboard()

    def _connect(self) -> None:
        board, card = self.board, self.board.card
        self.sitting.about_to_move.connect(card.reason.keep)
        self.point.about_to_mark.connect(card.reason.keep)
        self.point.first_marked.connect(self.time.marked)
        self.point.marked.connect(self._on_marked)
        self.sitting.moved.connect(self._show)
        self.sitting.ended.connect(self._show_summary)
        board.points.chosen.connect(self.sitting.go_to_point)
        board.answers.scrolled.connect(self._on_scrolled)
        board.answers.evidence_chosen.connect(self.sitting.go_to_point)
        card.level_chosen.connect(self._on_level_chosen)
        card.not_applicable_chosen.connect(self.point.not_applicable)
        card.unsure_toggled.connect(self.point.toggle_unsure)
        card.offer_taken.connect(self.point.take_offer)
        card.precedents_toggled.connect(self._earlier.toggle)
        card.evidence_requested.connect(self._give_evidence)
        self.evidence.given.connect(self._toggle_evidence)
        card.reason.kept.connect(self.point.give_reason)
        card.reason.textChanged.connect(self.time.touch)
        card.reason.done.connect(self._go_on)
        card.reason.left.connect(self.take_keyboard)
        card.evidence.removal_requested.connect(self._toggle_evidence)
        card.evidence.shown_requested.connect(lambda span: board.answers.text.reveal(span.start, span.end))
        board.progress.way_chosen.connect(self._choose_way)
        buttons = {
            board.back: "back",
            board.next: "next",
            board.skip: "skip",
            board.flag: "flag",
            board.note: "note",
            board.progress.unsure: "walk_unsure",
            board.progress.skipped: "walk_skipped",
            board.progress.summary: "summary",
        }
        for button, name in buttons.items():
            button.clicked.connect(lambda _=False, name=name: self._on_clicked(name))
        board.finished.button_requested.connect(self._take_back)
        self.summary.take_back_requested.connect(self._take_back)
        self.summary.hand_in_requested.connect(self.hand_in_requested)
        self.summary.pause_requested.connect(self.pause_requested)
        self.summary.back_requested.connect(self._leave)
        board.habits.follow(self.sitting)

    def _on_clicked(self, name: str) -> None:
        self.do(name)
        if name not in ("flag", "note", "summary"):
            self.take_keyboard()

    def _on_level_chosen(self, level: str) -> None:
        self.time.touch()
        self.point.give_level(level)

    def _on_scrolled(self, share: float) -> None:
        self.time.touch()
        self.sitting.scroll = min(1.0, max(0.0, share))
        self.sitting.keep_soon()


_ON_SUMMARY = {"summary", "leave", "undo", "redo"}


def _today() -> str:
    return QDate.currentDate().toString("yyyy-MM-dd")
