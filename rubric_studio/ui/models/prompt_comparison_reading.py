"""Reads what a comparison of two ways of asking needs, in the background. No widget, no figure of its own."""

from dataclasses import dataclass

from PySide6.QtCore import QObject

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.answer_groups import AnswerGroup, AnswerTable, groups, read_answers
from rubric_studio.services.board import Board, build_board
from rubric_studio.services.expert_marks import count_expert_marks
from rubric_studio.services.marks import AS_TRAINED, rater_choice
from rubric_studio.services.ports import Store
from rubric_studio.services.prompt_comparison import formed_rows
from rubric_studio.ui.background_reading import BackgroundReading, Task
from rubric_studio.ui.jobs import Progress
from rubric_studio.ui.results.guide_choice import GuideChoice
from rubric_studio.ui.results.marked_by import marked_by
from rubric_studio.ui.session import Session

WAIT_MS = 200
CONCERNED = (
    Topic.ROWS, Topic.SAMPLES, Topic.VERDICTS, Topic.CHECKS, Topic.SETTINGS, Topic.PROMPTS, Topic.RUNS,
    Topic.VERSIONS, Topic.DRAFT,
)  # fmt: skip


@dataclass(frozen=True)
class Read:
    """Everything that comparing takes: `source` says under which guide and by whose marks."""

    board: Board
    table: AnswerTable
    groups: tuple[AnswerGroup, ...]
    formed: frozenset[str]
    rubric: Rubric
    guide: str
    rater: str


class ComparisonReading(BackgroundReading):
    """Reads when asked and after changes.

    Checks that nobody has run yet are run once; what they bring is read when the session tells of it.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, CONCERNED, WAIT_MS, parent)
        self._checked: object = None
        self._guide = GuideChoice(session)
        self.found: Read | None = None
        session.changed.connect(self._on_session_changed)

    def _task(self) -> Task:
        self._guide.read()
        rubric, words, rater = self._guide.rubric, self._guide.words, self._session.rater

        def work(store: Store, progress: Progress) -> Read:
            choice = rater_choice(store, rater)
            board = build_board(store, rubric, choice, progress)
            table = read_answers(store, progress)
            people = {str(person.id): person.name for person in store.people()}
            name = (choice.judge or "") if rater == AS_TRAINED else people.get(rater, rater)
            by = marked_by(board, rubric, rater, name, count_expert_marks(store, rubric, choice))
            return Read(board, table, groups(table), formed_rows(store, rubric), rubric, words, by)

        return Task(self.tr("Comparing ways of asking"), work, self._keep)

    def _on_session_changed(self, changes: Changes) -> None:
        if changes.touches(*CONCERNED) and (self.found is not None or self._job is not None):
            self._wait.start()

    def _keep(self, found: Read) -> None:
        self.found = found
        asked = (found.board.asked, len(found.board.infos))
        if found.board.unchecked and asked != self._checked and not self._session.store.read_only:
            self._checked = asked
            self._session.run_checks(found.rubric)
