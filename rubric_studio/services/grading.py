"""Run the checks of a rubric over samples, in worker processes, into the cache. Judges are not run here."""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from rubric_studio.domain.ids import QuestionHash, RowId
from rubric_studio.domain.question import fields_of
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.verdict import CheckVerdict, State
from rubric_studio.grader.chunk import measure_chunk
from rubric_studio.grader.measures import Outcome
from rubric_studio.services.asked import Questionnaire, questionnaire
from rubric_studio.services.ports import Progress, Store, no_progress

CHUNK = 500
IN_FLIGHT = 4
STALLS_UNTIL_GIVEN_UP = 3
TOO_SLOW = "pattern too slow: the check took longer than its limit"


@dataclass(frozen=True)
class GradingReport:
    """What a run of checks did. `slow` counts the stalls of each criterion that stalled."""

    measured: int = 0
    slow: dict[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True)
class _Job:
    """One answer that wants measuring: by which checks, under which questions."""

    sample: int
    text: str
    item: dict[str, Any]
    checks: tuple[int, ...]
    questions: tuple[QuestionHash, ...]

    def only(self, check: int) -> "_Job":
        at = self.checks.index(check)
        return _Job(self.sample, self.text, self.item, (check,), (self.questions[at],))


def grade_checks(
    store: Store,
    rubric: Rubric,
    executor: Executor,
    progress: Progress = no_progress,
    samples: Sequence[int] | None = None,
) -> GradingReport:
    """Measure every check that is not in the cache yet; finished chunks are kept when the user stops.

    A chunk that exceeds the executor's limit is split, first by check, then by answer, until the one that
    stalls is found; it becomes unscored with that reason. A check that stalls three times is given up.

    Args:
        executor: runs `measure_chunk`; raises TimeoutError, ChildProcessError or BrokenExecutor for a bad chunk.
        samples: ids of the samples to grade, or None for all.
    """
    return _Grading(store, questionnaire(store, rubric), executor).run(samples, progress)


class _Grading:
    def __init__(self, store: Store, asking: Questionnaire, executor: Executor) -> None:
        self._store = store
        self._asking = asking
        self._executor = executor
        self._checks = [asked for asked in asking.criteria() if asked.is_check]
        self._place = {asked.key: index for index, asked in enumerate(self._checks)}
        self._kinds = [asked.kind_json for asked in self._checks]
        self._reads = sorted({name for asked in self._checks for name in asked.question.reads})
        self._stalls: Counter[int] = Counter()
        self._measured = 0

    def run(self, samples: Sequence[int] | None, progress: Progress) -> GradingReport:
        total = self._store.counts().samples if samples is None else len(samples)
        done = 0
        waiting: deque[tuple[list[_Job], Future[list[list[Outcome]]] | None]] = deque()
        if self._checks:
            for jobs, size in self._chunks(samples):
                waiting.append((jobs, self._submit(jobs)))
                if len(waiting) >= IN_FLIGHT:
                    self._finish(*waiting.popleft())
                done += size
                progress(done, total, "checking answers")
        while waiting:
            self._finish(*waiting.popleft())
        slow = {self._checks[index].key: times for index, times in self._stalls.items()}
        return GradingReport(self._measured, slow)

    def _chunks(self, samples: Sequence[int] | None) -> Iterator[tuple[list[_Job], int]]:
        stream = self._store.samples(samples)
        while chunk := list(islice(stream, CHUNK)):
            rows = {row.id: row for row in self._store.rows(dict.fromkeys(s.row for _, s in chunk))}
            cached = {(v.sample, v.question) for v in self._store.check_verdicts([id for id, _ in chunk])}
            jobs = [job for job in self._jobs(chunk, rows, cached) if job.checks]
            yield jobs, len(chunk)

    def _jobs(
        self,
        chunk: Sequence[tuple[int, Sample]],
        rows: dict[RowId, Row],
        cached: set[tuple[int, QuestionHash]],
    ) -> Iterator[_Job]:
        asked_of: dict[RowId, tuple[dict[str, Any], list[tuple[int, QuestionHash]]]] = {}
        for id, sample in chunk:
            if sample.row not in asked_of:
                row = rows.get(sample.row)
                if row is None:  # answers may come in before their questions
                    continue
                questions = [
                    (self._place[asked.key], asked.question.on_row(row))
                    for asked in self._asking.on(row)
                    if asked.is_check
                ]
                asked_of[sample.row] = (fields_of(row, self._reads), questions)
            item, questions = asked_of[sample.row]
            missing = [(index, question) for index, question in questions if (id, question) not in cached]
            checks = tuple(index for index, _ in missing)
            yield _Job(id, sample.text, item, checks, tuple(question for _, question in missing))

    def _submit(self, jobs: list[_Job]) -> Future[list[list[Outcome]]] | None:
        given_up = {index for index, times in self._stalls.items() if times >= STALLS_UNTIL_GIVEN_UP}
        if not jobs or (given_up and any(given_up.intersection(job.checks) for job in jobs)):
            return None  # measured check by check in `_finish`, so that the slow one is not asked again
        work = [(job.text, job.item, job.checks) for job in jobs]
        return self._executor.submit(measure_chunk, self._kinds, work)

    def _finish(self, jobs: list[_Job], future: Future[list[list[Outcome]]] | None) -> None:
        if not jobs:
            return
        verdicts = self._split(jobs) if future is None else self._outcomes(jobs, future)
        self._store.put_check_verdicts(verdicts)
        self._measured += len(verdicts)

    def _outcomes(self, jobs: list[_Job], future: Future[list[list[Outcome]]]) -> list[CheckVerdict]:
        try:
            results = future.result()
        except (TimeoutError, ChildProcessError, BrokenExecutor):
            return self._split(jobs)
        return [
            _verdict(job.sample, question, outcome)
            for job, outcomes in zip(jobs, results, strict=True)
            for question, outcome in zip(job.questions, outcomes, strict=True)
        ]

    def _split(self, jobs: list[_Job]) -> list[CheckVerdict]:
        checks = sorted({check for job in jobs for check in job.checks})
        if len(checks) > 1:
            by_check = ([job.only(check) for job in jobs if check in job.checks] for check in checks)
            return [verdict for part in by_check for verdict in self._ask(part)]
        if len(jobs) > 1 and self._stalls[checks[0]] < STALLS_UNTIL_GIVEN_UP:
            half = len(jobs) // 2
            return [*self._ask(jobs[:half]), *self._ask(jobs[half:])]
        self._stalls[checks[0]] += 1
        stalled = Outcome(None, TOO_SLOW)
        return [_verdict(job.sample, question, stalled) for job in jobs for question in job.questions]

    def _ask(self, jobs: list[_Job]) -> list[CheckVerdict]:
        future = self._submit(jobs)
        return self._split(jobs) if future is None else self._outcomes(jobs, future)


def _verdict(sample: int, question: QuestionHash, outcome: Outcome) -> CheckVerdict:
    state = State.UNSCORED if outcome.value is None else State.SCORED
    return CheckVerdict(sample, question, state, outcome.value, outcome.reason, outcome.spans)
