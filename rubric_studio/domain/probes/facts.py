"""What a rubric's checks read from one row, and what is known over all rows: the raw material of probes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Step = str | int | None
"""One step of a path: a name, a place in a list, or None for every element."""

TargetType = Literal["labels", "choice", "number", "date", "similar"]


@dataclass(frozen=True, slots=True)
class Target:
    """One place of the output that a check compares with the reference.

    `steps` is the path into the output's JSON; None where the check reads the text itself (then `pattern` is
    its expression, "" for the whole text). `values` are the right ones; none are right where it is empty.
    `decimal` is the sign with which the check reads numbers; `slack` how far from the reference it still pays
    something, in the reference's unit or in days.
    `is_mention` marks labels that only have to occur in the text.
    """

    key: str
    type: TargetType
    values: tuple[Any, ...]
    field: str
    steps: tuple[Step, ...] | None = None
    pattern: str = ""
    decimal: str = "."
    slack: float = 0.0
    is_mention: bool = False

    @property
    def in_json(self) -> bool:
        """Whether the check reads the output's JSON."""
        return self.steps is not None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rubric asks of one row.

    `terms` are required words and citations; `wants_more` says that the rubric looks at more than the bare
    answer; `text` is a whole answer that stands in the reference ("" where it holds facts alone); `schema`
    the JSON Schema that a format check asks for; `words` are telling words out of the criteria's wordings.
    """

    targets: tuple[Target, ...] = ()
    terms: tuple[str, ...] = ()
    wants_more: bool = False
    text: str = ""
    schema: Mapping[str, Any] | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What is known over all rows: the labels of each reference field, the most frequent first."""

    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
