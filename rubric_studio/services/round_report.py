"""The report on rounds, for the file: what may be quoted, figures by point, rounds, decisions. Values, no page."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from rubric_studio.domain.first_words import first_words
from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.round import Statistic
from rubric_studio.domain.round_report import (
    ReportDecision,
    ReportFigure,
    ReportPoint,
    ReportRewording,
    ReportRound,
    ReportSigner,
    RoundReport,
)
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.agreement import AgreementReport, agreement_report
from rubric_studio.services.agreement_choice import AgreementChoice, usual_basis
from rubric_studio.services.agreement_words import WHY, WITHHELD
from rubric_studio.services.disputes import Dispute, Said, disputes
from rubric_studio.services.point_figures import PointFigures, figure_of
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.rounds import Round, rounds
from rubric_studio.services.shared_reading import Reading
from rubric_studio.services.stop_rules import stop_state
from rubric_studio.services.told_afterwards import decided_words
from rubric_studio.services.trend import trend
from rubric_studio.services.versions import saved_version

if TYPE_CHECKING:  # numpy is not needed at start
    from rubric_studio.domain.agreement import Statistics
    from rubric_studio.domain.estimate import Estimate

Names = Mapping[PersonId, str]

TOTAL = "Total"
OWN = "Questions' own points"
ALWAYS: tuple[Statistic, ...] = ("percent", "alpha_ordinal", "ac2")
"""What is told of every point, whatever is advised."""
FIRST_WORDS = 160
OPEN_WORDS = {"open": "left open", "not_applicable": "does not apply"}


def round_report(store: Store, made_by: str, made_at: str, progress: Progress = no_progress) -> RoundReport:
    """Put the report together, under the newest saved version.

    Args:
        made_by: the name of whoever makes it.
        made_at: now, in ISO 8601.

    Raises:
        StudioError: no version was saved yet.
    """
    version = saved_version(store)
    choice, reading = AgreementChoice(basis=usual_basis(store)), Reading(store)
    found = agreement_report(store, version.rubric, choice, progress, reading=reading)
    names = {person.id: person.name for person in store.people()}
    decisions, held_back = _decisions(store, version.rubric, progress)
    final = found.final
    return RoundReport(
        project=store.name,
        made_at=made_at,
        made_by=made_by,
        rubric=version.rubric,
        version=version.number,
        version_at=version.at,
        basis=found.basis,
        final=tuple(_final(found)) if not final.reason else (),
        final_reason=final.reason,
        final_answers=final.samples,
        final_experts=final.experts,
        same=_figure("percent", final.same) if final.same is not None else None,
        points=tuple(_points(found)),
        strata=tuple(_point(each, each.title) for each in found.strata if each.statistics.n),
        total=_point(found.total, TOTAL) if found.total is not None and found.total.statistics.n else None,
        rounds=tuple(_round(store, each, names, reading, progress) for each in rounds(store)),
        decisions=decisions,
        rewordings=tuple(_rewordings(store, version.rubric, progress)),
        held_back=held_back,
    )


# ---- figures


def _final(found: AgreementReport) -> Iterator[ReportFigure]:
    final = found.final
    for point in final.points:
        yield _figure(final.statistic, point.figure, point.title)
    if final.total is not None:
        yield _figure("alpha_interval", final.total, TOTAL)


def _points(found: AgreementReport) -> Iterator[ReportPoint]:
    """The guide's own criteria; rows' own ones together, as there may be thousands."""
    for each in found.points:
        if each.stratum and not each.key.startswith("row:") and each.statistics.n:
            yield _point(each, each.title)
    if found.own is not None and found.own.statistics.n:
        yield _point(found.own, OWN)


def _point(figures: PointFigures, title: str) -> ReportPoint:
    """The advised statistic first, then how often grades are the same, then alpha and Gwet's."""
    told = figures.statistics
    shown = _advised(told) | {name: figures.figure(name) for name in ALWAYS}
    return ReportPoint(
        title=title,
        n=told.n,
        raters=told.raters,
        figures=tuple(_figure(name, estimate) for name, estimate in shown.items()),
        why=WHY[told.advice.why].format(**told.advice._asdict()),
    )


