"""What a bundle tells of its experts: how far they agree, in which rounds, how disputes ended. Names nobody."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rubric_studio.domain.ids import is_row_criterion
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.round import Statistic
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.values import JsonObject
from rubric_studio.services.agreement_choice import (
    AgreementChoice,
    AgreementPart,
    chosen_verdicts,
    samples_kept,
    usual_basis,
)
from rubric_studio.services.agreement_words import WITHHELD
from rubric_studio.services.expert_ratings import Basis, PointRatings, Verdicts
from rubric_studio.services.final_figure import FinalFigure, final_figure, final_statistic
from rubric_studio.services.point_figures import OWN_POINTS, Figuring, PointFigures, own_figures
from rubric_studio.services.ports import Store
from rubric_studio.services.rounds import Round, rounds
from rubric_studio.services.shared_reading import Reading

if TYPE_CHECKING:  # numpy is not needed at start
    from rubric_studio.domain.estimate import Estimate

NOBODY = "no expert has marked anything"
NOTHING_HERE = "experts have marked nothing of what is in this bundle"
WHY_NOT_FINAL = {
    "nothing held out": "no rows were held out, so what agreement was reached on may have been tuned on",
    "not scored": "the rows that were held out have not been scored",
    "other wording": "the rows that were held out were scored under an earlier wording",
    "one expert": "no answer to a row that was held out was scored by two experts",
}


def agreement_evidence(store: Store, rubric: Rubric) -> JsonObject:
    """How far experts agree under the rubric: `final` on the held-out part, and each criterion.

    `criteria` are of the held-out part where there is a final figure; else of everything, and `part` says so.
    """
    told: JsonObject = {
        "rounds": [_round(each) for each in rounds(store)],
        "settlements": _settlements(store),
    }
    basis = usual_basis(store)
    choice = AgreementChoice(basis=basis)
    reading = Reading(store)
    verdicts = chosen_verdicts(store, choice, reading)
    if not verdicts.samples:
        return told | {"criteria": {}, "final": None, "reason": NOBODY}
    final = final_figure(store, rubric, basis, reading=reading)
    part: AgreementPart = "all" if final.reason else "held_out"
    keep = samples_kept(store, AgreementChoice(basis=basis, part=part), reading)
    read = [each.within(keep) for each in reading.ratings(reading.asking(rubric), verdicts)]
    if not read:
        return told | {"criteria": {}, "final": None, "reason": NOTHING_HERE}
    return told | {
        "basis": _basis(basis),
        "part": part,
        "statistic": final_statistic(store),
        "final": _final(final),
        "criteria": _criteria(store, read, verdicts),
    }


def _basis(basis: Basis) -> str:
    return "blind rounds" if basis == "rounds" else "all marks of experts"


def _criteria(store: Store, read: Sequence[PointRatings], verdicts: Verdicts) -> dict[str, JsonObject]:
    """Each of the rubric's criteria; the rows' own together, as "row:"."""
    figuring, statistic = Figuring(verdicts.raters), final_statistic(store)
    points = [figuring.figures(each) for each in read if not is_row_criterion(each.key)]
    own = own_figures(read, verdicts.raters)
    return {
        "row:" if each.key == OWN_POINTS else each.key: _point(each, statistic)
        for each in ([*points, own] if own else points)
    }


def _point(point: PointFigures, statistic: Statistic) -> JsonObject:
    return {
        "n": point.statistics.n,
        "raters": point.statistics.raters,
        "same_grade": _estimate(point.statistics.percent),
        statistic: _estimate(point.figure(statistic)),
        "trust": point.statistics.advice.statistic,
    }


def _final(final: FinalFigure) -> JsonObject:
    if final.reason:
        return {"reason": WHY_NOT_FINAL[final.reason]}
    return {
        "rows": final.rows,
        "samples": final.samples,
        "experts": final.experts,
        "same_grade": None if final.same is None else _estimate(final.same),
        "total_alpha_interval": None if final.total is None else _estimate(final.total),
    }


def _estimate(estimate: "Estimate") -> JsonObject:
    if estimate.value is None:
        return {"n": estimate.n, "value": None, "interval": None, "reason": WITHHELD[estimate.reason]}
    ends = None if estimate.low is None else [estimate.low, estimate.high]
    return {"n": estimate.n, "value": estimate.value, "interval": ends}


def _round(round: Round) -> JsonObject:
    return {
        "title": round.plan.title,
        "version": round.plan.version_number,
        "samples": len(round.plan.samples()),
        "rows_held_out": len(round.plan.held_out),
        "experts": len(round.plan.experts),
        "experts_counted": sum(bool(ids) for ids in round.counted.values()),
        "started": round.started_at,
        "closed": round.closed_at or None,
    }


def _settlements(store: Store) -> dict[str, int]:
    """How many disputes were settled, by cause; those left open as open questions of law stand apart."""
    bodies = [head.body for head in store.heads(RecordKind.SETTLEMENT) if head.body is not None]
    causes = ["left open" if body.get("open") else str(body.get("cause", "not said")) for body in bodies]
    return dict(sorted(Counter(causes).items()))
