"""The server speaks the API well enough for the openai package itself, and does what it is told."""

import io
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import openai
import pytest

from tests.model_server import Late, ModelServer, NoChoices, Reset, Say, Seen, Status, always, in_turn
from tests.model_server.chaos import question_hash
from tests.model_server.fitting import fitting
from tests.model_server.process import server_process

MESSAGES: list[Any] = [{"role": "user", "content": "Is it deductible?"}]


def client_of(url: str) -> openai.OpenAI:
    return openai.OpenAI(api_key="x", base_url=url, max_retries=0, timeout=10)


def line(id: str, text: str) -> bytes:
    body = {"model": "small", "messages": [{"role": "user", "content": text}]}
    return json.dumps(
        {"custom_id": id, "method": "POST", "url": "/v1/chat/completions", "body": body}
    ).encode()


def test_the_openai_package_reads_its_answers():
    with (
        ModelServer(always(Say(("A", "B"), reasoning="Because."))) as server,
        client_of(server.url) as client,
    ):
        chat = client.chat.completions.create(model="small", messages=MESSAGES, n=2, logprobs=True)
        response = client.responses.create(model="small", input="Is it?")
        assert [model.id for model in client.models.list()] == ["small", "large"]
    assert [choice.message.content for choice in chat.choices] == ["A", "B"]
    assert chat.usage is not None
    assert chat.choices[0].logprobs is not None
    assert (response.output_text, response.status) == ("A", "completed")
    assert [seen.path for seen in server.asked] == ["/v1/chat/completions", "/v1/responses"]
    assert server.connections == 1


def test_it_does_one_act_after_another_and_remembers_what_it_saw():
    acts = in_turn(
        Status(429, "Slow down", {"retry-after": "3"}), Reset(), NoChoices(), Late(0.05, Say("Yes."))
    )
    with ModelServer(acts) as server, client_of(server.url) as client:

        def ask() -> Any:
            return client.chat.completions.create(model="small", messages=MESSAGES)

        with pytest.raises(openai.RateLimitError) as limited:
            ask()
        with pytest.raises(openai.APIConnectionError):
            ask()
        assert ask().choices == []
        assert ask().choices[0].message.content == "Yes."
    assert limited.value.response.headers["retry-after"] == "3"
    assert [seen.asked for seen in server.asked] == ["Is it deductible?"] * 4


def test_a_batch_is_worked_off_by_the_same_behavior():
    def behave(seen: Seen):
        return {"bad": Status(400, "No"), "lost": Reset()}.get(seen.asked, Say(f"To {seen.asked}"))

    with ModelServer(behave, polls=2) as server, client_of(server.url) as client:
        lines = b"\n".join([line("1", "good"), line("2", "bad"), line("3", "lost")])
        file = client.files.create(file=("lines.jsonl", io.BytesIO(lines)), purpose="batch")
        batch = client.batches.create(
            input_file_id=file.id,
            endpoint="/v1/chat/completions",
            completion_window="24h",
            metadata={"token": "t1"},
        )
        states = [client.batches.retrieve(batch.id).status for _ in range(2)]
        done = client.batches.retrieve(batch.id)
        good = client.files.content(done.output_file_id or "").text
        bad = client.files.content(done.error_file_id or "").text
        assert [(each.id, each.metadata) for each in client.batches.list()] == [(batch.id, {"token": "t1"})]
    assert (batch.status, states) == ("validating", ["in_progress", "completed"])
    assert done.request_counts is not None
    assert (done.request_counts.total, done.request_counts.completed, done.request_counts.failed) == (3, 1, 2)
    answer = json.loads(good)
    assert answer["custom_id"] == "1"
    assert answer["response"]["body"]["choices"][0]["message"]["content"] == "To good"
    refused, lost = (json.loads(each) for each in bad.splitlines())
    assert (refused["custom_id"], refused["response"]["status_code"]) == ("2", 400)
    assert (lost["custom_id"], lost["error"]["code"]) == ("3", "batch_expired")


def test_a_batch_can_be_cancelled_and_can_fail_whole():
    with ModelServer(always(Say()), polls=9) as server, client_of(server.url) as client:
        file = client.files.create(file=("lines.jsonl", io.BytesIO(line("1", "q"))), purpose="batch")

        def begin() -> str:
            return client.batches.create(
                input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h"
            ).id

        assert client.batches.cancel(begin()).status == "cancelled"
        failing = begin()
        server.desk.failing, server.desk.polls = "The file is no JSONL", 1
        failed = client.batches.retrieve(failing)
    assert failed.status == "failed"
    assert failed.errors is not None
    assert failed.errors.data is not None
    assert failed.errors.data[0].message == "The file is no JSONL"


def test_as_a_process_it_says_the_same_to_the_same_question_and_logs_what_it_answered(tmp_path: Path):
    with server_process(tmp_path, seed=1) as url, client_of(url) as client:
        said = [
            client.chat.completions.create(model="small", messages=MESSAGES, n=n).choices[-1].message.content
            for n in (1, 2)
        ]
    name = question_hash({"messages": MESSAGES})
    assert said[0] == said[1]
    assert name in (said[0] or "")
    assert (tmp_path / "answered.log").read_text("ascii").splitlines() == [f"{name} 1", f"{name} 2"]


def test_as_a_process_it_fails_as_often_as_it_is_told(tmp_path: Path):
    with server_process(tmp_path, seed=1, faults=1.0) as url, client_of(url) as client:
        for _ in range(30):
            with suppress(openai.OpenAIError, json.JSONDecodeError):
                client.chat.completions.create(model="small", messages=MESSAGES)
    # Of the 15 things that go wrong 3 are answers with something odd: of 30 some 6 are answered.
    assert 1 <= len((tmp_path / "answered.log").read_text("ascii").splitlines()) <= 12


def test_structured_questions_get_answers_that_fit():
    schema = {
        "type": "object",
        "properties": {
            "level": {"type": "string", "enum": ["fully", "partly", "no"]},
            "quotes": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            "score": {"type": "integer", "minimum": 3, "maximum": 5},
            "reason": {"anyOf": [{"type": "string"}, {"type": "null"}]},
        },
    }
    told = fitting(schema, 10)
    assert told["level"] in ("fully", "partly", "no")
    assert len(told["quotes"]) == 1
    assert 3 <= told["score"] <= 5
    assert isinstance(told["reason"], str)
