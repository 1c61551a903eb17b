"""The page on which an expert marks blind, on a packet's session: one answer at a time, nothing of anybody else."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.services.reviewing import Review, read_review
from rubric_studio.ui.empty_state import EmptyState
from rubric_studio.ui.look import Look, dress
from rubric_studio.ui.review.review_keys import KeyClaims, command, grade_place, undo_command
from rubric_studio.ui.review.review_work import ReviewWork
from rubric_studio.ui.session import Session


class ReviewPage(QWidget):
    """It reads the packet when it is first shown. `leave` hands in what is typed before the packet is closed.

    `hand_in_requested` and `pause_requested` come from the summary, `progress_changed` (done, total) after each mark.

    Args:
        session: a session whose store is a packet.
        clock: seconds that only go forward, by which time is taken.
    """

    hand_in_requested = Signal()
    pause_requested = Signal()
    progress_changed = Signal(int, int)

    def __init__(
        self,
        session: Session,
        look: Look,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(parent)
        self._session, self._look, self._clock = session, look, clock
        self._is_reading = False
        self.work: ReviewWork | None = None
        self.setProperty("kind", "page")
        dress(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Marking"))
        self.empty = EmptyState(look, self.tr("One moment: your answers are being opened."), icon="score")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.installEventFilter(KeyClaims(self._takes_key, self))
        session.changed.connect(self._on_session_changed)

    def leave(self) -> None:
        """Hand in what is typed and where one is; the packet may be closed afterwards."""
        if self.work is not None:
            self.work.leave()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.work is not None:
            self.work.come_back()
        elif not self._is_reading:
            self._is_reading = True
            job = self._session.background(
                self.tr("Opening your answers"), lambda store, _: read_review(store)
            )
            job.finished.connect(self._on_read)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        work, asked = self.work, undo_command(event)
        if work is None:
            super().keyPressEvent(event)
        elif asked:
            work.do(asked)
        elif self._is_typing():
            super().keyPressEvent(event)
        elif work.choose(event):
            event.accept()
        elif (place := grade_place(event)) is not None:
            work.grade(place)
        elif (asked := command(event)) and work.do(asked):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _takes_key(self, event: QKeyEvent) -> bool:
        """Say whether a key is for this page before any menu takes it: the window's undo belongs to another file."""
        if self.work is None:
            return False
        self.work.time.touch()
        return bool(undo_command(event) or (not self._is_typing() and command(event)))

    def _is_typing(self) -> bool:
        """Whether the keyboard is in a field into which one types."""
        focused = QApplication.focusWidget()
        return isinstance(focused, QLineEdit | QPlainTextEdit) and not focused.isReadOnly()

    def _on_read(self, review: Review | None) -> None:
        self._is_reading = False
        if review is None:
            self.empty.set_sentence(self.tr("There is nothing to mark in this file."))
        elif not review.tasks:
            self.empty.set_sentence(self.tr("No answers were assigned to you in this round."))
        else:
            self._begin(review)

    def _begin(self, review: Review) -> None:
        work = ReviewWork(self._session, self._look, review, self._clock, self)
        work.hand_in_requested.connect(self.hand_in_requested)
        work.pause_requested.connect(self.pause_requested)
        work.progress_changed.connect(self.progress_changed)
        self.work = work
        self.stack.addWidget(work)
        self.stack.setCurrentWidget(work)
        work.begin()

    def _on_session_changed(self, changes: Changes) -> None:
        topics = (Topic.VERDICTS, Topic.FLAGS, Topic.NOTES, Topic.ROUNDS, Topic.CHECKS)
        if self.work is not None and changes.touches(*topics):
            self.work.hear(changes)
