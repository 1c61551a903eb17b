"""The one number and the sentences at the top of the view of agreement. Only what is held out is called final."""

from typing import NamedTuple

from rubric_studio.domain.estimate import LEAST, Estimate
from rubric_studio.services.agreement import AgreementReport, FinalFigure
from rubric_studio.services.human_ceiling import HumanCeiling
from rubric_studio.services.stop_rules import StopState
from rubric_studio.ui.compare.agreement_found import AgreementFound
from rubric_studio.ui.compare.agreement_words import (
    DASH,
    ENOUGH,
    people,
    share_range,
    statistic_name,
    tr,
    value_words,
    whole_words,
)
from rubric_studio.ui.compare.figure_lines import line_name
from rubric_studio.ui.labels import counted
from rubric_studio.ui.number_text import count_text, score_text, share_text

LONGEST = 70


class Finding(NamedTuple):
    """The number that stands large, the sentence beside it, and what is to be known besides, line by line."""

    number: str
    sentence: str
    further: tuple[str, ...]


def finding(found: AgreementFound, ceiling: HumanCeiling | None) -> Finding:
    """Say what was found, with a judge beside the experts where one was read."""
    report = found.report
    further = [_basis_words(report), _stop_words(found.stop, found), _ceiling_words(ceiling)]
    said = tuple(words for words in further if words)
    if _quotes_final(found):
        return Finding(*_final_words(report.final), said)
    number, sentence = _shown_words(report)
    return Finding(number, sentence, (*_final_missing(report), *said))


def pairs(report: AgreementReport) -> int:
    """On how many answers two raters or more gave a grade to the same point."""
    both: set[int] = set()
    for point in report.points:
        twice = (point.table.codes >= 0).sum(axis=1) >= 2
        both |= {info.id for info, counts in zip(point.samples, twice, strict=True) if counts}
    return len(both)


def _quotes_final(found: AgreementFound) -> bool:
    """Whether the number is the one to quote: not where somebody looks at the tuned part, or at one round."""
    report = found.report
    looks_at_all = report.part in ("all", "held_out") and not any(
        each.kind == "judge" for each in report.raters
    )
    return not report.final.reason and looks_at_all and report.final.samples >= LEAST


def _final_words(final: FinalFigure) -> tuple[str, str]:
    same = final.same or Estimate(0, None)
    words = tr("On held-out answers your experts agree on {share} of marks ({range}): {n}, {people}{alpha}. "
               "This is the figure to quote.")  # fmt: skip
    total = final.total
    alpha = ""
    if total is not None and total.value is not None:
        alpha = tr("; on the total score alpha {alpha}").format(alpha=whole_words("alpha_interval", total))
    return _share(same), words.format(
        share=_share(same), range=share_range(same), n=counted("sample", final.samples),
        people=people(final.experts), alpha=alpha,
    )  # fmt: skip


def _shown_words(report: AgreementReport) -> tuple[str, str]:
    both, same = pairs(report), report.same
    if both < LEAST or same.value is None:
        few = tr("Only {n} were marked by two people, too few to say. About {enough} would do.")
        return DASH, few.format(n=counted("sample", both), enough=ENOUGH)
    who = len([rater for rater in report.raters if rater.kind == "expert"])
    with_judges = tr("Your experts and judges agree on {share} of marks ({range}): {n}, {people}.")
    words = tr("Your experts agree on {share} of marks ({range}): {n}, {people}.")
    return _share(same), (with_judges if who < len(report.raters) else words).format(
        share=_share(same), range=share_range(same), n=counted("sample", both), people=people(who)
    )


def _share(same: Estimate) -> str:
    return DASH if same.value is None else share_text(same.value)


