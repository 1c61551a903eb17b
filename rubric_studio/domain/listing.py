"""What is asked of a project to list it, and the short answers: no text longer than a table cell."""

from typing import Literal, NamedTuple

from pydantic import Field

from rubric_studio.domain.ids import RowId, SampleKey
from rubric_studio.domain.values import JsonObject, Value


class SampleInfo(NamedTuple):
    """A sample without its text, for columns over the whole project. `number` counts from 0 in store order."""

    id: int
    key: SampleKey
    row: RowId
    model: str
    run: int


class RowQuery(Value):
    """Which rows to list, in which order."""

    search: str = ""
    decision: Literal["any", "open", "keep", "fix", "drop"] = "any"
    flagged: bool | None = None
    answered: bool | None = None
    reference: tuple[tuple[str, str], ...] = ()
    sort: Literal["imported", "id", "prompt", "answers", "flags", "decision"] = "imported"
    descending: bool = False


class RowSummary(Value):
    """One line of the table of rows."""

    id: RowId
    first_words: str
    answers: int = 0
    flags: int = 0
    decision: str = ""
    edited: bool = False
    reference: JsonObject = Field(default_factory=dict)


class Counts(Value):
    """How much a project holds."""

    rows: int = 0
    samples: int = 0
    models: tuple[str, ...] = ()
    versions: int = 0
    judges: tuple[str, ...] = ()
    judge_verdicts: int = 0
    expert_verdicts: int = 0
    flags: int = 0
    decisions: dict[str, int] = Field(default_factory=dict)
