"""What one made-up text earns: its points, its score or range, and which criteria pay. Pure; measures nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rubric_studio.domain.probe_outcome import Earned
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.verdict import State
from rubric_studio.grader.plan import plan_of, row_criteria_of
from rubric_studio.grader.scoring import SCORED, UNSCORED, Graded, criterion_states, plan_criteria, total
from rubric_studio.grader.scoring import State as Settled
from rubric_studio.services.marks import Mark

MOST_PAYING = 3
LEAST_PAID = 0.005


@dataclass(frozen=True, slots=True)
class Points:
    """A made-up text's points on its row, by criterion key, with what they earn together."""

    earned: Earned
    reason: str
    marks: Mapping[str, Mark]
    strata: Mapping[str, float | None]
    paid: tuple[tuple[str, float], ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The criteria that are not marked."""
        return tuple(key for key, mark in self.marks.items() if mark.state is State.UNSCORED)


class PointCounter:
    """Counts a text's points under one rubric."""

    def __init__(self, rubric: Rubric) -> None:
        self._plan = plan_of(rubric)

    def points(self, row: Row, marks: Mapping[str, Mark]) -> Points:
        """What a text on that row earns by these marks; a criterion without one is unscored."""
        own = row_criteria_of(row)
        given = {key: (mark.state.value, mark.value, mark.reason) for key, mark in marks.items()}
        states = criterion_states(self._plan, row.reference, given, own)
        graded = total(self._plan, states, own)
        return Points(
            earned=self._earned(graded, states, own),
            reason=graded.reason,
            marks={
                key: marks.get(key) or Mark(State(state), value, reason=reason)
                for key, (state, value, reason) in graded.criteria.items()
            },
            strata=graded.strata,
            paid=self._paid(states, own),
        )

    def _earned(
        self, graded: Graded, states: Mapping[str, Settled], own: Sequence[Mapping[str, Any]]
    ) -> Earned:
        if graded.score is not None:
            return Earned(graded.score, graded.score, graded.score)
        if all(state != UNSCORED for state, _, _ in states.values()):
            return Earned(None, None, None)
        from rubric_studio.grader.ranges import sample_range  # brings numpy: only where a mark is missing

        ends = sample_range(self._plan, states, own)
        return Earned(None, None, None) if ends is None else Earned(None, *ends)

    def _paid(
        self, states: Mapping[str, Settled], own: Sequence[Mapping[str, Any]]
    ) -> tuple[tuple[str, float], ...]:
        """What the score would lose without each point met, the largest first.

        What is not marked yet counts as nothing here, neither for nor against. With gates the losses do not
        add up to the score: a point that opens a gate carries all that lies behind it.
        """
        known: dict[str, Settled] = {
            key: (SCORED, 0.0, reason) if state == UNSCORED else (state, value, reason)
            for key, (state, value, reason) in states.items()
        }
        base = total(self._plan, known, own).score
        if not base:
            return ()
        losses: list[tuple[str, float]] = []
        for key in self._met(known, own):
            without = total(self._plan, {**known, key: (SCORED, 0.0, "")}, own).score
            loss = base - (without or 0.0)
            if loss >= LEAST_PAID:
                losses.append((key, round(loss, 6)))
        return tuple(sorted(losses, key=lambda each: (-each[1], each[0]))[:MOST_PAYING])

    def _met(self, states: Mapping[str, Settled], own: Sequence[Mapping[str, Any]]) -> list[str]:
        return [
            key
            for stratum in self._plan["strata"]
            for key, criterion in plan_criteria(self._plan, stratum, own)
            if criterion["weight"] > 0 and states[key][0] == SCORED and states[key][1]
        ]
