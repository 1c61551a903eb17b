"""A meeting about disputes: which fit into it, people's letters, and what its minutes say (`domain/minutes.py`)."""

import random
from collections.abc import Iterable, Mapping, Sequence

from rubric_studio.domain.first_words import first_words
from rubric_studio.domain.minutes import Discussed, Reworded
from rubric_studio.domain.woven_words import woven
from rubric_studio.services.cures import NewWords
from rubric_studio.services.disputes import Dispute, Said
from rubric_studio.services.settling_disputes import Decision

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MINUTES_EACH, HALF_AN_HOUR = 3, 30


def letters_of(disputes: Iterable[Dispute], seed: int) -> dict[str, str]:
    """A letter for each person, shuffled, so that no order of names shows through; the same for one seed."""
    people = sorted({said.rater for dispute in disputes for said in dispute.said})
    random.Random(seed).shuffle(people)
    return {person: _letter(at) for at, person in enumerate(people)}


def worst_that_fit(
    disputes: Sequence[Dispute], minutes: int = HALF_AN_HOUR, each: int = MINUTES_EACH
) -> tuple[Dispute, ...]:
    """The worst undecided disputes for a meeting of so many minutes; at least one where there is one."""
    undecided = [dispute for dispute in disputes if not dispute.is_decided]
    return tuple(undecided[: max(1, minutes // max(1, each))])


def discussed(
    dispute: Dispute,
    letters: Mapping[str, str],
    decision: Decision | None,
    words: Mapping[str, str],
    seconds: float,
) -> Discussed:
    """A dispute as the minutes tell it. `words` are what people see: "na", "open", and levels' keys."""
    views = tuple(sorted((letters.get(said.rater, "?"), grade_words(said, words)) for said in dispute.said))
    is_open = decision is not None and decision.is_open
    return Discussed(
        question=first_words(dispute.row.prompt_text),
        point=dispute.asked.title,
        views=views,
        decided=_decided(decision, words),
        cause="" if decision is None else decision.cause,
        reason="" if decision is None else decision.reason,
        is_open=is_open,
        seconds=round(seconds),
    )


def reworded_point(point: str, old: NewWords, new: NewWords, cures: int) -> Reworded:
    """A change of words as the minutes tell it."""
    return Reworded(point, woven(whole_words(old), whole_words(new)), cures)


def whole_words(words: NewWords) -> str:
    """Wording and grades as one text, line by line."""
    levels = [f"{key}: {text}" for key, text in words.levels if text]
    return "\n".join([words.wording, *levels])


def grade_words(said: Said, words: Mapping[str, str]) -> str:
    """What somebody gave, as people see it."""
    if said.says_na:
        return words["na"]
    level = said.verdict.level
    return words.get(level, level) if level is not None else _number(said.worth)


def _decided(decision: Decision | None, words: Mapping[str, str]) -> str:
    if decision is None:
        return ""
    if decision.is_open:
        return words["open"]
    if decision.value is None:
        return words["na"]
    return words.get(decision.level, decision.level) if decision.level else _number(decision.value)


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


def _letter(at: int) -> str:
    """A to Z, then AA, AB ..."""
    first, second = divmod(at, len(LETTERS))
    return (LETTERS[first - 1] if first else "") + LETTERS[second]
