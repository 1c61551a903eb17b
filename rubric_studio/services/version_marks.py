"""The marks at hand for every point that several rubrics ask, read in one pass. Compares nothing."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from rubric_studio.domain.ids import CriterionKey, RowId, SampleKey, StratumKey
from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Criterion, Rubric, Stratum, When
from rubric_studio.grader.columns import Columns
from rubric_studio.grader.scoring import applies
from rubric_studio.grader.verdict_column import SCORED, UNSCORED, OwnVerdicts, Places, VerdictColumn
from rubric_studio.services.asked import Asked, Questionnaire, questionnaire
from rubric_studio.services.board import (
    Board,
    Entries,
    Gathering,
    asked_by,
    asked_of,
    own_verdicts_of,
    verdict_column_of,
)
from rubric_studio.services.marks import Counting, MarkBook, RaterChoice, mark_book
from rubric_studio.services.ports import Progress, Store, no_progress

SLICE = 500  # rows
PointId = Hashable
OWN = "own"


class _Point(NamedTuple):
    """One point as some rubric asks it, with the conditions under which it applies to a row."""

    asked: Asked
    conditions: tuple[When, ...]


class _Sample(NamedTuple):
    """Where a sample stands, and by what the store and people's records know it."""

    at: int
    pair: tuple[int, SampleKey]


@dataclass(frozen=True)
class MarkedPoints:
    """All samples with the marks on every distinct point of some rubrics; a reworded point counts as another."""

    infos: tuple[SampleInfo, ...]
    rows: tuple[RowId, ...]
    models: tuple[str, ...]
    row_of: Places
    model_of: Places
    entries: Mapping[PointId, Entries]
    unchecked: Mapping[PointId, int]
    checks: Rubric
    """What a program marks and nobody measured yet, as a rubric of its own: to be run at once."""
    _columns: dict[PointId, VerdictColumn] = field(default_factory=dict[PointId, VerdictColumn])
    _own: dict[PointId, OwnVerdicts] = field(default_factory=dict[PointId, OwnVerdicts])

    def covers(self, rubric: Rubric) -> bool:
        """Whether every point of the rubric is among those read: then its totals need no reading."""
        own = _own_id(rubric)
        return all(id in self.entries for id, *_ in _points_of(rubric)) and (
            own is None or own in self.entries
        )

    def board(self, rubric: Rubric) -> Board:
        """The samples as one rubric sees them. KeyError for a rubric that is not covered."""
        ids = {criterion.key: id for id, criterion, _ in _points_of(rubric)}
        own = _own_id(rubric)
        return Board(
            infos=self.infos,
            rows=self.rows,
            models=self.models,
            row_of=self.row_of,
            model_of=self.model_of,
            columns=Columns(
                len(self.infos), {key: self._column(id) for key, id in ids.items()}, self._own_verdicts(own)
            ),
            entries={key: self.entries[id] for key, id in ids.items()},
            own=Gathering().entries() if own is None else self.entries[own],
            unchecked=sum(self.unchecked[id] for id in ids.values()),
            asked=asked_by(rubric),
        )

    def _column(self, id: PointId) -> VerdictColumn:
        if id not in self._columns:
            self._columns[id] = verdict_column_of(len(self.infos), self.entries[id])
        return self._columns[id]

    def _own_verdicts(self, id: PointId | None) -> OwnVerdicts | None:
        if id is None or not self.entries[id].samples.size:
            return None
        if id not in self._own:
            self._own[id] = own_verdicts_of(len(self.infos), self.entries[id])
        return self._own[id]


def mark_points(
    store: Store, rubrics: Iterable[Rubric], choice: RaterChoice, progress: Progress = no_progress
) -> MarkedPoints:
    """Read the marks that count on every sample for all points of the rubrics, each distinct point once."""
    reading = _Reading(store, list(rubrics), choice)
    infos = tuple(store.sample_infos())
    rows = tuple(dict.fromkeys(info.row for info in infos))
    reading.read(infos, rows, progress)
    models = tuple(sorted({info.model for info in infos}))
    row_place = {row: at for at, row in enumerate(rows)}
    model_place = {model: at for at, model in enumerate(models)}
    return MarkedPoints(
        infos=infos,
        rows=rows,
        models=models,
        row_of=np.array([row_place[info.row] for info in infos], dtype=np.intp),
        model_of=np.array([model_place[info.model] for info in infos], dtype=np.intp),
        entries={id: gathering.entries() for id, gathering in reading.gathered.items()},
        unchecked=reading.unchecked,
        checks=reading.unmeasured(),
    )


