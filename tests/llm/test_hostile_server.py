"""A server that means ill: what it sends never fills the memory, breaks a run, or gets at the key."""

import gzip
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from rubric_studio.domain.model_call import FaultKind, Reply, Usage
from rubric_studio.llm import backoff, bodies
from rubric_studio.llm.keys import Keys
from rubric_studio.llm.secret import Secret
from rubric_studio.llm.servers import ModelServers
from tests.llm.conftest import Ask, connection_to, question
from tests.model_server import ModelServer, Say, Status, always

KEY = "sk-marked-4711-very-secret-key"
JSON = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n"


@contextmanager
def raw_server(head: bytes, body: Iterator[bytes] | bytes) -> Iterator[str]:
    """Answers each connection's first request with those bytes; the address of it."""
    listening = socket.create_server(("127.0.0.1", 0))
    parts = [body] if isinstance(body, bytes) else list(body)

    def answer(client: socket.socket) -> None:
        with client:
            try:
                client.recv(65536)
                client.sendall(head + b"\r\n")
                for part in parts:
                    client.sendall(part)
            except OSError:
                return

    def accept() -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(client,), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "MOST", 2 * bodies.MEGABYTE)
    monkeypatch.setattr(backoff, "ATTEMPTS", 2)


def endless(parts: int) -> Iterator[bytes]:
    return (b"10000\r\n" + b" " * 65536 + b"\r\n" for _ in range(parts))


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (b"content-length: 1000000000\r\n", b" " * 4_000_000),
        (b"transfer-encoding: chunked\r\n", b"".join(endless(64))),
        (b"content-encoding: gzip\r\nconnection: close\r\n", gzip.compress(b" " * 300_000_000, 1)),
        (b"content-encoding: gzip, gzip\r\nconnection: close\r\n", gzip.compress(gzip.compress(b" " * 90_000_000))),
    ],
    ids=["promised", "endless", "packed", "packed twice"],
)  # fmt: skip
def test_an_answer_that_is_too_long_is_not_read_to_its_end(head: bytes, body: bytes, ask: Ask):
    with raw_server(JSON + head, body) as url:
        [answered] = ask(connection_to(url), question())
    assert answered.fault is not None
    assert answered.fault.kind is FaultKind.NONSENSE
    assert "longer than 2 MB" in answered.fault.message


def test_a_long_list_of_models_ends_a_test_and_nothing_else(servers: ModelServers):
    with raw_server(JSON + b"content-length: 1000000000\r\n", b" " * 4_000_000) as url:
        report = servers.test(connection_to(url))
    assert "longer than 2 MB" in report.capabilities[0].said


