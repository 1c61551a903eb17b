"""A request in the words of Chat Completions or of Responses. What comes back is read in `replies.py`."""

from typing import Any

from rubric_studio.domain.model_call import Request
from rubric_studio.domain.row import Message
from rubric_studio.llm.dialect import Dialect

CHAT = "/chat/completions"
RESPONSES = "/responses"


def path_of(request: Request) -> str:
    """The address below the connection's own."""
    return RESPONSES if request.api == "responses" else CHAT


def arguments(request: Request, dialect: Dialect, choices: int = 1) -> dict[str, Any]:
    """The JSON of the call. Responses knows neither n nor seed: they are left out there."""
    build = _responses if request.api == "responses" else _chat
    return build(request, dialect, choices)


def _chat(request: Request, dialect: Dialect, choices: int) -> dict[str, Any]:
    told: dict[str, Any] = {"model": request.model, "messages": _messages(request.messages)}
    asked = request.parameters
    if asked.temperature is not None:
        told["temperature"] = asked.temperature
    if asked.max_tokens is not None:
        told[dialect.limit] = asked.max_tokens
    if asked.reasoning_effort is not None:
        told["reasoning_effort"] = asked.reasoning_effort
    if asked.seed is not None:
        told["seed"] = asked.seed
    if choices > 1:
        told["n"] = choices
    if request.response is not None:
        form = request.response
        shape = {"name": form.name, "schema": form.json_schema, "strict": form.strict}
        told["response_format"] = {"type": "json_schema", "json_schema": shape}
    return told


def _responses(request: Request, dialect: Dialect, choices: int) -> dict[str, Any]:  # noqa: ARG001 - it has no n
    """`store` is false: otherwise the service keeps questions and answers for a month."""
    told: dict[str, Any] = {"model": request.model, "input": _messages(request.messages), "store": False}
    asked = request.parameters
    if asked.temperature is not None:
        told["temperature"] = asked.temperature
    if asked.max_tokens is not None:
        told["max_output_tokens"] = asked.max_tokens
    if asked.reasoning_effort is not None:
        told["reasoning"] = {"effort": asked.reasoning_effort}
        if dialect.asks_summary and asked.reasoning_effort != "none":
            told["reasoning"]["summary"] = "auto"
    if request.response is not None:
        form = request.response
        shape = {"type": "json_schema", "name": form.name, "schema": form.json_schema, "strict": form.strict}
        told["text"] = {"format": shape}
    return told


def _messages(messages: tuple[Message, ...]) -> list[dict[str, str]]:
    return [{"role": message.role, "content": _whole(message.content)} for message in messages]


def _whole(text: str) -> str:
    """The text as UTF-8 can carry it: half a character becomes the sign for one that cannot be read."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
