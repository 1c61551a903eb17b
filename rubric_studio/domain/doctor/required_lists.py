"""Things that a wording asks for side by side without a second verb: lists, "both", and what follows from a thing.

Only nouns are looked at here. What two verbs or two statements join is in `joined_facts.py`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rubric_studio.domain.doctor.words.language import Language

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MEMBER = r"[^,;:.()\n]{2,60}"
_LEANING = re.compile(r"\s(?:its|their|deren|dessen|ihre|seine|ses|leurs?|son|sa)\b", re.IGNORECASE)
"""What follows leans on all that stands before, so nothing of it can belong together with what follows."""
FEWEST_MEMBERS = 3
LONGEST_LEAD = 4
"""So many words may stand between a verb and the first thing of a list that is its object."""


class Asked(NamedTuple):
    """Where the further thing begins and ends in the sentence, and how sure that is."""

    start: int
    end: int
    strength: float


def asked_together(plain: str, language: Language) -> Iterator[Asked]:
    """Find what one sentence asks for together; examples and brackets are blanked out in it already."""
    yield from _both(plain, language)
    yield from _consequence(plain, language)
    yield from _lists(plain, language)
    yield from _second_thing(plain, language)


def _joined(language: Language) -> str:
    return "|".join(re.escape(word) for word in language.joiners)


def _verbs(language: Language) -> frozenset[str]:
    return language.verbs | language.unsure_verbs | language.commands | language.unsure_commands


def _both(plain: str, language: Language) -> Iterator[Asked]:
    """Find "cites both Form A and Form B"; not "for both A and B"."""
    if not language.both:
        return
    pattern = (
        rf"(?P<verb>[^\W\d_]+)\s+{language.both}\s+(?!of\b|options\b|parties\b|sides\b)"
        rf"[^,;.]{{2,80}}?\s(?:{_joined(language)})\s+\S+"
    )
    for found in re.finditer(pattern, plain, re.IGNORECASE):
        if found["verb"].lower() in _verbs(language) - language.together and not _is_said(
            plain[: found.start()], language
        ):
            start = found.start() + len(found["verb"]) + 1
            yield Asked(start, found.end(), 0.65)


def _consequence(plain: str, language: Language) -> Iterator[Asked]:
    """Find "discusses X and its impact on Y"."""
    for words in language.consequences:
        found = re.search(rf"(?<!\w)(?:{_joined(language)})\s+{words}\b", plain, re.IGNORECASE)
        leans = found is not None and _LEANING.search(found.group()) is not None
        if found and (_tells if leans else _is_object)(plain[: found.start()], language):
            yield Asked(found.start(), found.end(), 0.6)
            return


def _second_thing(plain: str, language: Language) -> Iterator[Asked]:
    """Find "gives a formula and one example": two things of their own, each with an article."""
    articles = "|".join(language.articles)
    pattern = (
        rf"(?<!\w)(?:{articles})\s+(?P<first>[^,;:.\d]{{3,50}}?)\s"
        rf"(?P<second>(?:{_joined(language)})\s+(?:{articles})\s+\w+)"
    )
    for found in re.finditer(pattern, plain, re.IGNORECASE) if articles else ():
        words = [word.group().lower() for word in _WORD.finditer(found["first"])]
        clear = not language.together.intersection(words) and not set(words) & {
            "from",
            "between",
            "to",
            "that",
        }
        if len(words) <= LONGEST_LEAD and clear and _is_object(plain[: found.start()], language):
            yield Asked(found.start("second"), found.end("second"), 0.5)
            return


def _lists(plain: str, language: Language) -> Iterator[Asked]:
    """Find "A, B and C" right behind the verb, behind "including" or behind a colon."""
    pattern = (
        rf"(?P<first>{_MEMBER}?)(?P<more>(?:,\s*{_MEMBER}?)+?),?\s+(?:{_joined(language)})\s+(?P<last>\S+)"
    )
    for begin in _beginnings(plain, language):
        found = re.compile(pattern, re.IGNORECASE).match(plain, begin)
        if found is None or not _are_members(found["first"], found["more"], language):
            continue
        count = 2 + found["more"].count(",") - (1 if found["more"].rstrip().endswith(",") else 0)
        if count >= FEWEST_MEMBERS:
            start = begin + len(plain[begin:]) - len(plain[begin:].lstrip())
            yield Asked(start, found.end(), 0.55)
            return


def _beginnings(plain: str, language: Language) -> Iterator[int]:
    """Places where a list of what is asked for may begin."""
    for opener in language.list_openers:
        for found in re.finditer(rf"(?<!\w){opener}\s", plain, re.IGNORECASE):
            if not _is_said(plain[: found.start()], language):
                yield found.end()
    for found in _WORD.finditer(plain):
        if found.group().lower() in _verbs(language) - language.together and _is_object(
            plain[: found.end()], language
        ):
            yield found.end()
            return


def _are_members(first: str, more: str, language: Language) -> bool:
    """Whether short nouns are listed: no verb, nothing that belongs together, no clause."""
    words = [word.group().lower() for part in (first, more) for word in _WORD.finditer(part)]
    listed = [len(_WORD.findall(part)) for part in more.split(",") if part.strip()]
    clauses = {"which", "who", "such", "or", "while", "by", "using", "related", "relating"}
    stops = language.together | language.claims | language.verbs | clauses
    parts = [part.strip().lower() for part in more.split(",") if part.strip()]
    return (
        not stops.intersection(words)
        and not any(part.startswith(language.list_openers) or part[:1].isdigit() for part in parts)
        and not any(word.endswith("ing") for word in words[1:4])
        and len(_WORD.findall(first)) <= 2 * LONGEST_LEAD
        and all(size <= LONGEST_LEAD for size in listed)
    )


def _is_object(before: str, language: Language) -> bool:
    """Whether a verb of what the answer does stands before, with nothing said and nothing compared in between."""
    words = [word.group().lower() for word in _WORD.finditer(before)]
    return not language.together.intersection(words) and _tells(before, language)


def _tells(before: str, language: Language) -> bool:
    """Whether a verb of what the answer does stands before, other than one that compares, and nothing is said yet."""
    words = {word.group().lower() for word in _WORD.finditer(before)}
    told = _verbs(language) & words
    return bool(told) and not told & language.together and not _is_said(before, language)


def _is_said(before: str, language: Language) -> bool:
    words = {word.group().lower() for word in _WORD.finditer(before)}
    return bool(words & (language.that | language.claims))
