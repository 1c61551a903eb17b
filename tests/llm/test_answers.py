"""What is kept of an answer, also of one that is odd: finished early, refused, renamed, told in another dialect."""

from typing import Any

import pytest

from rubric_studio.domain.model_call import Parameters, ResponseSchema, Usage
from rubric_studio.domain.row import Message
from tests.llm.conftest import Ask, connection_to, question
from tests.model_server import Act, ModelServer, Say, Seen, Status, always, in_turn

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"grade": {"type": "string"}},
    "required": ["grade"],
}
EVERYTHING = Parameters(temperature=0.5, max_tokens=90, reasoning_effort="low", seed=11)


@pytest.mark.parametrize("api", ["chat", "responses"])
def test_everything_that_a_server_tells_is_kept(api: str, ask: Ask):
    said = Say("Yes.", model="small-2026-01-01", reasoning="Section 162.", headers={"x-request-id": "req_7"})
    with ModelServer(always(said)) as server:
        [answered] = ask(connection_to(server.url), question("x" * 400, api=api))
    [reply] = answered.replies
    assert (reply.text, reply.reasoning, reply.finish) == ("Yes.", "Section 162.", "stop")
    assert (reply.model, reply.request_id, reply.of) == ("small-2026-01-01", "req_7", 1)
    assert reply.usage is not None
    assert answered.usage == reply.usage
    assert reply.usage.prompt > 100
    assert 0 < reply.latency < 10
    assert reply.at.endswith("+00:00")


@pytest.mark.parametrize(
    ("api", "told"),
    [
        (
            "chat",
            {
                "prompt_tokens": 10,
                "completion_tokens": 20,
                "prompt_tokens_details": {"cached_tokens": 4},
                "completion_tokens_details": {"reasoning_tokens": 15},
            },
        ),
        (
            "responses",
            {
                "input_tokens": 10,
                "output_tokens": 20,
                "input_tokens_details": {"cached_tokens": 4},
                "output_tokens_details": {"reasoning_tokens": 15},
            },
        ),
    ],
)
def test_tokens_of_thinking_and_from_the_cache_are_counted(api: str, told: dict[str, Any], ask: Ask):
    with ModelServer(always(Say(usage=told))) as server:
        [answered] = ask(connection_to(server.url), question(api=api))
    assert answered.usage == Usage(prompt=10, answer=20, reasoning=15, cached=4)


def test_a_server_that_counts_no_tokens_is_no_server_of_zero_tokens(ask: Ask):
    with ModelServer(always(Say(usage={}))) as server:
        [answered] = ask(connection_to(server.url), question())
    assert answered.replies[0].usage is None


@pytest.mark.parametrize("api", ["chat", "responses"])
def test_an_answer_that_ends_early_is_an_answer(api: str, ask: Ask):
    with ModelServer(always(Say("The deduction is", finish="length"))) as server:
        [answered] = ask(connection_to(server.url), question(api=api))
    assert (answered.replies[0].text, answered.replies[0].finish) == ("The deduction is", "length")


@pytest.mark.parametrize("api", ["chat", "responses"])
def test_a_refusal_is_an_answer_without_text(api: str, ask: Ask):
    with ModelServer(always(Say(refusal="I cannot advise on that."))) as server:
        [answered] = ask(connection_to(server.url), question(api=api))
    assert (answered.replies[0].text, answered.replies[0].refusal) == ("", "I cannot advise on that.")
    assert len(server.asked) == 1


def test_several_answers_come_with_one_call(ask: Ask):
    with ModelServer(always(Say(("A", "B", "C")))) as server:
        [answered] = ask(connection_to(server.url), question(), choices=3)
    assert [reply.text for reply in answered.replies] == ["A", "B", "C"]
    assert {reply.of for reply in answered.replies} == {3}
    assert server.asked[0].body["n"] == 3


@pytest.mark.parametrize(("given", "kept"), [(1, 1), (5, 3)])
def test_a_server_that_ignores_how_many_were_asked_for(given: int, kept: int, ask: Ask):
    with ModelServer(always(Say(("A", "B", "C", "D", "E"), choices=given))) as server:
        [answered] = ask(connection_to(server.url), question(), choices=3)
    assert (len(answered.replies), len(server.asked)) == (kept, 1)


