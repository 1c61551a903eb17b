"""A row: one question with what a grader may know about it. Not its answers, not what people decided."""

from collections import Counter
from typing import Literal, Self

from pydantic import Field, model_validator

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.values import JsonObject, Value

Role = Literal["system", "developer", "user", "assistant", "tool"]


class Message(Value):
    """One message of a prompt."""

    role: Role
    content: str


class RowCriterion(Value):
    """A criterion that belongs to one row and is scored only there; always judged.

    The key is any text, unique in its row. A negative weight is a fault that costs points.
    """

    key: str = Field(min_length=1)
    text: str
    description: str = ""
    weight: float = Field(default=1.0, allow_inf_nan=False)

    @property
    def wording(self) -> str:
        """What a rater reads."""
        return f"{self.text}\n{self.description}" if self.description else self.text


class Row(Value):
    """One training row: a prompt, reference fields (a grader's `item`), and criteria of its own."""

    id: RowId = Field(min_length=1)
    prompt: tuple[Message, ...] = ()
    reference: JsonObject = Field(default_factory=dict)
    criteria: tuple[RowCriterion, ...] = ()

    @model_validator(mode="after")
    def _criteria_have_keys_of_their_own(self) -> Self:
        keys = [criterion.key for criterion in self.criteria]
        if len(set(keys)) < len(keys):
            twice = [key for key, times in Counter(keys).items() if times > 1]
            raise ValueError(f"criteria of one row share a key: {', '.join(twice)}")
        return self

    @property
    def prompt_text(self) -> str:
        """The prompt as a person reads it: the user's words, with other roles named."""
        if len(self.prompt) == 1:
            return self.prompt[0].content
        return "\n\n".join(m.content if m.role == "user" else f"[{m.role}] {m.content}" for m in self.prompt)


def user_prompt(text: str) -> tuple[Message, ...]:
    """A prompt that is one message from the user."""
    return (Message(role="user", content=text),)
