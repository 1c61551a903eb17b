"""Judges against experts, and against each other: agreement, confusion of levels, bias, worst disagreements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from rubric_studio.domain.estimate import Estimate
from rubric_studio.domain.listing import SampleInfo
from rubric_studio.domain.pair_agreement import (
    clustered_share,
    confusion,
    disagreement,
    kappa_estimate,
    mean_difference,
    mean_estimate,
    percent_agreement,
    same_values,
)
from rubric_studio.domain.rank_correlation import Correlation, rank_correlation
from rubric_studio.domain.rubric import Level, Rubric
from rubric_studio.services.judge_ratings import Point, Ratings, Said, read_ratings
from rubric_studio.services.marks import EXPERTS
from rubric_studio.services.ports import Progress, Store, no_progress

QUARTERS = 4
KAPPA_DECIMALS = 2
"""Values are put on a scale of hundredths for kappa: a scale of thousands of levels would tell nothing more."""

Lines = NDArray[np.intp]
Numbers = NDArray[np.float64]


class GroupBias(NamedTuple):
    """How much more the judge gives than the experts on some samples: those of a model, or of a length."""

    name: str
    bias: Estimate
    shortest: int = 0
    longest: int = 0


class Bias(NamedTuple):
    """Judge minus experts: over all, by model, by quarters of length, and whether it goes with length at all."""

    whole: Estimate
    models: tuple[GroupBias, ...]
    quarters: tuple[GroupBias, ...]
    with_length: Correlation


class LevelCounts(NamedTuple):
    """How often the experts gave one level (line) where the judge gave another (column), best level first.

    Where values lie between levels, such as a mean of two experts, the last line and column count them: None.
    """

    levels: tuple[Level | None, ...]
    counts: tuple[tuple[int, ...], ...]


class PointAgreement(NamedTuple):
    """One criterion. `one_sided` counts samples of which only one of the two says that it does not apply."""

    point: Point
    same: Estimate
    kappa: Estimate
    bias: Bias
    levels: LevelCounts
    one_sided: int


class Difference(NamedTuple):
    """One line on which judge and experts differ; `size` is how far it moves the total, gates aside."""

    sample: SampleInfo
    key: str
    expert: float
    judge: float
    size: float


@dataclass(frozen=True)
class JudgeAgainstExperts:
    """What one judge is worth. `same` is over all judged criteria, `totals` the mean distance of the totals.

    `unanswered` counts lines that experts marked and for which the judge was asked and gave nothing of use,
    `unasked` those it was never asked.
    """

    judge: str
    same: Estimate
    totals: Estimate
    bias: Bias
    points: tuple[PointAgreement, ...]
    unanswered: int
    unasked: int


@dataclass(frozen=True)
class JudgeComparison:
    """Every judge against the experts, and every pair of them: `between` by (one, other), experts among them."""

    ratings: Ratings
    judges: tuple[JudgeAgainstExperts, ...]
    between: Mapping[tuple[str, str], Estimate]
    expert_marks: int

    def of(self, judge: str) -> JudgeAgainstExperts | None:
        """One judge's figures, None where it is not among those compared."""
        return next((each for each in self.judges if each.judge == judge), None)


def compare_judges(
    store: Store, rubric: Rubric, judges: Sequence[str], progress: Progress = no_progress
) -> JudgeComparison:
    """Compare those raters (judges or panels) with the experts under the rubric, over the whole project.

    Raises:
        StudioError: one of them has marked nothing here.
    """
    ratings = read_ratings(store, rubric, judges, progress)
    found = [against_experts(ratings, judge, progress) for judge in judges]
    pairs = list(combinations((EXPERTS, *judges), 2))
    between = {pair: _share_between(ratings, *pair) for pair in pairs}
    marks = int(np.count_nonzero(ratings.by[EXPERTS].graded))
    return JudgeComparison(ratings, tuple(found), between, marks)


def against_experts(ratings: Ratings, judge: str, progress: Progress = no_progress) -> JudgeAgainstExperts:
    """All figures of one judge; the criteria with the least agreement come first, those without any pair last."""
    both = _both(ratings, EXPERTS, judge)
    experts, said = ratings.by[EXPERTS].graded, ratings.by[judge].said
    points: list[PointAgreement] = []
    for at in range(len(ratings.points)):
        progress(at, len(ratings.points), "comparing marks")
        points.append(_point(ratings, judge, at))
    points.sort(key=lambda each: 2.0 if each.same.value is None else each.same.value)
    return JudgeAgainstExperts(
        judge=judge,
        same=_share_between(ratings, EXPERTS, judge),
        totals=_totals_apart(ratings, judge),
        bias=_bias(ratings, judge, both),
        points=tuple(points),
        unanswered=int(np.count_nonzero(experts & (said == Said.NO_ANSWER))),
        unasked=int(np.count_nonzero(experts & (said == Said.NOTHING))),
    )


def differences(ratings: Ratings, judge: str, point: str | None = None, most: int = 50) -> list[Difference]:
    """Where judge and experts differ, what moves the total most first; of one criterion only, if named."""
    lines = _both(ratings, EXPERTS, judge)
    if point is not None:
        place = next((at for at, each in enumerate(ratings.points) if each.key == point), -1)
        lines = lines[ratings.point_of[lines] == place]
    expert, judged = ratings.by[EXPERTS].values, ratings.by[judge].values
    lines = lines[~same_values(expert[lines], judged[lines])]
    sizes = np.abs(expert[lines] - judged[lines]) * ratings.influence[lines]
    order = np.lexsort((lines, -np.abs(expert[lines] - judged[lines]), -sizes))[:most]
    return [
        Difference(
            ratings.samples[int(ratings.sample_of[line])],
            ratings.keys[int(line)],
            float(expert[line]),
            float(judged[line]),
            float(size),
        )
        for line, size in zip(lines[order], sizes[order], strict=True)
    ]


