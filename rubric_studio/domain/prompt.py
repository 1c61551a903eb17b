"""A prompt template: how a row becomes the messages a model gets, in sampling, in training and in use alike."""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic import Field

from rubric_studio.domain.canonical import canonical_json
from rubric_studio.domain.model_call import ResponseSchema
from rubric_studio.domain.row import Message, Role, Row
from rubric_studio.domain.values import Value

PROMPT_TAG = "rubric-studio prompt 1"
PLACEHOLDER = re.compile(r"\{\{\s*(prompt|item\.[^{}]+?)\s*\}\}")
QUESTION = "{{ prompt }}"


class TemplateMessage(Value):
    """One message of a template. A content of exactly "{{ prompt }}" stands for all of the row's own messages."""

    role: Role = "user"
    content: str = QUESTION


class PromptTemplate(Value):
    """A named, numbered way of asking. `{{ prompt }}` is the row's prompt, `{{ item.FIELD }}` a reference field.

    The number counts the versions of one name; it and the name are not in the hash.
    """

    name: str = Field(min_length=1)
    number: int = Field(default=1, ge=1)
    messages: tuple[TemplateMessage, ...] = (TemplateMessage(),)
    response: ResponseSchema | None = None

    @property
    def title(self) -> str:
        """The name people see, with the version's number."""
        return f"{self.name} {self.number}"

    @property
    def hash(self) -> str:
        """64 hex digits: the SHA-256 of canonical JSON of {messages, response, tag}."""
        told = self.model_dump(mode="json", include={"messages"}) | {"tag": PROMPT_TAG}
        told["response"] = None if self.response is None else self.response.told
        return hashlib.sha256(canonical_json(told).encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def fields(self) -> tuple[str, ...]:
        """The reference fields it shows to the model, each once."""
        found = [name for message in self.messages for name in PLACEHOLDER.findall(message.content)]
        return tuple(dict.fromkeys(name.removeprefix("item.") for name in found if name != "prompt"))

    def messages_for(self, row: Row) -> tuple[Message, ...]:
        """The messages that the model gets for that row; an absent field is an empty text."""
        made: list[Message] = []
        for message in self.messages:
            if message.content.strip() == QUESTION and message.role == "user":
                made += row.prompt
            else:
                made.append(Message(role=message.role, content=_filled(message.content, row)))
        return tuple(made)


AS_IT_STANDS = PromptTemplate(name="The question as it stands")
"""Nothing added: what is used where nobody wrote a template."""


def _filled(text: str, row: Row) -> str:
    """Replace placeholders in one pass: what a field holds is never read as a template again."""

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        return row.prompt_text if name == "prompt" else _field_text(row.reference, name.removeprefix("item."))

    return PLACEHOLDER.sub(value, text)


def _field_text(reference: Mapping[str, Any], name: str) -> str:
    value = reference.get(name, "")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
