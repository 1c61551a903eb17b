"""Run the checks of a rubric over samples, in worker processes, into the cache. Judges are not run here."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

from rubric_studio.domain.canonical import canonical_json
from rubric_studio.domain.ids import QuestionHash, RowId
from rubric_studio.domain.question import PROMPT_FIELD, fields_of, fields_of_reference
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.values import JsonObject
from rubric_studio.domain.verdict import CheckColumn
from rubric_studio.grader.chunk import Measured, measure_chunk
from rubric_studio.services.asked import Questionnaire, questionnaire
from rubric_studio.services.own_code import OwnCode
from rubric_studio.services.own_code_grading import grade_own_code
from rubric_studio.services.ports import Progress, Store, no_progress

PAGE = 2000  # answers that are read at once
CHUNK = 2000  # measurements sent to a worker at once: less than that, and waiting for each other costs more
CHUNK_CHARACTERS = 1_000_000
WRITE_AT = 10_000  # verdicts: each write waits for the disk
IN_FLIGHT = 4
STALLS_UNTIL_GIVEN_UP = 3
TOO_SLOW = "pattern too slow: the check took longer than its limit"


@dataclass(frozen=True)
class GradingReport:
    """What a run of checks did. `slow` counts the stalls of each criterion that stalled."""

    measured: int = 0
    slow: dict[str, int] = field(default_factory=dict[str, int])


_Fields = Callable[[tuple[str, ...]], JsonObject]


class _Job(NamedTuple):
    """Answers to one row that want measuring: by which checks, under which questions."""

    row: RowId
    item: dict[str, Any]
    checks: tuple[int, ...]
    questions: tuple[QuestionHash, ...]
    samples: Sequence[int]
    texts: Sequence[str]

    def only(self, check: int) -> "_Job":
        at = self.checks.index(check)
        return self._replace(checks=(check,), questions=(self.questions[at],))

    def between(self, start: int, end: int | None) -> "_Job":
        return self._replace(samples=self.samples[start:end], texts=self.texts[start:end])


def grade_checks(
    store: Store,
    rubric: Rubric,
    executor: Executor,
    progress: Progress = no_progress,
    samples: Sequence[int] | None = None,
    own_code: OwnCode | None = None,
) -> GradingReport:
    """Measure every check that is not in the cache yet; finished chunks are kept when the user stops.

    A chunk that exceeds the executor's limit is split, first by check, then by answer, until the one that
    stalls is found; it becomes unscored with that reason. A check that stalls three times is given up.

    Args:
        executor: runs `measure_chunk`; raises TimeoutError, ChildProcessError or BrokenExecutor for a bad chunk.
        samples: ids of the samples to grade, or None for all.
        own_code: how own code runs here, and whether it may; None runs none.
    """
    asking = questionnaire(store, rubric)
    report = _Grading(store, asking, executor).run(samples, progress)
    if own_code is None or not any(asked.is_own_code for asked in asking.criteria()):
        return report
    measured, slow = grade_own_code(store, asking, executor, own_code, progress, samples)
    return GradingReport(report.measured + measured, report.slow | slow)


class _Grading:
    def __init__(self, store: Store, asking: Questionnaire, executor: Executor) -> None:
        self._store = store
        self._asking = asking
        self._executor = executor
        self._checks = [asked for asked in asking.criteria() if asked.is_check]
        self._place = {asked.key: index for index, asked in enumerate(self._checks)}
        self._kinds = [asked.kind_json for asked in self._checks]
        self._reads = tuple(sorted({name for asked in self._checks for name in asked.question.reads}))
        self._stalls: Counter[int] = Counter()
        self._page = max(1, PAGE // max(1, len(self._checks)))
        self._measured = 0
        self._found: list[CheckColumn] = []
        self._waiting_for_disk = 0

    def run(self, samples: Sequence[int] | None, progress: Progress) -> GradingReport:
        total = self._store.counts().samples if samples is None else len(samples)
        done = 0
        waiting: deque[tuple[list[_Job], Future[list[Measured]] | None]] = deque()
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
        """What to send to a worker at once, and how many answers were read for it."""
        chunk: list[_Job] = []
        measurements = characters = size = 0
        for jobs, read in self._pages(samples):
            chunk += jobs
            size += read
            measurements += sum(len(job.checks) * len(job.samples) for job in jobs)
            characters += sum(sum(map(len, job.texts)) for job in jobs)
            if measurements >= CHUNK or characters >= CHUNK_CHARACTERS:
                yield chunk, size
                chunk = []
                measurements = characters = size = 0
        if size:
            yield chunk, size

    def _pages(self, samples: Sequence[int] | None) -> Iterator[tuple[list[_Job], int]]:
        texts = self._store.sample_texts(samples)
        while page := list(islice(texts, self._page)):
            answers: dict[RowId, tuple[list[int], list[str]]] = {}
            for id, row, text in page:
                ids, its_texts = answers.get(row) or answers.setdefault(row, ([], []))
                ids.append(id)
                its_texts.append(text)
            cached = {(v.sample, v.question) for v in self._store.check_verdicts([id for id, _, _ in page])}
            # Answers may come in before their questions: those wait.
            jobs = [
                _Job(row, *self._asked(reference, fields), *answers[row])
                for row, reference, fields in self._known_of(answers)
            ]
            yield _without_cached(jobs, cached) if cached else [job for job in jobs if job.checks], len(page)

    def _known_of(self, rows: Iterable[RowId]) -> Iterator[tuple[RowId, JsonObject, _Fields]]:
        """Of each row its reference, and what gives the fields of it that a check reads."""
        if PROMPT_FIELD in self._reads:
            for row in self._store.rows(rows):
                yield row.id, row.reference, partial(fields_of, row)
        else:
            for id, reference in self._store.references(rows):
                yield id, reference, partial(fields_of_reference, reference)

    def _asked(
        self, reference: JsonObject, fields_of: _Fields
    ) -> tuple[JsonObject, tuple[int, ...], tuple[QuestionHash, ...]]:
        """What checking an answer to this row takes: the fields read, the checks, their questions."""
        places: list[int] = []
        questions: list[QuestionHash] = []
        written: dict[tuple[str, ...], str] = {}
        for asked in self._asking.on_reference(reference):
            place = self._place.get(asked.key)
            if place is not None:
                reads = asked.question.reads
                if reads not in written:
                    written[reads] = canonical_json(fields_of(reads))
                places.append(place)
                questions.append(asked.question.on(written[reads]))
        return fields_of(self._reads), tuple(places), tuple(questions)

    def _submit(self, jobs: list[_Job]) -> Future[list[Measured]] | None:
        given_up = {index for index, times in self._stalls.items() if times >= STALLS_UNTIL_GIVEN_UP}
        if not jobs or (given_up and any(given_up.intersection(job.checks) for job in jobs)):
            return None  # measured check by check in `_finish`, so that the slow one is not asked again
        work = [(job.item, job.checks, job.texts) for job in jobs]
        return self._executor.submit(measure_chunk, self._kinds, work)

    def _finish(self, jobs: list[_Job], future: Future[list[Measured]] | None) -> None:
        if not jobs:
            return
        found = self._split(jobs) if future is None else self._outcomes(jobs, future)
        self._found += found
        self._waiting_for_disk += sum(len(column.samples) for column in found)
        if self._waiting_for_disk >= WRITE_AT:
            self._write()

    def _keep_finished(self, waiting: Iterable[tuple[list[_Job], Future[list[Measured]] | None]]) -> None:
        """Write what is done when the user stops; what is still under way is measured another time."""
        for jobs, future in waiting:
            if future is not None and future.done() and future.exception() is None:
                self._finish(jobs, future)
        self._write()

    def _write(self) -> None:
        if self._found:
            self._store.put_check_verdicts(self._found)
            self._measured += self._waiting_for_disk
            self._found, self._waiting_for_disk = [], 0

    def _outcomes(self, jobs: list[_Job], future: Future[list[Measured]]) -> list[CheckColumn]:
        try:
            results = future.result()
        except (TimeoutError, ChildProcessError, BrokenExecutor):
            return self._split(jobs)
        asked = [(job.row, question, job.samples) for job in jobs for question in job.questions]
        return [CheckColumn(*of, *measured) for of, measured in zip(asked, results, strict=True)]

    def _split(self, jobs: list[_Job]) -> list[CheckColumn]:
        checks = sorted({check for job in jobs for check in job.checks})
        if len(checks) > 1:
            by_check = ([job.only(check) for job in jobs if check in job.checks] for check in checks)
            return [column for part in by_check for column in self._ask(part)]
        if self._stalls[checks[0]] < STALLS_UNTIL_GIVEN_UP and (halves := _halves(jobs)):
            return [column for half in halves for column in self._ask(half)]
        self._stalls[checks[0]] += 1
        return [_too_slow(job) for job in jobs]

    def _ask(self, jobs: list[_Job]) -> list[CheckColumn]:
        future = self._submit(jobs)
        return self._split(jobs) if future is None else self._outcomes(jobs, future)


def _too_slow(job: _Job) -> CheckColumn:
    many = len(job.samples)
    return CheckColumn(job.row, job.questions[0], job.samples, [None] * many, [TOO_SLOW] * many, [()] * many)


def _halves(jobs: list[_Job]) -> tuple[list[_Job], list[_Job]] | None:
    """Two lists of jobs with about half of the answers each; None where one answer is left."""
    half = len(jobs) // 2
    if half:
        return jobs[:half], jobs[half:]
    half = len(jobs[0].samples) // 2
    return ([jobs[0].between(0, half)], [jobs[0].between(half, None)]) if half else None


def _without_cached(jobs: list[_Job], cached: set[tuple[int, QuestionHash]]) -> list[_Job]:
    """Leave out what the cache already knows; answers that want the same checks stay together."""
    left: list[_Job] = []
    for job in jobs:
        wanting: dict[tuple[int, ...], list[int]] = {}
        for place, sample in enumerate(job.samples):
            missing = tuple(
                at for at, question in enumerate(job.questions) if (sample, question) not in cached
            )
            wanting.setdefault(missing, []).append(place)
        left += [_part(job, checks, places) for checks, places in wanting.items() if checks]
    return left


def _part(job: _Job, checks: Sequence[int], places: Sequence[int]) -> _Job:
    return _Job(
        job.row,
        job.item,
        tuple(job.checks[at] for at in checks),
        tuple(job.questions[at] for at in checks),
        [job.samples[at] for at in places],
        [job.texts[at] for at in places],
    )
