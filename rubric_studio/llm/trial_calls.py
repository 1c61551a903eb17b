"""The small calls by which a connection is tried, and what their answers show. They are sent elsewhere."""

from typing import Any, Literal

import orjson

from rubric_studio.llm.dialect import Dialect
from rubric_studio.llm.replies import Nonsense, json_object

Extra = Literal["structured", "n", "seed", "logprobs"]
EXTRAS: tuple[Extra, ...] = ("structured", "n", "seed", "logprobs")

QUESTION = [
    {"role": "user", "content": 'Is two even? Answer as JSON: {"answer": "yes"} or {"answer": "no"}.'}
]
SMALLEST = 16
"""Tokens: some services take no smaller limit."""
ENOUGH = 200
"""Tokens for a short JSON answer, with a little thinking before it."""
SCHEMA = {
    "type": "object",
    "properties": {"answer": {"type": "string", "enum": ["yes", "no"]}},
    "required": ["answer"],
    "additionalProperties": False,
}
ASKS: dict[Extra, dict[str, Any]] = {
    "structured": {
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "answer", "schema": SCHEMA, "strict": True},
        }
    },
    "n": {"n": 2},
    "seed": {"seed": 7},
    "logprobs": {"logprobs": True},
}


def plain_chat(model: str, dialect: Dialect) -> dict[str, Any]:
    """A question with nothing special."""
    return {"model": model, "messages": QUESTION, dialect.limit: SMALLEST}


def plain_response(model: str) -> dict[str, Any]:
    """The same by the Responses API."""
    return {"model": model, "input": QUESTION, "max_output_tokens": SMALLEST, "store": False}


def combined(model: str, dialect: Dialect) -> dict[str, Any]:
    """Everything special in one call."""
    told = {"model": model, "messages": QUESTION, dialect.limit: ENOUGH}
    for asks in ASKS.values():
        told |= asks
    return told


def single(extra: Extra, model: str, dialect: Dialect) -> dict[str, Any]:
    """One special thing alone."""
    return {"model": model, "messages": QUESTION, dialect.limit: ENOUGH} | ASKS[extra]


def judged(extra: Extra, body: bytes) -> tuple[bool | None, str]:
    """Whether one thing works by the answer to a call that asked for it (None: cannot be told), in words."""
    try:
        told = json_object(body)
    except Nonsense as error:
        return False, str(error)
    listed = told.get("choices")
    choices: list[Any] = listed if isinstance(listed, list) else []
    first = choices[0] if choices else None
    if not isinstance(first, dict) or not isinstance(first.get("message"), dict):
        return False, "The server's answer has not the shape of a chat completion."
    match extra:
        case "structured":
            return _structured(first)
        case "n":
            if len(choices) == 2:
                return True, "Two answers came for one call."
            return False, "One answer came where two were asked for: answers are asked for one by one."
        case "seed":
            named = bool(told.get("system_fingerprint"))
            return True, "A seed is taken." + (" The server names its version." if named else "")
        case "logprobs":
            works = isinstance(first.get("logprobs"), dict)
            return (
                works,
                "Probabilities come with the answer." if works else "The answer has no probabilities.",
            )


def _structured(choice: dict[str, Any]) -> tuple[bool | None, str]:
    try:
        told = orjson.loads(choice["message"].get("content") or "")
    except orjson.JSONDecodeError:
        if choice.get("finish_reason") == "length":
            return None, "The schema is taken, but the short answer was used up before it was whole."
        return False, "The schema was taken, but the answer does not keep to it."
    works = isinstance(told, dict) and told.get("answer") in ("yes", "no") and len(told) == 1
    return (
        works,
        "Answers keep to a schema." if works else "The schema was taken, but the answer does not keep to it.",
    )