def _final_missing(report: AgreementReport) -> tuple[str, ...]:
    """Why this is no figure to quote."""
    final = report.final
    if not final.reason and final.samples < LEAST:
        few = tr(
            "Only {n} of those held out were marked, too few for a final figure to quote. About {enough} would do."
        )
        return (few.format(n=counted("sample", final.samples), enough=ENOUGH),)
    if report.part == "tuned" and not final.reason:
        return (tr("Wordings are tuned on these answers: the figure to quote comes from those held out."),)
    reasons = {
        "nothing held out": tr(
            "Nothing was held out in any round, so there is no final figure to quote yet."
        ),
        "not scored": tr(
            "Nobody has marked the answers that are held out: there is no final figure to quote yet."
        ),
        "other wording": tr(
            "Those held out were marked under other words: there is no final figure to quote yet."
        ),
        "one expert": tr("Only one person marked those held out: there is no final figure to quote yet."),
    }
    words = reasons.get(final.reason, "")
    return (words,) if words else ()


def _basis_words(report: AgreementReport) -> str:
    """What is to be minded about the marks that count; of blind ones nothing is."""
    if report.basis == "all":
        return tr("All marks count here, also those given when others' could be seen: they are not blind.")
    return ""


def _stop_words(stop: StopState | None, found: AgreementFound) -> str:
    """The rule that was declared before anybody scored, and whether the newest round reached it."""
    if stop is None or stop.rule is None or found.round is None:
        return ""
    rule = tr("Declared before round {number}: {statistic} {target} or more, its lower end {lower} or more, at least "
              "{least}.").format(
        number=found.round.plan.number, statistic=statistic_name(line_name(stop.rule.statistic)),
        target=score_text(stop.rule.target), lower=score_text(stop.rule.lower),
        least=counted("sample", stop.rule.least),
    )  # fmt: skip
    return f"{rule} {_standing_words(stop)}"


def _standing_words(stop: StopState) -> str:
    reached = sum(point.standing == "reached" for point in stop.points)
    facts = {
        "n": count_text(reached),
        "points": count_text(len(stop.points)),
        "where": _where(stop, max((point.figure.n for point in stop.points), default=0)),
    }
    if stop.standing == "reached":
        return tr("Reached on all {points} points{where}.").format(**facts)
    reasons = {
        "still open": tr("The round is still open."),
        "version missing": tr("The version that was scored is not here."),
        "nothing scored": tr("Nothing was scored in it."),
    }
    if stop.reason in reasons:
        return reasons[stop.reason]
    if stop.standing == "cannot be said":
        return tr("Whether it is reached{where} cannot be said: {n} of {points} points are.").format(**facts)
    weakest = stop.weakest
    if weakest is None:
        return tr("Not yet{where}: {n} of {points} points are there.").format(**facts)
    facts["where"] = _where(stop, weakest.figure.n)
    name = line_name(stop.rule.statistic) if stop.rule is not None else "percent"
    words = tr(
        "Not yet{where}: {n} of {points} points are there; the furthest off is “{title}” with {value}."
    )
    return words.format(title=_cut(weakest.title), value=value_words(name, weakest.figure), **facts)


def _where(stop: StopState, n: int) -> str:
    """On what it was measured, where that is not all that the table below may show."""
    if stop.part != "held_out" or not n:
        return ""
    return tr(" on the {n} held out").format(n=counted("sample", n))


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST else f"{title[:LONGEST].rstrip()}…"


def _ceiling_words(ceiling: HumanCeiling | None) -> str:
    """A judge beside the experts: more than they agree with each other nobody can ask of it."""
    if ceiling is None or not ceiling.whole.samples or ceiling.whole.judge_same.value is None:
        return ""
    whole = ceiling.whole
    words = tr("Where two experts and {judge} marked the same {n}: two experts give the same grade on {experts}, "
               "{judge} and an expert on {both}.")  # fmt: skip
    return words.format(
        judge=ceiling.judge, n=counted("sample", whole.samples), experts=whole_words("percent", whole.experts_same),
        both=whole_words("percent", whole.judge_same),
    )  # fmt: skip
