"""What the server saw of one request."""

import json
import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Seen:
    """One request: header names in lower case, the body as bytes and as JSON, when it came (monotonic seconds)."""

    path: str
    method: str
    headers: dict[str, str]
    raw: bytes
    at: float = field(default_factory=time.monotonic)

    @cached_property
    def body(self) -> Any:
        """The body's JSON; None where it is none."""
        try:
            return json.loads(self.raw)
        except ValueError:
            return None

    @property
    def place(self) -> str:
        """The path without its query."""
        return self.path.partition("?")[0]

    @property
    def asked(self) -> str:
        """The last message's text, or the input of the Responses API."""
        told = self.body.get("messages", self.body.get("input"))
        return told if isinstance(told, str) else str(told[-1]["content"])
