"""One attempt at a call over a connection: put into its server's words, sent, read. Not when, nor how often."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.model_call import Fault, Reply, Request
from rubric_studio.domain.model_traffic import ModelFault
from rubric_studio.llm.calls import arguments, path_of
from rubric_studio.llm.clients import Client, open_client
from rubric_studio.llm.dialect import Dialect, usual_dialect
from rubric_studio.llm.faults import fault_of_error, fault_of_status
from rubric_studio.llm.replies import replies
from rubric_studio.llm.secret import Secret, scrubbed, without_key
from rubric_studio.llm.sending import Sender, Sent, request_id

TRIED_WORDS = 3
"""Dialects in which one call is put at most: a server that complains of each is at fault, not our words."""


class Attempts:
    """Makes attempts through one client, which is opened with the first. All on the network's thread.

    `heard` is told the headers that may name limits.
    """

    def __init__(
        self,
        connection: Connection,
        find_secret: Callable[[], Secret | None],
        heard: Callable[[Mapping[str, Any]], None],
    ) -> None:
        self._connection = connection
        self._find_secret = find_secret
        self._heard = heard
        self._dialect: Dialect = usual_dialect(connection)
        self._secret: Secret | None = None
        self._client: Client | None = None
        self._sender: Sender | None = None

    async def outcome(self, request: Request, choices: int) -> tuple[tuple[Reply, ...] | Fault, int]:
        """The replies to a call, or why there are none, and how often it was sent. It raises nothing.

        A call whose words the server does not know is sent again in others at once, and so are all after it.
        """
        times = 0
        while True:
            times += 1
            spoken = self._dialect
            ended = await self._once(request, choices, spoken)
            other = spoken.corrected(ended) if isinstance(ended, Fault) else None
            if other is None or times == TRIED_WORDS:
                return ended, times
            self._dialect = other

    async def _once(self, request: Request, choices: int, spoken: Dialect) -> tuple[Reply, ...] | Fault:
        try:
            sender = self._sender or self._open()
            began = time.perf_counter()
            sent = await sender.post(path_of(request), arguments(request, spoken, choices))
            if sent.status != 200:
                return self._fault(sent)
            self._heard(sent.headers)
            return replies(
                request.api,
                without_key(sent.body, self._secret),
                choices=choices,
                header_id=scrubbed(request_id(sent.headers), self._secret),
                latency=round(time.perf_counter() - began, 4),
            )
        except ModelFault as error:
            return error.fault
        except Exception as error:  # noqa: BLE001 - told apart there, a mistake of ours is logged
            return fault_of_error(error, self._connection, self._secret)

    async def close(self) -> None:
        """Close every connection; the next attempt opens others."""
        client, self._client, self._sender = self._client, None, None
        if client is not None:
            await client.close()

    def _open(self) -> Sender:
        self._secret = self._find_secret()
        self._client = open_client(self._connection, self._secret)
        self._sender = Sender(self._client, self._connection.timeout)
        return self._sender

    def _fault(self, sent: Sent) -> Fault:
        fault = fault_of_status(sent.status, sent.headers, sent.body, self._secret)
        if (
            fault.after is None
        ):  # a plain "come back in 1 s" counts for more than what the limits' headers add
            self._heard(sent.headers)
        return fault
