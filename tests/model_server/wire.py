"""HTTP/1.1 as much as a client of ours needs it: keep-alive, bodies by length or in chunks. Not what is answered."""

import asyncio
import socket
import struct
from collections.abc import Callable, Mapping

from tests.model_server.seen import Seen

REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 429: "Too Many Requests"}


class Wire(asyncio.Protocol):
    """One TCP connection. `on_request(seen, wire)` answers now or later by `send`, `drip` or `cut`."""

    def __init__(self, on_request: Callable[[Seen, "Wire"], None], all_wires: set["Wire"]) -> None:
        self._on_request = on_request
        self._all = all_wires
        self._read = bytearray()
        self._is_busy = False
        self._timers: list[asyncio.TimerHandle] = []
        self.transport: asyncio.Transport | None = None

    # ---- the protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._all.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._all.discard(self)
        self.transport = None
        for timer in self._timers:
            timer.cancel()

    def data_received(self, data: bytes) -> None:
        self._read += data
        self._next()

    def _next(self) -> None:
        if self._is_busy:
            return
        found = _taken(self._read)
        if found is not None:
            self._is_busy = True
            self._on_request(found, self)

    # ---- answering

    def send(self, code: int, body: bytes, headers: Mapping[str, str]) -> None:
        """Answer whole, and take the next request."""
        if self.transport is not None:
            self.transport.write(_head(code, len(body), headers) + body)
        self._is_busy = False
        self._next()

    def drip(self, body: bytes, seconds: float | None) -> None:
        """Send a head and half the body; the rest after so many seconds, or close at once."""
        if self.transport is None:
            return
        half = len(body) // 2
        self.transport.write(_head(200, len(body), {}) + body[:half])
        if seconds is None:
            self.transport.close()
        else:
            self.after(seconds, lambda: self._rest(body[half:]))

    def _rest(self, body: bytes) -> None:
        if self.transport is not None:
            self.transport.write(body)
        self._is_busy = False
        self._next()

    def cut(self) -> None:
        """Reset the connection: lingering for no time makes the system send RST in place of FIN."""
        if self.transport is not None:
            own = self.transport.get_extra_info("socket")
            own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.transport.abort()

    def close(self) -> None:
        """Close in the ordinary way."""
        if self.transport is not None:
            self.transport.close()

    def after(self, seconds: float, act: Callable[[], None]) -> None:
        """Do something later, unless the client has gone by then."""
        self._timers = [timer for timer in self._timers if not timer.cancelled()][-1:]
        self._timers.append(asyncio.get_running_loop().call_later(seconds, act))


def _head(code: int, length: int, headers: Mapping[str, str]) -> bytes:
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    kind = "" if "content-type" in headers else "content-type: application/json\r\n"
    return f"HTTP/1.1 {code} {REASONS.get(code, 'Told')}\r\ncontent-length: {length}\r\n{kind}{told}\r\n".encode()


def _taken(read: bytearray) -> Seen | None:
    """Take one whole request from what was read; None while a part of it is missing."""
    end = read.find(b"\r\n\r\n")
    if end < 0:
        return None
    lines = read[:end].decode("latin-1").split("\r\n")
    method, path, _ = lines[0].split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body, after = _chunks(read, end + 4)
        if after < 0:
            return None
    else:
        after = end + 4 + int(headers.get("content-length", 0))
        if len(read) < after:
            return None
        body = bytes(read[end + 4 : after])
    del read[:after]
    return Seen(path, method, headers, body)


def _chunks(read: bytearray, at: int) -> tuple[bytes, int]:
    """The joined chunks from `at` on, and where they end; -1 while a part is missing."""
    body = b""
    while (line := read.find(b"\r\n", at)) >= 0:
        size = int(bytes(read[at:line]).partition(b";")[0], 16)
        start, at = line + 2, line + 4 + size
        if len(read) < at:
            break
        if size == 0:
            return body, at
        body += bytes(read[start : start + size])
    return b"", -1
