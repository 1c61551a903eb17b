"""All samples of a project as columns, so that every total follows a weight at once. Holds no text."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rubric_studio.domain.ids import RowId, SampleKey, is_row_criterion
from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.rubric import Criterion, Rubric
from rubric_studio.domain.verdict import State
from rubric_studio.grader.column_functions import Column
from rubric_studio.grader.columns import Columns, Totals
from rubric_studio.grader.plan import plan_of
from rubric_studio.grader.verdict_column import (
    NOT_APPLICABLE,
    SCORED,
    UNSCORED,
    OwnVerdicts,
    Places,
    VerdictColumn,
    own_verdicts,
    verdict_column,
)
from rubric_studio.services.asked import Questionnaire, questionnaire
from rubric_studio.services.marks import Mark, RaterChoice
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.scores import row_marks

SLICE = 500
STATE_CODES = {State.SCORED: SCORED, State.NOT_APPLICABLE: NOT_APPLICABLE, State.UNSCORED: UNSCORED}


@dataclass(frozen=True, slots=True)
class Entries:
    """Marks side by side: on which samples (by place), what value, in which state, of what weight.

    `weights` is empty but for the rows' own criteria, whose weights come with the rows.
    """

    samples: Places
    values: Column
    states: NDArray[np.uint8]
    weights: Column


@dataclass(frozen=True)
class Board:
    """The samples of a project with everything that the present marks say of them.

    `row_of` and `model_of` give for each sample the place of its row in `rows`, of its model in `models`.
    `own` are the marks on the rows' own criteria; `unchecked` counts check marks that nobody has measured yet.
    """

    infos: tuple[SampleInfo, ...]
    rows: tuple[RowId, ...]
    models: tuple[str, ...]
    row_of: Places
    model_of: Places
    columns: Columns
    entries: Mapping[str, Entries]
    own: Entries
    unchecked: int
    asked: Hashable

    def totals(self, rubric: Rubric) -> Totals:
        """Every sample's total under the weights and gates of a rubric that the board fits."""
        return self.columns.totals(plan_of(rubric))

    def fits(self, rubric: Rubric) -> bool:
        """Whether the rubric differs from the board's own in weights, gates and titles only."""
        return self.asked == asked_by(rubric)


def asked_by(rubric: Rubric) -> Hashable:
    """Say what marks depend on: all of a rubric but weights, gates, titles and the way of adding up."""
    strata = [(part.key, part.when, [asked_of(each) for each in part.criteria]) for part in rubric.strata]
    return repr((rubric.row_criteria, strata))


def asked_of(criterion: Criterion) -> Criterion:
    """The criterion without what its marks do not depend on."""
    return criterion.model_copy(update={"weight": 1.0, "title": "", "wording": criterion.words})


def build_board(store: Store, rubric: Rubric, choice: RaterChoice, progress: Progress = no_progress) -> Board:
    """Read the marks that count for every sample of the project."""
    asking = questionnaire(store, rubric)
    infos = tuple(info for info in store.sample_infos())
    place = {info.id: at for at, info in enumerate(infos)}
    rows = tuple(dict.fromkeys(info.row for info in infos))
    models = tuple(sorted({info.model for info in infos}))
    gathered = _Gathered(len(infos), asking)
    keys: dict[RowId, list[tuple[int, SampleKey]]] = {}
    for info in infos:
        keys.setdefault(info.row, []).append((info.id, info.key))
    for start in range(0, len(rows), SLICE):
        part = rows[start : start + SLICE]
        for found in row_marks(store, asking, choice, list(store.rows(part)), keys):
            weights = {f"row:{own.key}": own.weight for own in found.row.criteria}
            for (id, _), marks in zip(keys[found.row.id], found.marks, strict=True):
                gathered.add(place[id], marks, weights)
        progress(min(start + SLICE, len(rows)), len(rows), "reading marks")
    row_place = {row: at for at, row in enumerate(rows)}
    model_place = {model: at for at, model in enumerate(models)}
    entries, own = gathered.entries()
    return Board(
        infos=infos,
        rows=rows,
        models=models,
        row_of=np.array([row_place[info.row] for info in infos], dtype=np.intp),
        model_of=np.array([model_place[info.model] for info in infos], dtype=np.intp),
        columns=_columns(len(infos), entries, own),
        entries=entries,
        own=own,
        unchecked=gathered.unchecked,
        asked=asked_by(rubric),
    )


