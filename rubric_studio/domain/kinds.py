"""The kinds of criteria: what each needs to know. How they are computed is in `grader/measures.py`."""

import re
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, field_validator, model_validator

from rubric_studio.domain.values import JsonObject, Value

Share = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]
NotNegative = Annotated[float, Field(ge=0.0, allow_inf_nan=False)]


class Pattern(Value):
    """What a regular expression with one group finds in the output's text."""

    pattern: str

    @field_validator("pattern")
    @classmethod
    def _has_one_group(cls, pattern: str) -> str:
        try:
            groups = re.compile(pattern).groups
        except (re.error, RecursionError, OverflowError) as error:
            raise ValueError(f"not a regular expression: {error}") from error
        if groups != 1:
            raise ValueError(f"needs exactly one group in round brackets, has {groups}")
        return pattern


Predicted = str | Pattern
"""`output_text`, a path into the parsed answer (`output_json.codes[*].code`), or a pattern."""


class LabelsKind(Value):
    """Precision, recall or F-beta of a set of labels against the row's."""

    type: Literal["labels"] = "labels"
    predicted: Predicted = "output_text"
    reference: str
    metric: Literal["precision", "recall", "f_beta"] = "f_beta"
    beta: float = Field(default=1.0, gt=0.0, allow_inf_nan=False)
    exact: bool = False


class ChoiceKind(Value):
    """The one right choice."""

    type: Literal["choice"] = "choice"
    predicted: Predicted = "output_text"
    reference: str
    exact: bool = False


class NumberKind(Value):
    """An amount within a tolerance; beyond it the credit falls in a line to 0 over `band`."""

    type: Literal["number"] = "number"
    predicted: Predicted = "output_text"
    reference: str
    absolute: NotNegative = 0.0
    relative: NotNegative = 0.0
    band: NotNegative = 0.0
    decimal: Literal[".", ","] = "."
    percent: Literal["keep", "fraction"] = "keep"


class DateKind(Value):
    """A date within some days."""

    type: Literal["date"] = "date"
    predicted: Predicted = "output_text"
    reference: str
    days: int = Field(default=0, ge=0)
    order: Literal["dmy", "mdy", "ymd"] = "dmy"


class _TermsKind(Value):
    terms: tuple[str, ...] = ()
    reference: str | None = None

    @model_validator(mode="after")
    def _has_terms_or_reference(self) -> Self:
        if not self.terms and not self.reference:
            raise ValueError("needs terms, or a reference field that holds them")
        return self


class MentionsKind(_TermsKind):
    """The share of required terms or citations that the text mentions."""

    type: Literal["mentions"] = "mentions"


class ForbidsKind(_TermsKind):
    """1 when nothing forbidden is in the text, else 0."""

    type: Literal["forbids"] = "forbids"


class SimilarKind(Value):
    """How alike two texts are, stretched between floor (0) and ceiling (1)."""

    type: Literal["similar"] = "similar"
    predicted: Predicted = "output_text"
    reference: str
    ratio: Literal["ratio", "partial", "token_set"] = "ratio"
    floor: Share = 0.0
    ceiling: Share = 1.0

    @model_validator(mode="after")
    def _floor_lies_below_ceiling(self) -> Self:
        if self.floor >= self.ceiling:
            raise ValueError("floor must lie below ceiling")
        return self


class FormatKind(Value):
    """The answer fits a JSON Schema (a listed subset) and a length."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    type: Literal["format"] = "format"
    json_schema: JsonObject | None = Field(default=None, alias="schema")
    min_chars: int | None = Field(default=None, ge=0)
    max_chars: int | None = Field(default=None, ge=0)


class JudgedKind(Value):
    """A judge or an expert reads the wording and picks a level.

    `reads` names the row fields it depends on; None means the prompt and the field `reference`.
    """

    type: Literal["judged"] = "judged"
    reads: tuple[str, ...] | None = None


class PythonKind(Value):
    """Own code: `grade(sample, item) -> float`."""

    type: Literal["python"] = "python"
    source: str


class GraderKind(Value):
    """A grader that came with a file and runs as it is. Rubrics make it of their `graders`, no JSON shows it."""

    type: Literal["grader"] = "grader"
    grader: JsonObject


Kind = Annotated[
    LabelsKind
    | ChoiceKind
    | NumberKind
    | DateKind
    | MentionsKind
    | ForbidsKind
    | SimilarKind
    | FormatKind
    | JudgedKind
    | PythonKind
    | GraderKind,
    Field(discriminator="type"),
]


def is_judged(kind: Kind) -> bool:
    """Whether a judge or an expert decides, not a program."""
    return isinstance(kind, JudgedKind)
