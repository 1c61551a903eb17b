"""What experts and judges gave, side by side as columns: one line for each sample and criterion. No statistic."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rubric_studio.domain.ids import QuestionHash, RowId, SampleKey, is_row_criterion
from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import ANSWER_LEVELS, Level, Rubric
from rubric_studio.domain.verdict import State
from rubric_studio.grader.plan import plan_of
from rubric_studio.grader.scoring import criterion_states, total
from rubric_studio.services.asked import Asked, questionnaire
from rubric_studio.services.influence import influence
from rubric_studio.services.mark import Mark
from rubric_studio.services.marks import EXPERTS, Counting, MarkBook, mark_book, rater_choice
from rubric_studio.services.ports import Progress, Store, no_progress

SLICE = 400
OWN_POINTS = ""
"""The key under which all rows' own criteria stand together: each alone has too few samples to say anything."""

Numbers = NDArray[np.float64]
Places = NDArray[np.intp]


class Said(IntEnum):
    """What a rater said of a criterion on a sample."""

    NOTHING = 0
    GRADE = 1
    NOT_APPLICABLE = 2
    NO_ANSWER = 3  # asked, and without an answer that could be used


class Point(NamedTuple):
    """A judged criterion as it is compared; `OWN_POINTS` is all that belong to single rows."""

    key: str
    title: str
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Column:
    """What one rater said, line by line; `values` mean something where `said` is GRADE."""

    said: NDArray[np.uint8]
    values: Numbers

    @property
    def graded(self) -> NDArray[np.bool_]:
        """The lines on which it gave a grade."""
        return self.said == Said.GRADE


@dataclass(frozen=True)
class Ratings:
    """Lines of (sample, criterion), with one column for each rater and the totals that follow from each.

    `sample_of` and `point_of` give each line's place in `samples` and `points`, `keys` its criterion's own key.
    `influence` says how far the total moves, gates aside, when that mark goes from 0 to 1. `totals` hold, by
    rater, (places in `samples`, totals) of those that have one.
    """

    samples: tuple[SampleInfo, ...]
    lengths: NDArray[np.int64]
    points: tuple[Point, ...]
    sample_of: Places
    point_of: Places
    keys: tuple[str, ...]
    influence: Numbers
    by: Mapping[str, Column]
    totals: Mapping[str, tuple[Places, Numbers]]


class Slice(NamedTuple):
    """A row with its samples, what is asked of it, and the book in which verdicts on them stand."""

    row: Row
    pairs: tuple[tuple[int, SampleKey], ...]
    asked: tuple[Asked, ...]
    questions: Mapping[str, tuple[QuestionHash, ...]]
    book: MarkBook


def slices(store: Store, rubric: Rubric, progress: Progress = no_progress) -> Iterator[Slice]:
    """Go through every row that has samples, with what is asked of it under the rubric."""
    asking = questionnaire(store, rubric)
    pairs: dict[RowId, list[tuple[int, SampleKey]]] = defaultdict(list)
    for info in store.sample_infos():
        pairs[info.row].append((info.id, info.key))
    rows = list(pairs)
    for start in range(0, len(rows), SLICE):
        part = rows[start : start + SLICE]
        book = mark_book(store, [pair for row in part for pair in pairs[row]])
        for row in store.rows(part):
            asked = tuple(asking.on(row))
            questions = {each.key: each.accepted_on(row) for each in asked}
            yield Slice(row, tuple(pairs[row.id]), asked, questions, book)
        progress(min(start + SLICE, len(rows)), len(rows), "reading marks")


def read_ratings(
    store: Store, rubric: Rubric, judges: Sequence[str], progress: Progress = no_progress
) -> Ratings:
    """Read what the experts and each of those raters gave under the rubric.

    Raises:
        StudioError: one of the raters has marked nothing here.
    """
    choices = {name: rater_choice(store, name) for name in (EXPERTS, *judges)}
    asking, gathered = questionnaire(store, rubric), _Gathered(list(choices))
    scoring = _Scoring(rubric)
    for row, pairs, asked, questions, book in slices(store, rubric, progress):
        counting = {name: Counting(book, choice) for name, choice in choices.items()}
        reach = influence(rubric, asked)
        for pair in pairs:
            told = {
                name: {each.key: each_counts.mark(each, questions[each.key], pair) for each in asked}
                for name, each_counts in counting.items()
            }
            if gathered.add(pair[0], asked, told, reach):
                for name, marks in told.items():
                    gathered.add_total(name, pair[0], scoring.total(row, marks))
    points = [Point(each.key, each.title, each.levels) for each in asking.criteria() if each.is_judged]
    return gathered.ratings(store, points)


