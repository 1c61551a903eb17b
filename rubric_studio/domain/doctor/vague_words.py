"""Words that leave the rater to guess, where nothing beside them says what they mean. No legal terms of art."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rubric_studio.domain.doctor.finding import Detector, Finding
from rubric_studio.domain.doctor.language import KEPT_TEXTS
from rubric_studio.domain.doctor.passages import (
    Sentence,
    asked_part,
    passages,
    sentences,
    without_examples,
)
from rubric_studio.domain.doctor.words.language import Language
from rubric_studio.domain.rubric import Criterion, Rubric

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DOING = re.compile(
    r"\b(?:by|on|of|for|about|advises|recommends|suggests|proposes|against)\s+\w+ing\b|\bto\s+[a-z]+\b"
)
"""What the answer tells others to do, English."""
WORDS_OF_AN_ANCHOR = 3
"""A grade's text of fewer words ("fully met") explains nothing."""
STRENGTH = 0.6


def find(rubric: Rubric) -> Iterator[Finding]:
    """One finding per criterion, at the first such word."""
    for passage in passages(rubric):
        if passage.language is None or not passage.criterion.is_judged or has_anchors(passage.criterion):
            continue
        span = _vague_place(passage.text, passage.language)
        if span is not None:
            word = passage.text[span[0] : span[1]]
            yield Finding(
                DETECTOR.name,
                STRENGTH,
                '"{word}" can mean something else to each rater, and nothing here says what it means.',
                {"word": word},
                criterion=passage.criterion.key,
                span=span,
                words=passage.text,
            )


def has_anchors(criterion: Criterion) -> bool:
    """Whether the grades explain the wording: at least two have a text or an example."""
    explained = [
        level for level in criterion.levels
        if level.anchors or len(level.text.split()) >= WORDS_OF_AN_ANCHOR
    ]  # fmt: skip
    return len(explained) >= 2


@lru_cache(maxsize=KEPT_TEXTS)
def _vague_place(text: str, language: Language) -> tuple[int, int] | None:
    """The first vague word that tells how the answer shall be, outside of what it shall say."""
    for sentence in sentences(text):
        plain = asked_part(without_examples(sentence.text), language)
        for word in _WORD.finditer(plain):
            if word.group().lower() in language.vague and not (
                _is_said(plain[: word.start()], language)
                or _is_term(sentence.text, word.start(), language)
                or _is_explained(sentence, word.end(), text, language)
            ):
                return sentence.start + word.start(), sentence.start + word.end()
    return None


def _is_said(before: str, language: Language) -> bool:
    """Whether the word stands in what the answer must say: "that returns are generally ...", "advises setting ..."."""
    words = [word.group().lower() for word in _WORD.finditer(before)]
    verb = next(
        (at for at, word in enumerate(words) if word in language.verbs | language.unsure_verbs), len(words)
    )
    advised = _DOING.search(before) is not None and verb < len(words)
    stated = bool(language.second_claims.intersection(words[verb + 1 :]))
    return advised or stated or bool((language.that | language.claims).intersection(words))


def _is_term(text: str, at: int, language: Language) -> bool:
    around = text[max(0, at - 40) : at + 60].lower()
    place = at - max(0, at - 40)
    return any(
        found.start() <= place < found.end()
        for term in language.vague_terms_of_art
        for found in re.finditer(re.escape(term), around)
    )


def _is_explained(sentence: Sentence, end: int, whole: str, language: Language) -> bool:
    """Whether an example, a list, a number or a measure follows."""
    rest = whole[sentence.start + end :]
    if re.search(r"\d|:|\(|–|—| - |\n", rest):
        return True
    small = rest.lower()
    return any(re.search(r"(?<!\w)" + re.escape(words), small) for words in language.explained_by)


DETECTOR = Detector(
    "vague_words",
    "words such as appropriate, sufficient or generally that nothing explains",
    "Raters fill a vague word with their own measure: the same answer is paid differently, and training learns noise.",
    in_words=find,
)