@dataclass
class Gathering:
    """Marks in the making, in the order in which they are met."""

    samples: list[int] = field(default_factory=list[int])
    values: list[float] = field(default_factory=list[float])
    states: list[int] = field(default_factory=list[int])
    weights: list[float] = field(default_factory=list[float])

    def add(self, sample: int, mark: Mark) -> None:
        self.samples.append(sample)
        self.values.append(mark.value or 0.0)
        self.states.append(STATE_CODES[mark.state])

    def entries(self) -> Entries:
        """The marks as columns, ordered by sample."""
        samples = np.asarray(self.samples, dtype=np.intp)
        order = np.argsort(samples, kind="stable")
        weights = np.asarray(self.weights, dtype=np.float64)
        return Entries(
            samples[order],
            np.asarray(self.values, dtype=np.float64)[order],
            np.asarray(self.states, dtype=np.uint8)[order],
            weights[order] if weights.size else weights,
        )


class _Gathered:
    def __init__(self, count: int, asking: Questionnaire) -> None:
        self._count = count
        self._by_key = {asked.key: Gathering() for asked in asking.criteria()}
        self._checks = {asked.key for asked in asking.criteria() if not asked.is_judged}
        self._own = Gathering()
        self.unchecked = 0

    def add(self, sample: int, marks: Mapping[str, Mark], weights: Mapping[str, float]) -> None:
        for key, mark in marks.items():
            if is_row_criterion(key):
                self._own.add(sample, mark)
                self._own.weights.append(weights[key])
            else:
                self._by_key[key].add(sample, mark)
                self.unchecked += key in self._checks and not mark.raters

    def entries(self) -> tuple[dict[str, Entries], Entries]:
        return {key: each.entries() for key, each in self._by_key.items()}, self._own.entries()


def _columns(count: int, entries: Mapping[str, Entries], own: Entries) -> Columns:
    columns = {key: verdict_column_of(count, each) for key, each in entries.items()}
    return Columns(count, columns, own_verdicts_of(count, own) if own.samples.size else None)


def verdict_column_of(count: int, entries: Entries) -> VerdictColumn:
    """The marks of one criterion as sums take them."""
    return verdict_column(count, entries.values, entries.states, entries.samples)


def own_verdicts_of(count: int, own: Entries) -> OwnVerdicts:
    """The marks of the rows' own criteria as sums take them."""
    return own_verdicts(count, own.samples, own.values, own.weights, own.states)


class Spread(NamedTuple):
    """Scores row by row, for the rows that have a scored sample.

    `deviation` is the sample standard deviation (divided by n - 1), 0 where n is 1.
    """

    rows: Places  # places in the board's rows
    n: NDArray[np.intp]
    mean: Column
    best: Column
    worst: Column
    deviation: Column


def spread(board: Board, totals: Totals, within: Places | None = None) -> Spread:
    """Mean, best, worst and deviation of each row, over all samples or over those of `within`."""
    places = np.flatnonzero(totals.scored) if within is None else within[totals.scored[within]]
    rows, scores, count = board.row_of[places], totals.score[places], len(board.rows)
    n = np.bincount(rows, minlength=count)
    mean = np.bincount(rows, weights=scores, minlength=count) / np.maximum(n, 1)
    squares = np.bincount(rows, weights=(scores - mean[rows]) ** 2, minlength=count)
    best, worst = np.full(count, -np.inf), np.full(count, np.inf)
    np.maximum.at(best, rows, scores)
    np.minimum.at(worst, rows, scores)
    deviation = np.sqrt(squares / np.maximum(n - 1, 1))
    met = np.flatnonzero(n)
    return Spread(met, n[met], mean[met], best[met], worst[met], deviation[met])


@dataclass(frozen=True)
class RowSpread:
    """Scores of one row's samples: mean, best, worst over the `n` that have a score."""

    row: RowId
    n: int
    mean: float
    best: float
    worst: float


def spreads(board: Board, totals: Totals) -> list[RowSpread]:
    """Mean, best and worst of each row that has a scored sample, in the board's order of rows."""
    found = spread(board, totals)
    return [
        RowSpread(
            row=board.rows[int(found.rows[at])],
            n=int(found.n[at]),
            mean=float(found.mean[at]),
            best=float(found.best[at]),
            worst=float(found.worst[at]),
        )
        for at in range(len(found.rows))
    ]
