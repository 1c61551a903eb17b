"""Sends one body to one address and brings back what came, whatever it was. Knows neither questions nor faults."""

import asyncio
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from rubric_studio.llm.clients import Client

if TYPE_CHECKING:
    from httpx2 import URL, Headers, Request, Response

HEAD_SECONDS = 240.0
"""How long the head of a request is used again: Entra tokens in it live longer than that."""
LEFT_OUT = ("content-length", "idempotency-key", "x-stainless-")


REQUEST_IDS = ("x-request-id", "apim-request-id", "x-amzn-requestid")


class Sent(NamedTuple):
    """What came back."""

    status: int
    headers: "Headers"
    body: bytes


class _Head(NamedTuple):
    url: "URL"
    headers: "Headers"
    until: float


class Sender:
    """Posts JSON through one client.

    The openai package makes the first request of each kind: address, key, all that a service wants. Later ones
    repeat that head over the package's own transport with another body, since making each anew takes longer than
    sending it (measured: 600 calls a second by the package, 1,500 with a repeated head, on one processor).
    """

    def __init__(self, client: Client, seconds: float) -> None:
        self._client = client
        self._seconds = seconds
        self._heads: dict[tuple[str, str], _Head] = {}

    async def post(self, path: str, body: dict[str, Any]) -> Sent:
        """Send, and read the whole answer; the time allowed is for both.

        Raises:
            TimeoutError: no whole answer came in time.
            Exception: what the transport raised, see `faults.py`.
        """
        kind = (path, str(body.get("model", "")))
        head = self._heads.get(kind)
        async with asyncio.timeout(self._seconds):
            if head is not None and time.monotonic() < head.until:
                return _told(await self._client.http.send(self._repeated(head, body)))
            response = await self._made(path, body)
        if response.status_code != 401:
            self._heads[kind] = _head(response.request)
        return _told(response)

    async def get(self, path: str) -> Sent:
        """Ask for something.

        Raises:
            TimeoutError: no whole answer came in time.
        """
        import httpx2
        from openai import APIStatusError

        async with asyncio.timeout(self._seconds):
            try:
                return _told(await self._client.sdk.get(path, cast_to=httpx2.Response))
            except APIStatusError as error:
                return _told(error.response)

    async def _made(self, path: str, body: dict[str, Any]) -> "Response":
        import httpx2
        from openai import APIStatusError

        try:
            return await self._client.sdk.post(path, body=body, cast_to=httpx2.Response)
        except APIStatusError as error:
            return error.response

    def _repeated(self, head: _Head, body: dict[str, Any]) -> "Request":
        import httpx2

        limits = self._client.http.timeout
        waits = {"connect": limits.connect, "read": limits.read, "write": limits.write, "pool": limits.pool}
        return httpx2.Request(
            "POST", head.url, headers=head.headers, content=_bytes(body), extensions={"timeout": waits}
        )


def request_id(headers: Mapping[str, str]) -> str:
    """The number under which the server knows a call, by the names that services give it; "" where it tells none."""
    return next((told for name in REQUEST_IDS if (told := headers.get(name, ""))), "")


def _head(request: "Request") -> _Head:
    kept = request.headers.copy()
    for name in [name for name in kept if name.startswith(LEFT_OUT)]:
        del kept[name]
    return _Head(request.url, kept, time.monotonic() + HEAD_SECONDS)


def _told(response: "Response") -> Sent:
    return Sent(response.status_code, response.headers, response.content)


def _bytes(body: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(body)
    except TypeError:  # an integer beyond 64 bits in somebody's schema
        import json

        return json.dumps(body, ensure_ascii=True).encode()
