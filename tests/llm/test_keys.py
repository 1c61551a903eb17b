"""Where keys are kept, and that they show up nowhere: not in errors, not in logs, not in what is printed."""

import logging
import pickle
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from rubric_studio.domain.connection import Connection
from rubric_studio.llm.keys import KEYRING_SERVICE, NO_KEYRING, Keys
from rubric_studio.llm.secret import HIDDEN, Secret, scrubbed
from rubric_studio.llm.servers import ModelServers
from tests.llm.conftest import PATIENCE, connection_to, question
from tests.model_server import ModelServer, Reset, Say, Status, always, in_turn

MARKED = "sk-marked-0123456789abcdefghij"
ADDRESS = "https://models.example.com/v1"


class MemoryKeyring(KeyringBackend):
    """A keyring for one test."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    priority = 0.1  # pyright: ignore[reportAssignmentType]

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise KeyringLocked("no")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.is_locked:
            raise KeyringLocked("no")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    usual, found = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(found)
    yield found
    keyring.set_keyring(usual)


@pytest.fixture
def no_ring() -> Iterator[None]:
    from keyring.backends.fail import Keyring

    usual = keyring.get_keyring()
    keyring.set_keyring(Keyring())
    yield
    keyring.set_keyring(usual)


def test_a_key_is_kept_in_the_keyring_under_the_connection_s_id(ring: MemoryKeyring):
    connection, keys = connection_to(ADDRESS, key_place="keyring"), Keys({})
    assert keys.home(connection) == "none"
    assert keys.put(connection, f" {MARKED}\n") == "keyring"
    assert ring.kept == {(KEYRING_SERVICE, "c1"): MARKED}
    assert (keys.home(connection), Keys({}).home(connection)) == ("keyring", "keyring")
    assert keys.keyring_trouble() == ""
    keys.forget(connection)
    assert (keys.home(connection), ring.kept) == ("none", {})


def test_without_a_keyring_a_key_lasts_as_long_as_the_session_and_that_is_said(no_ring: None):
    connection, keys = connection_to(ADDRESS, key_place="keyring"), Keys({})
    assert keys.keyring_trouble() == NO_KEYRING
    assert (keys.put(connection, MARKED), keys.home(connection)) == ("session", "session")
    assert Keys({}).home(connection) == "none"
    keys.forget(connection)
    assert keys.home(connection) == "none"


def test_a_keyring_that_stays_locked_is_told_and_the_key_is_held(ring: MemoryKeyring):
    connection, keys = connection_to(ADDRESS, key_place="keyring"), Keys({})
    ring.is_locked = True
    assert keys.put(connection, MARKED) == "session"
    assert "did not open" in keys.keyring_trouble()
    assert MARKED not in keys.keyring_trouble()


@pytest.mark.parametrize(
    ("told", "environment", "home"),
    [
        ({"key_place": "environment", "service": "fireworks"}, {"FIREWORKS_API_KEY": MARKED}, "environment"),
        ({"key_place": "environment", "variable": "TEAM_KEY"}, {"TEAM_KEY": MARKED}, "environment"),
        ({"key_place": "environment", "variable": "TEAM_KEY"}, {"OPENAI_API_KEY": MARKED}, "none"),
        ({"key_place": "entra", "service": "azure"}, {"AZURE_OPENAI_AD_TOKEN": MARKED}, "environment"),
        ({"key_place": "keyring", "service": "openai"}, {"OPENAI_API_KEY": MARKED}, "none"),
        ({"key_place": "keyring", "variable": "TEAM_KEY"}, {"TEAM_KEY": MARKED}, "environment"),
        ({"key_place": "none"}, {"OPENAI_API_KEY": MARKED}, "none"),
    ],
)
def test_the_environment_is_read_only_where_the_connection_says_so(
    told: dict[str, str], environment: dict[str, str], home: str, no_ring: None
):
    connection, keys = connection_to(ADDRESS, **told), Keys(environment)
    assert keys.home(connection) == home
    secret = keys.secret(connection)
    assert (secret is not None and secret.reveal() == MARKED) == (home == "environment")


def test_a_connection_without_its_key_is_not_asked(no_ring: None, servers: ModelServers):
    with ModelServer(always(Say())) as server:
        with servers.asking(connection_to(server.url, key_place="keyring")) as asking:
            asking.ask(1, question())
            [answered] = asking.answered(PATIENCE)
        assert server.connections == 0
    assert answered.fault is not None
    assert answered.fault.stops_run
    assert 'no key for "Ours"' in answered.fault.message


@pytest.mark.parametrize(
    "key", ["sk-marked…0123", "sk-marked\n0123456", "sk-marked 01234567", "sk-marked\x00"]
)
def test_a_key_that_cannot_be_one_is_not_sent_and_not_shown(
    key: str, servers: ModelServers, keys: Keys, caplog: pytest.LogCaptureFixture
):
    with ModelServer(always(Say())) as server:
        connection = connection_to(server.url, key_place="environment")
        keys.put(connection, key)
        with servers.asking(connection) as asking:
            asking.ask(1, question())
            [answered] = asking.answered(PATIENCE)
        assert server.connections == 0
    assert answered.fault is not None
    assert answered.fault.stops_run
    assert "marked" not in f"{answered!r} {caplog.text}"


def test_a_secret_shows_itself_to_nobody():
    secret = Secret(MARKED)
    assert MARKED not in f"{secret} {secret!r} {[secret]}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)


@pytest.mark.parametrize(
    "text",
    [
        f"Incorrect API key provided: {MARKED}.",
        "Incorrect API key provided: sk-proj-********abcd.",
        "header Authorization: Bearer abcdef012345",
        "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
    ],
)
def test_what_looks_like_a_key_is_taken_out(text: str):
    assert HIDDEN in scrubbed(text)
    assert not any(part in scrubbed(text) for part in ("marked", "abcd.", "abcdef0", "eyJ"))


def test_an_ordinary_sentence_is_left_alone():
    text = "The risk-adjusted task-specific model gpt-5.5 is not a key-value store; ask-me-anything."
    assert scrubbed(text, Secret("x")) == text


def test_a_key_is_in_no_fault_and_no_log_of_a_run(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], servers: ModelServers, keys: Keys
):
    caplog.set_level(logging.DEBUG)
    echo = Status(401, f"Incorrect API key provided: {MARKED}", {"x-request-id": MARKED})
    acts = in_turn(
        echo, Status(500, f"{MARKED}".encode()), Reset(), Status(400, {"detail": MARKED}), Say("Yes.")
    )
    with ModelServer(acts) as server:
        connection = connection_to(server.url, key_place="environment", variable="K", concurrency=1)
        keys.put(connection, MARKED)
        with servers.asking(connection) as asking:
            found = []
            for ticket in range(3):
                asking.ask(ticket, question())
                found += asking.answered(PATIENCE)
        report = servers.test(connection, "small")
        assert {seen.headers["authorization"] for seen in server.seen} == {f"Bearer {MARKED}"}
    told = f"{found!r} {report!r} {asking!r} {caplog.text} {capfd.readouterr()}"
    assert len(found) == 3
    assert "401" in told
    assert "marked" not in told


def test_a_key_is_told_apart_from_the_connection_that_is_kept():
    assert MARKED not in Connection(id="a", name="A", base_url=ADDRESS).model_dump_json()
