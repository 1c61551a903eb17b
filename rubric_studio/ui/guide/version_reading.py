"""Reads versions with their effects in the background, and again when what they stand on changed. No widget."""

from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QObject

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.services.expert_marks import count_expert_marks
from rubric_studio.services.marks import AS_TRAINED, rater_choice
from rubric_studio.services.ports import Store
from rubric_studio.services.version_effects import VersionEffect, version_effect
from rubric_studio.services.version_totals import Timeline, VersionTotals, stages
from rubric_studio.ui.background_reading import BackgroundReading, Task
from rubric_studio.ui.jobs import Progress
from rubric_studio.ui.results.marked_by import marked_by, rater_options
from rubric_studio.ui.results.reading import CONCERNED, raters_of
from rubric_studio.ui.session import Session

WAIT_MS = 60
GUIDES = (Topic.DRAFT, Topic.VERSIONS)


class _Read(NamedTuple):
    timeline: Timeline
    rater_name: str
    expert_marks: int


class VersionReading(BackgroundReading):
    """The timeline under the rater in use.

    Checks that nobody ran yet under an older version are run once, all together.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, (*CONCERNED, *GUIDES), WAIT_MS, parent)
        self._known = VersionTotals()
        self._checked: set[str] = set()
        self.timeline: Timeline | None = None
        self.rater_words = ""
        self._pairs: dict[tuple[str, str], VersionEffect] = {}

    def note(self, changes: Changes) -> bool:
        """Remember what changed; True where the timeline must be read again."""
        if changes.touches(Topic.ROWS, Topic.SAMPLES):
            self._checked.clear()
        if changes.touches(*CONCERNED):
            self._known = VersionTotals()  # a job under way fills the old one
        return super().note(changes)

    def want(self) -> None:
        """Read where what is at hand is no longer true."""
        if self._is_stale:
            self._wait.start()

    def effect(self, old: str, new: str) -> VersionEffect | None:
        """The effect of a version against another; None where it is not known yet: then `read` will tell."""
        found = self.timeline
        if found is None or old not in found.totals or new not in found.totals:
            return None
        if (old, new) in pairwise(found.totals):
            return found.effects[new]
        if (old, new) not in self._pairs:
            self._compare(found, old, new)
        return self._pairs.get((old, new))

    def _compare(self, found: Timeline, old: str, new: str) -> None:
        marked, (before, after) = found.marked, (found.totals[old], found.totals[new])

        def work(_: Progress) -> VersionEffect:
            return version_effect(marked.models, marked.model_of, before, after)

        job = self._session.jobs.start(self.tr("Comparing versions"), work)
        job.finished.connect(lambda effect: self._on_compared(found, (old, new), effect))

    def _on_compared(self, found: Timeline, pair: tuple[str, str], effect: VersionEffect) -> None:
        if found is self.timeline:
            self._pairs[pair] = effect
            self.read.emit()

    def _task(self) -> Task:
        known, rater = self._known, self._session.rater

        def work(store: Store, progress: Progress) -> _Read:
            timeline = known.timeline(store, stages(store), rater, progress)
            choice = rater_choice(store, rater)
            name = dict([*rater_options(), *raters_of(store)]).get(rater, rater)
            if rater == AS_TRAINED:
                name = choice.judge or ""
            newest = timeline.stages[-1].rubric if timeline.stages else None
            experts = count_expert_marks(store, newest, choice) if newest else 0
            return _Read(timeline, name, experts)

        return Task(self.tr("Comparing versions"), work, self._keep)

    def _keep(self, found: _Read) -> None:
        self.timeline = found.timeline
        self._pairs.clear()
        if found.timeline.stages:
            newest = found.timeline.stages[-1].rubric
            board = found.timeline.marked.board(newest)
            self.rater_words = marked_by(
                board, newest, self._session.rater, found.rater_name, found.expert_marks
            )
        self._run_missing_checks()

    def _run_missing_checks(self) -> None:
        assert self.timeline is not None
        checks = self.timeline.marked.checks
        asked = repr(checks)
        if (
            any(True for _ in checks.criteria())
            and asked not in self._checked
            and not self._session.store.read_only
        ):
            self._checked.add(asked)
            self._session.run_checks(checks)
