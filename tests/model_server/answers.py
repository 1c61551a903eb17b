"""Answers in the shapes of OpenAI's API: chat completions, responses, errors. Nothing of the wire."""

import json
import time
from collections.abc import Mapping
from itertools import count
from typing import Any

from tests.model_server.acts import Say, Status

Json = dict[str, Any]
_numbers = count(1)


def chat(request: Json, say: Say) -> Json:
    """A chat completion, with as many choices as were asked for unless the act says otherwise."""
    wanted = say.choices if say.choices is not None else (request.get("n") or 1)
    texts = [text_of(say, at) for at in range(wanted)]
    answer = {
        "id": say.id or f"chatcmpl-{next(_numbers)}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": say.model or request.get("model", ""),
        "choices": [_choice(at, text, request, say) for at, text in enumerate(texts)],
        "system_fingerprint": say.fingerprint,
        "usage": dict(say.usage) if say.usage is not None else _usage(request, texts),
    }
    if not answer["usage"]:
        del answer["usage"]
    return answer | dict(say.extra)


def _choice(at: int, text: str, request: Json, say: Say) -> Json:
    message: Json = {"role": "assistant", "content": None if say.refusal else text, "refusal": say.refusal}
    if say.reasoning is not None:
        message["reasoning_content"] = say.reasoning
    choice: Json = {"index": at, "message": message, "finish_reason": say.finish, "logprobs": None}
    if request.get("logprobs") and say.logprobs:
        token = {"token": text[:4], "logprob": -0.1, "bytes": None, "top_logprobs": []}
        choice["logprobs"] = {"content": [token], "refusal": None}
    return choice


def responses(request: Json, say: Say) -> Json:
    """An answer of the Responses API; finish "length" makes it incomplete."""
    text = text_of(say, 0)
    output: list[Json] = []
    if say.reasoning is not None:
        output.append(
            {"type": "reasoning", "id": "rs_1", "summary": [{"type": "summary_text", "text": say.reasoning}]}
        )
    part = (
        {"type": "refusal", "refusal": say.refusal}
        if say.refusal
        else {"type": "output_text", "text": text, "annotations": []}
    )
    output.append(
        {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content": [part]}
    )
    reasons = {"length": "max_output_tokens", "content_filter": "content_filter"}
    reason = reasons.get(say.finish)
    counted = _usage(request, [text])
    usage = {
        "input_tokens": counted["prompt_tokens"],
        "output_tokens": counted["completion_tokens"],
        "total_tokens": counted["total_tokens"],
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens_details": {"reasoning_tokens": 0},
    }
    return {
        "id": say.id or f"resp_{next(_numbers)}",
        "object": "response",
        "created_at": int(time.time()),
        "model": say.model or request.get("model", ""),
        "status": "incomplete" if reason else "completed",
        "incomplete_details": {"reason": reason} if reason else None,
        "error": None,
        "output": output,
        "usage": dict(say.usage) if say.usage is not None else usage,
    } | dict(say.extra)


def text_of(say: Say, at: int) -> str:
    """The text of one choice."""
    return say.text if isinstance(say.text, str) else say.text[at % len(say.text)]


def _usage(request: Json, texts: list[str]) -> Json:
    asked = request.get("messages", request.get("input", ""))
    prompt = len(asked if isinstance(asked, str) else json.dumps(asked)) // 4 + 1
    answer = sum(len(text) // 4 + 1 for text in texts)
    return {"prompt_tokens": prompt, "completion_tokens": answer, "total_tokens": prompt + answer}


def error_body(status: Status) -> bytes:
    """The body of an error, in OpenAI's form where the act gives only its message."""
    if isinstance(status.body, bytes):
        return status.body
    if isinstance(status.body, Mapping):
        return json.dumps(status.body).encode()
    told = {"message": status.body, "type": "told", "param": None, "code": None}
    return json.dumps({"error": told}).encode()