def test_ids_that_come_twice_confuse_nothing(ask: Ask):
    with ModelServer(lambda seen: Say(seen.asked, id="same", headers={"x-request-id": "same"})) as server:
        found = ask(connection_to(server.url), [question(str(at)) for at in range(12)])
    assert [answered.replies[0].text for answered in found] == [str(at) for at in range(12)]


def test_half_a_character_in_an_answer_is_marked_and_does_not_break_it(ask: Ask):
    with ModelServer(always(Say("Yes \ud83d."))) as server:
        [answered] = ask(connection_to(server.url), question())
    assert answered.replies[0].text == "Yes \ufffd."


def test_chat_is_asked_in_the_words_of_its_service(ask: Ask):
    messages = (Message(role="developer", content="Be brief."), Message(role="user", content="Why § 7?"))
    form = ResponseSchema(name="verdict", json_schema=SCHEMA)
    request = question(messages=messages, parameters=EVERYTHING, response=form)
    with ModelServer(always(Say("{}"))) as server:
        ask(connection_to(server.url, service="openai"), request)
        ask(connection_to(server.url, service="vllm"), request)
    openai, vllm = (seen.body for seen in server.asked)
    assert openai == {
        "model": "small",
        "messages": [{"role": "developer", "content": "Be brief."}, {"role": "user", "content": "Why § 7?"}],
        "temperature": 0.5,
        "max_completion_tokens": 90,
        "reasoning_effort": "low",
        "seed": 11,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "verdict", "schema": SCHEMA, "strict": True},
        },
    }
    assert "max_completion_tokens" not in vllm
    assert vllm["max_tokens"] == 90


def test_responses_are_asked_in_their_own_words_and_are_not_stored_there(ask: Ask):
    form = ResponseSchema(name="verdict", json_schema=SCHEMA, strict=False)
    with ModelServer(always(Say("{}"))) as server:
        ask(connection_to(server.url), question(api="responses", parameters=EVERYTHING, response=form))
    assert server.asked[0].body == {
        "model": "small",
        "input": [{"role": "user", "content": "Is it deductible?"}],
        "store": False,
        "temperature": 0.5,
        "max_output_tokens": 90,
        "reasoning": {"effort": "low", "summary": "auto"},
        "text": {"format": {"type": "json_schema", "name": "verdict", "schema": SCHEMA, "strict": False}},
    }


@pytest.mark.parametrize("concurrency", [1, 8])
def test_a_server_that_knows_the_limit_by_its_other_name_is_asked_by_that(concurrency: int, ask: Ask):
    def behave(seen: Seen) -> Act:
        if "max_tokens" in seen.body:
            return Status(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
        return Say("Yes.")

    limited = question(parameters=Parameters(max_tokens=50))
    with ModelServer(behave) as server:
        found = ask(connection_to(server.url, concurrency=concurrency), [limited] * 12)
    assert [answered.replies[0].text for answered in found] == ["Yes."] * 12
    assert sum(answered.attempts for answered in found) == len(server.asked) == 12 + concurrency


def test_a_server_that_knows_neither_name_is_told_of(ask: Ask):
    limited = question(parameters=Parameters(max_tokens=50))
    with ModelServer(always(Status(400, "max_tokens and max_completion_tokens are not supported"))) as server:
        [answered] = ask(connection_to(server.url), limited)
    assert answered.fault is not None
    assert answered.attempts == len(server.asked) == 2


def test_a_server_that_gives_no_summary_of_its_thinking_is_not_asked_for_one_again(ask: Ask):
    complaint = Status(400, "Your organization must be verified to generate reasoning summaries.")
    thinking = question(api="responses", parameters=Parameters(reasoning_effort="high"))
    with ModelServer(in_turn(complaint, Say("Yes."))) as server:
        [answered] = ask(connection_to(server.url), thinking)
    assert answered.replies[0].text == "Yes."
    assert [seen.body["reasoning"] for seen in server.asked] == [
        {"effort": "high", "summary": "auto"},
        {"effort": "high"},
    ]
