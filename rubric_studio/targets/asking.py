"""The way of asking that a bundle carries: each row's messages, the form of the answers, prompt.json.

Where a bundle carries none, rows go out with their own prompt and the form is the rubric's.
"""

from collections.abc import Iterator
from typing import Any

from rubric_studio.domain.bundle import BundleContent, Objection
from rubric_studio.domain.model_call import ResponseSchema
from rubric_studio.domain.row import Row
from rubric_studio.targets.json_bytes import json_file
from rubric_studio.targets.output_schema import is_strict, output_schema

PROMPT_FILE = "prompt.json"
UNHEARD_BY_AZURE = ("system", "developer")
FORM_NAME = "answer"


def messages_of(content: BundleContent, row: Row) -> list[dict[str, str]]:
    """What the model in training gets for a row: exactly what the sampled models got."""
    messages = row.prompt if content.prompt is None else content.prompt.messages_for(row)
    return [{"role": message.role, "content": message.content} for message in messages]


def answer_form(content: BundleContent) -> ResponseSchema | None:
    """The form to which training holds answers: that of the way of asking; without one, the rubric's."""
    if content.prompt is not None:
        return content.prompt.response
    schema = output_schema(content.rubric)
    if schema is None:
        return None
    return ResponseSchema(name=FORM_NAME, json_schema=schema, strict=is_strict(schema))


def form_to_show(content: BundleContent) -> dict[str, Any] | None:
    """The schema that answers must keep to for a good score, whoever holds the model to it."""
    form = answer_form(content)
    return output_schema(content.rubric) if form is None else form.json_schema


def prompt_files(content: BundleContent) -> Iterator[tuple[str, bytes]]:
    """prompt.json, where there is a way of asking to tell of. A schema in it keeps its own order."""
    if content.prompt is not None:
        told = {
            "hash": content.prompt.hash,
            "template": content.prompt.model_dump(mode="json"),
            "title": content.prompt.title,
        }
        yield PROMPT_FILE, json_file(told, sort_keys=False)


def ending_objections(content: BundleContent) -> tuple[Objection, ...]:
    """Rows whose messages would not end with the user's: a service that wants them so refuses the whole file."""
    if content.prompt is None:
        return ()
    endings = [messages[-1]["role"] for messages in _all_messages(content) if messages]
    others = sum(role != "user" for role in endings)
    if not others:
        return ()
    counted = "for 1 question" if others == 1 else f"for {others} questions"
    message = (
        f"the way of asking ends with a message that is not the user's {counted}, which this service refuses"
    )
    return (Objection(criterion="", message=message, can_leave_out=False),)


def has_system_message(content: BundleContent) -> bool:
    """Whether some row goes out with a message that Azure does not take."""
    return any(
        message["role"] in UNHEARD_BY_AZURE for messages in _all_messages(content) for message in messages
    )


def _all_messages(content: BundleContent) -> Iterator[list[dict[str, str]]]:
    return (messages_of(content, entry.row) for entry in content.rows)