class _Scoring:
    """The total that one rater's marks make, where none is missing: then no range needs working out."""

    def __init__(self, rubric: Rubric) -> None:
        self._plan = plan_of(rubric)

    def total(self, row: Row, marks: Mapping[str, Mark]) -> float | None:
        if any(mark.state is State.UNSCORED for mark in marks.values()):
            return None
        own = [{"key": each.key, "weight": each.weight} for each in row.criteria]
        given = {key: (mark.state.value, mark.value, mark.reason) for key, mark in marks.items()}
        return total(self._plan, criterion_states(self._plan, row.reference, given, own), own).score


@dataclass
class _Said:
    """One rater's column in the making."""

    said: list[int] = field(default_factory=list[int])
    values: list[float] = field(default_factory=list[float])
    totals: list[tuple[int, float]] = field(default_factory=list[tuple[int, float]])


class _Gathered:
    def __init__(self, raters: Sequence[str]) -> None:
        self._by = {rater: _Said() for rater in raters}
        self._samples: list[int] = []
        self._keys: list[str] = []
        self._influence: list[float] = []

    def add(
        self,
        sample: int,
        asked: Sequence[Asked],
        told: Mapping[str, Mapping[str, Mark]],
        reach: Mapping[str, float],
    ) -> bool:
        """Add the lines of a sample on which anybody said anything; whether there are any."""
        before = len(self._samples)
        for key in (each.key for each in asked if each.is_judged):
            marks = {name: marks[key] for name, marks in told.items()}
            if any(mark.raters for mark in marks.values()):
                self._samples.append(sample)
                self._keys.append(key)
                self._influence.append(reach[key])
                for name, mark in marks.items():
                    self._by[name].said.append(_said(mark))
                    self._by[name].values.append(mark.value or 0.0)
        return len(self._samples) > before

    def add_total(self, rater: str, sample: int, score: float | None) -> None:
        if score is not None:
            self._by[rater].totals.append((sample, score))

    def ratings(self, store: Store, points: Sequence[Point]) -> Ratings:
        """The columns; samples and points on which nobody said anything are left out."""
        ids, sample_of = np.unique(np.asarray(self._samples, dtype=np.int64), return_inverse=True)
        spoken = {OWN_POINTS if is_row_criterion(key) else key for key in self._keys}
        met = [point for point in points if point.key in spoken]
        met += [Point(OWN_POINTS, "", ANSWER_LEVELS)] if OWN_POINTS in spoken else []
        place = {point.key: at for at, point in enumerate(met)}
        point_of = [place[OWN_POINTS if is_row_criterion(key) else key] for key in self._keys]
        wanted = [int(id) for id in ids]
        infos = {info.id: info for info in store.sample_infos()}
        texts = {id: len(text) for id, _, text in store.sample_texts(wanted)}
        at = {id: number for number, id in enumerate(wanted)}
        return Ratings(
            samples=tuple(infos[id] for id in wanted),
            lengths=np.array([texts[id] for id in wanted], dtype=np.int64),
            points=tuple(met),
            sample_of=sample_of.astype(np.intp),
            point_of=np.array(point_of, dtype=np.intp),
            keys=tuple(self._keys),
            influence=np.array(self._influence, dtype=np.float64),
            by={name: _column(said) for name, said in self._by.items()},
            totals={name: _totals(said, at) for name, said in self._by.items()},
        )


def _said(mark: Mark) -> Said:
    if mark.state is State.SCORED:
        return Said.GRADE
    if mark.state is State.NOT_APPLICABLE:
        return Said.NOT_APPLICABLE
    return Said.NO_ANSWER if mark.raters else Said.NOTHING


def _column(said: _Said) -> Column:
    return Column(np.array(said.said, dtype=np.uint8), np.array(said.values, dtype=np.float64))


def _totals(said: _Said, at: Mapping[int, int]) -> tuple[Places, Numbers]:
    places = np.array([at[sample] for sample, _ in said.totals], dtype=np.intp)
    return places, np.array([score for _, score in said.totals], dtype=np.float64)
