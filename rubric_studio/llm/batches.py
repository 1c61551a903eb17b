"""The Batch API of one connection: files up, batches begun, looked at, fetched. What is asked comes from services."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import orjson

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.model_call import Api, Fault, FaultKind, Reply
from rubric_studio.domain.model_traffic import BatchLine, BatchState, ModelFault
from rubric_studio.llm.calls import arguments, path_of
from rubric_studio.llm.clients import Client, open_client
from rubric_studio.llm.dialect import usual_dialect
from rubric_studio.llm.faults import fault_of_error, fault_of_status
from rubric_studio.llm.keys import Keys
from rubric_studio.llm.network import Network
from rubric_studio.llm.replies import Nonsense, json_object, replies
from rubric_studio.llm.secret import Secret, without_key

if TYPE_CHECKING:
    from openai.types import Batch

log = logging.getLogger(__name__)

Result = TypeVar("Result")

TOKEN = "rubric_studio"
"""The name under which our token stands in a batch's metadata."""
ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
TRANSFER_SECONDS = 900.0
"""For files up and down, which take longer than a call."""
MOST_LOOKED_AT = 500
"""Batches that are searched for a token, the newest first."""
NO_BATCH = "The server's answer is not about a file or a batch, as it promises."
EXPIRED = Fault(
    kind=FaultKind.TIMEOUT,
    message="The batch ended before this question's turn came. It is asked again with the next one.",
)


@contextmanager
def open_batches(network: Network, connection: Connection, keys: Keys) -> "Iterator[OpenBatches]":
    """A connection's Batch API, for a job's thread."""
    with network.opened() as loop:
        opened = OpenBatches(network, connection, keys.secret(connection))
        try:
            yield opened
        finally:
            asyncio.run_coroutine_threadsafe(opened.close(), loop).result()


class OpenBatches:
    """Each method waits for the server. It raises ModelFault for whatever goes wrong, and tries nothing twice."""

    def __init__(self, network: Network, connection: Connection, secret: Secret | None) -> None:
        self._network, self._connection, self._secret = network, connection, secret
        self._client: Client | None = None

    def send(self, token: str, lines: Sequence[BatchLine]) -> str:
        """Upload the lines and begin a batch with `token` in its metadata; the server's id of it.

        Raises:
            ModelFault: the server did not take it, or nobody knows whether it did: then `find` tells.
        """
        api = lines[0].request.api
        body = b"".join(self._line(line) for line in lines)
        return self._asked(lambda client: self._send(client, token, api, body))

    def find(self, token: str) -> str | None:
        """The id of the batch that was begun with that token, None where the server knows of none."""
        return self._asked(lambda client: _find(client, token))

    def state(self, id: str) -> BatchState:
        """Where a batch stands."""
        return self._asked(lambda client: _state(client, id))

    def results(self, id: str) -> list[tuple[str, Reply | Fault]]:
        """What came back, by the id of the line; lines without an answer are not in it."""
        return [self._result(line) for line in self._asked(lambda client: _result_lines(client, id))]

    def cancel(self, id: str) -> None:
        """Ask the server to end a batch; what it has answered is kept there."""
        self._asked(lambda client: client.sdk.batches.cancel(id))

    async def close(self) -> None:
        """Close what was opened."""
        if self._client is not None:
            await self._client.close()

    # ---- over the network

    def _asked(self, ask: Callable[[Client], Awaitable[Result]]) -> Result:
        async def asking() -> Result:
            if self._client is None:
                self._client = open_client(self._connection, self._secret)
            return await ask(self._client)

        async def told() -> Result:
            from openai import APIStatusError

            try:
                async with asyncio.timeout(TRANSFER_SECONDS):
                    return await asking()
            except ModelFault:
                raise
            except (
                AttributeError,
                json.JSONDecodeError,
            ) as error:  # the package trips over what is no object
                fault = fault_of_error(Nonsense(NO_BATCH), self._connection, self._secret)
                raise ModelFault(fault) from error
            except APIStatusError as error:
                response = error.response
                fault = fault_of_status(
                    response.status_code, response.headers, response.content, self._secret
                )
                raise ModelFault(fault) from None
            except Exception as error:
                raise ModelFault(fault_of_error(error, self._connection, self._secret)) from error

        return self._network.run(told)

    async def _send(self, client: Client, token: str, api: Api, body: bytes) -> str:
        file = await client.sdk.files.create(
            file=(f"{token}.jsonl", body, "application/jsonl"), purpose="batch", timeout=TRANSFER_SECONDS
        )
        endpoint: Any = self._endpoint("/responses" if api == "responses" else "/chat/completions")
        batch = await client.sdk.batches.create(
            input_file_id=_promised(file).id,
            endpoint=endpoint,
            completion_window="24h",
            metadata={TOKEN: token},
        )
        return _promised(batch).id

    def _line(self, line: BatchLine) -> bytes:
        body = arguments(line.request, usual_dialect(self._connection))
        told = {
            "custom_id": line.id,
            "method": "POST",
            "url": self._endpoint(path_of(line.request)),
            "body": body,
        }
        return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)

    def _endpoint(self, path: str) -> str:
        """Azure names the address in a batch without its version."""
        return path if self._connection.service == "azure" else f"/v1{path}"

    # ---- what comes back

    def _result(self, line: Mapping[str, Any]) -> tuple[str, Reply | Fault]:
        return str(line.get("custom_id", "")), self._found(line)

    def _found(self, line: Mapping[str, Any]) -> Reply | Fault:
        response = line.get("response")
        if not isinstance(response, dict):
            return EXPIRED
        code = response.get("status_code")
        status = code if type(code) is int else 0
        body = without_key(json.dumps(response.get("body")).encode(), self._secret)
        request_id = str(response.get("request_id") or "")
        if status != 200:
            return fault_of_status(status, {"x-request-id": request_id}, body, self._secret)
        api: Api = "responses" if b'"output"' in body and b'"choices"' not in body else "chat"
        try:
            return replies(api, body, header_id=request_id)[0]
        except Exception as error:  # noqa: BLE001 - whatever the reader finds becomes the line's fault
            return fault_of_error(error, self._connection, self._secret)


