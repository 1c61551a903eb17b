"""What is said of agreement: names of statistics, why one is withheld, which one to trust. One context for tr."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.estimate import LEAST, Estimate
from rubric_studio.ui.labels import counted
from rubric_studio.ui.models.judge_words import DASH, number_words, share_range, share_words
from rubric_studio.ui.number_text import count_text, share_text

if TYPE_CHECKING:  # it brings numpy, and whoever has such advice has brought it
    from rubric_studio.domain.agreement_advice import Advice

__all__ = ["DASH", "number_words", "share_range", "share_words"]
CONTEXT = "agreement"
ENOUGH = 30
"""As many answers, marked by two people, as figures usually need before they say something."""


def tr(text: str) -> str:
    """Translate a sentence about agreement."""
    return QCoreApplication.translate(CONTEXT, text)


def people(count: int) -> str:
    """Return "1 person", "4 people"."""
    return tr("1 person") if count == 1 else tr("{n} people").format(n=count_text(count))


# ---- statistics


def statistic_name(name: str) -> str:
    """What a statistic is called where people read it; its own name, for those who look for it."""
    return _names().get(name, (name, ""))[0]


def statistic_meaning(name: str) -> str:
    """In one sentence what a statistic tells."""
    return _names().get(name, ("", ""))[1]


def _names() -> Mapping[str, tuple[str, str]]:
    beyond = tr("Agreement beyond chance: 1 is perfect, 0 is what chance would give.")
    return {
        "percent": (
            tr("Same grade"),
            tr("How often two people gave the same grade to the same answer. Chance is not taken off."),
        ),
        "cohen_plain": (
            tr("Cohen's kappa, mean of pairs"),
            beyond + " " + tr("Two people at a time; every difference weighs alike."),
        ),
        "cohen_linear": (
            tr("Cohen's kappa, by distance"),
            beyond + " " + tr("Two people at a time; a step apart weighs less than the whole scale."),
        ),
        "cohen_quadratic": (
            tr("Cohen's kappa, by squared distance"),
            beyond + " " + tr("Two people at a time; far apart weighs most."),
        ),
        "fleiss_plain": (
            tr("Fleiss' kappa"),
            beyond + " " + tr("All people together; every difference weighs alike."),
        ),
        "fleiss_linear": (
            tr("Fleiss' kappa, by distance"),
            beyond + " " + tr("All people together; a step apart weighs less than the whole scale."),
        ),
        "fleiss_quadratic": (
            tr("Fleiss' kappa, by squared distance"),
            beyond + " " + tr("All people together; far apart weighs most."),
        ),
        "alpha_nominal": (
            tr("Krippendorff's alpha, grades without order"),
            beyond + " " + tr("Missing marks do no harm; every difference weighs alike."),
        ),
        "alpha_ordinal": (
            tr("Krippendorff's alpha, grades in order"),
            beyond + " " + tr("Missing marks do no harm; a step apart weighs less than the whole scale."),
        ),
        "alpha_interval": (
            tr("Krippendorff's alpha, by what grades are worth"),
            beyond + " " + tr("Missing marks do no harm; distance counts as the grades' worth does."),
        ),
        "ac1": (
            tr("Gwet's AC1"),
            beyond
            + " "
            + tr("Holds where nearly all marks are the same grade; every difference weighs alike."),
        ),
        "ac2": (
            tr("Gwet's AC2"),
            beyond + " " + tr("Holds where nearly all marks are the same grade; distance counts."),
        ),
        "icc_1_1": (tr("ICC(1,1)"), tr("How alike single marks are, whoever gave them.")),
        "icc_2_1": (
            tr("ICC(2,1)"),
            tr("How alike single marks are, where strictness of a person counts as a difference."),
        ),
        "icc_3_1": (
            tr("ICC(3,1)"),
            tr("How alike single marks are, where strictness of a person is taken off."),
        ),
        "icc_1_k": (tr("ICC(1,k)"), tr("The same of the mean of all people's marks.")),
        "icc_2_k": (tr("ICC(2,k)"), tr("The same of the mean of all people's marks, strictness counted.")),
        "icc_3_k": (tr("ICC(3,k)"), tr("The same of the mean of all people's marks, strictness taken off.")),
    }


def value_words(name: str, estimate: Estimate) -> str:
    """A statistic's value as it stands in a table: shares in percent, all else with two decimals."""
    if estimate.value is None:
        return reason_short(estimate)
    if name == "percent":
        return share_text(estimate.value)
    return number_words(Estimate(estimate.n, estimate.value))


