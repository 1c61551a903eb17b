"""Clients of the openai package for connections: address, key, transport. They are built on the network's thread."""

import logging
import math
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.model_call import Fault, FaultKind
from rubric_studio.domain.model_traffic import ModelFault
from rubric_studio.llm.bodies import read_bounded
from rubric_studio.llm.keys import signs_in_by_itself
from rubric_studio.llm.secret import Secret

if TYPE_CHECKING:
    from httpx2 import AsyncClient
    from openai import AsyncOpenAI

CONNECT_SECONDS = 15.0
IDLE_SECONDS = 30.0
"""How long a connection is kept for the next call: shorter than servers do, so that none hangs up on us."""
SPARE = 4
"""Connections above the run's own, so that a call never waits for one that is just being closed."""
NO_KEY = "none"
"""What servers without keys are sent: the openai package insists on one."""
TALKATIVE = ("openai", "httpx2", "httpcore2", "aiohttp", "azure")
AZURE_VERSION = "2024-10-21"
ENTRA_SCOPE = "https://cognitiveservices.azure.com/.default"


class Client:
    """An open client: `sdk` knows addresses and keys, `http` is the transport below it. Close it when done."""

    def __init__(self, sdk: "AsyncOpenAI", http: "AsyncClient", others: AsyncExitStack) -> None:
        self.sdk = sdk
        self.http = http
        self._others = others

    async def close(self) -> None:
        """Close every connection that it keeps."""
        await self.sdk.close()
        await self._others.aclose()


def open_client(connection: Connection, secret: Secret | None) -> Client:
    """A client for that connection; opens no socket yet.

    Raises:
        ModelFault: the connection needs a key and has none, or one that cannot be a key.
    """
    if secret is None and connection.key_place != "none" and not signs_in_by_itself(connection):
        raise ModelFault(_without_key(connection))
    if secret is not None and not _can_be_sent(secret):
        raise ModelFault(_unfit_key(connection))
    others = AsyncExitStack()
    http = _transport(connection)
    _quiet()  # after the package was imported: importing it sets the level that OPENAI_LOG asks for
    key: Any = _token_provider(others) if secret is None and connection.key_place == "entra" else None
    key = key or (secret.reveal() if secret is not None else NO_KEY)
    sdk = (
        _old_azure(connection, key, secret, http)
        if _is_old_azure(connection)
        else _usual(connection, key, http)
    )
    _forget_surroundings(sdk)
    return Client(sdk, http, others)


def _quiet() -> None:
    """Nothing of what is sent gets into a log, whatever level the surroundings ask for (OPENAI_LOG)."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _without_key(connection: Connection) -> Fault:
    return Fault(
        kind=FaultKind.KEY,
        message=f'There is no key for "{connection.name}". Enter it under Models, Connections, and try again.',
    )


def _can_be_sent(secret: Secret) -> bool:
    """Whether it fits into a header: libraries would show a key that does not in their complaint."""
    told = secret.reveal()
    return told.isascii() and told.isprintable() and " " not in told


def _unfit_key(connection: Connection) -> Fault:
    return Fault(
        kind=FaultKind.KEY,
        message=f'The key for "{connection.name}" holds characters that no key has. Copy it again, whole and alone.',
    )


def _transport(connection: Connection) -> "AsyncClient":
    """The aiohttp transport, some 1.7 times faster than the usual one. It follows nobody elsewhere.

    A proxy of the system is used as everywhere else on the computer, but never for a server on this very computer.
    """
    from httpx2 import Limits, Timeout
    from openai import DefaultAioHttpClient

    most = connection.concurrency + SPARE
    return DefaultAioHttpClient(
        timeout=Timeout(math.ceil(connection.timeout) + 1, connect=min(CONNECT_SECONDS, connection.timeout)),
        limits=Limits(max_connections=most, max_keepalive_connections=most, keepalive_expiry=IDLE_SECONDS),
        follow_redirects=False,
        trust_env=not connection.is_local,
        event_hooks={"response": [read_bounded]},
    )


def _usual(connection: Connection, key: Any, http: "AsyncClient") -> "AsyncOpenAI":
    from openai import AsyncOpenAI

    return AsyncOpenAI(
        api_key=key,
        base_url=connection.base_url,
        max_retries=0,
        timeout=http.timeout,
        http_client=http,
    )


def _is_old_azure(connection: Connection) -> bool:
    return connection.service == "azure" and not connection.base_url.lower().endswith("/v1")


def _old_azure(connection: Connection, key: Any, secret: Secret | None, http: "AsyncClient") -> "AsyncOpenAI":
    """Azure's addresses of before /openai/v1: the deployment stands in the path, the version in the query."""
    from openai import AsyncAzureOpenAI

    base = connection.base_url
    if "/openai" not in base:
        base += "/openai"
    told: dict[str, Any] = {"api_key": key}
    if callable(key):
        told = {"azure_ad_token_provider": key}
    elif secret is not None and secret.is_token:
        told = {"azure_ad_token": key}
    return AsyncAzureOpenAI(
        base_url=base,
        api_version=connection.api_version or AZURE_VERSION,
        max_retries=0,
        timeout=http.timeout,
        http_client=http,
        **told,
    )


def _forget_surroundings(sdk: "AsyncOpenAI") -> None:
    """Take back what the openai package read from OPENAI_* variables: only the connection says what is sent."""
    sdk.organization = None
    sdk.project = None
    sdk.admin_api_key = None
    sdk.webhook_secret = None
    sdk._custom_headers = {}


def _token_provider(others: AsyncExitStack) -> Any:
    """Entra tokens by Azure's own library, which keeps them until they run out."""
    from azure.identity.aio import (  # pyright: ignore[reportMissingImports]
        DefaultAzureCredential,
        get_bearer_token_provider,
    )

    credential = DefaultAzureCredential()
    others.push_async_callback(credential.close)
    return get_bearer_token_provider(credential, ENTRA_SCOPE)
