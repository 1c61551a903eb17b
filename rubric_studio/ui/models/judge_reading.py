"""Reads the comparison of judges and the steadiness of one in the background. No widget, no figure of its own."""

from PySide6.QtCore import QObject

from rubric_studio.domain.changes import Topic
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.judge_comparison import JudgeComparison, compare_judges
from rubric_studio.services.ports import Store
from rubric_studio.ui.background_reading import BackgroundReading, Task
from rubric_studio.ui.jobs import Progress
from rubric_studio.ui.session import Session

WAIT_MS = 100
AGAIN_MS = 1000
"""While marks come in, what is read is let finish and read again a second later, not begun anew with each."""
CONCERNED = (
    Topic.ROWS, Topic.SAMPLES, Topic.VERDICTS, Topic.CHECKS, Topic.SETTINGS, Topic.JUDGES, Topic.RUNS,
    Topic.VERSIONS, Topic.DRAFT,
)  # fmt: skip


Wanted = tuple[Rubric, tuple[str, ...]]


class JudgeReading(BackgroundReading):
    """The comparison under one guide."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, CONCERNED, WAIT_MS, parent)
        self._wanted: Wanted | None = None
        self._of: Wanted | None = None
        self.found: JudgeComparison | None = None

    def want(self, rubric: Rubric, judges: tuple[str, ...]) -> bool:
        """Ask for a comparison. True where the one at hand is it; else `read` will tell."""
        is_other = self._wanted != (rubric, judges)
        self._wanted = (rubric, judges)
        if not self._is_stale and self.found is not None and self._of == self._wanted:
            return True
        if is_other or not self.is_under_way:
            self._wait.start(AGAIN_MS if self._of == self._wanted else WAIT_MS)
        return False

    def _task(self) -> Task:
        assert self._wanted is not None
        wanted = rubric, judges = self._wanted

        def work(store: Store, progress: Progress) -> JudgeComparison:
            return compare_judges(store, rubric, judges, progress)

        def keep(found: JudgeComparison) -> None:
            self.found, self._of = found, wanted
            if self._is_stale:
                self._wait.start(AGAIN_MS)

        return Task(self.tr("Comparing marks"), work, keep)
