"""Reads in the background what the guides made of trick answers, and runs the tricks. No widget."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.listing import RowQuery
from rubric_studio.domain.probe_outcome import rubric_hash
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.measures import MEASURES_VERSION
from rubric_studio.services.own_probes import OwnProbe, own_probes
from rubric_studio.services.ports import Store
from rubric_studio.services.probe_outcomes import Comparison, KindOutcome, compared, summed_up
from rubric_studio.services.probing import ProbingReport, shown_probe, try_probes
from rubric_studio.services.versions import versions
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.session import Session

MOST_VERSIONS = 4
CONCERNED = (Topic.PROBES, Topic.VERSIONS, Topic.DRAFT)


@dataclass(frozen=True)
class Tried:
    """What one guide made of the tricks. `number` is 0 for the guide that is looked at."""

    kinds: tuple[KindOutcome, ...]
    at: str
    number: int = 0

    def kind(self, name: str) -> KindOutcome | None:
        """That trick, where it was tried."""
        return next((kind for kind in self.kinds if kind.name == name), None)


@dataclass(frozen=True)
class ProbesRead:
    """The guide that is looked at (None: not tried yet), the newest other versions that were, one's own tricks.

    `changes` say by trick what the guide changed since the newest of the others.
    """

    present: Tried | None
    others: tuple[Tried, ...]
    own: Mapping[str, OwnProbe]
    changes: Mapping[str, Comparison]


class ProbeReading(QObject):
    """`read` tells that there is something new to show, `began` and `ended` that the tricks are being tried."""

    read = Signal()
    began = Signal(object)
    ended = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rubric: Rubric | None = None
        self._job: Job | None = None
        self._trying: Job | None = None
        self._is_stale = True
        self.found: ProbesRead | None = None

    @property
    def is_trying(self) -> bool:
        """Whether the tricks are being tried now."""
        return self._trying is not None

    def note(self, changes: Changes) -> bool:
        """Remember what changed; True where it must be read again."""
        if changes.touches(*CONCERNED):
            self._is_stale = True
        return self._is_stale

    def want(self, rubric: Rubric) -> None:
        """Ask what that guide and the saved versions made of the tricks; `read` will tell."""
        if rubric != self._rubric or self._is_stale:
            self._rubric, self._is_stale = rubric, False
            self._read(rubric)

    def try_them(self, rubric: Rubric) -> None:
        """Try a guide with every trick on every question."""
        if self._trying is not None:
            return
        executor, at, own_code = self._session.executor, self._session.author.now(), self._session.own_code

        def work(store: Store, progress: Progress) -> ProbingReport:
            return try_probes(store, rubric, executor, at, progress, own_code)

        job = self._session.background(self.tr("Trying trick answers"), work)
        self._trying = job
        job.ended.connect(self._on_trying_ended)
        self.began.emit(job)

    def stop(self) -> None:
        """Stop trying; what is done is kept."""
        if self._trying is not None:
            self._trying.stop()

    def make_again(self, row: str, name: str) -> Job | None:
        """Make one trick of one question again, to be read: the job's result is a TriedProbe or None."""
        rubric, executor, own_code = self._rubric, self._session.executor, self._session.own_code
        if rubric is None:
            return None
        return self._session.background(
            self.tr("Making a trick answer"),
            lambda store, progress: shown_probe(
                store, rubric, executor, RowId(row), name, progress, own_code
            ),
        )

    def _read(self, rubric: Rubric) -> None:
        if self._job is not None:
            self._job.stop()
        job = self._session.background(
            self.tr("Reading trick answers"), lambda store, _: read_probes(store, rubric)
        )
        self._job = job
        job.finished.connect(lambda found: self._on_read_finished(job, found))

    def _on_read_finished(self, job: Job, found: ProbesRead) -> None:
        if job is self._job:
            self._job = None
            self.found = found
            self.read.emit()

    def _on_trying_ended(self) -> None:
        self._trying = None
        self._is_stale = True
        self.ended.emit()


def read_probes(store: Store, rubric: Rubric) -> ProbesRead:
    """What a guide and the newest saved versions besides it made of the tricks."""
    own = {probe.key: probe for probe in own_probes(store)}
    times = store.probed_rubrics()
    rows = frozenset(store.row_ids(RowQuery())) if times else frozenset[RowId]()

    def tried(key: str, number: int = 0) -> Tried:
        here = (outcome for outcome in store.probe_outcomes(key) if outcome.row in rows)
        expectations = {probe.key: probe.expectation for probe in own.values()}
        return Tried(tuple(summed_up(here, expectations)), times[key], number)

    present = rubric_hash(rubric, MEASURES_VERSION)
    numbers = {present: 0}  # two versions may be the same guide: then the newer one stands for both
    for version in reversed(versions(store)):
        numbers.setdefault(rubric_hash(version.rubric, MEASURES_VERSION), version.number)
    known = [(key, number) for key, number in numbers.items() if key in times and number]
    others = tuple(tried(key, number) for key, number in known[:MOST_VERSIONS])
    shown = tried(present) if present in times else None
    changes = compared(others[0].kinds, shown.kinds) if shown and others else ()
    return ProbesRead(shown, others, own, {change.name: change for change in changes})
