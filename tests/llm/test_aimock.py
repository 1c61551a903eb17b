"""Against a mock server that nobody here wrote: chat, responses, structured output, failures, tests of a connection."""

from collections.abc import Iterator
from typing import Any

import pytest

from rubric_studio.domain.model_call import FaultKind, ResponseSchema
from rubric_studio.llm.servers import ModelServers
from tests.llm.conftest import Ask, connection_to, question
from tests.model_server.aimock import NotHere, aimock

FIXTURES: list[dict[str, Any]] = [
    {
        "match": {"userMessage": "too many", "sequenceIndex": 0},
        "response": {
            "error": {"message": "Slow down", "type": "rate_limit_error"},
            "status": 429,
            "retryAfter": 1,
        },
    },
    {"match": {"userMessage": "too many"}, "response": {"content": "Now it works."}},
    {
        "match": {"userMessage": "no such model"},
        "response": {
            "error": {"message": "The model does not exist", "code": "model_not_found"},
            "status": 404,
        },
    },
    {
        "match": {"userMessage": "grade it", "responseFormat": "json_schema"},
        "response": {"content": '{"grade": "fully"}'},
    },
    {"match": {"userMessage": "think"}, "response": {"content": "Allowed.", "reasoning": "Section 162."}},
    {"match": {"userMessage": "long"}, "response": {"content": "Cut of", "finishReason": "length"}},
    {"match": {}, "response": {"content": "Hello."}},
]
FORM = ResponseSchema(
    name="grade",
    json_schema={
        "type": "object",
        "properties": {"grade": {"type": "string"}},
        "required": ["grade"],
        "additionalProperties": False,
    },
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    try:
        with aimock(tmp_path_factory.mktemp("aimock"), FIXTURES) as address:
            yield address
    except NotHere as why:
        pytest.skip(str(why))


def test_chat_and_responses_are_answered(address: str, ask: Ask):
    chat, responses = ask(connection_to(address), [question("think"), question("think", api="responses")])
    for answered in (chat, responses):
        [reply] = answered.replies
        assert (reply.text, reply.reasoning, reply.finish) == ("Allowed.", "Section 162.", "stop")
        assert reply.model == "small"
        assert reply.request_id.startswith("req-")


def test_structured_output_is_asked_for_in_a_way_that_it_knows(address: str, ask: Ask):
    [answered] = ask(connection_to(address), question("grade it", response=FORM))
    assert answered.replies[0].text == '{"grade": "fully"}'


def test_an_answer_that_ends_early_says_so(address: str, ask: Ask):
    [answered] = ask(connection_to(address), question("long"))
    assert (answered.replies[0].text, answered.replies[0].finish) == ("Cut of", "length")


def test_it_ignores_how_many_answers_are_asked_for(address: str, ask: Ask):
    [answered] = ask(connection_to(address), question("hi"), choices=3)
    assert [reply.text for reply in answered.replies] == ["Hello."]


def test_its_patience_is_waited_for(address: str, ask: Ask):
    [answered] = ask(connection_to(address), question("too many"))
    assert (answered.replies[0].text, answered.attempts) == ("Now it works.", 2)


def test_its_errors_are_told(address: str, ask: Ask):
    [answered] = ask(connection_to(address), question("no such model"))
    assert answered.fault is not None
    assert answered.fault.kind == FaultKind.NOT_FOUND
    assert "The model does not exist" in answered.fault.message


def test_a_test_finds_out_what_it_can_do(address: str, servers: ModelServers):
    report = servers.test(connection_to(address), "gpt-4o")
    works = {each.name: each.works for each in report.capabilities}
    assert (works["models"], works["chat"], works["responses"], works["n"], works["batches"]) == (
        True,
        True,
        True,
        False,
        True,
    )


def test_a_server_that_fails_one_time_in_five_is_asked_until_all_is_answered(
    tmp_path_factory: pytest.TempPathFactory, ask: Ask
):
    chaos = ("--chaos-drop", "0.07", "--chaos-malformed", "0.07", "--chaos-disconnect", "0.07")
    try:
        with aimock(tmp_path_factory.mktemp("chaos"), FIXTURES[-1:], *chaos) as address:
            found = ask(connection_to(address, concurrency=32), [question(str(at)) for at in range(300)])
    except NotHere as why:
        pytest.skip(str(why))
    assert [answered.fault for answered in found] == [None] * 300
    assert sum(answered.attempts for answered in found) > 320
