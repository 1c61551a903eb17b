"""What goes over the wire besides the question: addresses, keys, and nothing out of the surroundings."""

import sys
import types
from typing import Any

import pytest

from rubric_studio.llm.keys import Keys
from rubric_studio.llm.servers import ModelServers
from tests.llm.conftest import Ask, connection_to, question
from tests.model_server import ModelServer, Say, Status, always, in_turn

SURROUNDINGS = {
    "OPENAI_API_KEY": "sk-surroundings",
    "OPENAI_ADMIN_KEY": "sk-surroundings",
    "OPENAI_ORG_ID": "org-surroundings",
    "OPENAI_PROJECT_ID": "proj-surroundings",
    "OPENAI_BASE_URL": "http://127.0.0.1:9/surroundings",
    "OPENAI_CUSTOM_HEADERS": "X-Surroundings: yes\nAuthorization: Bearer surroundings",
    "AZURE_OPENAI_API_KEY": "surroundings",
    "HTTP_PROXY": "http://127.0.0.1:9",
    "ALL_PROXY": "http://127.0.0.1:9",
}


@pytest.mark.parametrize("service", ["other", "openai"])
def test_nothing_of_the_surroundings_is_sent(service: str, ask: Ask, monkeypatch: pytest.MonkeyPatch):
    for name, value in SURROUNDINGS.items():
        monkeypatch.setenv(name, value)
    with ModelServer(always(Say())) as server:
        ask(connection_to(server.url, service=service, concurrency=1), [question(), question()])
    for seen in server.asked:
        assert "surroundings" not in str(seen.headers)
        assert not {"openai-organization", "openai-project"} & set(seen.headers)
        assert seen.headers["authorization"] == "Bearer none"


def test_a_repeated_head_asks_the_same_as_the_first(ask: Ask):
    with ModelServer(lambda seen: Say(seen.asked)) as server:
        connection = connection_to(server.url, concurrency=1)
        found = ask(connection, [question("short"), question("a longer one, § 7"), question("x")])
    first, *others = server.asked
    wanted = {"authorization", "content-type", "accept", "host", "user-agent", "content-length"}
    assert [answered.replies[0].text for answered in found] == ["short", "a longer one, § 7", "x"]
    assert {name for name in first.headers if not name.startswith("x-stainless")} >= wanted
    for seen in others:
        assert wanted <= set(seen.headers)
        assert {seen.headers[name] for name in wanted - {"content-length"}} <= set(first.headers.values())
    assert server.connections == 1


def test_a_redirect_is_not_followed(ask: Ask):
    with ModelServer(always(Say())) as elsewhere:
        away = Status(307, b"", {"location": f"{elsewhere.url}/chat/completions"})
        with ModelServer(in_turn(away)) as server:
            [answered] = ask(connection_to(server.url), question())
        assert elsewhere.connections == 0
    assert answered.fault is not None
    assert "another address" in answered.fault.message


@pytest.mark.parametrize(
    ("path", "place", "expected", "header"),
    [
        ("/openai/v1", "environment", "/openai/v1/chat/completions", ("authorization", "Bearer the-key")),
        ("/openai/v1", "entra", "/openai/v1/chat/completions", ("authorization", "Bearer the-key")),
        (
            "",
            "environment",
            "/openai/deployments/small/chat/completions?api-version=2025-01-01",
            ("api-key", "the-key"),
        ),
        (
            "/openai",
            "entra",
            "/openai/deployments/small/chat/completions?api-version=2025-01-01",
            ("authorization", "Bearer the-key"),
        ),
    ],
)
def test_azure_is_asked_at_its_new_and_its_old_addresses(
    path: str, place: str, expected: str, header: tuple[str, str]
):
    keys = Keys({"AZURE_OPENAI_API_KEY": "the-key", "AZURE_OPENAI_AD_TOKEN": "the-key"})
    with ModelServer(always(Say("Yes."))) as server:
        connection = connection_to(
            server.url.removesuffix("/v1") + path,
            service="azure",
            key_place=place,
            api_version="2025-01-01",
            concurrency=1,
        )
        with ModelServers(keys, offline=False).asking(connection) as asking:
            for ticket in range(2):
                asking.ask(ticket, question())
                assert asking.answered(10)[0].replies[0].text == "Yes."
    name, value = header
    assert [(seen.path, seen.headers.get(name)) for seen in server.asked] == [(expected, value)] * 2


def test_azure_s_own_library_brings_entra_tokens_where_it_is_installed(monkeypatch: pytest.MonkeyPatch):
    closed: list[bool] = []
    monkeypatch.setattr("rubric_studio.llm.keys.find_spec", lambda name: name)
    for name, module in _azure_identity(closed).items():
        monkeypatch.setitem(sys.modules, name, module)
    with ModelServer(always(Say("Yes."))) as server:
        address = server.url.removesuffix("/v1") + "/openai/v1"
        connection = connection_to(address, service="azure", key_place="entra")
        keys = Keys({})
        assert keys.home(connection) == "environment"
        with ModelServers(keys, offline=False).asking(connection) as asking:
            asking.ask(1, question())
            assert asking.answered(10)[0].replies[0].text == "Yes."
    assert server.asked[0].headers["authorization"] == "Bearer fetched"
    assert closed == [True]


def _azure_identity(closed: list[bool]) -> dict[str, types.ModuleType]:
    """As much of azure.identity as is used: the real one is not installed with the program."""

    class Credential:
        async def close(self) -> None:
            closed.append(True)

    def provider(credential: Any, scope: str) -> Any:
        assert scope == "https://cognitiveservices.azure.com/.default"

        async def token() -> str:
            return "fetched"

        return token

    modules = {name: types.ModuleType(name) for name in ("azure", "azure.identity", "azure.identity.aio")}
    told = {"DefaultAzureCredential": Credential, "get_bearer_token_provider": provider}
    modules["azure.identity.aio"].__dict__.update(told)
    return modules