def interval_words(name: str, estimate: Estimate) -> str:
    """A statistic's interval: "0.55 – 0.79", "" without one."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return ""
    if name == "percent":
        return share_range(estimate)
    low, high = (number_words(Estimate(estimate.n, end)) for end in (estimate.low, estimate.high))
    return f"{low} {DASH} {high}"


def whole_words(name: str, estimate: Estimate) -> str:
    """Value and interval: "0.68 (0.55 – 0.79)", "71 % (60 – 80 %)"; why there is none where it is withheld."""
    between = interval_words(name, estimate)
    value = value_words(name, estimate)
    return f"{value} ({between})" if between else value


# ---- why not


def reason_short(estimate: Estimate) -> str:
    """Why a figure is withheld, in a few words; "" where it is not."""
    return {
        "": "",
        "too few": tr("too few"),
        "one level": tr("one grade only"),
        "constant": tr("one grade only"),
        "no overlap": tr("nothing marked twice"),
        "one rater": tr("one person only"),
        "incomplete": tr("never all of them"),
        "no spread": tr("answers too alike"),
    }.get(estimate.reason, estimate.reason)


def reason_words(estimate: Estimate) -> str:
    """Why a figure is withheld, in a sentence; "" where it is not."""
    few = tr("Only {n} were marked by two people, too few to say. About {least} would do.")
    return {
        "": "",
        "too few": few.format(n=counted("sample", estimate.n), least=max(LEAST, ENOUGH)),
        "one level": tr("Nobody ever gave another grade: chance alone would have done as well."),
        "constant": tr(
            "One of the two always gave the same grade: there is nothing to agree on beyond chance."
        ),
        "no overlap": tr("No answer was marked by two people."),
        "one rater": tr("Only one person marked it."),
        "incomplete": tr("No answer was marked by everybody, which this figure needs."),
        "no spread": tr("The answers differ from each other no more than people do."),
    }.get(estimate.reason, estimate.reason)


def p_words(p: float) -> str:
    """How likely a change is by chance alone: "p = .03", "p < .001"."""
    if p < 0.001:
        return tr("p < .001")
    digits = f"{p:.3f}" if p < 0.01 else f"{p:.2f}"
    return tr("p = {p}").format(p=digits.removeprefix("0") if p < 1 else "1")


# ---- which to trust


def advice_words(advice: "Advice", raters: int) -> str:
    """Say which figure to trust here, and why."""
    if not raters:
        return tr("Nobody has marked it yet.")
    facts = {
        "n": counted("sample", advice.n),
        "needed": count_text(advice.needed),
        "share": share_text(advice.share),
        "people": people(raters),
        "name": statistic_name(_TRUSTED.get(advice.statistic, advice.statistic)),
    }
    return _advices()[advice.why].format(**facts)


_TRUSTED = {"cohen": "cohen_quadratic", "fleiss": "fleiss_plain"}


def _advices() -> Mapping[str, str]:
    return {
        "one rater": tr("Only one person has marked it: nobody can agree alone. About {needed} answers marked by two "
                        "people would do."),
        "no overlap": tr("No answer was marked by two people. About {needed} would do."),
        "few": tr("Only {n} were marked by two people, too few to say. About {needed} would do. Until then look at "
                  "how often the grade is the same, and at the answers themselves."),
        "one level": tr("Everybody always gave one and the same grade. Kappa and alpha say nothing then: "
                        "look at how often the grade is the same."),
        "continuous": tr("Marks take many values here, so they are numbers rather than grades: trust {name}, which "
                         "goes by how far apart they are."),
        "skewed": tr("{share} of all marks are one grade. Kappa and alpha fall then although people agree: trust "
                     "{name}."),
        "missing": tr("{share} of the marks are not there, because not everybody marked every answer: trust {name}, "
                      "which takes what there is."),
        "two raters": tr("Two people marked these {n}: trust {name}."),
        "ordered": tr("{people} marked all of these {n} with grades in order: trust {name}."),
        "plain": tr("{people} marked all of these {n} with two grades: trust {name}."),
    }  # fmt: skip


def hint_words(advice: "Advice", raters: int) -> str:
    """The same in a table's cell, where something is to be minded; "" where nothing is."""
    if not raters:
        return tr("not marked yet")
    hints = {
        "one rater": tr("one person only"),
        "no overlap": tr("nothing marked twice"),
        "few": tr("too few, about {needed} would do"),
        "one level": tr("one grade only"),
        "skewed": tr("{share} one grade"),
        "missing": tr("{share} of marks missing"),
    }
    words = hints.get(advice.why, "")
    return words.format(needed=count_text(advice.needed), share=share_text(advice.share))
