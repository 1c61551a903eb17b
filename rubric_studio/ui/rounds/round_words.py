"""What the window says of rounds: titles, how much work it is, how far somebody came. Sentences only."""

from collections import Counter

from PySide6.QtCore import QCoreApplication

from rubric_studio.domain.packet import Packet
from rubric_studio.domain.round import RoundPlan, Statistic, StopRule
from rubric_studio.services.round_letter import size_words
from rubric_studio.services.round_start import How
from rubric_studio.services.rounds import ExpertProgress, Round
from rubric_studio.ui.day_text import day_text, time_text
from rubric_studio.ui.number_text import count_text

BETWEEN = " \N{MIDDLE DOT} "
HALF_HOUR, HOUR, TEN_HOURS = 30, 60, 600
STATISTICS: tuple[Statistic, ...] = (
    "alpha_ordinal",
    "alpha_interval",
    "alpha_nominal",
    "ac2",
    "ac1",
    "fleiss",
    "icc_2_1",
    "percent",
)
"""In the order in which they are offered."""


def packet_title(packet: Packet) -> str:
    """Whose part of which round it is: "Round 1 for Anna Berg"."""
    return tr("{title} for {name}").format(title=packet.title, name=packet.expert.name)


def packet_answers(packet: Packet) -> int:
    """How many answers there are to score; those that come twice count twice, for nobody shall know of them."""
    return sum(len(block.tasks) for block in packet.blocks)


def asked_text(packet: Packet) -> str:
    """What the lead asks of whoever opens the packet."""
    words = tr("{lead} asks you to score {answers} of the project {project}, by guide version {version}.")
    return words.format(
        lead=packet.lead_name,
        answers=answers_text(packet_answers(packet)),
        project=packet.project_name,
        version=packet.version_number,
    )


def reading_text(packet: Packet) -> str:
    """How much there is to read, and that it need not be done at once."""
    stops = tr("Stop whenever you like: you come back to where you were.")
    if not packet.words:
        return stops
    words = tr("There are about {words} words to read.").format(
        words=count_text(round(packet.words, -2) or packet.words)
    )
    return f"{words} {stops}"


def answers_text(count: int) -> str:
    """Return "1 answer" or "40 answers"."""
    return tr("1 answer") if count == 1 else tr("{n} answers").format(n=count_text(count))


def questions_text(count: int) -> str:
    """Return "1 question" or "12 questions"."""
    return tr("1 question") if count == 1 else tr("{n} questions").format(n=count_text(count))


def experts_text(count: int) -> str:
    """Return "1 expert" or "3 experts"."""
    return tr("1 expert") if count == 1 else tr("{n} experts").format(n=count_text(count))


def time_needed(minutes: float) -> str:
    """Return how long something takes, as one would say it: "about 20 minutes", "about 2½ hours", "11 hours"."""
    if minutes < HALF_HOUR * 1.5:
        return tr("about {n} minutes").format(n=max(5, round(minutes / 5) * 5))
    if minutes >= TEN_HOURS:
        return tr("{n} hours").format(n=round(minutes / HOUR))
    halves = round(minutes / HALF_HOUR)
    whole, half = divmod(halves, 2)
    if halves == 2:
        return tr("about 1 hour")
    number = f"{whole or ''}\N{VULGAR FRACTION ONE HALF}" if half else str(whole)
    return tr("about {n} hours").format(n=number)


def size_text(size: int) -> str:
    """Return a file's size as the e-mail says it too: "1.2 MB"."""
    return size_words(size)


# ---- a round


def round_facts(round: Round) -> str:
    """One line of what is fixed: version, how many answers by whom, since when or until when."""
    plan = round.plan
    facts = [
        tr("Guide version {n}").format(n=plan.version_number),
        answers_text(len(plan.samples())),
        experts_text(len(plan.experts)),
        overlap_text(plan),
    ]
    facts.append(
        tr("closed {day}").format(day=day_text(round.closed_at))
        if round.is_closed
        else tr("started {day}").format(day=day_text(round.started_at))
    )
    return BETWEEN.join(each for each in facts if each)


