"""What a lead should know before a round starts: each code of a proposal's notes as one calm sentence."""

from typing import Any

from rubric_studio.services.round_start import RoundNote
from rubric_studio.ui.number_text import count_text
from rubric_studio.ui.rounds.round_words import answers_text, names_text, questions_text, time_needed, tr

QUIET = ("left_out", "kept_held_out")
"""Notes that only explain; the others want a look."""


def note_text(note: RoundNote) -> str:
    """Say it in one or two sentences."""
    return str(_SAYING[note.code](note.facts))


def _left_out(facts: dict[str, Any]) -> str:
    told = [
        (facts.get("dropped", 0), tr("{n} of dropped questions")),
        (facts.get("no_point", 0), tr("{n} without a point that is read and judged")),
        (facts.get("scored", 0), tr("{n} scored blind before")),
    ]
    reasons = [words.format(n=count_text(n)) for n, words in told if n]
    return tr("Not to choose from: {reasons}.").format(reasons=", ".join(reasons))


def _unreadable(facts: dict[str, Any]) -> str:
    words = tr("Nobody reads {languages}: {answers} left out.")
    return words.format(
        languages=names_text([str(each) for each in facts["languages"]]),
        answers=answers_text(facts["samples"]),
    )


def _fewer_readers(facts: dict[str, Any]) -> str:
    words = tr("{answers} are read by fewer than {m} people.")
    return words.format(answers=answers_text(facts["samples"]), m=facts["wanted"])


def _fewer_repeats(facts: dict[str, Any]) -> str:
    words = tr("There are not {n} answers to come twice for {names}.")
    names = [f"{name} ({n})" for name, n in facts["experts"].items()]
    return words.format(n=facts["wanted"], names=names_text(names))


def _too_long(facts: dict[str, Any]) -> str:
    words = tr("{time} for {name}.")
    return words.format(time=time_needed(facts["minutes"]).capitalize(), name=facts["name"])


_SAYING: dict[str, Any] = {
    "one_expert": lambda _: tr("With one expert there is nobody to agree with."),
    "fewer_samples": lambda facts: tr("Only {answers} fit, of {n} wanted.").format(
        answers=answers_text(facts["found"]), n=count_text(facts["wanted"])
    ),
    "no_scores": lambda _: tr("No answer has a score yet, so they are not balanced over scores."),
    "left_out": _left_out,
    "unreadable": _unreadable,
    "fewer_readers": _fewer_readers,
    "uneven": lambda facts: tr("People get unequal numbers of answers: {least} to {most}.").format(
        least=facts["least"], most=facts["most"]
    ),
    "fewer_repeats": _fewer_repeats,
    "too_long": _too_long,
    "kept_held_out": lambda facts: tr("{questions} were held out before and stay so.").format(
        questions=questions_text(_many(facts["rows"]))
    ),
    "already_tuned": lambda facts: tr(
        "{questions} cannot be held out any more: wording was tuned on them."
    ).format(questions=questions_text(_many(facts["rows"]))),
    "spent": lambda facts: tr(
        "{questions} were held out before. From now on they serve the wording; no final figure comes of them."
    ).format(questions=questions_text(_many(facts["rows"]))),
    "nothing_held_out": lambda _: tr(
        "Nothing is held out: this round helps the wording, but no final figure can come of it."
    ),
    "all_held_out": lambda _: tr("Everything is held out: nothing is left to tune wording on."),
}


def _many(rows: Any) -> int:
    return rows if isinstance(rows, int) else len(rows)
