"""One expert's own figures: how she repeats herself, and what agreement is without her; for those who may see it.

The person sees her own; the lead those of rounds that said so at their start; nobody else anybody's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubric_studio.domain.ids import PersonId, SampleKey, is_row_criterion
from rubric_studio.domain.round import Statistic
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.asked import Questionnaire
from rubric_studio.services.expert_ratings import (
    AgreementRater,
    PointRatings,
    Verdicts,
    experts_among,
    graders_of,
    point_ratings,
)
from rubric_studio.services.point_figures import Figuring, PointFigures, figure_of
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.round_plans import plans
from rubric_studio.services.shared_reading import Reading

if TYPE_CHECKING:  # numpy is not needed at start
    from rubric_studio.domain.estimate import Estimate


@dataclass(frozen=True)
class PersonPoint:
    """One criterion: the share of hidden repeats with the same grade, agreement with and without the person.

    `difference` is the mean of her grade minus the mean of the others' on the same sample: above 0 she is milder
    (at a fault, finds it more often). Each has its n and interval, or the reason why it is withheld.
    """

    key: str
    title: str
    consistency: "Estimate"
    with_her: "Estimate"
    without_her: "Estimate"
    difference: "Estimate"


@dataclass(frozen=True)
class PersonFigures:
    """One expert's figures over the rounds that the viewer may see; `consistency` over all criteria, by sample."""

    rater: AgreementRater
    is_viewer: bool
    statistic: Statistic
    consistency: "Estimate"
    points: tuple[PersonPoint, ...]


def who_may_be_seen(store: Store, viewer: PersonId) -> dict[PersonId, tuple[str, ...] | None]:
    """Whose figures the viewer may see, over which rounds; None stands for all there are.

    That is the viewer, and, where a round told its experts so at the start, those experts for its lead.
    """
    found: dict[PersonId, tuple[str, ...] | None] = {viewer: None}
    for id, plan in plans(store).items():
        if plan.lead == viewer and plan.tells_lead:
            for expert in plan.experts:
                seen = found.get(expert.person, ())
                found[expert.person] = None if seen is None else (*seen, id)
    return found


def person_figures(
    store: Store,
    rubric: Rubric,
    viewer: PersonId,
    statistic: Statistic = "alpha_ordinal",
    progress: Progress = no_progress,
    *,
    draws: bool = True,
) -> tuple[PersonFigures, ...]:
    """The figures of everybody whom the viewer may see and who has verdicts there, the viewer first, then by name.

    They stand on what closed rounds count; in a project without any round on all verdicts.
    """
    reading = Reading(store)
    asking = reading.asking(rubric)
    names = {str(person.id): person.name for person in store.people()}
    reads: dict[tuple[str, ...] | None, _Read] = {}
    found: list[PersonFigures] = []
    for person, rounds in who_may_be_seen(store, viewer).items():
        if rounds not in reads:
            reads[rounds] = _Read(reading, asking, rounds, progress, draws=draws)
        rater = AgreementRater(person, names.get(person, person), "expert")
        if rater in reads[rounds].raters:
            found.append(reads[rounds].figures(rater, statistic, is_viewer=person == viewer))
    return tuple(sorted(found, key=lambda each: (not each.is_viewer, each.rater.name, each.rater.id)))


class _Read:
    """What may be seen of some rounds, or of all: first verdicts of everybody, hidden repeats."""

    def __init__(
        self,
        reading: Reading,
        asking: Questionnaire,
        rounds: Iterable[str] | None,
        progress: Progress,
        *,
        draws: bool,
    ) -> None:
        store = reading.store
        said = reading.counted(rounds) if reading.plans else reading.all_said()
        again = reading.counted(rounds, repeat=1)
        first = Verdicts(experts_among(store, said), said)
        repeats = [verdict._replace(repeat=0) for verdict in again]
        second = Verdicts(experts_among(store, repeats), repeats)
        self.raters = first.raters
        self._figuring = Figuring(self.raters, draws=draws)
        self._draws = draws
        self._points = point_ratings(store, asking, first, progress=progress)
        self._again = {each.key: each for each in point_ratings(store, asking, second, progress=progress)}

    def figures(self, rater: AgreementRater, statistic: Statistic, *, is_viewer: bool) -> PersonFigures:
        repeated = {each.key: _repeats(each, self._again.get(each.key), rater) for each in self._points}
        return PersonFigures(
            rater=rater,
            is_viewer=is_viewer,
            statistic=statistic,
            consistency=_consistency(list(repeated.values())),
            points=tuple(
                self._point(each, rater, statistic, repeated[each.key])
                for each in self._points
                if rater in graders_of(each, self.raters) and not is_row_criterion(each.key)
            ),
        )

    def _point(
        self, ratings: PointRatings, rater: AgreementRater, statistic: Statistic, repeats: "_Repeats"
    ) -> PersonPoint:
        whole = self._figuring.figures(ratings)
        return PersonPoint(
            key=ratings.key,
            title=ratings.title,
            consistency=_consistency([repeats]),
            with_her=whole.figure(statistic),
            without_her=_without(whole, rater, statistic, draws=self._draws),
            difference=_difference(ratings, rater),
        )


_Repeats = Mapping[SampleKey, bool]
"""Whether the second grade is the first, by sample."""


def _repeats(first: PointRatings, second: PointRatings | None, rater: AgreementRater) -> _Repeats:
    before = {line.sample.key: line.given[rater.id] for line in first.lines if rater.id in line.given}
    return {
        line.sample.key: before[line.sample.key] == line.given[rater.id]
        for line in (second.lines if second else ())
        if rater.id in line.given and line.sample.key in before
    }


def _consistency(repeated: Sequence[_Repeats]) -> "Estimate":
    """Share of repeats that are the same, "does not apply" being one more grade; drawn by sample."""
    from rubric_studio.domain.pair_agreement import clustered_share

    numbers: dict[str, int] = {}
    pairs = [(numbers.setdefault(key, len(numbers)), same) for each in repeated for key, same in each.items()]
    return clustered_share([float(same) for _, same in pairs], [cluster for cluster, _ in pairs])


def _without(whole: PointFigures, rater: AgreementRater, statistic: Statistic, *, draws: bool) -> "Estimate":
    from rubric_studio.domain.agreement import statistics

    others = [at for at, each in enumerate(whole.raters) if each != rater]
    return figure_of(statistics(whole.table.of_raters(others), draws=draws), statistic)


def _difference(ratings: PointRatings, rater: AgreementRater) -> "Estimate":
    from rubric_studio.domain.pair_agreement import mean_difference

    own: list[float] = []
    others: list[float] = []
    for line in ratings.lines:
        grades = {id: grade for id, grade in line.given.items() if grade is not None}
        if rater.id in grades and len(grades) > 1:
            own.append(grades.pop(rater.id))
            others.append(sum(grades.values()) / len(grades))
    return mean_difference(own, others)
