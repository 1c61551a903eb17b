"""The work of one worker process: measure many answers by many checks. Light to import, knows no rubric."""

from collections.abc import Sequence
from typing import Any

from rubric_studio.grader.measures import Answer, Check, asked
from rubric_studio.grader.openai_graders import GRADER_KIND, grader_check

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
            values, reasons, spans = zip(*map(check_of(kinds[index], item), answers), strict=True)
            results.append((values, reasons, spans))
    return results


def check_of(kind: dict[str, Any], item: dict[str, Any]) -> Check:
    """The check of one criterion on one row: an imported grader's, or one of our own measures."""
    return grader_check(kind, item) if kind.get("type") == GRADER_KIND else asked(kind, item)