def _advised(told: "Statistics") -> dict[str, "Estimate"]:
    name = told.advice.statistic
    if name == "none":
        return {}
    if name != "cohen":
        return {name: figure_of(told, name)}
    pairs = list(told.cohen.values())
    return {"cohen_quadratic": pairs[0].quadratic} if len(pairs) == 1 else {}


def _figure(name: str, estimate: "Estimate", of: str = "") -> ReportFigure:
    return ReportFigure(
        name=name,
        of=of,
        n=estimate.n,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        reason=WITHHELD.get(estimate.reason, "") if estimate.value is None else "",
    )


# ---- rounds


def _round(store: Store, round: Round, names: Names, reading: Reading, progress: Progress) -> ReportRound:
    plan, closed_by = round.plan, ""
    if round.is_closed:
        closings = [head for head in store.heads(RecordKind.CLOSING, subjects=[round.id]) if head.body]
        closed_by = names.get(closings[0].person, "") if closings else ""
    stop = plan.stop
    return ReportRound(
        title=plan.title,
        version=plan.version_number,
        started_at=round.started_at,
        started_by=names.get(round.started_by, ""),
        closed_at=round.closed_at,
        closed_by=closed_by,
        answers=len(plan.samples()),
        held_out=len(plan.held_out),
        signers=tuple(_signers(store, round)),
        rule=stop.statistic if stop else "",
        target=stop.target if stop else None,
        lower=stop.lower if stop else None,
        least=stop.least if stop else None,
        standing=_standing(store, round, reading, progress) if stop and round.is_closed else "",
    )


def _standing(store: Store, round: Round, reading: Reading, progress: Progress) -> str:
    return stop_state(store, round.id, progress, reading=reading).standing


def _signers(store: Store, round: Round) -> Iterator[ReportSigner]:
    """Each expert, with the marks that count and when she said that she was done."""
    subjects = [f"{round.id}/{expert.person}" for expert in round.plan.experts]
    handed = {
        head.subject: head.at
        for head in store.heads(RecordKind.HANDING_IN, subjects=subjects)
        if head.body is not None and head.body.get("finished", True)
    }
    for expert in round.plan.experts:
        counted = len(round.counted.get(expert.person, ()))
        yield ReportSigner(name=expert.name, marks=counted, at=handed.get(f"{round.id}/{expert.person}", ""))


# ---- what became of differences


def _decisions(store: Store, rubric: Rubric, progress: Progress) -> tuple[tuple[ReportDecision, ...], int]:
    """Differences that ended, and how many lie in the part that is held out."""
    found = disputes(store, rubric, progress)
    told = [_decision(each, found.names) for each in found if each.decision is not None]
    return tuple(sorted(told, key=lambda each: each.at)), found.held_out


def _decision(dispute: Dispute, names: Names) -> ReportDecision:
    decision = dispute.decision
    assert decision is not None
    words = decided_words(decision)
    return ReportDecision(
        point=dispute.asked.title,
        question=f"{dispute.row.id}: {first_words(dispute.row.prompt_text, FIRST_WORDS)}",
        views=tuple((each.name, _grade(each), each.verdict.reason) for each in dispute.said),
        decided=OPEN_WORDS.get(words, words),
        cause=decision.cause,
        reason=decision.reason,
        by=names.get(decision.person, decision.person),
        at=decision.at,
    )


def _grade(said: Said) -> str:
    if said.says_na:
        return OPEN_WORDS["not_applicable"]
    return said.verdict.level or f"{said.worth:.2f}"


def _rewordings(store: Store, rubric: Rubric, progress: Progress) -> Iterator[ReportRewording]:
    for point in trend(store, rubric, progress).points:
        for before, after in pairwise(point.wordings):
            change = after.change
            yield ReportRewording(
                point=point.title,
                before=before.words,
                after=after.words,
                version=min(after.versions),
                n=change.n if change else 0,
                change=change.mean if change else None,
                low=change.low if change else None,
                high=change.high if change else None,
                p=change.p if change else None,
                other_people=change is not None and after.other_people,
                again=next((each for each in before.versions if each > min(after.versions)), 0),
            )
