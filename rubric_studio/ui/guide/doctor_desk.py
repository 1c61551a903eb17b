"""Lets the doctor look at the draft: its words after every gesture, its marks in the background. Shows nothing."""

from PySide6.QtCore import QObject, QTimer, Signal

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.doctor.finding import Finding
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_edits import changed
from rubric_studio.services.doctor import (
    NOTHING_FOUND,
    Examination,
    examination,
    mark_findings,
    word_findings,
)
from rubric_studio.services.ports import Store
from rubric_studio.services.versions import newest_version
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.look import Look
from rubric_studio.ui.session import Session

WORDS_MS = 250
MARKS_MS = 5000
"""Marks are looked at once the hands have been still: a remark about them is no hurry."""
MARKS = (Topic.VERDICTS, Topic.CHECKS, Topic.ROWS, Topic.SAMPLES)


class DoctorDesk(QObject):
    """`examined` carries an Examination whenever somebody should look again."""

    examined = Signal(object)

    def __init__(self, session: Session, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._turns = session, look.turns
        self.examination: Examination = NOTHING_FOUND
        self._in_marks: list[Finding] = []
        self._unread: list[Rubric] = []
        self._job: Job | None = None
        self._words = QTimer(self, interval=WORDS_MS, singleShot=True)
        self._words.timeout.connect(self.look_at_words)
        self._marks = QTimer(self, interval=MARKS_MS, singleShot=True)
        self._marks.timeout.connect(self.look_at_marks)
        session.changed.connect(self._on_session_changed)

    def begin(self) -> None:
        """Look for the first time."""
        self._words.start()
        self._marks.start()

    def look_at_words(self) -> None:
        """Examine the words now, a few points in each turn: those looked at before cost nothing."""
        if newest_version(self._session.store) is None:
            self._tell([])
            return
        rubric = self._session.draft
        self._unread = [
            changed(rubric, strata=(changed(stratum, criteria=(criterion,), gate=None),))
            for stratum in rubric.strata
            for criterion in stratum.criteria
        ]
        self._turns.later(self._read_on)

    def look_at_marks(self) -> None:
        """Examine the marks in the background."""
        store = self._session.store
        if self._job is not None or newest_version(store) is None or not store.counts().samples:
            return
        rubric, rater = self._session.draft, self._session.rater

        def work(store: Store, progress: Progress) -> list[Finding]:
            return mark_findings(store, rubric, rater, progress)

        self._job = self._session.background(self.tr("Looking over the marks"), work)
        self._job.finished.connect(self._on_marks_read)
        self._job.ended.connect(self._on_job_ended)

    def _read_on(self) -> None:
        if self._unread:
            word_findings(self._unread.pop())  # what it finds is remembered, text by text
            self._turns.later(self._read_on)
        else:
            self._tell(word_findings(self._session.draft))

    def _tell(self, in_words: list[Finding]) -> None:
        self.examination = examination(
            self._session.store, self._session.draft, in_words, self._of_this_draft()
        )
        self.examined.emit(self.examination)

    def _of_this_draft(self) -> list[Finding]:
        """What the marks showed, as far as its points and parts are still there."""
        draft = self._session.draft
        keys = {str(c.key) for c in draft.criteria()} | {str(stratum.key) for stratum in draft.strata}
        return [found for found in self._in_marks if (found.criterion or found.stratum) in keys]

    def _on_session_changed(self, changes: Changes) -> None:
        if changes.touches(Topic.DRAFT, Topic.VERSIONS, Topic.WAIVERS):
            self._words.start()
        if changes.touches(Topic.DRAFT, Topic.VERSIONS, *MARKS):
            self._marks.start()

    def _on_marks_read(self, found: list[Finding]) -> None:
        self._in_marks = found
        self.look_at_words()

    def _on_job_ended(self) -> None:
        self._job = None