def test_a_key_that_is_sent_back_is_kept_nowhere(servers: ModelServers, keys: Keys):
    connection = connection_to("http://127.0.0.1:1/v1", key_place="keyring")
    keys._held[connection.id] = Secret(KEY)
    said = Say(f"You sent {KEY}.", model=KEY, reasoning=KEY, fingerprint=KEY, headers={"x-request-id": KEY})
    with (
        ModelServer(always(said)) as server,
        servers.asking(connection.model_copy(update={"base_url": server.url})) as asking,
    ):
        asking.ask(0, question())
        [answered] = asking.answered(10.0)
        assert server.seen[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in repr(answered)
    assert answered.replies[0].text == "You sent [key]."


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("header", ["location", "Location"])
def test_nobody_is_followed_elsewhere(code: int, header: str, ask: Ask):
    with ModelServer(always(Say("stolen"))) as thief:
        to = {header: thief.url + "/chat/completions"}
        with ModelServer(always(Status(code, b"", to))) as server:
            [answered] = ask(connection_to(server.url), question())
    assert thief.connections == 0
    assert answered.fault is not None
    assert answered.fault.kind is FaultKind.NOT_FOUND


NONSENSE_HEADERS = {
    "x-ratelimit-remaining-requests": "-5",
    "x-ratelimit-remaining-tokens": "NaN",
    "x-ratelimit-reset-requests": "1e400",
    "x-ratelimit-reset-tokens": "9" * 400 + "h",
    "content-type": "image/png",
}


def test_headers_of_nonsense_and_another_kind_of_content_change_nothing(ask: Ask):
    with ModelServer(always(Say("Yes.", headers=NONSENSE_HEADERS))) as server:
        found = ask(connection_to(server.url), [question(str(at)) for at in range(6)])
    assert [answered.replies[0].text for answered in found] == ["Yes."] * 6


@pytest.mark.parametrize(
    "told",
    ["-1", "nan", "inf", "1e999", "later", "", "0", "\u0661", "Mon, 99 Foo 9999 99:99:99 GMT",
     "Mon, 01 Jan 0001 00:00:00 -0000", "Fri, 31 Dec 9999 23:59:59 -9999"],
)  # fmt: skip
def test_a_wait_that_makes_no_sense_is_none(told: str, ask: Ask):
    with ModelServer(always(Status(503, headers={"retry-after": told}))) as server:
        [answered] = ask(connection_to(server.url), question())
    assert answered.fault is not None
    assert answered.fault.kind is FaultKind.SERVER
    assert answered.fault.message.startswith("The server has trouble")


def test_a_wait_of_a_year_is_not_waited_for(ask: Ask):
    with ModelServer(always(Status(429, headers={"retry-after": str(365 * 86400)}))) as server:
        [answered] = ask(connection_to(server.url), question())
    assert answered.fault is not None
    assert (answered.fault.kind, answered.attempts) == (FaultKind.RATE_LIMIT, 1)


USAGES: list[tuple[dict[str, Any], Usage | None]] = [
    ({"prompt_tokens": -3, "completion_tokens": 4}, Usage(answer=4)),
    ({"prompt_tokens": 10**30, "completion_tokens": 2**62}, None),
    ({"prompt_tokens": 1.5, "completion_tokens": "many"}, None),
    ({"prompt_tokens": True, "completion_tokens": None}, None),
    ({"prompt_tokens": 5, "prompt_tokens_details": {"cached_tokens": 90}}, Usage(prompt=5, cached=5)),
    ({"prompt_tokens": 5, "prompt_tokens_details": [1]}, Usage(prompt=5)),
]


@pytest.mark.parametrize(("usage", "counted"), USAGES)
def test_counts_that_are_none_are_not_taken(usage: dict[str, Any], counted: Usage | None, ask: Ask):
    with ModelServer(always(Say(usage=usage))) as server:
        [answered] = ask(connection_to(server.url), question())
    assert answered.replies[0].usage == counted


def test_names_are_short_and_in_one_line(ask: Ask):
    long = "<b>m\r\n\u0000</b>" + "x" * 100_000
    with ModelServer(always(Say("Yes.", model=long, id=long, fingerprint=long, finish=long))) as server:
        [answered] = ask(connection_to(server.url), question())
    reply: Reply = answered.replies[0]
    for name in (reply.model, reply.fingerprint, reply.request_id, reply.finish):
        assert len(name) <= 200
        assert "\n" not in name


@pytest.mark.parametrize(
    "text", ["\u0000a\u0000", "x" * 100_000, "\ud800", "\U0010ffff\u202e", "</script>\r\n"]
)
def test_any_text_is_a_text(text: str, ask: Ask):
    with ModelServer(always(Say(text))) as server:
        [answered] = ask(connection_to(server.url), question())
    assert len(answered.replies[0].text) == len(text)


@pytest.mark.parametrize(
    "body",
    [b"[" * 200_000, b"{" + b'"a":{' * 100_000, b'{"choices": 7}', b'{"choices": [[]]}', b"\xff\xfe{}", b"NaN",
     b'{"choices": [{"message": {"content": {"a": 1}}}]}', b'{"error": {"code": 1e99}}'],
)  # fmt: skip
def test_json_that_is_no_answer_is_nonsense_or_trouble(body: bytes, ask: Ask):
    with ModelServer(always(Status(200, body))) as server:
        [answered] = ask(connection_to(server.url), question())
    assert answered.fault is not None
    assert answered.fault.kind in (FaultKind.NONSENSE, FaultKind.SERVER)


def test_a_million_choices_are_as_many_as_were_asked_for(ask: Ask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bodies, "MOST", 64 * bodies.MEGABYTE)
    choice = {"message": {"content": "x"}, "finish_reason": "stop"}
    body = b'{"choices": [' + b",".join([json.dumps(choice).encode()] * 1_000_000) + b"]}"
    with ModelServer(always(Status(200, body))) as server:
        [answered] = ask(connection_to(server.url), question(), choices=2)
    assert len(answered.replies) == 2


SAYS_ALL = """
import logging, sys
logging.basicConfig(level=logging.DEBUG, stream=sys.stdout)
from tests.llm.conftest import connection_to, question
from tests.model_server import ModelServer, Say, always
from rubric_studio.llm.keys import Keys
from rubric_studio.llm.servers import ModelServers
with ModelServer(always(Say("The answer."))) as server:
    with ModelServers(Keys({}), offline=False).asking(connection_to(server.url)) as asking:
        asking.ask(0, question())
        assert asking.answered(20.0)[0].replies
"""


def test_no_surroundings_make_the_package_talk_about_what_is_sent():
    """In a process of its own: the openai package reads OPENAI_LOG once, while it is imported."""
    told = subprocess.run(
        [sys.executable, "-c", SAYS_ALL],
        env=os.environ | {"OPENAI_LOG": "debug"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    said = [line for line in (told.stdout + told.stderr).splitlines() if "asyncio" not in line]
    assert said == []
