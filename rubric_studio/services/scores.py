"""Scores of samples: the marks that count, the total, the range where it is incomplete. One path for all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rubric_studio.domain.ids import RowId, SampleKey
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.verdict import State
from rubric_studio.grader.plan import Plan, plan_of
from rubric_studio.grader.scoring import Graded, criterion_states, total
from rubric_studio.grader.scoring import State as Settled
from rubric_studio.services.asked import Asked, Questionnaire, questionnaire
from rubric_studio.services.marks import Counting, Mark, RaterChoice, mark_book
from rubric_studio.services.ports import Progress, Store, no_progress

NO_ROW = "its question is not in this project"
SLICE = 400


@dataclass(frozen=True, slots=True)
class SampleScore:
    """One sample's score, or why it has none and between which ends it must lie."""

    id: int
    sample: Sample
    score: float | None
    reason: str
    low: float | None
    high: float | None
    missing: tuple[str, ...]
    strata: Mapping[str, float | None]
    marks: Mapping[str, Mark]


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row with its samples and the marks that count on them: enough to score under changed weights."""

    row: Row
    asked: tuple[Asked, ...]
    samples: tuple[tuple[int, Sample], ...]
    marks: tuple[Mapping[str, Mark], ...]


class RowScorer:
    """Scores marked rows under one rubric: no reading, no waiting, quick enough for every keystroke."""

    def __init__(self, rubric: Rubric) -> None:
        self.plan: Plan = plan_of(rubric)

    def scores(self, marked: MarkedRow) -> list[SampleScore]:
        """The scores of a row's samples, in their order."""
        row_criteria = [{"key": c.key, "weight": c.weight} for c in marked.row.criteria]
        return [
            self._score(marked.row, id, sample, marks, row_criteria)
            for (id, sample), marks in zip(marked.samples, marked.marks, strict=True)
        ]

    def _score(
        self,
        row: Row,
        id: int,
        sample: Sample,
        marks: Mapping[str, Mark],
        row_criteria: Sequence[Mapping[str, object]],
    ) -> SampleScore:
        given = {key: (mark.state.value, mark.value, mark.reason) for key, mark in marks.items()}
        states = criterion_states(self.plan, row.reference, given, row_criteria)
        graded = total(self.plan, states, row_criteria)
        low = high = graded.score
        missing: tuple[str, ...] = ()
        if graded.score is None:
            missing = tuple(key for key, state in graded.criteria.items() if state[0] == State.UNSCORED)
            low, high = self._ends(states, row_criteria) if missing else (None, None)
        return SampleScore(
            id, sample, graded.score, graded.reason, low, high, missing, graded.strata, _shown(graded, marks)
        )

    def _ends(
        self, states: Mapping[str, Settled], row_criteria: Sequence[Mapping[str, object]]
    ) -> tuple[float | None, float | None]:
        from rubric_studio.grader.ranges import sample_range  # brings numpy: only where a mark is missing

        return sample_range(self.plan, states, row_criteria) or (None, None)


def _shown(graded: Graded, marks: Mapping[str, Mark]) -> dict[str, Mark]:
    """Every criterion of the rubric with its mark; what does not apply here is said to be so."""
    return {
        key: marks.get(key) or Mark(State(state), value, reason=reason)
        for key, (state, value, reason) in graded.criteria.items()
    }


@dataclass(frozen=True, slots=True)
class RowMarks:
    """The marks that count on a row's samples, one mapping for each sample in the order asked for."""

    row: Row
    asked: tuple[Asked, ...]
    marks: tuple[Mapping[str, Mark], ...]


def row_marks(
    store: Store,
    asking: Questionnaire,
    choice: RaterChoice,
    rows: Sequence[Row],
    samples: Mapping[RowId, Sequence[tuple[int, SampleKey]]],
) -> Iterator[RowMarks]:
    """Gather the marks that count for those rows' samples, given by row id as (id, key)."""
    book = mark_book(store, [pair for row in rows for pair in samples.get(row.id, ())])
    counting = Counting(book, choice)
    for row in rows:
        pairs = samples.get(row.id, ())
        asked = asking.on(row)
        questions = {each.key: each.accepted_on(row) for each in asked}
        marks = tuple(
            {each.key: counting.mark(each, questions[each.key], pair) for each in asked} for pair in pairs
        )
        yield RowMarks(row, tuple(asked), marks)


def marked_row(store: Store, rubric: Rubric, row: Row, choice: RaterChoice) -> MarkedRow:
    """Gather the marks that count for one row's samples."""
    samples = store.samples_of(row.id)
    keys = {row.id: [(id, sample.key) for id, sample in samples]}
    found = next(row_marks(store, questionnaire(store, rubric), choice, [row], keys))
    return MarkedRow(row, found.asked, tuple(samples), found.marks)


def project_scores(
    store: Store, rubric: Rubric, choice: RaterChoice, progress: Progress = no_progress
) -> Iterator[SampleScore]:
    """Score every sample of the project, ordered by row as first met, model and run."""
    asking, scorer = questionnaire(store, rubric), RowScorer(rubric)
    everything = store.sample_infos()
    total_count = len(everything)
    first_met = {row: at for at, row in enumerate(dict.fromkeys(info.row for info in everything))}
    ordered = sorted(everything, key=lambda info: (first_met[info.row], info.model, info.run, info.id))
    groups = [(row, list(group)) for row, group in groupby(ordered, key=lambda info: info.row)]
    done = 0
    for start in range(0, len(groups), SLICE):
        part = groups[start : start + SLICE]
        texts = dict(store.samples([info.id for _, infos in part for info in infos]))
        found = {row.id: row for row in store.rows([row for row, _ in part])}
        keys = {row: [(info.id, info.key) for info in infos] for row, infos in part}
        known = [found[row] for row, _ in part if row in found]
        by_row = {each.row.id: each for each in row_marks(store, asking, choice, known, keys)}
        for row, infos in part:
            samples = tuple((info.id, texts[info.id]) for info in infos)
            marks = by_row.get(row)
            if marks is None:
                yield from (_orphan(id, sample) for id, sample in samples)
            else:
                yield from scorer.scores(MarkedRow(marks.row, marks.asked, samples, marks.marks))
        done += sum(len(infos) for _, infos in part)
        progress(done, total_count, "scoring answers")


def _orphan(id: int, sample: Sample) -> SampleScore:
    return SampleScore(id, sample, None, NO_ROW, None, None, (), {}, {})
