"""Measures in the background what the preview does not show: all other answers, once the hand has been still."""

from PySide6.QtCore import QObject, QTimer

from rubric_studio.domain.question import question_of
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.measures import MEASURES_VERSION
from rubric_studio.ui.jobs import Job
from rubric_studio.ui.session import Session

STILL_MS = 2000


class RestOfChecks(QObject):
    """The preview's own short checks come first and stop this run; it goes on when the next answers are shown."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._done: frozenset[str] = frozenset()
        self._job: Job | None = None
        self._still = QTimer(self, interval=STILL_MS, singleShot=True)
        self._still.timeout.connect(self._run)

    def go_on(self) -> None:
        """Measure the rest soon, if there is something of which not everything is measured."""
        if self._job is None and not _checks_of(self._session.draft) <= self._done:
            self._still.start()

    def forget(self) -> None:
        """There are other questions or answers: what was done says nothing of them."""
        self._done = frozenset()
        self.go_on()

    def _run(self) -> None:
        if self._session.store.read_only:
            return
        checks = _checks_of(self._session.draft)
        self._job = self._session.run_checks()
        self._job.finished.connect(lambda _: self._on_finished(checks))
        self._job.ended.connect(self._on_ended)

    def _on_finished(self, checks: frozenset[str]) -> None:
        self._done |= checks

    def _on_ended(self) -> None:
        self._job = None


def _checks_of(rubric: Rubric) -> frozenset[str]:
    """The definitions of what a program marks."""
    return frozenset(
        question_of(criterion, MEASURES_VERSION).definition
        for criterion in rubric.criteria()
        if not criterion.is_judged
    )
