"""Reads what the page shows, in the background: marks when they changed, fields when questions did. No widget."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.board import Board, build_board
from rubric_studio.services.expert_marks import count_expert_marks
from rubric_studio.services.marks import rater_choice
from rubric_studio.services.panels import judge_names
from rubric_studio.services.ports import Store
from rubric_studio.services.row_labels import Labels, row_labels
from rubric_studio.ui.background_reading import BackgroundReading, Task
from rubric_studio.ui.jobs import Progress
from rubric_studio.ui.session import Session

WAIT_MS = 200
CONCERNED = (
    Topic.ROWS,
    Topic.SAMPLES,
    Topic.VERDICTS,
    Topic.CHECKS,
    Topic.SETTINGS,
    Topic.JUDGES,
    Topic.PEOPLE,
)


class _Read(NamedTuple):
    board: Board
    labels: Mapping[str, Labels]
    raters: tuple[tuple[str, str], ...]
    expert_marks: int


class Reading(BackgroundReading):
    """The board of one rubric and rater; weights need no reading.

    Checks that nobody has run yet under the rubric are run once; the board is read again with their marks.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, CONCERNED, WAIT_MS, parent)
        self._wanted: Rubric | None = None
        self._labels: Mapping[str, Labels] | None = None
        self._checked: set[object] = set()
        self.board: Board | None = None
        self.raters: tuple[tuple[str, str], ...] = ()
        self.expert_marks = 0

    @property
    def labels(self) -> Mapping[str, Labels]:
        """The fields worth comparing by, each with what every row says there."""
        return self._labels or {}

    def note(self, changes: Changes) -> bool:
        """Remember what changed; True where the board must be read again."""
        if changes.touches(Topic.ROWS):
            self._labels = None
        if changes.touches(Topic.ROWS, Topic.SAMPLES):
            self._checked.clear()
        return super().note(changes)

    def want(self, rubric: Rubric) -> bool:
        """Ask for the board of a rubric. True where the one at hand fits; else `read` will tell."""
        self._wanted = rubric
        self.leave()  # first: what was under way may have been for marks that the board at hand lacks
        if not self._is_stale and self.board is not None and self.board.fits(rubric):
            return True
        self._wait.start()
        return False

    def _task(self) -> Task:
        assert self._wanted is not None
        rubric, rater, labels = self._wanted, self._session.rater, self._labels

        def work(store: Store, progress: Progress) -> _Read:
            choice = rater_choice(store, rater)
            board = build_board(store, rubric, choice, progress)
            found = row_labels(store, progress) if labels is None else labels
            by_experts = count_expert_marks(store, rubric, choice)
            return _Read(board, found, tuple(raters_of(store)), by_experts)

        return Task(self.tr("Looking through the answers"), work, lambda found: self._keep(rubric, found))

    def _keep(self, rubric: Rubric, found: _Read) -> None:
        self.board, self._labels, self.raters = found.board, found.labels, found.raters
        self.expert_marks = found.expert_marks
        if (
            found.board.unchecked
            and found.board.asked not in self._checked
            and not self._session.store.read_only
        ):
            self._checked.add(found.board.asked)
            self._session.run_checks(rubric)


def raters_of(store: Store) -> list[tuple[str, str]]:
    """Everybody who marked here, as (the name by which a rater is chosen, the name that people see)."""
    judges = [(name, name) for name in judge_names(store)]
    marked = {head.person for head in store.heads(RecordKind.VERDICT) if head.body is not None}
    people = [(str(person.id), person.name) for person in store.people() if person.id in marked]
    return [*judges, *people]
