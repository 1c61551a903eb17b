"""Tries what a connection can do, with the fewest and smallest calls. It never raises for what a server does."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from rubric_studio.domain.connection import Capability, Connection, ConnectionReport
from rubric_studio.domain.model_call import Fault, FaultKind
from rubric_studio.domain.model_traffic import ModelFault
from rubric_studio.llm.calls import CHAT, RESPONSES
from rubric_studio.llm.clients import open_client
from rubric_studio.llm.dialect import usual_dialect
from rubric_studio.llm.faults import fault_of_error, fault_of_status
from rubric_studio.llm.network import Network
from rubric_studio.llm.replies import Filtered, Nonsense, TroubleInside, json_object, replies
from rubric_studio.llm.secret import Secret
from rubric_studio.llm.sending import Sender, Sent
from rubric_studio.llm.trial_calls import EXTRAS, combined, judged, plain_chat, plain_response, single

HOPELESS = frozenset(
    {FaultKind.KEY, FaultKind.CONNECTION, FaultKind.OFFLINE, FaultKind.QUOTA, FaultKind.TIMEOUT}
)
"""Faults after which nothing else needs to be tried."""
STEPS = 5
LONGEST_SECONDS = 30.0


def tested(
    network: Network,
    connection: Connection,
    secret: Secret | None,
    model: str,
    progress: Callable[[int, int, str], None],
) -> ConnectionReport:
    """What works: models, chat, responses, structured output, n, seed, logprobs, batches."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    if network.is_offline:
        return _report(_Trial(network, connection, secret), at, model)
    with network.opened() as loop:
        trial = _Trial(network, connection, secret)
        try:
            return _report(trial, at, _tried(trial, model, progress))
        finally:
            asyncio.run_coroutine_threadsafe(trial.close(), loop).result()


def _tried(trial: "_Trial", model: str, progress: Callable[[int, int, str], None]) -> str:
    """Try one thing after the other; the model that was asked."""
    progress(0, STEPS, "models")
    trial.list_models()
    model = model or next(iter((*trial.connection.models, *trial.models)), "")
    if not model:
        trial.give_up("The server lists no model and none is named: name one to try it.")
    for done, (what, step) in enumerate(
        (("chat", trial.chat), ("structured", trial.extras), ("responses", trial.responses)), start=1
    ):
        progress(done, STEPS, what)
        if not trial.hopeless:
            step(model)
    progress(STEPS - 1, STEPS, "batches")
    if not trial.hopeless:
        trial.batches()
    progress(STEPS, STEPS, "")
    return model


def _report(trial: "_Trial", at: str, model: str) -> ConnectionReport:
    names = ("models", "chat", "responses", "structured", "n", "seed", "logprobs", "batches")
    found = {each.name: each for each in trial.found}
    return ConnectionReport(
        capabilities=tuple(
            found.get(name) or Capability(name=name, works=None, said=trial.hopeless or "Not tried.")
            for name in names
        ),
        models=tuple(trial.models),
        model=model,
        latency=trial.latency,
        at=at,
    )


