"""How the server behaves as a process: the same words for the same question, faults at random, a log of answers."""

import hashlib
import json
import os
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.model_server import acts
from tests.model_server.fitting import fitting
from tests.model_server.seen import Seen

FAULTS: tuple[acts.Act, ...] = (
    acts.Status(408),
    acts.Status(409),
    acts.Status(429, "Slow down", {"retry-after": "0"}),
    acts.Status(429, "Slow down"),
    acts.Status(500),
    acts.Status(502, b"<html>Bad gateway</html>"),
    acts.Status(503, headers={"retry-after-ms": "20"}),
    acts.Reset(),
    acts.HalfBody(),
    acts.NotJson(),
    acts.NoChoices(),
    acts.WrongShape(),
)
"""Faults that pass: who asks again and again gets an answer in the end."""
QUIRKS: tuple[dict[str, Any], ...] = (
    {"id": "chatcmpl-twice"},
    {"model": "renamed-2031-01-01"},
    {"choices": 1},
)
"""Answers with something odd: an id that came before, another model's name, n ignored."""


def question_hash(body: dict[str, Any]) -> str:
    """16 hex digits by which the log names a question: its messages (or input) and its seed."""
    told = [body.get("messages", body.get("input")), body.get("seed")]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


class Chaos:
    """Answer every question with words made from it; a share of the requests goes wrong in some way.

    The log gets one line per question answered, "HASH CHOICES", written before the answer goes out.
    """

    def __init__(self, seed: int, faults: float, latency: float, log: Path | None) -> None:
        self._chance = random.Random(seed)
        self._faults = faults
        self._latency = latency
        self._log = None if log is None else os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)

    def __call__(self, seen: Seen) -> acts.Act:
        act = self._act(seen.body)
        return acts.Late(self._latency, act) if self._latency else act

    def _act(self, body: dict[str, Any]) -> acts.Act:
        name = question_hash(body)
        said = acts.Say(_words(body, name))
        if self._chance.random() < self._faults:
            at = self._chance.randrange(len(FAULTS) + len(QUIRKS))
            if at < len(FAULTS):
                return FAULTS[at]
            said = replace(said, **QUIRKS[at - len(FAULTS)])
        if self._log is not None:
            os.write(self._log, f"{name} {said.choices or body.get('n') or 1}\n".encode())
        return said


def _words(body: dict[str, Any], name: str) -> str:
    """Words that only this question gives; JSON that fits where a schema is asked for."""
    form = (
        (body.get("response_format") or {}).get("json_schema") or (body.get("text") or {}).get("format") or {}
    )
    if "schema" in form:
        return json.dumps(fitting(form["schema"], int(name, 16)))
    return f"Answer {name}: the deduction is allowed under Section {int(name, 16) % 400}."
