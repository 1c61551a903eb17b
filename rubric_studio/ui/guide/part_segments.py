"""One answer's score taken apart for the strata bar: value or ends, gate and reach of each part. No Qt widget."""

from collections.abc import Mapping, Sequence
from typing import Any

from rubric_studio.domain.rubric import Gate, Rubric, Stratum
from rubric_studio.domain.verdict import State
from rubric_studio.grader.plan import Plan, with_row_stratum
from rubric_studio.grader.scoring import StratumVerdicts, plan_criteria, sum_stratum
from rubric_studio.services.scores import SampleScore
from rubric_studio.ui.labels import heading
from rubric_studio.ui.strata_bar import Segment

TOLERANCE = 1e-9  # design section 3: a hard gate is passed from `at` - 1e-9 on
LIGHTEST = 1e-6  # a part without weight still gets the narrowest segment


def part_segments(
    rubric: Rubric, plan: Plan, score: SampleScore, row_criteria: Sequence[Mapping[str, Any]]
) -> tuple[Segment, ...]:
    """Return a segment for each part that has anything to say on this answer; none under a formula."""
    if rubric.aggregation == "formula":
        return ()
    states = {key: (mark.state.value, mark.value, mark.reason) for key, mark in score.marks.items()}
    segments, reach = list[Segment](), 1.0
    for stratum, planned in zip(with_row_stratum(rubric), plan["strata"], strict=True):
        sums = sum_stratum(plan, planned, states, row_criteria)
        if sums.m <= 0:
            continue  # it drops out, and its gate passes
        waiting = sum(
            criterion["weight"]
            for key, criterion in plan_criteria(plan, planned, row_criteria)
            if states[key][0] == State.UNSCORED and criterion["weight"] > 0
        )
        segment = _segment(rubric, stratum, sums, waiting, reach)
        segments.append(segment)
        reach *= _pass(stratum.gate, segment.possible)
    return tuple(segments)


def part_title(stratum: Stratum, rubric: Rubric) -> str:
    """Return what people call a part."""
    own = stratum.key == rubric.row_criteria and not stratum.criteria
    return stratum.title or (heading("row_criterion", 2) if own else stratum.key)


def _segment(
    rubric: Rubric, stratum: Stratum, sums: StratumVerdicts, waiting: float, reach: float
) -> Segment:
    stratified = rubric.aggregation == "stratified"
    gated = stratum.gate is not None and rubric.aggregation != "points_shifted"
    low, high = sums.s / sums.m, (sums.s + waiting) / sums.m
    return Segment(
        key=stratum.key,
        title=part_title(stratum, rubric),
        weight=max(LIGHTEST, stratum.weight if stratified else sums.m),
        value=low if waiting <= 0 else None,
        low=None if waiting <= 0 else low,
        high=None if waiting <= 0 else high,
        gate=stratum.gate.at if gated and stratum.gate else None,
        reach=reach if rubric.aggregation != "points_shifted" else 1.0,
    )


def _pass(gate: Gate | None, value: float) -> float:
    """How far a gate lets through: by what the part may yet reach, so that nothing is hatched too early."""
    if gate is None:
        return 1.0
    if gate.mode == "soft":
        return min(1.0, value / gate.at)
    return 1.0 if value >= gate.at - TOLERANCE else 0.0
