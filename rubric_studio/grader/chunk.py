"""The work of one worker process: measure many answers by many checks. Light to import, knows no rubric."""

from typing import Any

from rubric_studio.grader.measures import Answer, measure

Measured = tuple[float | None, str, tuple[tuple[int, int], ...]]
"""An Outcome as a plain tuple: three times as quick to send between processes."""

Work = list[tuple[str, dict[str, Any], tuple[int, ...]]]
"""For each answer its text, the row's item, and which of the kinds to measure."""


def measure_chunk(kinds: list[dict[str, Any]], work: Work) -> list[list[Measured]]:
    """Measure each answer by its kinds, in order; an answer is parsed once for all of them."""
    results: list[list[Measured]] = []
    for text, item, wanted in work:
        answer = Answer(text)
        results.append([_plain(*measure(kinds[index], answer, item)) for index in wanted])
    return results


def _plain(value: float | None, reason: str, spans: tuple[tuple[int, int], ...]) -> Measured:
    return value, reason, spans
