"""Small rubrics for the doctor's tests, written by hand."""

# Plain texts stand for keys.
# pyright: reportArgumentType=false

from typing import Any

import numpy as np

from rubric_studio.domain.doctor.marks_at_hand import MarkColumn, MarksAtHand
from rubric_studio.domain.rubric import Criterion, Level, Rubric, Stratum

YES_NO = (Level(key="yes", value=1), Level(key="no", value=0))
CLEAN_WORDS = (
    "The answer names the tax year 2023.",
    "The answer cites Section 121 of the Code.",
    "The answer states the taxable gain.",
)


def levels(**texts: str) -> tuple[Level, ...]:
    """Grades from 1 down to 0 in equal steps, by key and text."""
    step = 1 / (len(texts) - 1)
    return tuple(
        Level(key=key, value=round(1 - at * step, 6), text=text)
        for at, (key, text) in enumerate(texts.items())
    )


def points(*words: str, **fields: Any) -> tuple[Criterion, ...]:
    """Points with the keys p1, p2 ..., answered by yes or no."""
    return tuple(
        Criterion.model_validate({"key": f"p{at}", "wording": each, "levels": YES_NO} | fields)
        for at, each in enumerate(words, start=1)
    )


def rubric(*criteria: Criterion, **fields: Any) -> Rubric:
    """One part with these points."""
    return Rubric(name="guide", strata=(Stratum(key="all", criteria=criteria, **fields),))


def with_words(words: str) -> Rubric:
    """A clean rubric whose last point reads like this."""
    return rubric(*points(*CLEAN_WORDS[:2], words))


def with_levels(given: tuple[Level, ...]) -> Rubric:
    """A clean rubric whose last point has these grades."""
    clean = points(*CLEAN_WORDS)
    return rubric(*clean[:2], clean[2].model_copy(update={"levels": given}))


def marks(**values: list[float]) -> MarksAtHand:
    """Marks on the first samples, by key."""
    return MarksAtHand(
        {key: MarkColumn(np.arange(len(each)), np.array(each, dtype=float)) for key, each in values.items()}
    )
