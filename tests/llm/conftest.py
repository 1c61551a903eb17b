"""For the tests of what goes over the network: servers that are allowed to, connections, one way to ask."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.model_call import Request
from rubric_studio.domain.model_traffic import Answered
from rubric_studio.domain.row import user_prompt
from rubric_studio.llm.keys import Keys
from rubric_studio.llm.servers import ModelServers

PATIENCE = 20.0
Ask = Callable[..., list[Answered]]


class NoChance(Random):
    """Chance that always takes the least: a call that failed is made again at once."""

    def uniform(self, a: float, b: float) -> float:
        return a


def connection_to(url: str, **told: Any) -> Connection:
    """A connection that needs no key."""
    usual: dict[str, Any] = {"id": "c1", "name": "Ours", "base_url": url, "key_place": "none"}
    return Connection(**(usual | told))


def question(text: str = "Is it deductible?", **told: Any) -> Request:
    """A request with one message."""
    usual: dict[str, Any] = {"model": "small", "messages": user_prompt(text)}
    return Request(**(usual | told))


@pytest.fixture
def keys() -> Keys:
    """Keys without the surroundings of whoever runs the tests."""
    return Keys({})


@pytest.fixture
def servers(keys: Keys) -> ModelServers:
    """Servers that may be asked, and asked again without waiting."""
    return ModelServers(keys, offline=False, chance=NoChance())


@pytest.fixture
def ask(servers: ModelServers) -> Ask:
    """Ask one connection several requests; what ended, in the order of the requests."""

    def asked(
        connection: Connection, requests: Request | Sequence[Request], choices: int = 1
    ) -> list[Answered]:
        several = [requests] if isinstance(requests, Request) else list(requests)
        found: list[Answered] = []
        with servers.asking(connection) as asking:
            for ticket, request in enumerate(several):
                asking.ask(ticket, request, choices)
            while len(found) < len(several):
                told = asking.answered(PATIENCE)
                assert told, "nothing was answered"
                found += told
        return sorted(found)

    return asked
