"""Runs own code on the answers of the current question, in the background; only what was asked last is told.

What is typed here runs in the safe box at once. What a file brought runs only after a person said so.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from rubric_studio.grader.own_code import Told
from rubric_studio.services.own_code import OwnCode, Ran, Trust, tried
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.session import Session

MOST_ANSWERS = 24


class Answers(NamedTuple):
    """The current question's reference fields, and its answers by name."""

    item: Mapping[str, Any]
    texts: Sequence[tuple[str, str]]


class Trial(NamedTuple):
    """What one text of code said of each answer; `waits` says why it did not run."""

    source: str
    names: tuple[str, ...]
    said: tuple[Told, ...]
    where: Trust
    waits: str


class CodeTrials(QObject):
    """`tried` carries a Trial; `answers_changed` tells that another question is looked at."""

    tried = Signal(object)
    answers_changed = Signal()

    def __init__(
        self,
        session: Session,
        own_code: OwnCode,
        answers: Callable[[], Answers],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._own_code, self._answers = session, own_code, answers
        self._job: Job | None = None

    def item(self) -> Mapping[str, Any]:
        """Return the reference fields of the current question."""
        return self._answers().item

    def trust(self, source: str) -> Trust:
        """Return how far a text is trusted in this project on this computer."""
        return self._own_code.trust_in(self._project(), source)

    def lacking(self) -> list[str]:
        """Return in words what this system cannot keep trusted code from."""
        return self._own_code.python.missing_protection()

    def allow_sandbox(self, source: str) -> None:
        """Let a text run in the safe box: it was written here, or somebody said so."""
        if self._project():
            self._own_code.trust.allow_sandbox(self._project(), [source])

    def check_answers(self) -> None:
        """Let code that may run from now on mark the answers."""
        self._session.run_checks()

    def allow_python(self, source: str) -> None:
        """Trust exactly this text outside the safe box; the answers are checked with it."""
        self._own_code.trust.allow_python(self._project(), source)
        self.check_answers()

    def take_back(self, source: str) -> None:
        """Trust a text no longer outside the safe box."""
        self._own_code.trust.take_back(self._project(), source)
        self.allow_sandbox(source)

    def stop(self) -> None:
        """Want no answer any more."""
        if self._job is not None:
            self._job.stop()
            self._job = None

    def try_code(self, source: str, *, raw: bool = False) -> None:
        """Run a text on the current answers; the answer to an older wish is not told.

        `raw` lets numbers outside [0, 1] through, which an imported formula takes.
        """
        self.stop()
        answers, own_code, executor = self._answers(), self._own_code, self._session.executor
        texts = answers.texts[:MOST_ANSWERS]
        names = tuple(name for name, _ in texts)
        cases = [(text, dict(answers.item)) for _, text in texts]
        trust = self.trust(source)

        def work(progress: Progress) -> Trial:
            said, lacking = own_code.in_sandbox(executor, source, cases)
            progress.check()
            outside = own_code.outside(source, cases, trust, lacking) if lacking else None
            ran = Ran(said, Trust.SANDBOX) if outside is None else outside
            return Trial(source, names if ran.said else (), tuple(tried(ran, raw=raw)), ran.where, ran.waits)

        job = self._session.jobs.start(self.tr("Trying own code"), work)
        self._job = job
        job.finished.connect(lambda trial: self._on_finished(job, trial))
        job.failed.connect(self._session.failed)

    def _on_finished(self, job: Job, trial: Trial) -> None:
        if job is self._job:
            self._job = None
            self.tried.emit(trial)

    def _project(self) -> str:
        return self._session.store.first_edit()
