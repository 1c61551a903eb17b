"""What is said of judges and of how they agree with people, in whole sentences. Translated here, in one context."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.rubric import Level
from rubric_studio.services.marks import EXPERTS
from rubric_studio.ui.guide.editor_levels import level_name
from rubric_studio.ui.number_text import MINUS, count_text, score_text, share_text, signed_text

if TYPE_CHECKING:  # they bring numpy, which takes a while, and whoever has such numbers has brought it
    from rubric_studio.domain.estimate import Estimate
    from rubric_studio.services.judge_comparison import GroupBias, JudgeAgainstExperts
    from rubric_studio.services.judge_ratings import Point

CONTEXT = "judges"
DASH = "\N{EN DASH}"


def tr(text: str) -> str:
    """Translate a sentence about judges."""
    return QCoreApplication.translate(CONTEXT, text)


def share_range(estimate: "Estimate") -> str:
    """Return a share's interval: "76 – 86 %", "" without one."""
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{estimate.low * 100:.0f} {DASH} {share_text(estimate.high)}"


def share_words(estimate: "Estimate") -> str:
    """Return a share with its interval: "81 % (76 – 86 %)", or a dash."""
    if estimate.value is None:
        return DASH
    between = share_range(estimate)
    return f"{share_text(estimate.value)} ({between})" if between else share_text(estimate.value)


def number_words(estimate: "Estimate", *, signed: bool = False) -> str:
    """Return a number with its interval: "0.72 (0.60 – 0.81)", "+0.08 (...)", or a dash."""
    if estimate.value is None:
        return DASH
    text = signed_text if signed else _plain
    if estimate.low is None or estimate.high is None:
        return text(estimate.value)
    return f"{text(estimate.value)} ({text(estimate.low)} {DASH} {text(estimate.high)})"


def _plain(value: float) -> str:
    rounded = score_text(value)
    return rounded.replace("-", MINUS) if float(rounded) else score_text(0.0)


def withheld_words(estimate: "Estimate") -> str:
    """Say why a figure is withheld, "" where it is not."""
    from rubric_studio.domain.estimate import LEAST

    if estimate.reason and not estimate.n:
        return tr("No mark was given by both yet; {least} would do.").format(least=LEAST)
    words = {
        "": "",
        "too few": tr("Only {n} marks were given by both, too few to say; {least} would do.").format(
            n=count_text(estimate.n), least=LEAST
        ),
        "one level": tr("Both gave one and the same grade throughout: chance alone would have done as well."),
        "constant": tr("One of them gave the same grade throughout: there is nothing to agree on by more than chance."),
    }  # fmt: skip
    return words[estimate.reason]


def withheld_short(estimate: "Estimate") -> str:
    """The same in two words, as it stands in a table's cell."""
    short = {
        "": "", "too few": tr("too few"), "one level": tr("one grade only"), "constant": tr("one grade only")
    }  # fmt: skip
    return short[estimate.reason]


def finding(found: "JudgeAgainstExperts") -> str:
    """The one sentence: how often the judge gives the experts' grade."""
    same = found.same
    if same.value is None:
        return tr("{judge} and the experts have not marked the same answers yet.").format(judge=found.judge)
    between = share_range(same)
    facts = {"judge": found.judge, "share": share_text(same.value), "n": count_text(same.n), "range": between}
    one = tr("{judge} gives the experts' grade on {share} of one mark.")
    many = tr("{judge} gives the experts' grade on {share} of {n} marks ({range}).")
    return (one if same.n == 1 else many).format(**facts)


def further(found: "JudgeAgainstExperts") -> str:
    """What else is to be known of it: totals, bias, what is missing."""
    said: list[str] = []
    whole = found.bias.whole
    if whole.value is not None:
        said.append(bias_sentence(whole))
    if found.totals.value is not None:
        words = tr("Its totals are {apart} away from the experts' in the mean (n {n}).")
        said.append(words.format(apart=number_words(found.totals), n=count_text(found.totals.n)))
    if found.unanswered:
        words = tr("On {n} marks of the experts it gave no answer that could be used.")
        said.append(words.format(n=count_text(found.unanswered)))
    if found.unasked:
        said.append(tr("On {n} it was never asked.").format(n=count_text(found.unasked)))
    return " ".join(said)


def bias_sentence(bias: "Estimate") -> str:
    """Say whether the judge gives more or less than the experts."""
    assert bias.value is not None
    sure = bias.low is not None and bias.high is not None and (bias.low > 0 or bias.high < 0)
    if not sure:
        return tr("Whether it is milder or stricter is not known: {bias} a mark.").format(
            bias=number_words(bias, signed=True)
        )
    words = tr("It is milder than the experts: {bias} a mark.") if bias.value > 0 else tr(
        "It is stricter than the experts: {bias} a mark."
    )  # fmt: skip
    return words.format(bias=number_words(bias, signed=True))


def point_title(point: "Point") -> str:
    """What a point is called; those of single questions stand together."""
    from rubric_studio.services.judge_ratings import OWN_POINTS

    return tr("Questions' own points") if point.key == OWN_POINTS else point.title


def grade_name(level: Level | None) -> str:
    """What a grade is called; None is what lies between two."""
    return tr("Between two") if level is None else level_name(level)


def rater_name(name: str) -> str:
    """What people see for a rater of a comparison."""
    return tr("Experts") if name == EXPERTS else name


def quarter_words(group: "GroupBias") -> str:
    """Name a quarter of the answers by length."""
    words = tr("{shortest} {dash} {longest} characters")
    return words.format(shortest=count_text(group.shortest), longest=count_text(group.longest), dash=DASH)