def _promised(answer: Result) -> Result:
    """A file or a batch; the openai package takes any JSON, and any page, for what was asked for.

    Raises:
        Nonsense: it is something else.
    """
    if not getattr(answer, "id", None):
        raise Nonsense(NO_BATCH)
    return answer


async def _find(client: Client, token: str) -> str | None:
    looked_at = 0
    page = await client.sdk.batches.list(limit=100)
    if not isinstance(page.data, list):
        raise Nonsense(NO_BATCH)
    async for batch in page:
        if (batch.metadata or {}).get(TOKEN) == token:
            return batch.id
        looked_at += 1
        if looked_at >= MOST_LOOKED_AT:
            break
    return None


async def _state(client: Client, id: str) -> BatchState:
    batch = _promised(await client.sdk.batches.retrieve(id))
    counts = batch.request_counts
    return BatchState(
        id=batch.id,
        state=batch.status,
        done=counts.completed if counts else 0,
        failed=counts.failed if counts else 0,
        total=counts.total if counts else 0,
        has_ended=batch.status in ENDED,
        said=_said(batch),
    )


def _said(batch: "Batch") -> str:
    found = (batch.errors.data or []) if batch.errors else []
    return "; ".join(error.message or error.code or "" for error in found[:3])


async def _result_lines(client: Client, id: str) -> list[dict[str, Any]]:
    batch = _promised(await client.sdk.batches.retrieve(id))
    lines: list[dict[str, Any]] = []
    for file in (batch.output_file_id, batch.error_file_id):
        if file:
            content = (await client.sdk.files.content(file, timeout=TRANSFER_SECONDS)).content
            found = list(_objects(content))
            if (
                content.strip() and not found
            ):  # a page, not a file with a bad line: the answers are still there
                raise Nonsense("The file with the batch's results is none.")
            lines += found
    return lines


def _objects(body: bytes) -> Iterator[dict[str, Any]]:
    """The lines of a file of results; one that cannot be read is passed over: its question has no answer then."""
    for line in body.split(b"\n"):
        try:
            yield json_object(line)
        except Nonsense as error:
            if line.strip():
                log.warning("A line of a batch's results was passed over: %s", error)