class _Reading:
    """One walk over all rows; nothing of a row is kept but its marks."""

    def __init__(self, store: Store, rubrics: Sequence[Rubric], choice: RaterChoice) -> None:
        self._store, self._choice = store, choice
        self._points: dict[PointId, _Point] = {}
        self._own: dict[PointId, tuple[Questionnaire, tuple[When, ...]]] = {}
        for rubric in rubrics:
            self._take(questionnaire(store, rubric))
        self.gathered: dict[PointId, Gathering] = {id: Gathering() for id in (*self._points, *self._own)}
        self.unchecked: dict[PointId, int] = dict.fromkeys(self._points, 0)

    def _take(self, asking: Questionnaire) -> None:
        """Add the points of one more rubric that no other asks in the same way."""
        by_key = {asked.key: asked for asked in asking.criteria()}
        for id, criterion, stratum in _points_of(asking.rubric):
            conditions = tuple(when for when in (stratum.when, criterion.when) if when)
            self._points.setdefault(id, _Point(by_key[criterion.key], conditions))
        own = _own_id(asking.rubric)
        if own is not None:
            home = _own_stratum(asking.rubric)
            self._own.setdefault(own, (asking, (home.when,) if home and home.when else ()))

    def read(self, infos: Sequence[SampleInfo], rows: Sequence[RowId], progress: Progress) -> None:
        places: dict[RowId, list[_Sample]] = {}
        for at, info in enumerate(infos):
            places.setdefault(info.row, []).append(_Sample(at, (info.id, info.key)))
        for start in range(0, len(rows), SLICE):
            part = rows[start : start + SLICE]
            book = mark_book(self._store, [sample.pair for row in part for sample in places[row]])
            counting = Counting(book, self._choice)
            for row in self._store.rows(part):
                self._read_row(row, places[row.id], book, counting)
            progress(min(start + SLICE, len(rows)), len(rows), "reading marks")

    def _read_row(self, row: Row, samples: Sequence[_Sample], book: MarkBook, counting: Counting) -> None:
        for id, point in self._points.items():
            if _all_apply(point.conditions, row):
                if point.asked.is_check:
                    self._read_check(id, point.asked, row, samples, book)
                else:
                    self._read_marks(self.gathered[id], point.asked, row, samples, counting)
        for id, (asking, conditions) in self._own.items() if row.criteria else ():
            if _all_apply(conditions, row):
                gathering = self.gathered[id]
                for asked in asking.own(row):
                    self._read_marks(gathering, asked, row, samples, counting)
                    gathering.weights.extend([asked.weight] * len(samples))

    def _read_check(
        self, id: PointId, asked: Asked, row: Row, samples: Sequence[_Sample], book: MarkBook
    ) -> None:
        """Gather a check's values as they are kept: checks always count, and they are nearly all there is."""
        question, gathering = asked.question.on_row(row), self.gathered[id]
        found = [book.checks.get((sample.pair[0], question)) for sample in samples]
        values = [None if check is None else check.value for check in found]
        gathering.samples.extend(sample.at for sample in samples)
        gathering.values.extend(value or 0.0 for value in values)
        gathering.states.extend(UNSCORED if value is None else SCORED for value in values)
        self.unchecked[id] += found.count(None)

    def _read_marks(
        self,
        gathering: Gathering,
        asked: Asked,
        row: Row,
        samples: Sequence[_Sample],
        counting: Counting,
    ) -> None:
        questions = asked.accepted_on(row)
        for at, pair in samples:
            gathering.add(at, counting.mark(asked, questions, pair))

    def unmeasured(self) -> Rubric:
        """The checks that lack a measurement, under keys of their own: the cache knows questions, not keys."""
        found = [point for id, point in self._points.items() if self.unchecked[id]]
        strata = [_alone(at, point) for at, point in enumerate(found)]
        return Rubric(row_criteria=None, aggregation="points_shifted", strata=tuple(strata))


def _alone(at: int, point: _Point) -> Stratum:
    assert point.asked.criterion is not None
    key = CriterionKey(f"check_{at}")
    criterion = point.asked.criterion.model_copy(update={"key": key, "when": None, "weight": 1.0})
    both = point.conditions
    if len(both) > 1:
        criterion = criterion.model_copy(update={"when": both[1]})
    return Stratum(key=StratumKey(f"part_{at}"), when=both[0] if both else None, criteria=(criterion,))


def _points_of(rubric: Rubric) -> list[tuple[PointId, Criterion, Stratum]]:
    """The rubric's criteria, each with what its marks depend on: all but weight and title."""
    raw = rubric.aggregation == "formula"
    return [
        (repr((asked_of(criterion), stratum.when, raw)), criterion, stratum)
        for stratum in rubric.strata
        for criterion in stratum.criteria
    ]


def _own_stratum(rubric: Rubric) -> Stratum | None:
    return next((stratum for stratum in rubric.strata if stratum.key == rubric.row_criteria), None)


def _own_id(rubric: Rubric) -> PointId | None:
    """What the marks on the rows' own criteria depend on; None where they are not scored."""
    if rubric.row_criteria is None:
        return None
    home = _own_stratum(rubric)
    return (OWN, repr(home.when) if home else repr(None))


def _all_apply(conditions: Sequence[When], row: Row) -> bool:
    return all(applies(when.model_dump(by_alias=True), row.reference) for when in conditions)
