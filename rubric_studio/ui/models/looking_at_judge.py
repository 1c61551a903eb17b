"""Reads what the cards of one judge show, in the background: its repeats, and what its last check for drift found."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.run import RunSummary
from rubric_studio.services.ports import Store
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.models.judge_detail import JudgeDetail
from rubric_studio.ui.models.judge_entry import JudgeEntry
from rubric_studio.ui.models.judge_words import tr
from rubric_studio.ui.session import Session

if TYPE_CHECKING:
    from rubric_studio.services.drift import DriftReport
    from rubric_studio.services.judge_stability import Stability


class _Steadiness(NamedTuple):
    found: "Stability | None"
    infos: dict[int, SampleInfo]


class LookingAtJudge(QObject):
    """Repeats are read when somebody asks, or at once where the judge asks several times; a report is read once."""

    opened = Signal(int, str)

    def __init__(self, session: Session, detail: JudgeDetail, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._detail = session, detail
        self._entry: JudgeEntry | None = None
        self._jobs: list[Job] = []
        self._reports: dict[tuple[str, int], DriftReport] = {}
        self._checks: list[RunSummary] = []
        self._can_check = False
        detail.stability.wanted.connect(self._look_at_repeats)
        detail.stability.opened.connect(self.opened)
        detail.drift.report_wanted.connect(self._read_report)

    def show_entry(self, entry: JudgeEntry, *, can_check: bool) -> None:
        """Show another judge, or the same after something changed."""
        self.leave()
        self._entry = entry
        repeats = entry.judge.repeats if entry.judge else 0
        self._detail.stability.show_unknown(repeats)
        if repeats > 1 and entry.has_marks:
            self._look_at_repeats()
        self._checks, self._can_check = [], can_check
        self._detail.drift.show_checks([], can_check=can_check)
        self.look_for_checks()

    def look_for_checks(self) -> None:
        """Show the judge's checks for drift where they are others now."""
        entry = self._entry
        if entry is None or entry.judge is None:
            return
        runs = self._session.store.runs()
        found = [run for run in runs if run.plan.purpose == "drift" and _is_of(run, entry.rater)]
        if found != self._checks:
            self._checks = found
            self._detail.drift.show_checks(found, can_check=self._can_check)

    def leave(self) -> None:
        """Stop what runs: nobody looks any more."""
        for job in self._jobs:
            job.stop()
        self._jobs = []

    def _titles(self) -> dict[str, str]:
        return {str(each.key): each.title or str(each.key) for each in self._session.draft.criteria()}

    def _look_at_repeats(self) -> None:
        entry, rubric = self._entry, self._session.draft
        if entry is None:
            return
        self._detail.stability.show_waiting()

        def work(store: Store, progress: Progress) -> _Steadiness:
            from rubric_studio.services.judge_stability import judge_stability  # slow: on the job's thread

            found = judge_stability(store, rubric, entry.rater, progress)
            flips = {flip.sample for flip in found.flips} if found else set[int]()
            return _Steadiness(found, {info.id: info for info in store.sample_infos() if info.id in flips})

        job = self._session.background(tr("Looking at repeated marks"), work)
        job.finished.connect(lambda seen: self._on_steadiness(job, seen))
        self._jobs.append(job)

    def _on_steadiness(self, job: Job, seen: _Steadiness) -> None:
        if job in self._jobs:
            self._detail.stability.show_found(seen.found, seen.infos, self._titles())

    def _read_report(self, run: str) -> None:
        done = next((each.done for each in self._checks if each.id == run), 0)
        known = self._reports.get((run, done))
        if known is not None:
            self._detail.drift.show_report(known, self._titles())
            return

        def work(store: Store, progress: Progress) -> "DriftReport":
            from rubric_studio.services.drift import compared_drift  # slow: on the job's thread

            return compared_drift(store, run, progress)

        job = self._session.background(tr("Comparing with the marks of then"), work)
        job.finished.connect(lambda report: self._on_report(job, (run, done), report))
        self._jobs.append(job)

    def _on_report(self, job: Job, of: tuple[str, int], report: "DriftReport") -> None:
        self._reports[of] = report
        if job in self._jobs:
            self._detail.drift.show_report(report, self._titles())


def _is_of(run: RunSummary, rater: str) -> bool:
    return run.plan.judge is not None and run.plan.judge.rater == rater
