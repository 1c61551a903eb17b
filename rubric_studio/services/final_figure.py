"""The figure of agreement that may be quoted: the experts on the held-out part, or why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from rubric_studio.domain.ids import is_row_criterion
from rubric_studio.domain.round import Statistic
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.agreement_choice import AgreementChoice, chosen_verdicts, samples_kept
from rubric_studio.services.expert_ratings import (
    Basis,
    PointRatings,
    Verdicts,
    graded,
    graders_of,
)
from rubric_studio.services.point_figures import own_figures, point_figures, same_grades
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.round_plans import plans
from rubric_studio.services.shared_reading import Reading

if TYPE_CHECKING:  # numpy is not needed at start
    from rubric_studio.domain.estimate import Estimate

FinalReason = Literal["", "nothing held out", "not scored", "other wording", "one expert"]
USUAL: Statistic = "alpha_ordinal"


class FinalPoint(NamedTuple):
    """What is claimed of one criterion: the final statistic on the held-out part, or why it is withheld."""

    key: str
    title: str
    figure: "Estimate"


@dataclass(frozen=True)
class FinalFigure:
    """What may be quoted: from the held-out part only, over the experts, never from the part wording is tuned on.

    `same` is the share of pairs of grades that are the same (two experts, one sample, one criterion), its interval
    by sample. `statistic` is that of the newest round's stop rule, else ordinal alpha; `total` is interval alpha
    of each expert's own totals. `reason` is why there is none: "nothing held out" in any round; "not scored",
    nobody marked that part; "other wording", it was marked under words that are not the guide's; "one expert".
    """

    reason: FinalReason
    rows: int = 0
    samples: int = 0
    experts: int = 0
    statistic: Statistic = USUAL
    same: "Estimate | None" = None
    total: "Estimate | None" = None
    points: tuple[FinalPoint, ...] = ()


def final_figure(
    store: Store,
    rubric: Rubric,
    basis: Basis,
    *,
    draws: bool = True,
    progress: Progress = no_progress,
    reading: Reading | None = None,
) -> FinalFigure:
    """What may be quoted under a rubric, over all rounds."""
    reading = reading or Reading(store)
    held = reading.held_out
    if not held:
        return FinalFigure("nothing held out")
    choice = AgreementChoice(basis=basis, part="held_out", draws=draws)
    verdicts, keep = chosen_verdicts(store, choice, reading), samples_kept(store, choice, reading)
    if not any(info.key in verdicts.samples and keep(info) for info in store.sample_infos()):
        return FinalFigure("not scored", rows=len(held))
    asking = reading.asking(rubric)
    read = [each.within(keep) for each in reading.ratings(asking, verdicts, progress)]
    experts = {rater.id for each in read for rater in graders_of(each, verdicts.raters)}
    if not experts:
        return FinalFigure("other wording", rows=len(held))
    scores = reading.scores(asking, verdicts, progress)[-1].within(keep)
    total = point_figures(scores, verdicts.raters, draws=draws, reading=reading).statistics.alpha.interval
    begun = FinalFigure("", len(held), 0, len(experts), final_statistic(store))
    return _figure(read, total, verdicts, begun, reading, draws=draws)


def final_statistic(store: Store) -> Statistic:
    """The statistic that the newest round with a stop rule declared beforehand."""
    declared: list[Statistic] = [
        plan.stop.statistic for plan in plans(store).values() if plan.stop is not None
    ]
    return declared[-1] if declared else USUAL


def _figure(
    read: Sequence[PointRatings],
    total: "Estimate",
    verdicts: Verdicts,
    begun: FinalFigure,
    reading: Reading,
    *,
    draws: bool,
) -> FinalFigure:
    points = [
        point_figures(each, verdicts.raters, draws=draws, reading=reading)
        for each in read
        if each.lines and not is_row_criterion(each.key)
    ]
    own = own_figures(read, verdicts.raters)
    same = same_grades([*points, own] if own else points)
    if same.value is None:
        return FinalFigure("one expert", rows=begun.rows, experts=begun.experts)
    return FinalFigure(
        reason="",
        rows=begun.rows,
        samples=len({line.sample.id for each in read for line in graded(each).lines}),
        experts=begun.experts,
        statistic=begun.statistic,
        same=same,
        total=total,
        points=tuple(FinalPoint(each.key, each.title, each.figure(begun.statistic)) for each in points),
    )
