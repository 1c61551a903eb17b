"""Whether a round reached what it had set itself before anybody scored, and what is missing. Changes no round."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from rubric_studio.domain.ids import is_row_criterion
from rubric_studio.domain.round import RoundPlan, StopRule
from rubric_studio.services.agreement_choice import (
    AgreementChoice,
    AgreementPart,
    chosen_verdicts,
    samples_kept,
)
from rubric_studio.services.held_out import held_out_rows
from rubric_studio.services.point_figures import PointFigures, point_figures
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.rounds import round_of
from rubric_studio.services.shared_reading import Reading
from rubric_studio.services.versions import versions

if TYPE_CHECKING:  # numpy is not needed at start
    from rubric_studio.domain.estimate import Estimate

Standing = Literal["reached", "not yet", "cannot be said"]
Missing = Literal["value", "lower bound", "samples", "interval", "withheld"]
NoState = Literal["", "no rule", "still open", "version missing", "nothing scored"]
ROUNDING = 1e-9


class StopPoint(NamedTuple):
    """One criterion against the rule. `missing`: what falls short ("value", "lower bound", "samples"), or why it
    cannot be said ("interval", there is none; "withheld", the statistic has no value: `figure.reason` says why).

    `more_samples` says how many are missing of the smallest number.
    """

    key: str
    title: str
    figure: "Estimate"
    standing: Standing
    missing: tuple[Missing, ...] = ()
    more_samples: int = 0


@dataclass(frozen=True)
class StopState:
    """A round against its own rule: reached where every criterion reached it.

    "cannot be said" where no criterion falls short and one cannot be judged, or for a `reason`. `part` is what was
    measured: the held-out rows where this round has any, for the others are what wording was tuned on. `weakest`
    is the criterion with the lowest figure.
    """

    rule: StopRule | None
    standing: Standing
    reason: NoState = ""
    part: AgreementPart = "all"
    points: tuple[StopPoint, ...] = ()

    @property
    def weakest(self) -> StopPoint | None:
        """The criterion that is farthest off, None where none has a value."""
        known = [(each.figure.value, each) for each in self.points if each.figure.value is not None]
        return min(known, key=lambda pair: pair[0])[1] if known else None


def stop_state(
    store: Store, round: str, progress: Progress = no_progress, *, reading: Reading | None = None
) -> StopState:
    """Where a closed round stands to its rule, by the marks that count in it and under the version it scored.

    Raises:
        StudioError: the round is not here.
    """
    found = round_of(store, round)
    rule = found.plan.stop
    if rule is None:
        return StopState(None, "cannot be said", "no rule")
    if not found.is_closed:
        return StopState(rule, "cannot be said", "still open")
    version = next((each for each in versions(store) if each.id == found.plan.version), None)
    if version is None:
        return StopState(rule, "cannot be said", "version missing")
    reading = reading or Reading(store)
    part: AgreementPart = "held_out" if _holds_out(store, found.plan) else "all"
    choice = AgreementChoice(basis="rounds", round=round, part=part)
    verdicts, keep = chosen_verdicts(store, choice, reading), samples_kept(store, choice, reading)
    read = reading.ratings(reading.asking(version.rubric), verdicts, progress)
    points = [
        _point(rule, point_figures(each.within(keep), verdicts.raters, reading=reading))
        for each in read
        if each.lines and not is_row_criterion(each.key)
    ]
    reason: NoState = "" if points else "nothing scored"
    return StopState(rule, standing_of([each.standing for each in points]), reason, part, tuple(points))


def _holds_out(store: Store, plan: RoundPlan) -> bool:
    """Whether the round has samples of rows that are still held out."""
    held, scored = held_out_rows(store), frozenset(plan.samples())
    return any(info.row in held for info in store.sample_infos() if info.key in scored)


def _point(rule: StopRule, figures: PointFigures) -> StopPoint:
    figure, n = figures.figure(rule.statistic), figures.statistics.n
    missing = missing_for(rule, figure, n)
    standing: Standing = "not yet" if missing else "reached"
    if "withheld" in missing or missing == ("interval",):
        standing = "cannot be said"
    return StopPoint(figures.key, figures.title, figure, standing, missing, max(0, rule.least - n))


def missing_for(rule: StopRule, figure: "Estimate", n: int) -> tuple[Missing, ...]:
    """What a criterion with that figure over n samples lacks; () where it reached the rule."""
    found: list[Missing] = ["samples"] if n < rule.least else []
    if figure.value is None:
        return (*found, "withheld")
    if figure.value < rule.target - ROUNDING:
        found.append("value")
    if figure.low is None:
        found.append("interval")
    elif figure.low < rule.lower - ROUNDING:
        found.append("lower bound")
    return tuple(found)


def standing_of(points: Sequence[Standing]) -> Standing:
    """Reached where all did; not yet where one falls short; else it cannot be said."""
    if "not yet" in points:
        return "not yet"
    return "reached" if points and all(each == "reached" for each in points) else "cannot be said"
