"""What the page knows of the whole project: fields, rows on which copies differ, each row's mean and spread.

All of it is worked out in the background; the table does not wait for it. The board brings numpy: imported when it
is built, so that the window stands sooner.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.marks import rater_choice
from rubric_studio.services.ports import Store
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.session import Session

if TYPE_CHECKING:
    from rubric_studio.services.board import Board, RowSpread

WAIT_MS = 250
MARK_TOPICS = (Topic.SAMPLES, Topic.VERDICTS, Topic.CHECKS, Topic.SETTINGS, Topic.JUDGES)


class _Found(NamedTuple):
    fields: tuple[str, ...] | None
    differing: frozenset[RowId] | None
    board: "Board"
    rater: str


class Overview(QObject):
    """Several changes at once are gathered into one look."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._board: Board | None = None
        self._rows_changed = True
        self._job: Job | None = None
        self._wait = QTimer(self, interval=WAIT_MS, singleShot=True)
        self._wait.timeout.connect(self._on_wait_timeout)
        self.fields: tuple[str, ...] = ()
        self.differing: frozenset[RowId] = frozenset()
        self.spreads: Mapping[RowId, RowSpread] = {}
        self.rater = session.rater

    def look(self) -> None:
        """Work everything out, once the page has been painted."""
        self._rows_changed = True
        self._wait.start()

    def look_again(self, changes: Changes) -> None:
        """Work out again what a change concerns; a changed weight needs no reading."""
        if changes.touches(Topic.ROWS):
            self._rows_changed = True
            self._wait.start()
        elif changes.touches(*MARK_TOPICS) or self._asks_otherwise(changes):
            self._wait.start()

    def _asks_otherwise(self, changes: Changes) -> bool:
        return changes.touches(Topic.DRAFT, Topic.VERSIONS) and not self._weigh_again()

    def leave(self) -> None:
        """Stop what runs: nobody looks any more."""
        self._wait.stop()
        if self._job is not None:
            self._job.stop()
            self._job = None

    def _weigh_again(self) -> bool:
        """Take the draft's weights where it still asks what the board's marks answer."""
        rubric = self._session.draft
        if self._board is None or self._job is not None or not self._board.fits(rubric):
            return False
        self._take_spreads(rubric)
        self.changed.emit()
        return True

    def _on_wait_timeout(self) -> None:
        self.leave()
        rubric, rater, rows_changed = self._session.draft, self._session.rater, self._rows_changed

        def work(store: Store, progress: Progress) -> _Found:
            from rubric_studio.services.board import build_board

            fields = tuple(store.reference_fields()) if rows_changed else None
            differing = frozenset(store.row_conflicts()) if rows_changed else None
            board = build_board(store, rubric, rater_choice(store, rater), progress)
            return _Found(fields, differing, board, rater)

        job = self._session.background(self.tr("Looking through the questions"), work)
        job.finished.connect(self._on_job_finished)
        job.ended.connect(self._on_job_ended)
        self._job = job

    def _on_job_finished(self, found: _Found) -> None:
        if self.sender() is not self._job:
            return
        if found.fields is not None and found.differing is not None:
            self.fields, self.differing, self._rows_changed = found.fields, found.differing, False
        self._board, self.rater = found.board, found.rater
        rubric = self._session.draft
        if found.board.fits(rubric):
            self._take_spreads(rubric)
        else:
            self._wait.start()
        self.changed.emit()

    def _on_job_ended(self) -> None:
        if self.sender() is self._job:
            self._job = None

    def _take_spreads(self, rubric: Rubric) -> None:
        from rubric_studio.services.board import spreads

        assert self._board is not None
        self.spreads = {each.row: each for each in spreads(self._board, self._board.totals(rubric))}
