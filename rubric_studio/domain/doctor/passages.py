"""The texts of a rubric that people wrote, and which parts of a text are only examples or quotations."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rubric_studio.domain.doctor.language import language_of
from rubric_studio.domain.doctor.words.language import Language
from rubric_studio.domain.rubric import Criterion, Rubric

_QUOTED = re.compile(r'"[^"\n]{0,600}"|“[^”\n]{0,600}”|„[^“”\n]{0,600}[“”]|«[^»\n]{0,600}»|‘[^’\n]{0,600}’')
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_END = re.compile(r"[.!?](?=\s+[\"“(]?[A-ZÄÖÜÉÈÀ§\d]|\s*$)|\n+")
_NO_END = re.compile(
    r"\b(?:e\.g|i\.e|vs|No|Art|Arts|Sec|Nr|Abs|bzw|usw|z\. ?B|d\. ?h|p\. ?ex|cf|approx|Inc|Ltd)\.$"
)


ENOUGH = 40
"""So many criteria tell the language of a rubric."""


class Passage(NamedTuple):
    """What a rater reads of one criterion, and its language, None where the doctor has no list for it."""

    criterion: Criterion
    text: str
    language: Language | None


class Sentence(NamedTuple):
    """A sentence with the place of its beginning in the passage."""

    start: int
    text: str


def passages(rubric: Rubric) -> Iterator[Passage]:
    """Each criterion's words; short ones are taken to be in the language of the others."""
    criteria = [criterion for criterion in rubric.criteria() if criterion.words.strip()]
    whole = language_of("\n".join(criterion.words for criterion in criteria[:ENOUGH]), None)
    for criterion in criteria:
        yield Passage(criterion, criterion.words, language_of(criterion.words, whole))


def without_examples(text: str) -> str:
    """Blank out what stands in brackets or quotation marks; every place stays where it was."""
    for pattern in (_QUOTED, _BRACKETED, _BRACKETED):
        text = pattern.sub(lambda found: " " * len(found.group()), text)
    return text


def asked_part(sentence: str, language: Language) -> str:
    """The sentence up to its examples or its list of choices ("at least two of ...")."""
    small = sentence.lower()
    ends = [small.find(mark) for mark in language.examples if mark in small]
    ends += [found.start() for each in language.some_of for found in re.finditer(each, small)]
    return sentence[: min(ends)] if ends else sentence


def sentences(text: str) -> Iterator[Sentence]:
    """Cut a text into sentences and lines; abbreviations end none."""
    start = 0
    for end in _END.finditer(text):
        if _NO_END.search(text[start : end.end()]):
            continue
        if text[start : end.end()].strip():
            yield Sentence(start, text[start : end.end()])
        start = end.end()
    if text[start:].strip():
        yield Sentence(start, text[start:])
