"""The test button: what it finds out about servers of many kinds, with few and small calls, raising for none."""

import json
from typing import Any

import pytest

from rubric_studio.domain.errors import Cancelled
from rubric_studio.llm.servers import ModelServers
from tests.llm.conftest import connection_to
from tests.model_server import (
    Act,
    HalfBody,
    ModelServer,
    NoChoices,
    NotJson,
    Reset,
    Say,
    Seen,
    Stall,
    Status,
    WrongShape,
    always,
)

EXTRAS = {"n": "n", "seed": "seed", "logprobs": "logprobs", "structured": "response_format"}


def knowing(*words: str, responses: bool = True):
    """A server that takes only some of the special words, and complains of the others."""

    def behave(seen: Seen) -> Act:
        if seen.place.endswith("/responses"):
            return Say("Yes.") if responses else Status(404, "Not found")
        unknown = [word for name, word in EXTRAS.items() if word in seen.body and name not in words]
        return (
            Status(400, f"Unknown parameter: {unknown[0]}") if unknown else Say(json.dumps({"answer": "yes"}))
        )

    return behave


def test_a_server_that_can_do_everything_is_asked_three_times(servers: ModelServers):
    steps: list[tuple[int, int]] = []
    with ModelServer(knowing(*EXTRAS)) as server:
        report = servers.test(
            connection_to(server.url), progress=lambda done, of, _: steps.append((done, of))
        )
    assert {each.name: each.works for each in report.capabilities} == dict.fromkeys(
        ["models", "chat", "responses", "structured", "n", "seed", "logprobs", "batches"], True
    )
    assert (report.models, report.model) == (("small", "large"), "small")
    assert len(server.asked) == 3
    assert report.latency is not None
    assert all(
        seen.body.get("max_tokens", seen.body.get("max_output_tokens")) <= 200 for seen in server.asked
    )
    assert steps == [(at, 5) for at in range(6)]
    assert all(each.said for each in report.capabilities)


@pytest.mark.parametrize("name", list(EXTRAS))
def test_what_a_server_does_not_take_is_found_alone(name: str, servers: ModelServers):
    with ModelServer(knowing(*(set(EXTRAS) - {name}))) as server:
        report = servers.test(connection_to(server.url), "large")
    assert {each: report.works(each) for each in EXTRAS} == {each: each != name for each in EXTRAS}
    assert report.model == "large"


def test_a_server_without_responses_still_chats(servers: ModelServers):
    with ModelServer(knowing(*EXTRAS, responses=False)) as server:
        report = servers.test(connection_to(server.url))
    assert (report.works("chat"), report.works("responses")) == (True, False)


def test_a_server_that_ignores_what_it_is_asked_is_found_out(servers: ModelServers):
    with ModelServer(always(Say("Two is even.", choices=1, logprobs=False))) as server:
        report = servers.test(connection_to(server.url))
    assert {each: report.works(each) for each in EXTRAS} == {
        "n": False,
        "seed": True,  # it is taken; whether it does anything cannot be seen from one answer
        "logprobs": False,
        "structured": False,
    }


def test_a_wrong_key_ends_the_test_at_once(servers: ModelServers):
    with ModelServer(always(Say()), elsewhere=always(Status(401, "Wrong key"))) as server:
        report = servers.test(connection_to(server.url), "small")
    assert report.works("models") is False
    assert {report.works(name) for name in ("chat", "responses", "n", "batches")} == {None}
    assert len(server.seen) == 1
    assert all("does not accept the key" in each.said for each in report.capabilities)


def test_a_server_that_lists_no_models_is_asked_the_connection_s_own(servers: ModelServers):
    with ModelServer(knowing(*EXTRAS), elsewhere=always(Status(404, "No such page"))) as server:
        report = servers.test(connection_to(server.url, models=("mine",)))
    assert (report.works("models"), report.works("chat"), report.model) == (False, True, "mine")


def test_without_any_model_to_ask_the_form_says_to_name_one(servers: ModelServers):
    with ModelServer(always(Say()), models=()) as server:
        report = servers.test(connection_to(server.url))
    assert report.works("chat") is None
    assert "name one" in next(each.said for each in report.capabilities if each.name == "chat")
    assert server.asked == []


@pytest.mark.parametrize(
    "act",
    [
        Status(400),
        Status(500),
        Status(429),
        Reset(),
        HalfBody(),
        NotJson(),
        NoChoices(),
        WrongShape(),
        WrongShape(7),
        Stall(60),
    ],
)
def test_a_test_raises_for_nothing_that_a_server_does(act: Act, servers: ModelServers):
    told: dict[str, Any] = {"timeout": 0.2}
    with ModelServer(always(act), elsewhere=always(act)) as server:
        report = servers.test(connection_to(server.url, **told), "small")
    assert report.works("models") is False
    assert not any(each.works for each in report.capabilities)
    assert all(each.said for each in report.capabilities)


def test_a_test_can_be_stopped(servers: ModelServers):
    def stop(done: int, of: int, what: str) -> None:
        if done:
            raise Cancelled

    with ModelServer(always(Say())) as server, pytest.raises(Cancelled):
        servers.test(connection_to(server.url), progress=stop)
