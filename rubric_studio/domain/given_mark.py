"""A rater's mark as agreement needs it: who gave which grade to which question. Not why, and not by which words."""

from typing import NamedTuple

from rubric_studio.domain.ids import QuestionHash, RecordId, SampleKey
from rubric_studio.domain.verdict import Rater, State, Verdict


class GivenMark(NamedTuple):
    """What one rater said of one criterion on one sample; a level has the last word over the value.

    Its fields are those of `Verdict`. `record` is the expert's record, "" of a judge.
    """

    sample: SampleKey
    question: QuestionHash
    rater: Rater
    repeat: int
    state: State
    value: float | None
    level: str | None
    record: RecordId = RecordId("")


def given_mark(verdict: Verdict) -> GivenMark:
    """A verdict without its words."""
    return GivenMark(
        verdict.sample,
        verdict.question,
        verdict.rater,
        verdict.repeat,
        verdict.state,
        verdict.value,
        verdict.level,
    )
