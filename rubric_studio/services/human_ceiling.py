"""How far experts agree with each other beside how far a judge agrees with them, on the same samples.

What experts do not agree on no judge can learn from them. How a judge compares with the experts' common mark is
in `judge_comparison.py`; here it is compared with each single expert, as experts are with each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.agreement_choice import (
    AgreementChoice,
    AgreementPart,
    chosen_verdicts,
    samples_kept,
    usual_basis,
)
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.expert_ratings import (
    AgreementRater,
    Basis,
    PointRatings,
    Verdicts,
    judge_verdicts,
    point_ratings,
)
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.shared_reading import Reading

if TYPE_CHECKING:  # numpy is not needed at start
    from rubric_studio.domain.estimate import Estimate
    from rubric_studio.domain.paired_change import PairedChange

SAME = 1e-9


class _Beside(NamedTuple):
    """One criterion on one sample that two experts and the judge graded: means over pairs of each kind."""

    sample: int
    experts: float
    judge: float
    experts_same: float
    judge_same: float


@dataclass(frozen=True)
class CeilingPoint:
    """One criterion, or all of them (key ""), on the samples that at least two experts and the judge graded.

    `experts` is the mean over pairs of experts, `judge` over pairs of the judge and an expert: 1 - the distance of
    what they gave; the other two count only the same grade. `difference` is judge - experts, sample by sample;
    None where no sample has all three.
    """

    key: str
    title: str
    samples: int
    experts: "Estimate"
    judge: "Estimate"
    experts_same: "Estimate"
    judge_same: "Estimate"
    difference: "PairedChange | None"


@dataclass(frozen=True)
class HumanCeiling:
    """One judge beside the experts, criterion by criterion in guide order; `whole` over all of them."""

    judge: str
    whole: CeilingPoint
    points: tuple[CeilingPoint, ...]


def human_ceiling(
    store: Store,
    rubric: Rubric,
    judge: str,
    progress: Progress = no_progress,
    *,
    basis: Basis | None = None,
    part: AgreementPart = "all",
) -> HumanCeiling:
    """Compare a judge with single experts on the samples where experts can be compared with each other.

    Raises:
        StudioError: there is no judge of that name.
    """
    choice = AgreementChoice(basis=basis or usual_basis(store), part=part)
    if judge not in store.judges():
        raise StudioError("No such judge", f'"{judge}" has marked nothing here.')
    reading = Reading(store)
    keep, experts = samples_kept(store, choice, reading), chosen_verdicts(store, choice, reading)
    asking = questionnaire(store, rubric)
    machine = Verdicts([AgreementRater(judge, judge, "judge")], judge_verdicts(store, [judge]))
    judged = {each.key: each for each in point_ratings(store, asking, machine, progress=progress)}
    every: list[_Beside] = []
    points: list[CeilingPoint] = []
    for ratings in point_ratings(store, asking, experts, progress=progress):
        found = _beside(ratings.within(keep), judged.get(ratings.key), judge)
        every += found
        if found:
            points.append(_point(ratings.key, ratings.title, found))
    return HumanCeiling(judge, _point("", "", every), tuple(points))


def _beside(ratings: PointRatings, judged: PointRatings | None, judge: str) -> list[_Beside]:
    marks = {line.sample.id: line.given.get(judge) for line in (judged.lines if judged else ())}
    found: list[_Beside] = []
    for line in ratings.lines:
        grades = [grade for grade in line.given.values() if grade is not None]
        mark = marks.get(line.sample.id)
        if len(grades) > 1 and mark is not None:
            experts, machine = list(combinations(grades, 2)), [(mark, grade) for grade in grades]
            near = (_near(experts), _near(machine))
            found.append(_Beside(line.sample.id, *near, _same(experts), _same(machine)))
    return found


def _near(pairs: Sequence[tuple[float, float]]) -> float:
    return sum(1 - abs(one - other) for one, other in pairs) / len(pairs)


def _same(pairs: Sequence[tuple[float, float]]) -> float:
    return sum(abs(one - other) < SAME for one, other in pairs) / len(pairs)


def _point(key: str, title: str, found: Sequence[_Beside]) -> CeilingPoint:
    from rubric_studio.domain.pair_agreement import mean_estimate
    from rubric_studio.domain.paired_change import paired_change

    clusters = [each.sample for each in found]
    by_sample: dict[int, list[_Beside]] = {}
    for each in found:
        by_sample.setdefault(each.sample, []).append(each)
    means = [
        (sum(each.experts for each in group) / len(group), sum(each.judge for each in group) / len(group))
        for group in by_sample.values()
    ]
    change = paired_change([one for one, _ in means], [other for _, other in means]) if means else None
    return CeilingPoint(
        key=key,
        title=title,
        samples=len(by_sample),
        experts=mean_estimate([each.experts for each in found], clusters, least=1),
        judge=mean_estimate([each.judge for each in found], clusters, least=1),
        experts_same=mean_estimate([each.experts_same for each in found], clusters, least=1),
        judge_same=mean_estimate([each.judge_same for each in found], clusters, least=1),
        difference=change,
    )
