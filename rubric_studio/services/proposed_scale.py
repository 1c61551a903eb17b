"""Propose the scale of marks from the first ones: which number is the worst and which the best."""

from collections.abc import Iterable

from rubric_studio.domain.values import Json
from rubric_studio.services.imported_values import as_number

TOPS = (1.0, 5.0, 10.0, 20.0, 100.0)
"""The best marks of the scales in use; the smallest that holds all marks is proposed."""
SCALES_FROM_1 = (5.0, 10.0)
"""These often begin at 1; they are proposed so where no smaller mark is met."""


def propose_scale(marks: Iterable[Json]) -> tuple[float, float]:
    """Propose (worst, best). Which end is the better one no number tells: people must look at it."""
    numbers = [number for mark in marks if (number := as_number(mark)) is not None]
    highest = max(numbers, default=1.0)
    best = next((top for top in TOPS if highest <= top), highest)
    worst = 1.0 if best in SCALES_FROM_1 and min(numbers, default=0.0) >= 1 else 0.0
    return min([worst, *numbers]), best
