"""Points or scores written into a wording, where a rater would apply them a second time. No amounts or dates."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rubric_studio.domain.doctor.finding import Detector, Finding, Mend
from rubric_studio.domain.doctor.language import KEPT_TEXTS
from rubric_studio.domain.rubric import Criterion, Rubric
from rubric_studio.domain.rubric_edits import with_criterion

_NUMBER = r"(?:\d+(?:[.,]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|half a|zwei|drei|fünf|deux|trois|cinq)"
_POINTS = r"(?:points?|pts?\.?|Punkte?n?|marks?)"
# "Basis points", "percentage points", "forward points" and "3 points of law" are no scores.
_NOT_A_SCORE = r"(?!\s*(?:of|from|in|for|on|to|above|below|spread|premium|higher|lower|wider|tighter|move)\b)"
_GIVES = (
    r"(?:worth|gets?|earns?|scores?|awards?|deducts?|subtracts?|adds?|gives?|minus|plus|receives?|loses?)"
)
_PATTERNS = (
    rf"[\[(]\s*[+\-−]?{_NUMBER}\s*{_POINTS}\s*[\])]",
    rf"\b{_GIVES}\s+(?:up to\s+)?[+\-−]?{_NUMBER}\s*{_POINTS}{_NOT_A_SCORE}",
    rf"\b(?:gibt|abzug|bringt)\s+(?:bis zu\s+)?{_NUMBER}\s*Punkte?\b|\b{_NUMBER}\s+Punkte?\s+(?:abzug|wenn|für)\b",
    rf"\b(?:vaut|donne|retirer?)\s+{_NUMBER}\s*points?\b",
    rf"^\s*[+\-−]?{_NUMBER}\s*{_POINTS}\s*[:.–-]",
    rf"[,;:–-]\s*[+\-−]?{_NUMBER}\s*{_POINTS}\s*\.?\s*$",
    r"(?:^|[(\[.;:,\n]\s*)[+\-−]\d+(?:[.,]\d+)?(?=\s*(?:$|[)\]]|(?:if|for|when|wenn|für|si|pour)\b))",
    r"^\s*[\[(][+\-−]?\d+(?:[.,]\d+)?[\])]",
    r"(?:^|[.;,:(\n]\s*)(?:0|1|0[.,]\d+|1[.,]0+)\s+(?:if|when|for|otherwise|wenn|falls|sonst|si|sinon)\b",
    r"\b(?:a )?(?:score|grade|rating|mark|note)\s+of\s+(?:[01](?:[.,]\d+)?|\d+\s*(?:/|out of)\s*\d+)(?!\d|\s*%|[.,]\d)",
    r"\b(?:full|half|partial|no)\s+(?:credit|marks)\s+(?:if|for|when)\b",
    r"\b\d+(?:[.,]\d+)?\s*(?:/|out of)\s*\d+\s*(?:points?|pts|Punkte)\b",
)  # fmt: skip
_SCORE = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:basis|percentage|percent|forward|swap|index|data|pivot|discount|credit|beta|z|fico|base|%)[\s-]*$",
    re.I,
)
_FOREIGN = re.compile(r"\b(?:credit|fico|altman|beneish|sharpe|risk|esg|z-|m-|piotroski|ltv)\W*$", re.I)
# What can be taken out whole without hurting the sentence: a bracket, a label in front, a sentence of its own.
_SEPARATE = re.compile(
    rf"\s*[\[(]\s*[+\-−]?{_NUMBER}\s*(?:{_POINTS})?\s*[\])]"
    rf"|^\s*[+\-−]?{_NUMBER}\s*{_POINTS}\s*[:.–-]\s*"
    rf"|[,;:–-]\s*[+\-−]?{_NUMBER}\s*{_POINTS}\s*\.?\s*$"
    rf"|(?:(?<=[.!?])\s+|^)(?:(?:this|it|the point)\s+(?:point\s+)?is\s+)?worth\s+{_NUMBER}\s*{_POINTS}\s*\.",
    re.IGNORECASE,
)


def find(rubric: Rubric) -> Iterator[Finding]:
    """One finding per criterion, at the first score."""
    for criterion in rubric.criteria():
        if not criterion.is_judged:
            continue
        found = _score_in(criterion.words)
        if found is not None:
            yield Finding(
                DETECTOR.name,
                0.85,
                "The wording says what it is worth (\"{number}\"); that is the weight's and the grades' business.",
                {"number": criterion.words[found[0] : found[1]].strip(" ()[],;:.")},
                criterion=criterion.key,
                span=found,
                words=criterion.words,
                mend=_mend(criterion, found),
            )


@lru_cache(maxsize=KEPT_TEXTS)
def _score_in(text: str) -> tuple[int, int] | None:
    for found in _SCORE.finditer(text):
        before = text[: found.start()]
        if not _BEFORE.search(before) and not _FOREIGN.search(before):
            return found.span()
    return None


def _mend(criterion: Criterion, span: tuple[int, int]) -> Mend | None:
    """Take the score out where nothing else hangs on it; the weight stays as it is."""
    text = criterion.words
    for found in _SEPARATE.finditer(text):
        if found.start() <= span[1] and span[0] <= found.end():
            after = f"{text[: found.start()].rstrip()} {text[found.end() :].lstrip()}".strip()
            after = re.sub(r"\s+(?=[.,;:?!](?:\s|$))", "", after)
            if text.rstrip().endswith(".") and not after.endswith((".", "?", "!")):
                after += "."
            if len(after.split()) >= 2 and _score_in(after) is None:
                return with_words_mended(criterion, after)
    return None


def with_words_mended(criterion: Criterion, after: str) -> Mend:
    """Replace what raters read of a criterion: its wording, or its title where it has no wording."""
    field = "wording" if criterion.wording else "title"
    return Mend(
        criterion.words, after, lambda rubric: with_criterion(rubric, criterion.key, **{field: after})
    )


DETECTOR = Detector(
    "number_in_wording",
    "a number of points or a score inside a wording",
    "A judge that reads points in the wording weighs them again, so the trained total is not the one you set.",
    in_words=find,
)
