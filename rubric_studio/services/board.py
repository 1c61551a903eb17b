"""All samples of a project as columns, so that every total follows a weight at once. Holds no text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rubric_studio.domain.ids import RowId, SampleKey, is_row_criterion
from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.verdict import State
from rubric_studio.grader.columns import Columns, Totals
from rubric_studio.grader.plan import plan_of
from rubric_studio.grader.verdict_column import OwnVerdicts, VerdictColumn, own_verdicts, verdict_column
from rubric_studio.services.asked import Questionnaire, questionnaire
from rubric_studio.services.marks import Mark, RaterChoice
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.scores import row_marks

SLICE = 500
STATE_CODES = {State.SCORED: 0, State.NOT_APPLICABLE: 1, State.UNSCORED: 2}


@dataclass(frozen=True)
class Board:
    """The samples of a project with everything that the present marks say of them.

    `row_of` and `model_of` give for each sample the place of its row in `rows`, of its model in `models`.
    The marks are those of one rubric's questions; weights, gates and level values may differ from it.
    """

    infos: tuple[SampleInfo, ...]
    rows: tuple[RowId, ...]
    models: tuple[str, ...]
    row_of: NDArray[np.intp]
    model_of: NDArray[np.intp]
    columns: Columns
    entries: Mapping[str, "Entries"]

    def totals(self, rubric: Rubric) -> Totals:
        """Every sample's total under the weights, gates and conditions of `rubric`.

        The rubric must ask the same criteria as the one the board was made for; else the board is stale.
        """
        return self.columns.totals(plan_of(rubric))

    def fits(self, rubric: Rubric) -> bool:
        """Whether the board has a column for each of the rubric's criteria."""
        return all(criterion.key in self.entries for criterion in rubric.criteria())


@dataclass
class Entries:
    """One criterion's marks in the making: which samples, what value, which state, which level."""

    samples: list[int]
    values: list[float]
    states: list[int]
    levels: list[str | None]

    @classmethod
    def empty(cls) -> "Entries":
        """No marks yet."""
        return cls([], [], [], [])

    def add(self, sample: int, mark: Mark) -> None:
        """Note one sample's mark."""
        self.samples.append(sample)
        self.values.append(mark.value or 0.0)
        self.states.append(STATE_CODES[mark.state])
        self.levels.append(mark.level)


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
    return Board(
        infos=infos,
        rows=rows,
        models=models,
        row_of=np.array([row_place[info.row] for info in infos], dtype=np.intp),
        model_of=np.array([model_place[info.model] for info in infos], dtype=np.intp),
        columns=gathered.columns(),
        entries=gathered.entries,
    )


class _Gathered:
    def __init__(self, count: int, asking: Questionnaire) -> None:
        self._count = count
        self.entries = {asked.key: Entries.empty() for asked in asking.criteria()}
        self._own = Entries.empty()
        self._own_weights: list[float] = []

    def add(self, sample: int, marks: Mapping[str, Mark], weights: Mapping[str, float]) -> None:
        for key, mark in marks.items():
            if is_row_criterion(key):
                self._own.add(sample, mark)
                self._own_weights.append(weights[key])
            else:
                self.entries[key].add(sample, mark)

    def columns(self) -> Columns:
        own = self._own_verdicts() if self._own.samples else None
        return Columns(self._count, {key: self._column(each) for key, each in self.entries.items()}, own)

    def _column(self, entries: Entries) -> VerdictColumn:
        order = np.argsort(np.asarray(entries.samples, dtype=np.intp), kind="stable")
        return verdict_column(
            self._count,
            np.asarray(entries.values)[order],
            np.asarray(entries.states, dtype=np.uint8)[order],
            np.asarray(entries.samples, dtype=np.intp)[order],
        )

    def _own_verdicts(self) -> OwnVerdicts:
        own = self._own
        return own_verdicts(self._count, own.samples, own.values, self._own_weights, own.states)


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
    scored = totals.scored
    places, scores = board.row_of[scored], totals.score[scored]
    n = np.bincount(places, minlength=len(board.rows))
    total = np.bincount(places, weights=scores, minlength=len(board.rows))
    best = np.full(len(board.rows), -np.inf)
    worst = np.full(len(board.rows), np.inf)
    np.maximum.at(best, places, scores)
    np.minimum.at(worst, places, scores)
    return [
        RowSpread(board.rows[at], int(n[at]), float(total[at] / n[at]), float(best[at]), float(worst[at]))
        for at in np.flatnonzero(n)
    ]


def room_to_improve(found: Sequence[RowSpread]) -> tuple[float, float, float] | None:
    """(mean, mean of the best, headroom) over rows, each row counting once; None without rows."""
    if not found:
        return None
    mean = sum(each.mean for each in found) / len(found)
    best = sum(each.best for each in found) / len(found)
    return mean, best, best - mean


def criterion_means(board: Board) -> dict[str, dict[str, tuple[float, int]]]:
    """For each criterion and model the mean value over scored samples, with how many those are."""
    result: dict[str, dict[str, tuple[float, int]]] = {}
    for key, entries in board.entries.items():
        result[key] = _means_by_model(board, entries)
    return result


def _means_by_model(board: Board, entries: Entries) -> dict[str, tuple[float, int]]:
    samples: Any = np.asarray(entries.samples, dtype=np.intp)
    scored = np.asarray(entries.states, dtype=np.uint8) == STATE_CODES[State.SCORED]
    models = board.model_of[samples[scored]]
    values = np.asarray(entries.values, dtype=np.float64)[scored]
    n = np.bincount(models, minlength=len(board.models))
    total = np.bincount(models, weights=values, minlength=len(board.models))
    return {board.models[at]: (float(total[at] / n[at]), int(n[at])) for at in np.flatnonzero(n)}
