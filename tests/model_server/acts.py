"""What the server can be told to do with one request. How it is put on the wire is in `answers.py` and `wire.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Say:
    """Answer as the API promises. A tuple of texts gives each choice its own, from the first again at the end.

    `choices` None honors the request's n. `usage` None counts four characters as a token, {} leaves usage out.
    `extra` is merged into the answer's JSON as it is.
    """

    text: str | tuple[str, ...] = "An answer."
    model: str | None = None
    finish: str = "stop"
    refusal: str | None = None
    reasoning: str | None = None
    usage: Mapping[str, Any] | None = None
    id: str | None = None
    choices: int | None = None
    fingerprint: str | None = None
    logprobs: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Status:
    """Answer with a status. A text as body becomes the message of OpenAI's error form; bytes go out as they are."""

    code: int
    body: str | bytes | Mapping[str, Any] = "told to fail"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reset:
    """Cut the connection with a reset, without a byte of an answer."""


@dataclass(frozen=True)
class HalfBody:
    """Promise a body, send half of it, close."""

    text: str = "An answer that is cut off in the middle."


@dataclass(frozen=True)
class SlowBody:
    """Send half a body, and the rest after so many seconds."""

    seconds: float = 60.0
    text: str = "An answer that stalls in the middle."


@dataclass(frozen=True)
class NotJson:
    """Answer 200 with a page of HTML."""


@dataclass(frozen=True)
class NoChoices:
    """Answer in the right shape, with nothing in it."""


@dataclass(frozen=True)
class WrongShape:
    """Answer 200 with JSON that is no answer."""

    body: Any = field(default_factory=lambda: {"choices": [{"message": "not an object"}], "output": 7})


@dataclass(frozen=True)
class Stall:
    """Say nothing for so many seconds, then close."""

    seconds: float = 60.0


@dataclass(frozen=True)
class Late:
    """Do something after so many seconds."""

    seconds: float
    act: "Act"


Act = Say | Status | Reset | HalfBody | SlowBody | NotJson | NoChoices | WrongShape | Stall | Late