def overlap_text(plan: RoundPlan) -> str:
    """Say that each answer is scored by so many; "" where everybody scores all."""
    if plan.overlap is None or plan.overlap >= len(plan.experts):
        return ""
    return tr("each answer by {m} of them").format(m=plan.overlap)


def more_facts(plan: RoundPlan) -> str:
    """What else was fixed when the round started, in whole sentences; "" where nothing was."""
    said: list[str] = []
    if plan.held_out:
        words = tr("{questions} held out: no wording is tuned on them, agreement is claimed there.")
        said.append(words.format(questions=questions_text(len(plan.held_out))))
    repeats = max((len(keys) for keys in plan.repeats.values()), default=0)
    if repeats:
        said.append(tr("{answers} come twice.").format(answers=answers_text(repeats)))
    if plan.stop is not None:
        said.append(stop_text(plan.stop))
    if plan.tells_lead:
        said.append(tr("The lead sees the figures of single people."))
    return " ".join(said)


def stop_text(stop: StopRule) -> str:
    """Say when wording is good enough."""
    words = tr(
        "Good enough: {statistic} reaches {target}, the lower end of its interval {lower}, on {n} answers or more."
    )
    return words.format(
        statistic=statistic_text(stop.statistic),
        target=f"{stop.target:.2f}",
        lower=f"{stop.lower:.2f}",
        n=count_text(stop.least),
    )


def statistic_text(statistic: Statistic) -> str:
    """Return the name of a statistic as experts know it, with what it is for."""
    return {
        "alpha_ordinal": tr("Krippendorff's alpha (grades in order)"),
        "alpha_interval": tr("Krippendorff's alpha (grades as numbers)"),
        "alpha_nominal": tr("Krippendorff's alpha (grades by name)"),
        "ac1": tr("Gwet's AC1 (grades by name)"),
        "ac2": tr("Gwet's AC2 (grades in order)"),
        "fleiss": tr("Fleiss' kappa"),
        "icc_2_1": tr("intraclass correlation (2,1)"),
        "percent": tr("share of equal marks"),
    }[statistic]


def picked_text(how: How) -> str:
    """Return how the answers are picked."""
    return {
        "random": tr("At random"),
        "balanced": tr("Balanced over scores, models and labels"),
        "differences": tr("Where judges and experts differ most"),
        "chosen": tr("Those chosen beforehand"),
    }[how]


# ---- an expert


def progress_text(expert: ExpertProgress, *, is_closed: bool, is_me: bool = False) -> str:
    """How far somebody came, never what she said."""
    if not expert.at:
        waiting = tr("Not begun yet") if is_me else tr("Waiting: nothing came yet")
        return tr("Nothing came") if is_closed else waiting
    words = tr("{done} of {total}").format(done=count_text(expert.done), total=count_text(expert.total))
    when = time_text(expert.at)
    if expert.finished:
        return BETWEEN.join((words, tr("handed in {when}").format(when=when)))
    return BETWEEN.join((words, tr("not finished, sent {when}").format(when=when)))


def counted_text(marks: int) -> str:
    """How many of somebody's marks count for a closed round."""
    if not marks:
        return tr("Nothing came")
    return tr("1 mark counts") if marks == 1 else tr("{n} marks count").format(n=count_text(marks))


def with_names_apart(round: Round) -> Round:
    """The round with the end of their permanent ids beside the names of people who are called the same."""
    counts = Counter(each.name.casefold() for each in round.progress)
    words = tr("{name} ({id})")
    told = [
        each.model_copy(update={"name": words.format(name=each.name, id=each.person[-4:])})
        if counts[each.name.casefold()] > 1
        else each
        for each in round.progress
    ]
    return round.model_copy(update={"progress": tuple(told)})


def unfinished(round: Round) -> list[str]:
    """The names of those who did not hand in."""
    return [each.name for each in round.progress if not each.finished]


def names_text(names: list[str]) -> str:
    """Return "Anna", "Anna and Ben", "Anna, Ben and Cleo"."""
    if len(names) < 2:
        return "".join(names)
    return tr("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def tr(text: str) -> str:
    """Translate in the one context of rounds."""
    return QCoreApplication.translate("rounds", text)
