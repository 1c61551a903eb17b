"""Everything that a server can do wrong: what a run is told, and how often it is asked."""

import time

import pytest

from rubric_studio.domain.model_call import FaultKind
from rubric_studio.llm.backoff import ATTEMPTS
from tests.llm.conftest import Ask, connection_to, question
from tests.model_server import (
    Act,
    HalfBody,
    ModelServer,
    NoChoices,
    NotJson,
    Reset,
    Say,
    SlowBody,
    Stall,
    Status,
    WrongShape,
    always,
    in_turn,
)

AZURE_FILTER = {
    "error": {
        "message": "The response was filtered due to the prompt triggering content management policy.",
        "code": "content_filter",
        "status": 400,
        "innererror": {"code": "ResponsibleAIPolicyViolation"},
    }
}
NO_MONEY = {"error": {"message": "You exceeded your current quota.", "code": "insufficient_quota"}}


@pytest.mark.parametrize("api", ["chat", "responses"])
@pytest.mark.parametrize(
    ("act", "kind", "status"),
    [
        (Status(400), FaultKind.BAD_REQUEST, 400),
        (Status(401), FaultKind.KEY, 401),
        (Status(402), FaultKind.QUOTA, 402),
        (Status(403), FaultKind.FORBIDDEN, 403),
        (Status(404), FaultKind.NOT_FOUND, 404),
        (Status(422, {"detail": [{"msg": "field required"}]}), FaultKind.BAD_REQUEST, 422),
        (Status(429, NO_MONEY), FaultKind.QUOTA, 429),
        (Status(400, AZURE_FILTER), FaultKind.FILTERED, 400),
        (Status(307, b"", {"location": "http://127.0.0.1:9/v1"}), FaultKind.NOT_FOUND, 307),
        (Say(finish="content_filter"), FaultKind.FILTERED, 0),
    ],
)
def test_what_will_not_pass_is_told_at_once(act: Act, kind: FaultKind, status: int, api: str, ask: Ask):
    with ModelServer(always(act)) as server:
        [answered] = ask(connection_to(server.url), question(api=api))
    assert answered.fault is not None
    assert (answered.fault.kind, answered.fault.status) == (kind, status)
    assert (answered.replies, answered.attempts, len(server.asked)) == ((), 1, 1)


@pytest.mark.parametrize("api", ["chat", "responses"])
@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (Status(408), FaultKind.TIMEOUT),
        (Status(409), FaultKind.CONFLICT),
        (Status(500), FaultKind.SERVER),
        (Status(502, b"<html>Bad gateway</html>"), FaultKind.SERVER),
        (Status(503), FaultKind.SERVER),
        (Reset(), FaultKind.CONNECTION),
        (HalfBody(), FaultKind.NONSENSE),
        (NotJson(), FaultKind.NONSENSE),
        (WrongShape(), FaultKind.NONSENSE),
        (WrongShape([1, 2]), FaultKind.NONSENSE),
        (WrongShape({"error": {"message": "overloaded"}}), FaultKind.SERVER),
        (NoChoices(), FaultKind.NONSENSE),
    ],
)
def test_what_may_pass_is_asked_again_until_it_counts(act: Act, kind: FaultKind, api: str, ask: Ask):
    with ModelServer(always(act)) as server:
        [answered] = ask(connection_to(server.url), question(api=api))
    assert answered.fault is not None
    assert answered.fault.kind == kind
    assert answered.attempts == len(server.asked) == ATTEMPTS


@pytest.mark.parametrize(
    "act", [Status(408), Status(409), Status(429), Status(500), Reset(), HalfBody(), NotJson()]
)
def test_an_answer_after_trouble_is_an_answer(act: Act, ask: Ask):
    with ModelServer(in_turn(act, act, Say("Yes."))) as server:
        [answered] = ask(connection_to(server.url), question())
    assert answered.fault is None
    assert [reply.text for reply in answered.replies] == ["Yes."]
    assert answered.attempts == len(server.asked) == 3


@pytest.mark.parametrize("header", [{"retry-after": "0.3"}, {"retry-after-ms": "300"}])
def test_a_server_that_asks_for_patience_gets_it(header: dict[str, str], ask: Ask):
    with ModelServer(in_turn(Status(429, headers=header), Say())) as server:
        [answered] = ask(connection_to(server.url), question())
    first, second = server.asked
    assert answered.fault is None
    assert 0.3 <= second.at - first.at < 2.0


def test_all_calls_of_a_connection_wait_when_one_is_told_to(ask: Ask):
    patience = Status(503, headers={"retry-after": "0.4"})
    with ModelServer(in_turn(patience, Say())) as server:
        ask(connection_to(server.url, concurrency=1), [question(str(at)) for at in range(4)])
    first, *others = server.asked
    assert len(others) == 4  # the first one again, and three more
    assert min(seen.at for seen in others) - first.at >= 0.4


def test_a_server_that_asks_for_a_day_is_not_waited_for(ask: Ask):
    with ModelServer(always(Status(429, headers={"retry-after": "86400"}))) as server:
        [answered] = ask(connection_to(server.url), question())
    assert answered.fault is not None
    assert (answered.fault.kind, answered.fault.after) == (FaultKind.RATE_LIMIT, 86400.0)


@pytest.mark.parametrize("act", [Stall(60), SlowBody(60)])
def test_a_stall_of_a_minute_is_cut_by_the_time_limit(act: Act, ask: Ask):
    began = time.monotonic()
    with ModelServer(in_turn(act, Say("There."))) as server:
        [answered] = ask(connection_to(server.url, timeout=0.3), question())
    assert answered.replies[0].text == "There."
    assert answered.attempts == 2
    assert time.monotonic() - began < 10


def test_a_stall_that_stays_is_told_as_one(ask: Ask):
    with ModelServer(always(Stall(60))) as server:
        [answered] = ask(connection_to(server.url, timeout=0.1), question())
    assert answered.fault is not None
    assert answered.fault.kind == FaultKind.TIMEOUT
    assert "0.1 seconds" in answered.fault.message


def test_nobody_at_the_address_is_told_as_that(ask: Ask):
    with ModelServer(always(Say())) as server:
        address = server.url
    [answered] = ask(connection_to(address), question())
    assert answered.fault is not None
    assert answered.fault.kind == FaultKind.CONNECTION
    assert "cannot be reached" in answered.fault.message


def test_the_server_s_own_words_are_shown_and_shortened(ask: Ask):
    with ModelServer(always(Status(400, "No such parameter: \x1b[1mtemprature\n" + "x" * 5000))) as server:
        [answered] = ask(connection_to(server.url), question())
    assert answered.fault is not None
    assert 'The server said: "No such parameter: [1mtemprature xxx' in answered.fault.message
    assert len(answered.fault.message) < 450


def test_another_failure_of_one_call_leaves_the_others_alone(ask: Ask):
    with ModelServer(lambda seen: Status(400) if seen.asked == "3" else Say(seen.asked)) as server:
        found = ask(connection_to(server.url), [question(str(at)) for at in range(20)])
    assert [answered.fault is not None for answered in found] == [at == 3 for at in range(20)]
    assert [a.replies[0].text for a in found if a.replies] == [str(at) for at in range(20) if at != 3]