# ---- one criterion


def _point(ratings: Ratings, judge: str, at: int) -> PointAgreement:
    here = ratings.point_of == at
    both = _both(ratings, EXPERTS, judge)
    lines = both[here[both]]
    expert, judged = ratings.by[EXPERTS].values[lines], ratings.by[judge].values[lines]
    point = ratings.points[at]
    return PointAgreement(
        point=point,
        same=_share_on(lines, ratings, judged, expert),
        kappa=_kappa(expert, judged),
        bias=_bias(ratings, judge, lines),
        levels=_level_counts(point.levels, expert, judged),
        one_sided=_one_sided(ratings, judge, here),
    )


def _share_on(lines: Lines, ratings: Ratings, judged: Numbers, expert: Numbers) -> Estimate:
    """Of one criterion, each pair is from a sample of its own; of rows' own points, one sample may have several."""
    samples = ratings.sample_of[lines]
    if len(np.unique(samples)) == len(samples):
        return percent_agreement(judged, expert)
    return clustered_share(same_values(judged, expert), samples)


def _kappa(expert: Numbers, judged: Numbers) -> Estimate:
    """Cohen's kappa with quadratic weights on what the grades are worth; with two grades it is the plain one."""
    rounded = np.round(np.concatenate([expert, judged]), KAPPA_DECIMALS)
    scale, places = np.unique(rounded, return_inverse=True)
    table = confusion(places[: len(expert)], places[len(expert) :], len(scale))
    return kappa_estimate(table, disagreement(scale.tolist(), "quadratic"))


def _level_counts(levels: Sequence[Level], expert: Numbers, judged: Numbers) -> LevelCounts:
    ordered = sorted(levels, key=lambda level: -level.value)
    worth = np.array([level.value for level in ordered])
    by_expert, by_judge = _level_places(worth, expert), _level_places(worth, judged)
    is_between = bool(np.any(by_expert == len(ordered)) or np.any(by_judge == len(ordered)))
    size = len(ordered) + is_between
    table = confusion(by_expert, by_judge, size)
    shown = (*ordered, None) if is_between else tuple(ordered)
    return LevelCounts(shown, tuple(tuple(int(count) for count in line) for line in table))


def _level_places(worth: Numbers, values: Numbers) -> Lines:
    """The level of each value; one past the last where it is none of them."""
    near = np.isclose(values[:, None], worth[None, :], rtol=0.0, atol=1e-9)
    return np.where(near.any(axis=1), near.argmax(axis=1), len(worth)).astype(np.intp)


def _one_sided(ratings: Ratings, judge: str, here: NDArray[np.bool_]) -> int:
    experts, judged = ratings.by[EXPERTS].said, ratings.by[judge].said
    absent, graded = Said.NOT_APPLICABLE, Said.GRADE
    one = (experts == absent) & (judged == graded)
    other = (judged == absent) & (experts == graded)
    return int(np.count_nonzero((one | other) & here))


# ---- bias


def _bias(ratings: Ratings, judge: str, lines: Lines) -> Bias:
    expert, judged = ratings.by[EXPERTS].values[lines], ratings.by[judge].values[lines]
    samples = ratings.sample_of[lines]
    lengths = ratings.lengths[samples]

    def among(chosen: NDArray[np.bool_]) -> Estimate:
        return mean_difference(judged[chosen], expert[chosen], samples[chosen])

    models = np.array([ratings.samples[int(at)].model for at in samples], dtype=object)
    names = sorted(set(models.tolist()))
    quarter = quarters(ratings.lengths)[samples]
    found = [(number, quarter == number) for number in range(QUARTERS)]
    return Bias(
        whole=mean_difference(judged, expert, samples),
        models=tuple(GroupBias(str(name), among(models == name)) for name in names),
        quarters=tuple(
            GroupBias(str(number + 1), among(chosen), int(lengths[chosen].min()), int(lengths[chosen].max()))
            for number, chosen in found
            if chosen.any()
        ),
        with_length=rank_correlation(lengths, judged - expert),
    )


def quarters(lengths: NDArray[np.int64]) -> Lines:
    """The quarter, from 0 for the shortest, in which each sample's length lies; equal lengths share one."""
    if not lengths.size:
        return np.empty(0, dtype=np.intp)
    edges = np.percentile(lengths, [25, 50, 75])
    return np.searchsorted(edges, lengths, side="left").astype(np.intp)


# ---- pairs of raters


def _both(ratings: Ratings, first: str, second: str) -> Lines:
    return np.flatnonzero(ratings.by[first].graded & ratings.by[second].graded)


def _share_between(ratings: Ratings, first: str, second: str) -> Estimate:
    lines = _both(ratings, first, second)
    same = same_values(ratings.by[first].values[lines], ratings.by[second].values[lines])
    return clustered_share(same, ratings.sample_of[lines])


def _totals_apart(ratings: Ratings, judge: str) -> Estimate:
    """Mean absolute difference of the totals, over samples that have both."""
    (first, by_experts), (second, by_judge) = ratings.totals[EXPERTS], ratings.totals[judge]
    _, here, there = np.intersect1d(first, second, assume_unique=True, return_indices=True)
    return mean_estimate(np.abs(by_experts[here] - by_judge[there]))
