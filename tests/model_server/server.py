"""The server: takes requests on a thread of its own, asks the behavior what to do, does it, remembers what it saw."""

import asyncio
import json
import threading
from collections.abc import Callable, Sequence
from itertools import count
from types import TracebackType
from typing import Any, Self

from tests.model_server import acts, answers
from tests.model_server.batches import Desk
from tests.model_server.behaviors import Behave
from tests.model_server.seen import Seen
from tests.model_server.wire import Wire

START_SECONDS = 5.0


def as_usual(seen: Seen) -> acts.Act | None:
    """Nothing special with models, files and batches."""
    return None


class ModelServer:
    """`with ModelServer(behave) as server:` answers at `server.url` until the block ends.

    `behave(seen)` decides on chat and responses. `elsewhere(seen)` may decide on models, files and batches; None
    lets the server do as the API promises. Both run on the server's thread, one at a time.
    """

    def __init__(
        self,
        behave: Behave,
        *,
        elsewhere: Callable[[Seen], acts.Act | None] = as_usual,
        models: Sequence[str] = ("small", "large"),
        polls: int = 1,
        port: int = 0,
        remembers: bool = True,
    ) -> None:
        self._behave = behave
        self._elsewhere = elsewhere
        self._models = tuple(models)
        self._remembers = remembers
        self._port = port
        self._wires: set[Wire] = set()
        self._requests = count(1)
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="model server", daemon=True)
        self.desk = Desk(behave, polls)
        self.seen: list[Seen] = []
        self.connections = 0
        self.url = ""

    @property
    def asked(self) -> list[Seen]:
        """Of what was seen, the questions: chat and responses."""
        return [seen for seen in self.seen if _is_question(seen)]

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(START_SECONDS):
            raise RuntimeError("the model server did not start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(START_SECONDS)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            self._loop.create_server(self._connected, "127.0.0.1", self._port, backlog=1024)
        )
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        self._ready.set()
        try:
            self._loop.run_forever()
        finally:
            server.close()
            for wire in list(self._wires):
                wire.close()
            self._loop.run_until_complete(asyncio.sleep(0.01))  # a transport closes in the loop's next turns
            self._loop.close()

    def _connected(self) -> Wire:
        self.connections += 1
        return Wire(self._on_request, self._wires)

    # ---- one request

    def _on_request(self, seen: Seen, wire: Wire) -> None:
        if self._remembers:
            self.seen.append(seen)
        if _is_question(seen):
            self._do(self._behave(seen), seen, wire)
            return
        act = self._elsewhere(seen)
        if act is not None:
            self._do(act, seen, wire)
        elif seen.place.endswith("/models"):
            data = [{"id": name, "object": "model", "created": 0, "owned_by": "us"} for name in self._models]
            self._send(wire, 200, json.dumps({"object": "list", "data": data}).encode())
        elif "/files" in seen.place or "/batches" in seen.place:
            self._send(wire, *self.desk.answer(seen))
        else:
            self._send(wire, 404, b'{"error": {"message": "No such address"}}')

    def _do(self, act: acts.Act, seen: Seen, wire: Wire) -> None:
        match act:
            case acts.Say():
                self._send(wire, 200, json.dumps(_answer(seen, act)).encode(), act.headers)
            case acts.Status():
                self._send(wire, act.code, answers.error_body(act), act.headers)
            case acts.Late():
                wire.after(act.seconds, lambda: self._do(act.act, seen, wire))
            case acts.Reset():
                wire.cut()
            case acts.HalfBody():
                wire.drip(json.dumps(_answer(seen, acts.Say(act.text))).encode(), None)
            case acts.SlowBody():
                wire.drip(json.dumps(_answer(seen, acts.Say(act.text))).encode(), act.seconds)
            case acts.Stall():
                wire.after(act.seconds, wire.close)
            case acts.NotJson():
                self._send(wire, 200, b"<html><body>It works!</body></html>", {"content-type": "text/html"})
            case acts.NoChoices():
                self._send(
                    wire, 200, json.dumps(_answer(seen, acts.Say()) | {"choices": [], "output": []}).encode()
                )
            case acts.WrongShape():
                self._send(wire, 200, json.dumps(act.body).encode())

    def _send(self, wire: Wire, code: int, body: bytes, headers: Any = None) -> None:
        wire.send(code, body, {"x-request-id": f"req_{next(self._requests)}"} | dict(headers or {}))


def _is_question(seen: Seen) -> bool:
    return seen.place.endswith(("/chat/completions", "/responses"))


def _answer(seen: Seen, say: acts.Say) -> dict[str, Any]:
    build = answers.responses if seen.place.endswith("/responses") else answers.chat
    return build(seen.body, say)
