"""Tries a rubric with probes: makes them for each row, measures them, keeps what they earn. It judges nothing.

Checks and own code are measured in worker processes. What a person or a model must read stays unmarked: the
probe then has a range in which its score lies.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from itertools import islice

from rubric_studio.domain.canonical import canonical_json, sha256_hex
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.listing import RowQuery
from rubric_studio.domain.probe_outcome import ProbeOutcome, rubric_hash
from rubric_studio.domain.probes.catalogue import GENERATORS
from rubric_studio.domain.probes.facts import Context
from rubric_studio.domain.probes.probe import DoesNotApply
from rubric_studio.domain.question import fields_of
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.grader.measures import MEASURES_VERSION
from rubric_studio.services.asked import Asked, questionnaire
from rubric_studio.services.grading import grade_checks
from rubric_studio.services.marks import Mark, rater_choice
from rubric_studio.services.measuring_code import CodeMeasuring
from rubric_studio.services.measuring_texts import TextMeasuring, Texts
from rubric_studio.services.own_code import OwnCode
from rubric_studio.services.own_probes import OwnProbe, own_probes
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.probe_facts import best_first, context_of, facts_of, tried
from rubric_studio.services.probe_points import PointCounter, Points
from rubric_studio.services.scores import MarkedRow, RowScorer, SampleScore, row_marks

ROWS_AT_ONCE = 10
REPORT_EVERY = 500


@dataclass(frozen=True, slots=True)
class TriedProbe:
    """One probe on one row: its texts step by step with their points, or why there is none."""

    name: str
    row: RowId
    texts: tuple[str, ...] = ()
    points: tuple[Points, ...] = ()
    typical: float | None = None
    skipped: str = ""

    def outcome(self, at: str) -> ProbeOutcome:
        """What is kept of it."""
        last = self.points[-1] if self.points else None
        return ProbeOutcome(
            probe=self.name,
            row=self.row,
            earned=tuple(points.earned for points in self.points),
            typical=self.typical,
            paid=last.paid if last else (),
            missing=len(last.missing) if last else 0,
            skipped=self.skipped,
            text=text_hash(self.texts),
            at=at,
        )


@dataclass(frozen=True, slots=True)
class ProbingReport:
    """What a run did."""

    rows: int
    probes: int


def text_hash(texts: Sequence[str]) -> str:
    """By what an outcome knows whether a probe would still be made of the same texts."""
    return sha256_hex(canonical_json(list(texts))) if texts else ""


def try_probes(
    store: Store,
    rubric: Rubric,
    executor: Executor,
    at: str,
    progress: Progress = no_progress,
    own_code: OwnCode | None = None,
) -> ProbingReport:
    """Try a rubric with every probe on every row; rows that are done are kept when the user stops.

    Args:
        executor: runs `measure_chunk`; raises TimeoutError, ChildProcessError or BrokenExecutor for a bad chunk.
        at: the time under which the outcomes are kept, UTC in ISO 8601.
        own_code: how own code runs here, and whether it may; None runs none.
    """
    grade_checks(store, rubric, executor, progress, own_code=own_code)
    prober = Prober(store, rubric, executor, progress, own_code)
    key = rubric_hash(rubric, MEASURES_VERSION)
    ids = store.row_ids(RowQuery())
    probes = 0
    for start in range(0, len(ids), ROWS_AT_ONCE):
        found = [each.outcome(at) for each in prober.tried(ids[start : start + ROWS_AT_ONCE])]
        store.put_probe_outcomes(key, found)
        probes += sum(not outcome.skipped for outcome in found)
        progress(min(start + ROWS_AT_ONCE, len(ids)), len(ids), "trying trick answers")
    return ProbingReport(len(ids), probes)


class Prober:
    """Makes and measures the probes of one rubric. It reads all rows once, for what holds over all of them."""

    def __init__(
        self,
        store: Store,
        rubric: Rubric,
        executor: Executor,
        progress: Progress = no_progress,
        own_code: OwnCode | None = None,
    ) -> None:
        self._store = store
        self._asking = questionnaire(store, rubric)
        self._choice = rater_choice(store)
        self._scorer, self._counter = RowScorer(rubric), PointCounter(rubric)
        self._checks = [asked for asked in self._asking.criteria() if asked.is_check]
        self._place = {asked.key: at for at, asked in enumerate(self._checks)}
        self._reads = sorted({name for asked in self._checks for name in asked.question.reads})
        self._measuring = TextMeasuring(executor, [asked.kind_json for asked in self._checks])
        self._code = CodeMeasuring(executor, own_code, store.first_edit())
        self.context: Context = context_of(rubric, _reported(store, progress))

    def tried(self, ids: Sequence[RowId]) -> Iterator[TriedProbe]:
        """Every probe of those rows, in the order of rows and of the catalogue, one's own last."""
        made = list(self._made(ids))
        work = [self._texts(row, asked, probes) for row, asked, probes in made]
        code = self._code.marks(
            [(row, asked, texts.texts) for (row, asked, _), texts in zip(made, work, strict=True)]
        )
        checked = self._measuring.marks(work)
        for (row, asked, probes), texts, marks, own in zip(made, work, checked, code, strict=True):
            points = {
                text: self._points(row, asked, marks[at], {key: found[at] for key, found in own.items()})
                for at, text in enumerate(texts.texts)
            }
            for probe in probes:
                yield replace(probe, points=tuple(points[text] for text in probe.texts))

    def _made(self, ids: Sequence[RowId]) -> Iterator[tuple[Row, Sequence[Asked], list[TriedProbe]]]:
        rows = list(self._store.rows(ids))
        samples = {row.id: self._store.samples_of(row.id) for row in rows}
        keys = {row: [(id, sample.key) for id, sample in found] for row, found in samples.items()}
        own: dict[RowId, list[OwnProbe]] = {}
        for probe in own_probes(self._store, ids):
            own.setdefault(probe.row, []).append(probe)
        for found in row_marks(self._store, self._asking, self._choice, rows, keys):
            row = found.row
            marked = MarkedRow(row, found.asked, tuple(samples[row.id]), found.marks)
            scores = best_first(self._scorer.scores(marked))
            probes = self._probes(row, found.asked, scores) + _own(own.get(row.id, ()), _typical(scores))
            yield row, found.asked, probes

    def _probes(self, row: Row, asked: Sequence[Asked], scores: Sequence[SampleScore]) -> list[TriedProbe]:
        facts, samples = facts_of(row, asked, self.context), [tried(score) for score in scores]
        typical = _typical(scores)
        found: list[TriedProbe] = []
        for generator in GENERATORS:
            try:
                probes = generator.texts(row, facts, samples, self.context)
                texts = tuple(probe.text for probe in probes)
                found.append(TriedProbe(generator.name, row.id, texts, typical=typical))
            except DoesNotApply as reason:
                found.append(TriedProbe(generator.name, row.id, skipped=str(reason)))
        return found

    def _texts(self, row: Row, asked: Sequence[Asked], probes: Sequence[TriedProbe]) -> Texts:
        """The different texts to measure; several probes may have one text."""
        checks = tuple(self._place[each.key] for each in asked if each.is_check)
        texts = dict.fromkeys(text for probe in probes for text in probe.texts)
        return Texts(fields_of(row, self._reads), checks, tuple(texts))

    def _points(
        self, row: Row, asked: Sequence[Asked], found: Mapping[int, Mark], code: Mapping[str, Mark]
    ) -> Points:
        marks = {each.key: found[self._place[each.key]] for each in asked if each.is_check}
        return self._counter.points(row, {**marks, **code})


def shown_probe(
    store: Store,
    rubric: Rubric,
    executor: Executor,
    row: RowId,
    name: str,
    progress: Progress = no_progress,
    own_code: OwnCode | None = None,
) -> TriedProbe | None:
    """Make one probe of one row again, to be read; None where the row or the probe is no longer there."""
    tried_again = Prober(store, rubric, executor, progress, own_code).tried([row])
    return next((probe for probe in tried_again if probe.name == name), None)


def _own(probes: Sequence[OwnProbe], typical: float | None) -> list[TriedProbe]:
    return [TriedProbe(probe.key, probe.row, (probe.text,), typical=typical) for probe in probes]


def _typical(scores: Sequence[SampleScore]) -> float | None:
    known = [each.score for each in scores if each.score is not None]
    return sum(known) / len(known) if known else None


def _reported(store: Store, progress: Progress) -> Iterator[Row]:
    rows, total, done = store.rows(), store.counts().rows, 0
    while page := list(islice(rows, REPORT_EVERY)):
        yield from page
        done += len(page)
        progress(done, total, "reading questions")
