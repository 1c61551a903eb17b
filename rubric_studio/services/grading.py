"""Run the checks of a rubric over samples, in worker processes, into the cache. Judges are not run here."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from rubric_studio.domain.ids import QuestionHash
from rubric_studio.domain.question import fields_of
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.verdict import CheckVerdict, State
from rubric_studio.grader.chunk import Measured, measure_chunk
from rubric_studio.services.asked import Questionnaire, questionnaire
from rubric_studio.services.ports import Progress, Store, no_progress

CHUNK = 500
WRITE_AT = 5000  # verdicts: each write waits for the disk
IN_FLIGHT = 4
STALLS_UNTIL_GIVEN_UP = 3
SCORED, UNSCORED = State.SCORED, State.UNSCORED
TOO_SLOW = "pattern too slow: the check took longer than its limit"


@dataclass(frozen=True)
class GradingReport:
    """What a run of checks did. `slow` counts the stalls of each criterion that stalled."""

    measured: int = 0
    slow: dict[str, int] = field(default_factory=dict[str, int])


class _Job(NamedTuple):
    """One answer that wants measuring: by which checks, under which questions."""

    sample: int
    text: str
    item: dict[str, Any]
    checks: tuple[int, ...]
    questions: tuple[QuestionHash, ...]

    def only(self, check: int) -> "_Job":
        at = self.checks.index(check)
        return self._replace(checks=(check,), questions=(self.questions[at],))


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
        self._found: list[CheckVerdict] = []

    def run(self, samples: Sequence[int] | None, progress: Progress) -> GradingReport:
        total = self._store.counts().samples if samples is None else len(samples)
        done = 0
        waiting: deque[tuple[list[_Job], Future[list[list[Measured]]] | None]] = deque()
        try:
            for jobs, size in self._chunks(samples) if self._checks else ():
                waiting.append((jobs, self._submit(jobs)))
                if len(waiting) >= IN_FLIGHT:
                    self._finish(*waiting.popleft())
                done += size
                progress(done, total, "checking answers")
            while waiting:
                self._finish(*waiting.popleft())
        finally:
            self._keep_finished(waiting)
        slow = {self._checks[index].key: times for index, times in self._stalls.items()}
        return GradingReport(self._measured, slow)

    def _chunks(self, samples: Sequence[int] | None) -> Iterator[tuple[list[_Job], int]]:
        texts = self._store.sample_texts(samples)
        while chunk := list(islice(texts, CHUNK)):
            rows = {row.id: row for row in self._store.rows(dict.fromkeys(row for _, row, _ in chunk))}
            asked = {id: self._asked(row) for id, row in rows.items()}
            cached = {(v.sample, v.question) for v in self._store.check_verdicts([id for id, _, _ in chunk])}
            # Answers may come in before their questions: those wait.
            jobs = [_Job(id, text, *asked[row]) for id, row, text in chunk if row in asked]
            yield [job for job in map(_without_cached(cached), jobs) if job.checks], len(chunk)

    def _asked(self, row: Row) -> tuple[dict[str, Any], tuple[int, ...], tuple[QuestionHash, ...]]:
        """What checking an answer to this row takes: the fields read, the checks, their questions."""
        checks = [asked for asked in self._asking.on(row) if asked.is_check]
        places = tuple(self._place[asked.key] for asked in checks)
        return fields_of(row, self._reads), places, tuple(asked.question.on_row(row) for asked in checks)

    def _submit(self, jobs: list[_Job]) -> Future[list[list[Measured]]] | None:
        given_up = {index for index, times in self._stalls.items() if times >= STALLS_UNTIL_GIVEN_UP}
        if not jobs or (given_up and any(given_up.intersection(job.checks) for job in jobs)):
            return None  # measured check by check in `_finish`, so that the slow one is not asked again
        work = [(job.text, job.item, job.checks) for job in jobs]
        return self._executor.submit(measure_chunk, self._kinds, work)

    def _finish(self, jobs: list[_Job], future: Future[list[list[Measured]]] | None) -> None:
        if not jobs:
            return
        self._found += self._split(jobs) if future is None else self._outcomes(jobs, future)
        if len(self._found) >= WRITE_AT:
            self._write()

    def _keep_finished(
        self, waiting: Iterable[tuple[list[_Job], Future[list[list[Measured]]] | None]]
    ) -> None:
        """Write what is done when the user stops; what is still under way is measured another time."""
        for jobs, future in waiting:
            if future is not None and future.done() and future.exception() is None:
                self._finish(jobs, future)
        self._write()

    def _write(self) -> None:
        if self._found:
            self._store.put_check_verdicts(self._found)
            self._measured += len(self._found)
            self._found = []

    def _outcomes(self, jobs: list[_Job], future: Future[list[list[Measured]]]) -> list[CheckVerdict]:
        try:
            results = future.result()
        except (TimeoutError, ChildProcessError, BrokenExecutor):
            return self._split(jobs)
        return [
            _verdict(job.sample, question, *measured)
            for job, outcomes in zip(jobs, results, strict=True)
            for question, measured in zip(job.questions, outcomes, strict=True)
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
        return [
            _verdict(job.sample, question, None, TOO_SLOW, ()) for job in jobs for question in job.questions
        ]

    def _ask(self, jobs: list[_Job]) -> list[CheckVerdict]:
        future = self._submit(jobs)
        return self._split(jobs) if future is None else self._outcomes(jobs, future)


def _without_cached(cached: set[tuple[int, QuestionHash]]) -> Callable[[_Job], _Job]:
    """Leave out of a job what the cache already knows."""

    def left(job: _Job) -> _Job:
        missing = [
            pair
            for pair in zip(job.checks, job.questions, strict=True)
            if (job.sample, pair[1]) not in cached
        ]
        checks, questions = zip(*missing, strict=True) if missing else ((), ())
        return job._replace(checks=checks, questions=questions)

    return left if cached else lambda job: job


def _verdict(
    sample: int, question: QuestionHash, value: float | None, reason: str, spans: tuple[tuple[int, int], ...]
) -> CheckVerdict:
    return CheckVerdict(sample, question, UNSCORED if value is None else SCORED, value, reason, spans)
