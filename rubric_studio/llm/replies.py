"""Reads what a server answered into replies. Cheaper than the openai package's own models; says Nonsense, not why."""

import json
from datetime import UTC, datetime
from typing import Any

import orjson

from rubric_studio.domain.model_call import Api, Reply, Usage

FILTER = "content_filter"
LONGEST_NAME = 200
"""Characters of what a server calls itself, an answer or its end: they are shown, and kept with each answer."""
MOST_TOKENS = 10**9
"""In one answer: a server that counts more does not count."""
GIVEN_UP = ("failed", "cancelled")


class Nonsense(Exception):
    """The answer is not what the API promises; the message says how, for people."""


class Filtered(Exception):
    """The provider's content filter took the answer away."""


class TroubleInside(Exception):
    """An error that came as if it were an answer: under the status 200. `told` is its JSON."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__("an error instead of an answer")
        self.told = told


def replies(
    api: Api, body: bytes, *, choices: int = 1, header_id: str = "", latency: float = 0.0
) -> tuple[Reply, ...]:
    """The replies in an answer, at most as many as were asked for.

    Raises:
        Nonsense: no JSON, no choices, another shape than the API's.
        Filtered: a content filter left nothing.
        TroubleInside: the answer is an error.
    """
    told = json_object(body)
    if told.get("error") and not told.get("choices") and not _is_ended_response(told):
        raise TroubleInside(told)
    common = {
        "model": _name(told.get("model")),
        "fingerprint": _name(told.get("system_fingerprint")),
        "request_id": _name(header_id) or _name(told.get("id")),
        "usage": _usage(told.get("usage")),
        "latency": latency,
        "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
    }
    if api == "responses":
        return (_of_response(told, common),)
    return _of_chat(told, common, choices)


def json_object(body: bytes) -> dict[str, Any]:
    """The JSON object of a body.

    Raises:
        Nonsense: it is none.
    """
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        told = _leniently(body)
    if not isinstance(told, dict):
        raise Nonsense("The server's answer is not the JSON object that it promises.")
    return told


def _leniently(body: bytes) -> Any:
    """JSON in which half a character is written as an escape, which orjson refuses and models do write."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Nonsense("The server's answer is not whole, or no JSON.") from None


# ---- chat


def _of_chat(told: dict[str, Any], common: dict[str, Any], wanted: int) -> tuple[Reply, ...]:
    listed = told.get("choices")
    if not isinstance(listed, list):
        raise Nonsense("The server's answer has not the shape of a chat completion.")
    if not listed:
        raise Nonsense("The server answered without an answer in it (no choices).")
    kept = [choice for choice in listed[: max(1, wanted)] if not _is_filtered(choice)]
    if not kept:
        raise Filtered
    return tuple(_choice(choice, common, len(listed)) for choice in kept)


def _is_filtered(choice: Any) -> bool:
    return isinstance(choice, dict) and choice.get("finish_reason") == FILTER


def _choice(choice: Any, common: dict[str, Any], of: int) -> Reply:
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(message, dict):
        raise Nonsense("The server's answer has not the shape of a chat completion.")
    refusal = _text(message.get("refusal"))
    content = message.get("content")
    if content is not None and not isinstance(content, str | list):
        raise Nonsense("The server's answer holds something else than text.")
    reasoning = _text(message.get("reasoning_content")) or _text(message.get("reasoning"))
    return Reply(
        text="" if refusal else _text(content),
        reasoning=reasoning,
        refusal=refusal,
        finish=_name(choice.get("finish_reason")),
        of=of,
        **common,
    )


# ---- responses


def _is_ended_response(told: dict[str, Any]) -> bool:
    return told.get("object") == "response" and told.get("status") in ("completed", "incomplete")


def _of_response(told: dict[str, Any], common: dict[str, Any]) -> Reply:
    if told.get("status") in GIVEN_UP:  # whatever text is there broke off somewhere
        raise TroubleInside(told)
    output = told.get("output")
    if not isinstance(output, list):
        raise Nonsense("The server's answer has not the shape of a response.")
    finish = _finish(told)
    parts = [part for item in output if _kind(item) == "message" for part in _list(item.get("content"))]
    refusal = "".join(_text(part.get("refusal")) for part in parts if _kind(part) == "refusal")
    text = "".join(_text(part.get("text")) for part in parts if _kind(part) == "output_text")
    if not parts and finish != "length":
        raise Nonsense("The server answered without an answer in it (no message).")
    summaries = [_summary(item) for item in output if _kind(item) == "reasoning"]
    return Reply(
        text="" if refusal else text,
        reasoning="\n\n".join(summary for summary in summaries if summary),
        refusal=refusal,
        finish=finish,
        **common,
    )


def _finish(told: dict[str, Any]) -> str:
    status = _name(told.get("status"))
    if status != "incomplete":
        return "stop" if status == "completed" else status
    details = told.get("incomplete_details")
    reason = _name(details.get("reason")) if isinstance(details, dict) else ""
    if reason == FILTER:
        raise Filtered
    return "length" if reason == "max_output_tokens" else reason or "incomplete"


def _summary(item: dict[str, Any]) -> str:
    return "\n\n".join(_text(part.get("text")) for part in _list(item.get("summary")))


# ---- pieces


def _kind(item: Any) -> str:
    return _text(item.get("type")) if isinstance(item, dict) else ""


def _list(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    """A text, whole; some servers give it in parts. Anything else is none."""
    if isinstance(value, list):
        return "".join(_text(part.get("text")) for part in _list(value))
    if not isinstance(value, str):
        return ""
    if value.isascii():
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def _name(value: Any) -> str:
    """A short text without line ends."""
    return " ".join(_text(value)[:LONGEST_NAME].split())


def _usage(told: Any) -> Usage | None:
    """The tokens, in the words of either API; None where the server does not say."""
    if not isinstance(told, dict):
        return None
    prompt = _number(told, "prompt_tokens", "input_tokens")
    answer = _number(told, "completion_tokens", "output_tokens")
    if prompt is None and answer is None:
        return None
    before = _details(told, "prompt_tokens_details", "input_tokens_details")
    after = _details(told, "completion_tokens_details", "output_tokens_details")
    return Usage(
        prompt=prompt or 0,
        answer=answer or 0,
        reasoning=_number(after, "reasoning_tokens") or 0,
        cached=min(_number(before, "cached_tokens") or 0, prompt or 0),
    )


def _details(told: dict[str, Any], *names: str) -> dict[str, Any]:
    return next((told[name] for name in names if isinstance(told.get(name), dict)), {})


def _number(told: dict[str, Any], *names: str) -> int | None:
    for name in names:
        value = told.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_TOKENS:
            return value
    return None
