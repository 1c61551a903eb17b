"""How fast a connection is asked: its own limits, the server's headers, patience. By a clock of the tests' own."""

from random import Random
from typing import Any

import pytest

from rubric_studio.domain.model_call import Fault, FaultKind
from rubric_studio.llm.backoff import ATTEMPTS, LONGEST_SECONDS, RATE_LIMITED_ATTEMPTS, again_in
from rubric_studio.llm.pacing import Pacing
from rubric_studio.llm.waits import allowance, duration, retry_after
from tests.llm.conftest import Ask, connection_to, question
from tests.model_server import ModelServer, Say, in_turn

ADDRESS = "http://127.0.0.1:1/v1"


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def begun_in_a_minute(pacing: Pacing, clock: Clock, tokens: float, ended: float | None = None) -> int:
    """Calls that begin within 60 s when each begins as soon as it may and ends at once."""
    until, count = clock.now + 60.0, 0
    while True:
        clock.now += (wait := pacing.wait(tokens))
        if clock.now > until:
            return count
        assert wait >= 0
        pacing.began(count, tokens)
        pacing.ended(count, ended)
        count += 1


def test_requests_by_the_minute_are_spread_over_it(clock: Clock):
    # 120 a minute are 2 a second; the bucket holds max(1, 0.2) = 1, so 1 at once and then one each half second.
    pacing = Pacing(connection_to(ADDRESS, requests_per_minute=120), clock)
    assert begun_in_a_minute(pacing, clock, 10) == 121


def test_tokens_by_the_minute_are_kept(clock: Clock):
    # 60,000 a minute are 1,000 a second: calls of 500 tokens begin twice a second; the bucket holds 100 of them.
    # A call waits for min(500, 100) and goes into debt by 400: 0 s, then one each 0.5 s -> 121 within the minute.
    pacing = Pacing(connection_to(ADDRESS, tokens_per_minute=60_000), clock)
    assert begun_in_a_minute(pacing, clock, 500) == 121


def test_tokens_are_counted_as_they_were_used_not_as_they_were_guessed(clock: Clock):
    # Guessed 500, used 1,000: one call a second.
    pacing = Pacing(connection_to(ADDRESS, tokens_per_minute=60_000), clock)
    assert begun_in_a_minute(pacing, clock, 500, ended=1000.0) == pytest.approx(61, abs=1)


def test_without_limits_nothing_waits(clock: Clock):
    assert Pacing(connection_to(ADDRESS), clock).wait(1e6) == 0


@pytest.mark.parametrize("of", ["requests", "tokens"])
def test_nothing_begins_until_the_server_s_limit_is_reset(of: str, clock: Clock):
    pacing = Pacing(connection_to(ADDRESS), clock)
    pacing.learn({f"x-ratelimit-remaining-{of}": "0", f"x-ratelimit-reset-{of}": "6m0s"})
    assert pacing.wait(100) == 360.0
    assert pacing.why(360.0) == "the server's limit is reached, it allows more in 360 s"
    clock.now += 360.0
    assert pacing.wait(100) == 0


def test_what_is_left_is_used_up_and_then_waited_for(clock: Clock):
    pacing = Pacing(connection_to(ADDRESS), clock)
    pacing.learn({"x-ratelimit-remaining-requests": "2", "x-ratelimit-reset-requests": "3s"})
    for ticket in range(2):
        assert pacing.wait(10) == 0
        pacing.began(ticket, 10)
    assert pacing.wait(10) == 3.0


def test_calls_under_way_are_taken_off_what_is_left(clock: Clock):
    pacing = Pacing(connection_to(ADDRESS), clock)
    for ticket in range(5):
        pacing.began(ticket, 10)
    pacing.learn({"x-ratelimit-remaining-requests": "5", "x-ratelimit-reset-requests": "1"})
    assert pacing.wait(10) == 1.0


def test_a_server_that_is_overrun_is_asked_less_at_a_time_and_slowly_more_again(clock: Clock):
    pacing = Pacing(connection_to(ADDRESS, concurrency=16), clock)
    for _ in range(10):  # ten calls turned away together
        pacing.failed(Fault(kind=FaultKind.RATE_LIMIT, message="", status=429))
    assert pacing.width == 8
    clock.now += 2
    pacing.failed(Fault(kind=FaultKind.RATE_LIMIT, message="", status=429))
    assert pacing.width == 4
    for _ in range(200):
        pacing.worked()
    assert pacing.width == 16


def test_patience_asked_for_once_holds_for_every_call(clock: Clock):
    pacing = Pacing(connection_to(ADDRESS), clock)
    pacing.failed(Fault(kind=FaultKind.SERVER, message="", status=503, after=12.0))
    assert pacing.wait(1) == 12.0
    assert pacing.why(12.0) == "the server asked for 12 s of patience"


def test_a_run_waits_for_the_reset_that_a_header_names(ask: Ask):
    full = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "400ms"}
    with ModelServer(in_turn(Say(headers=full), Say())) as server:
        ask(connection_to(server.url, concurrency=1), [question(), question()])
    assert server.asked[1].at - server.asked[0].at >= 0.4


# ---- backing off


def fault(kind: FaultKind = FaultKind.SERVER, after: float | None = None) -> Fault:
    return Fault(kind=kind, message="", after=after)


def test_the_limit_of_the_wait_doubles_up_to_a_cap():
    class Most(Random):
        def uniform(self, a: float, b: float) -> float:
            return b

    waits = [again_in(fault(), attempts, Most()) for attempts in range(1, ATTEMPTS + 1)]
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, LONGEST_SECONDS, None]


def test_waits_are_spread_over_all_that_is_allowed():
    chance = Random(3)
    waits = [again_in(fault(), 3, chance) or 0.0 for _ in range(2000)]
    assert 0.0 <= min(waits) < 0.05
    assert 1.95 < max(waits) <= 2.0
    assert sum(waits) / len(waits) == pytest.approx(1.0, abs=0.05)  # the mean of 0 to 2


def test_what_the_server_asks_for_is_the_least():
    assert 7.0 <= (again_in(fault(after=7.0), 1, Random(1)) or 0.0) <= 7.5
    assert again_in(fault(after=3601.0), 1, Random(1)) is None


def test_faults_that_do_not_pass_are_not_tried_again():
    assert again_in(fault(FaultKind.BAD_REQUEST), 1, Random(1)) is None
    assert again_in(fault(FaultKind.RATE_LIMIT), RATE_LIMITED_ATTEMPTS - 1, Random(1)) is not None
    assert again_in(fault(FaultKind.RATE_LIMIT), RATE_LIMITED_ATTEMPTS, Random(1)) is None


# ---- headers


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "12"}, 12.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250", "retry-after": "9"}, 0.25),
        ({"retry-after": "Thu, 01 Jan 1970 00:01:40 GMT"}, 60.0),  # 100 s after 1970, and it is 40 s after
        ({"retry-after": "Thu, 01 Jan 1970 00:00:10 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "nan"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_read_in_its_forms(headers: dict[str, str], seconds: float | None):
    assert retry_after(headers, now=40.0) == seconds


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1s", 1.0),
        ("6m0s", 360.0),
        ("120ms", 0.12),
        ("1h2m3.5s", 3723.5),
        ("7", 7.0),
        ("1700000060", 60.0),
        ("later", None),
        (None, None),
    ],
)
def test_durations_are_read_in_their_forms(text: str | None, seconds: float | None):
    assert duration(text, now=1_700_000_000.0) == seconds


def test_a_server_that_tells_no_limit_allows_anything():
    headers: dict[str, Any] = {}
    assert allowance(headers, "tokens") == (None, None)
