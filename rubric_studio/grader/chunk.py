"""The work of one worker process: measure many answers by many checks. Light to import, knows no rubric."""

from collections.abc import Sequence
from typing import Any

from rubric_studio.grader.measures import Answer, asked

Measured = tuple[Sequence[float | None], Sequence[str], Sequence[tuple[tuple[int, int], ...]]]
"""What one check found on several answers, as columns: values, reasons, spans. Quick to send between processes."""

Work = Sequence[tuple[dict[str, Any], Sequence[int], Sequence[str]]]
"""For each row its item, which of the kinds to measure, and the texts of the answers to it."""


def measure_chunk(kinds: Sequence[dict[str, Any]], work: Work) -> list[Measured]:
    """Measure answers; one entry for each row and kind, in order. An answer is parsed once for all kinds."""
    results: list[Measured] = []
    for item, wanted, texts in work:
        answers = [Answer(text) for text in texts]
        for index in wanted:
            values, reasons, spans = zip(*map(asked(kinds[index], item), answers), strict=True)
            results.append((values, reasons, spans))
    return results
