"""How steady a judge is that was asked repeatedly: whether it says the same of the same sample. Not who is right."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from rubric_studio.domain.estimate import Estimate, wilson_interval
from rubric_studio.domain.ids import is_row_criterion
from rubric_studio.domain.pair_agreement import DECIMALS
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.verdict import State, Verdict
from rubric_studio.services.asked import Asked
from rubric_studio.services.judge_ratings import OWN_POINTS, slices
from rubric_studio.services.marks import worth
from rubric_studio.services.ports import Progress, Store, no_progress

MOST_FLIPS = 50
LEAST_REPEATS = 2


class PointStability(NamedTuple):
    """One criterion: the share of samples on which all repeats agree, and how far they lie apart elsewhere.

    `deviation` is the mean over samples of the standard deviation of the repeats' values (divided by repeats - 1).
    """

    key: str
    title: str
    same: Estimate
    deviation: float


class Flip(NamedTuple):
    """A sample on which the repeats differ: what each gave (None: not applicable), in their order."""

    sample: int
    key: str
    values: tuple[float | None, ...]
    deviation: float


@dataclass(frozen=True)
class Stability:
    """A judge's repeats. `same` is over all criteria; `points` have the least steady first."""

    judge: str
    repeats: int
    same: Estimate
    points: tuple[PointStability, ...]
    flips: tuple[Flip, ...]


@dataclass
class _Gathered:
    title: str
    same: int = 0
    deviations: list[float] = field(default_factory=list[float])


def judge_stability(
    store: Store, rubric: Rubric, judge: str, progress: Progress = no_progress
) -> Stability | None:
    """Look at every sample that the judge marked at least twice under the rubric; None where there is none."""
    points: dict[str, _Gathered] = {}
    flips: list[Flip] = []
    most = 0
    for _, pairs, asked, questions, book in slices(store, rubric, progress):
        for each in asked:
            for id, _ in pairs if each.is_judged else ():
                values = _values(each, book.judge_verdicts(id, questions[each.key], judge))
                if len(values) < LEAST_REPEATS:
                    continue
                most = max(most, len(values))
                key = OWN_POINTS if is_row_criterion(each.key) else each.key
                point = points.setdefault(key, _Gathered(each.title if key else ""))
                deviation = _deviation(values)
                point.deviations.append(deviation)
                if len(set(values)) == 1:
                    point.same += 1
                else:
                    flips.append(Flip(id, each.key, values, deviation))
    return _stability(judge, most, points, flips) if points else None


def _stability(judge: str, repeats: int, points: dict[str, _Gathered], flips: list[Flip]) -> Stability:
    lines = [
        PointStability(
            key, each.title, _share(each.same, len(each.deviations)), float(np.mean(each.deviations))
        )
        for key, each in points.items()
    ]
    lines.sort(key=lambda line: (line.same.value or 0.0, line.key))
    flips.sort(key=lambda flip: (-flip.deviation, -_changes(flip), flip.sample, flip.key))
    n = sum(line.same.n for line in lines)
    whole = _share(sum(each.same for each in points.values()), n)
    return Stability(judge, repeats, whole, tuple(lines), tuple(flips[:MOST_FLIPS]))


def _values(asked: Asked, verdicts: list[Verdict]) -> tuple[float | None, ...]:
    """What each repeat gave, None where it does not apply; a repeat without an answer says nothing of steadiness."""
    found: list[float | None] = []
    for verdict in sorted(verdicts, key=lambda each: each.repeat):
        if verdict.state is State.NOT_APPLICABLE:
            found.append(None)
        elif verdict.state is State.SCORED and (value := worth(asked, verdict)) is not None:
            found.append(round(value, DECIMALS))
    return tuple(found)


def _deviation(values: tuple[float | None, ...]) -> float:
    numbers = [value for value in values if value is not None]
    return float(np.std(numbers, ddof=1)) if len(numbers) >= LEAST_REPEATS else 0.0


def _changes(flip: Flip) -> int:
    counts: dict[float | None, int] = defaultdict(int)
    for value in flip.values:
        counts[value] += 1
    return len(flip.values) - max(counts.values())


def _share(same: int, n: int) -> Estimate:
    return Estimate(n, same / n, *wilson_interval(same, n))
