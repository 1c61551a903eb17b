"""A verdict: one rater's answer for one criterion on one sample. The atom of the whole program."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Literal, NamedTuple, Self

from pydantic import Field, model_validator

from rubric_studio.domain.ids import CriterionKey, QuestionHash, RowId, SampleKey
from rubric_studio.domain.values import Value


class State(StrEnum):
    """What is known of a criterion on a sample. Unscored is never 0 and never NaN."""

    SCORED = "scored"
    NOT_APPLICABLE = "not_applicable"
    UNSCORED = "unscored"


class Rater(Value):
    """Who decides: a program, a language model with a fixed prompt, or a person.

    `name` is "" for checks, the judge's name, or the expert's permanent id.
    """

    kind: Literal["check", "judge", "expert"]
    name: str = ""


class Span(Value):
    """A piece of the sample's text, in code points from its beginning."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str = ""


class Verdict(Value):
    """What one rater said. A level, where given, has the last word over the value.

    Level values may change later without asking anybody again, so a verdict keeps the level's key and
    the value of that day; `value` alone stands where no level was chosen. Values lie in [0, 1] but for those
    of imported graders, which are raw numbers: whether one may count is settled where it is scored.
    """

    sample: SampleKey
    criterion: CriterionKey
    question: QuestionHash
    rater: Rater
    repeat: int = Field(default=0, ge=0)
    state: State
    value: float | None = Field(default=None, allow_inf_nan=False)
    level: str | None = None
    reason: str = ""
    evidence: tuple[Span, ...] = ()
    at: str = ""

    @model_validator(mode="after")
    def _value_only_where_scored(self) -> Self:
        has_mark = self.value is not None or self.level is not None
        if has_mark != (self.state is State.SCORED):
            raise ValueError(f"a verdict that is {self.state} with value {self.value} makes no sense")
        return self


class CheckVerdict(NamedTuple):
    """What a check found on one answer; no value is unscored. `spans` are (start, end) in code points."""

    sample: int
    question: QuestionHash
    value: float | None
    reason: str
    spans: tuple[tuple[int, int], ...] = ()

    @property
    def state(self) -> State:
        """Scored, or unscored with the reason."""
        return State.UNSCORED if self.value is None else State.SCORED


class CheckColumn(NamedTuple):
    """What one check found on several answers to one row, as columns of one length: how the cache keeps it."""

    row: RowId
    question: QuestionHash
    samples: Sequence[int]
    values: Sequence[float | None]
    reasons: Sequence[str]
    spans: Sequence[tuple[tuple[int, int], ...]]