class _Trial:
    """One test of one connection: what was found so far, and why nothing more is tried, if that is so."""

    def __init__(self, network: Network, connection: Connection, secret: Secret | None) -> None:
        self._network = network
        self._secret = secret
        self._client: Any = None
        self._sender: Sender | None = None
        self.connection = connection
        self.found: list[Capability] = []
        self.models: list[str] = []
        self.latency: float | None = None
        self.hopeless = "You work offline: nothing was tried." if network.is_offline else ""

    # ---- the steps

    def list_models(self) -> None:
        """Which models there are."""
        told = self._get("/models")
        if isinstance(told, Fault):
            self._note("models", False, told.message)
            return
        listed = told.get("data")
        if isinstance(listed, list):
            self.models = [
                each["id"] for each in listed if isinstance(each, dict) and isinstance(each.get("id"), str)
            ]
        self._note("models", bool(self.models), f"{len(self.models)} models are listed.")

    def chat(self, model: str) -> None:
        """A question by Chat Completions, with nothing special."""
        began = time.perf_counter()
        told = self._post(CHAT, plain_chat(model, usual_dialect(self.connection)))
        if isinstance(told, Sent):
            self.latency = round(time.perf_counter() - began, 3)
        self._note("chat", *self._read("chat", told))

    def responses(self, model: str) -> None:
        """The same by Responses."""
        self._note("responses", *self._read("responses", self._post(RESPONSES, plain_response(model))))

    def extras(self, model: str) -> None:
        """All the rest in one call; one by one where the server will not have them together."""
        if not any(each.name == "chat" and each.works for each in self.found):
            return
        dialect = usual_dialect(self.connection)
        told = self._post(CHAT, combined(model, dialect))
        for name in EXTRAS:
            if self.hopeless:
                return
            alone = self._post(CHAT, single(name, model, dialect)) if isinstance(told, Fault) else told
            if isinstance(alone, Fault):
                self._note(name, False, alone.message)
            else:
                self._note(name, *judged(name, alone.body))

    def batches(self) -> None:
        """Whether there is a Batch API; nothing is sent to it."""
        told = self._get("/batches?limit=1")
        if isinstance(told, Fault):
            self._note("batches", False, told.message)
        else:
            works = isinstance(told.get("data"), list)
            self._note(
                "batches", works, "Batches are taken." if works else "The answer is no list of batches."
            )

    def give_up(self, why: str) -> None:
        """Try nothing more."""
        self.hopeless = self.hopeless or why

    # ---- the wire

    def _note(self, name: Any, works: bool | None, said: str) -> None:
        self.found.append(Capability(name=name, works=works, said=said))

    def _get(self, path: str) -> dict[str, Any] | Fault:
        told = self._sent(lambda sender: sender.get(path))
        if isinstance(told, Fault):
            return told
        try:
            return json_object(told.body)
        except Nonsense as error:
            return fault_of_error(error, self.connection, self._secret)

    def _post(self, path: str, body: dict[str, Any]) -> Sent | Fault:
        told = self._sent(lambda sender: sender.post(path, body))
        other = usual_dialect(self.connection).corrected(told) if isinstance(told, Fault) else None
        if other is not None and usual_dialect(self.connection).limit in body:
            body[other.limit] = body.pop(usual_dialect(self.connection).limit)
            told = self._sent(lambda sender: sender.post(path, body))
        return told

    def _sent(self, send: Callable[[Sender], Any]) -> Sent | Fault:
        """Send; a hopeless fault is remembered."""

        async def work() -> Sent | Fault:
            try:
                sent = await send(self._sender or self._open())
            except ModelFault as error:
                return error.fault
            except Exception as error:  # noqa: BLE001 - told apart there, a mistake of ours is logged
                return fault_of_error(error, self.connection, self._secret)
            if sent.status == 200:
                return sent
            return fault_of_status(sent.status, sent.headers, sent.body, self._secret)

        try:
            told = self._network.run(work)
        except ModelFault as error:
            told = error.fault
        if isinstance(told, Fault) and told.kind in HOPELESS:
            self.hopeless = told.message
        return told

    def _open(self) -> Sender:
        self._client = open_client(self.connection, self._secret)
        self._sender = Sender(self._client, min(LONGEST_SECONDS, self.connection.timeout))
        return self._sender

    async def close(self) -> None:
        """Close what was opened."""
        if self._client is not None:
            await self._client.close()

    def _read(self, api: Any, told: Sent | Fault) -> tuple[bool | None, str]:
        if isinstance(told, Fault):
            return False, told.message
        try:
            reply = replies(api, told.body)[0]
        except (Nonsense, Filtered, TroubleInside) as error:
            return False, fault_of_error(error, self.connection, self._secret).message
        return True, f"{reply.model or 'The model'} answered."
