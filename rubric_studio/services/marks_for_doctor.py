"""Gather the marks on many samples as the doctor needs them. Reads at most a few thousand; judges nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from rubric_studio.domain.doctor.marks_at_hand import MarkColumn, MarksAtHand
from rubric_studio.domain.ids import RowId, SampleKey
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric, Stratum
from rubric_studio.domain.verdict import State
from rubric_studio.services.asked import Questionnaire, questionnaire
from rubric_studio.services.marks import Mark, RaterChoice
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.scores import RowMarks, row_marks

MOST_SAMPLES = 4_000
"""Enough for every remark: more would only keep the machine busy while somebody writes."""
SLICE = 100

Marks = Mapping[str, Mark]


@dataclass
class _Gathering:
    """Marks in the making: (place of the sample, value) by criterion, and how far gated strata are reached."""

    rubric: Rubric
    criteria: dict[str, list[tuple[int, float]]] = field(default_factory=dict[str, list[tuple[int, float]]])
    reached: dict[str, list[float]] = field(default_factory=dict[str, list[float]])

    def add(self, place: int, row: Row, marks: Marks) -> None:
        for criterion in self.rubric.criteria():
            mark = marks.get(criterion.key)
            if mark is not None and mark.state is State.SCORED and mark.value is not None:
                self.criteria.setdefault(criterion.key, []).append((place, mark.value))
        for stratum in self.rubric.strata:
            if stratum.gate is not None:
                value = _reached(self.rubric, stratum, row, marks)
                if value is not None:
                    self.reached.setdefault(stratum.key, []).append(value)

    def at_hand(self) -> MarksAtHand:
        columns = {key: _column(entries) for key, entries in self.criteria.items()}
        return MarksAtHand(columns, {key: np.array(values) for key, values in self.reached.items()})


def gather_marks(
    store: Store,
    rubric: Rubric,
    choice: RaterChoice,
    progress: Progress = no_progress,
    most: int = MOST_SAMPLES,
) -> MarksAtHand:
    """The marks that count under the rubric, on samples of rows that lie evenly over the project."""
    asking, gathering = questionnaire(store, rubric), _Gathering(rubric)
    keys = _chosen(store, most)
    rows, place = list(keys), 0
    for start in range(0, len(rows), SLICE):
        for found in _marks_of(store, asking, choice, rows[start : start + SLICE], keys):
            for marks in found.marks:
                gathering.add(place, found.row, marks)
                place += 1
        progress(min(start + SLICE, len(rows)), len(rows), "looking at marks")
    return gathering.at_hand()


def _marks_of(
    store: Store,
    asking: Questionnaire,
    choice: RaterChoice,
    rows: Iterable[RowId],
    keys: Mapping[RowId, Sequence[tuple[int, SampleKey]]],
) -> Iterable[RowMarks]:
    return row_marks(store, asking, choice, list(store.rows(list(rows))), keys)


def _chosen(store: Store, most: int) -> dict[RowId, list[tuple[int, SampleKey]]]:
    """Samples by row: all of them, or those of every so many-th row."""
    found: dict[RowId, list[tuple[int, SampleKey]]] = {}
    infos = store.sample_infos()
    for info in infos:
        found.setdefault(info.row, []).append((info.id, info.key))
    step = -(-len(infos) // most) if infos else 1
    return {row: pairs for at, (row, pairs) in enumerate(found.items()) if at % step == 0}


def _column(entries: Sequence[tuple[int, float]]) -> MarkColumn:
    return MarkColumn(
        np.array([place for place, _ in entries], dtype=np.intp), np.array([value for _, value in entries])
    )


def _reached(rubric: Rubric, stratum: Stratum, row: Row, marks: Marks) -> float | None:
    """How far one sample reaches a stratum (design section 3); None while something is unmarked or nothing applies."""
    weights = {str(criterion.key): criterion.weight for criterion in stratum.criteria}
    if stratum.key == rubric.row_criteria:
        weights |= {f"row:{own.key}": own.weight for own in row.criteria}
    points = [(weight, marks[key]) for key, weight in weights.items() if weight > 0 and key in marks]
    counted = [(weight, mark) for weight, mark in points if mark.state is not State.NOT_APPLICABLE]
    if not counted or any(mark.value is None for _, mark in counted):
        return None
    return sum(weight * (mark.value or 0.0) for weight, mark in counted) / sum(w for w, _ in counted)
