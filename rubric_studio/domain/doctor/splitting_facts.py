"""The certain mend of a joined wording: two points of half the weight, where both halves stand by themselves."""

import re

from rubric_studio.domain.doctor.finding import Mend
from rubric_studio.domain.doctor.passages import Passage, sentences, without_examples
from rubric_studio.domain.rubric import Criterion, Rubric
from rubric_studio.domain.rubric_edits import changed, with_copied_criterion, with_criterion

_SUBJECT = re.compile(
    r"^\s*((?:the |your |each )?(?:response|answer|output|memo|letter|analysis|opinion|text)|it|(?:die|jede) antwort"
    r"|la réponse)\s+",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"\b(?:it|its|this|that|these|those|they|their|them|the same|such|therefore|thus|hence|each|both|respectively"
    r"|accordingly|how|why|he|she|his|her|latter|former|dies|diese[rsnm]?|deren|dessen|sie|ihre?[nrsm]?|cela|celle|celui"
    r"|ses|son|sa|leur|when|if|where|which)\b",
    re.IGNORECASE,
)
FEWEST_WORDS = 3


def split_mend(passage: Passage, start: int, end: int) -> Mend | None:
    """Split at the joint in [start, end), where the second half begins with its verb.

    Certain only for one sentence with a plain subject, whose second half leans on nothing in the first, and whose
    grades say nothing of their own.
    """
    criterion, text = passage.criterion, passage.text.strip()
    halves = _halves(text, start, end) if text == passage.text else None
    if halves is None or any(level.text or level.anchors for level in criterion.levels):
        return None
    first, second = halves
    return Mend(text, f"{first}\n{second}", lambda rubric: _split(rubric, criterion, first, second))


def _halves(text: str, start: int, end: int) -> tuple[str, str] | None:
    subject = _SUBJECT.match(text)
    one_sentence = len(list(sentences(text))) == 1 and "\n" not in text
    if subject is None or not one_sentence or ";" in text or without_examples(text).count(",") > 1:
        return None
    joint = text[start:end]
    verb = joint.split(maxsplit=1)[1]
    first, second = text[:start].rstrip(" ,"), f"{verb}{text[end:]}"
    if _LEANS.search(without_examples(second)) or min(len(first.split()), len(second.split())) < FEWEST_WORDS:
        return None
    return f"{first}.", f"{subject.group(1)} {second.rstrip(' .')}."


def _split(rubric: Rubric, criterion: Criterion, first: str, second: str) -> Rubric:
    field = "wording" if criterion.wording else "title"
    half = criterion.weight / 2
    copied, key = with_copied_criterion(rubric, criterion.key, criterion.title)
    mended = with_criterion(copied, criterion.key, weight=half, **{field: first})
    return changed(with_criterion(mended, key, weight=half, **{field: second}))
