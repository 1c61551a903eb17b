"""A wording that joins several facts with "and", so that one mark must answer two questions.

Names, fixed pairs ("terms and conditions") and things that belong together ("between X and Y") are one fact: only
a second verb, a second statement, or an explicit "all of the following" makes two.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rubric_studio.domain.doctor.finding import Detector, Finding
from rubric_studio.domain.doctor.language import KEPT_TEXTS
from rubric_studio.domain.doctor.passages import (
    Sentence,
    asked_part,
    passages,
    sentences,
    without_examples,
)
from rubric_studio.domain.doctor.required_lists import asked_together
from rubric_studio.domain.doctor.splitting_facts import split_mend
from rubric_studio.domain.doctor.words.language import Language
from rubric_studio.domain.rubric import Rubric

_WORD = re.compile(r"[^\W\d_]+")
_ADVERB = re.compile(r"(?:also|then|further|\w+ly)\s+", re.IGNORECASE)


class Join(NamedTuple):
    """A joining word and what begins behind it, as places in the passage; `reported` where a verb begins there."""

    start: int
    end: int
    reported: bool
    strength: float


def find(rubric: Rubric) -> Iterator[Finding]:
    """One finding per criterion, at the first joint."""
    for passage in passages(rubric):
        if passage.language is None or not passage.criterion.is_judged:
            continue
        joins = joins_in(passage.text, passage.language)
        if joins:
            first = joins[0]
            yield Finding(
                DETECTOR.name,
                max(join.strength for join in joins),
                'It asks for more than one thing at once: "{joint}".',
                {"joint": passage.text[first.start : first.end]},
                criterion=passage.criterion.key,
                span=(first.start, first.end),
                words=passage.text,
                mend=split_mend(passage, first.start, first.end)
                if len(joins) == 1 and first.reported
                else None,
            )


@lru_cache(maxsize=KEPT_TEXTS)
def joins_in(text: str, language: Language) -> tuple[Join, ...]:
    """The places where a further fact begins, sentence by sentence; examples and choices are left out."""
    return tuple(join for sentence in sentences(text) for join in _joins_of(sentence, language))


def _joins_of(sentence: Sentence, language: Language) -> list[Join]:
    plain = asked_part(without_examples(sentence.text), language)
    found = [*_lists(sentence, plain, language), *_verbs_and_claims(sentence, plain, language)]
    return (
        found
        or [
            Join(sentence.start + each.start, sentence.start + each.end, False, each.strength)
            for each in asked_together(plain, language)
        ][:1]
    )


def _verbs_and_claims(sentence: Sentence, plain: str, language: Language) -> Iterator[Join]:
    for joiner in _joiners(language).finditer(plain):
        join = _join(sentence, plain, joiner, language)
        if join is not None:
            yield join


def _lists(sentence: Sentence, plain: str, language: Language) -> Iterator[Join]:
    for words in language.all_of:
        at = plain.lower().find(words)
        if at >= 0:
            yield Join(sentence.start + at, sentence.start + at + len(words), reported=False, strength=0.75)
            return


def _joiners(language: Language) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in language.joiners)
    return re.compile(rf"(?<![\w/])(?:{words})(?![\w/])\s+", re.IGNORECASE)


def _join(sentence: Sentence, plain: str, joiner: re.Match[str], language: Language) -> Join | None:
    if _is_fixed(plain, joiner, language):
        return None
    before, at = plain[: joiner.start()], joiner.end()
    adverb = _ADVERB.match(plain, at) if language.name == "en" else None
    words = [word.group() for word in _WORD.finditer(plain, adverb.end() if adverb else at)][:2]
    if not words:
        return None
    word, following = words[0].lower(), _as_opener(words[1:], language)
    if _is_pair_of_verbs(before, language) or _is_result(words, before, plain[at:], language):
        return None
    end = at + len(word) + (len(adverb.group()) if adverb else 0)
    span = (sentence.start + joiner.start(), sentence.start + end)
    if _is_second_verb(word, following, before, language):
        return Join(*span, reported=True, strength=0.8)
    if word in language.claims and _has_first_claim(word, before, language):
        return Join(*span, reported=False, strength=0.7)
    if word in language.second_claims and _is_second_claim(before, language):
        return Join(*span, reported=False, strength=0.55)
    return None


def _as_opener(following: Sequence[str], language: Language) -> str:
    """The word behind a verb; a name or an abbreviation begins an object as an article does."""
    if following and language.name == "en" and following[0][:1].isupper():
        return "the"
    return following[0].lower() if following else ""


def _is_pair_of_verbs(before: str, language: Language) -> bool:
    """Whether the joint comes right behind a verb ("identifies and explains X"): one thing is done with one object."""
    last = [word.group().lower() for word in _WORD.finditer(before)][-1:]
    return bool(last) and last[0] in language.verbs | language.commands | language.unsure_verbs


def _is_result(words: Sequence[str], before: str, rest: str, language: Language) -> bool:
    """Whether the second verb only tells what comes out of the first: "models X and calculates its price"."""
    told = {each.group().lower() for each in _WORD.finditer(before)} & (
        language.verbs | language.unsure_verbs
    )
    leans = words[1:2] in (["its"], ["their"]) or "=" in rest
    return words[0].lower() in language.results and told <= language.methods and leans


def _is_second_claim(before: str, language: Language) -> bool:
    """Whether a whole statement with a verb of its own stands before the joint ("states that A is B and is C")."""
    words = [word.group().lower() for word in _WORD.finditer(before)]
    said = max((at for at, word in enumerate(words) if word in language.that), default=-1)
    clauses = {"which", "who", "whose", "where", "if", "when"}
    inside = words[said + 1 :]
    return said > 0 and bool(language.second_claims.intersection(inside)) and not clauses.intersection(inside)


def _is_second_verb(word: str, following: str, before: str, language: Language) -> bool:
    """Whether a verb of what the answer shall do comes after the joint, and another one before it."""
    told = [each.group().lower() for each in _WORD.finditer(before)]
    if word in language.telling:
        return any(each in language.telling for each in told)
    if word in language.verbs or (word in language.unsure_verbs and following in language.openers):
        return any(each in language.verbs or each in language.unsure_verbs for each in told)
    is_command = word in language.commands or (
        word in language.unsure_commands and following in language.openers
    )
    known = language.commands | language.unsure_commands
    first = next((each for each in told if not each.endswith("ly")), "")
    return is_command and (first in known or bool(language.musts.intersection(told)))


def _has_first_claim(word: str, before: str, language: Language) -> bool:
    """Whether there is something before "and that ..." that is asked for as well."""
    told = [each.group().lower() for each in _WORD.finditer(before)]
    return any(
        each in language.verbs | language.unsure_verbs | language.commands | language.unsure_commands
        for each in told
    ) and (word not in language.that or bool(language.that.intersection(told)))


def _is_fixed(plain: str, joiner: re.Match[str], language: Language) -> bool:
    around = plain[max(0, joiner.start() - 40) : joiner.end() + 40].lower()
    place = min(joiner.start(), 40)
    return any(
        found.start() <= place < found.end()
        for pair in language.fixed
        for found in re.finditer(rf"(?<!\w){re.escape(pair)}(?!\w)", around)
    )


DETECTOR = Detector(
    "joined_facts",
    'several facts joined with "and" in one point',
    "One mark for two facts pays a half-right answer like a right or a wrong one, so training cannot tell them apart.",
    in_words=find,
)
