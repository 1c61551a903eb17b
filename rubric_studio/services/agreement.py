"""How far raters agree under a rubric: by criterion, stratum and total. Its words are the window's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rubric_studio.domain.ids import is_row_criterion, own_key
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.agreement_choice import (
    AgreementChoice,
    AgreementPart,
    chosen_verdicts,
    samples_kept,
)
from rubric_studio.services.expert_ratings import AgreementRater, Basis, PointRatings, point_ratings
from rubric_studio.services.final_figure import FinalFigure, FinalPoint, final_figure
from rubric_studio.services.point_figures import Figuring, PointFigures, own_figures, same_grades
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.shared_reading import Reading

if TYPE_CHECKING:  # numpy is not needed at start
    from rubric_studio.domain.estimate import Estimate

__all__ = [
    "AgreementChoice", "AgreementPart", "AgreementRater", "AgreementReport", "Basis", "FinalFigure",
    "FinalPoint", "PointFigures", "agreement_report",
]  # fmt: skip


@dataclass(frozen=True)
class AgreementReport:
    """Agreement under one rubric. `points` in guide order, rows' own criteria last; `strata` and `total` likewise.

    `own` pools all rows' own criteria: each sample with a criterion is one line. `same` is the share of pairs of
    grades that are the same, over all criteria. `n_samples` counts samples with a grade. Only `final` may be
    quoted as what was reached in the end, whatever part was asked for.
    """

    basis: Basis
    part: AgreementPart
    raters: tuple[AgreementRater, ...]
    points: tuple[PointFigures, ...]
    own: PointFigures | None
    strata: tuple[PointFigures, ...]
    total: PointFigures | None
    same: "Estimate"
    n_samples: int
    final: FinalFigure

    def point(self, key: str) -> PointFigures | None:
        """The figures of one criterion, None where the guide has none of that key."""
        return next((each for each in self.points if each.key == key), None)


def agreement_report(
    store: Store,
    rubric: Rubric,
    choice: AgreementChoice,
    progress: Progress = no_progress,
    *,
    reading: Reading | None = None,
) -> AgreementReport:
    """Work out how far raters agree under a rubric. Each statistic is worked out when it is first looked at.

    Raises:
        StudioError: a rater that is named is nobody here.
    """
    reading = reading or Reading(store)
    verdicts, keep = chosen_verdicts(store, choice, reading), samples_kept(store, choice, reading)
    asking = reading.asking(rubric)
    if choice.criterion is None:
        said = reading.ratings(asking, verdicts, progress)
    else:
        said = point_ratings(store, asking, verdicts, frozenset({choice.criterion}), progress)
    read = [each.within(keep) for each in said]
    if choice.criterion is not None and not read:
        read = [PointRatings(choice.criterion, own_key(choice.criterion), rubric.row_criteria or "", (), ())]
    scores = reading.scores(asking, verdicts, progress) if choice.totals else []
    points = _figures(read, verdicts.raters, choice, reading, progress)
    strata = _figures([each.within(keep) for each in scores], verdicts.raters, choice, reading, progress)
    return AgreementReport(
        basis=choice.basis,
        part=choice.part,
        raters=verdicts.raters,
        points=points,
        own=own_figures(read, verdicts.raters),
        strata=strata[:-1],
        total=strata[-1] if strata else None,
        same=same_grades(points),
        n_samples=len({sample.id for point in points for sample in point.samples}),
        final=final_figure(
            store, rubric, choice.basis, draws=choice.draws, progress=progress, reading=reading
        ),
    )


def _figures(
    read: Sequence[PointRatings],
    raters: Sequence[AgreementRater],
    choice: AgreementChoice,
    reading: Reading,
    progress: Progress,
) -> tuple[PointFigures, ...]:
    """The figures of each; a row's own criterion on which no grade is left is passed over, unless it was named."""
    figuring = Figuring(raters, draws=choice.draws, reading=reading)
    found: list[PointFigures] = []
    for at, ratings in enumerate(read):
        progress(at, len(read), "comparing marks")
        if ratings.lines or choice.criterion or not is_row_criterion(ratings.key):
            found.append(figuring.figures(ratings))
    return tuple(found)
