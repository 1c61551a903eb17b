"""One call of a model: what is asked, what came back, what went wrong. Not who asks, nor how it travels."""

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from rubric_studio.domain.canonical import canonical_json
from rubric_studio.domain.row import Message
from rubric_studio.domain.values import JsonObject, Value

CALL_TAG = "rubric-studio call 1"

Api = Literal["chat", "responses"]
Effort = Literal["none", "minimal", "low", "medium", "high", "xhigh"]


class Parameters(Value):
    """How a model shall answer; None leaves it to the server. Temperature lies in [0, 2]."""

    temperature: float | None = Field(default=None, ge=0.0, le=2.0, allow_inf_nan=False)
    max_tokens: int | None = Field(default=None, ge=1)
    reasoning_effort: Effort | None = None
    seed: int | None = None


class ResponseSchema(Value):
    """The form an answer must have: a JSON Schema with a name; strict asks the server to hold the model to it."""

    name: str = Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")
    json_schema: JsonObject
    strict: bool = True

    @property
    def told(self) -> JsonObject:
        """The same as it goes into a hash: models answer in the schema's order, so the order is part of it."""
        text = json.dumps(self.json_schema, ensure_ascii=True)
        return {"name": self.name, "strict": self.strict, "schema": text}


class Request(Value):
    """What one call asks, in nobody's dialect."""

    model: str = Field(min_length=1)
    messages: tuple[Message, ...] = Field(min_length=1)
    parameters: Parameters = Parameters()
    response: ResponseSchema | None = None
    api: Api = "chat"


class CallKeys:
    """The keys of one request's draws: the content is hashed once, each draw only adds its number.

    A key is 64 hex digits, the SHA-256 of canonical JSON of {request, endpoint, tag}, then "#" and the draw.
    Two calls with one key ask the same: whoever has the answer of one need not pay for the other.
    """

    def __init__(self, endpoint: str, request: Request) -> None:
        asked = request.model_dump(mode="json", exclude={"response"})
        asked["response"] = None if request.response is None else request.response.told
        told: Mapping[str, Any] = {"endpoint": endpoint, "request": asked, "tag": CALL_TAG}
        self._begun = hashlib.sha256(canonical_json(dict(told)).encode("utf-8", "surrogatepass"))

    def key(self, draw: int, again: str = "") -> str:
        """The key of the draw with that number (0 is the first): repeated sampling asks the same several times.

        `again`, where not "", tells apart what is asked anew on purpose, as a drift check does.
        """
        begun = self._begun.copy()
        begun.update(f"#{draw}#{again}".encode() if again else f"#{draw}".encode("ascii"))
        return begun.hexdigest()


class Usage(Value):
    """Tokens as the server counted them. `answer` includes `reasoning`; `cached` is a part of `prompt`."""

    prompt: int = 0
    answer: int = 0
    reasoning: int = 0
    cached: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            prompt=self.prompt + other.prompt,
            answer=self.answer + other.answer,
            reasoning=self.reasoning + other.reasoning,
            cached=self.cached + other.cached,
        )


class Reply(Value):
    """One answer of a model. `of` counts the choices that came with one call: its usage is then that of all.

    `finish` is the server's word ("stop", "length", ...); `refusal` holds the words of a refusal, `text` is then
    "". `latency` is in seconds; `at` UTC in ISO 8601; `model` and `fingerprint` as the server named itself.
    """

    text: str
    reasoning: str = ""
    refusal: str = ""
    finish: str = ""
    model: str = ""
    fingerprint: str = ""
    request_id: str = ""
    usage: Usage | None = None
    of: int = 1
    latency: float = 0.0
    at: str = ""


class FaultKind(StrEnum):
    """Why a call has no answer."""

    BAD_REQUEST = "bad_request"
    KEY = "key"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    TIMEOUT = "timeout"
    CONFLICT = "conflict"
    RATE_LIMIT = "rate_limit"
    QUOTA = "quota"
    SERVER = "server"
    CONNECTION = "connection"
    NONSENSE = "nonsense"  # half a body, no JSON, no choices, not the shape that the API promises
    FILTERED = "filtered"  # the provider's content filter took the answer away
    OFFLINE = "offline"
    CHANGED = "changed"  # what would be asked is no longer what the run was planned for
    UNFIT = "unfit"  # an answer that does not fit what was asked, twice


STOPPING = frozenset(
    {FaultKind.KEY, FaultKind.FORBIDDEN, FaultKind.NOT_FOUND, FaultKind.QUOTA, FaultKind.OFFLINE}
)
"""Faults after which every other call of a run would fail alike: the run waits instead of burning through it."""

PASSING = frozenset(
    {
        FaultKind.TIMEOUT,
        FaultKind.CONFLICT,
        FaultKind.RATE_LIMIT,
        FaultKind.SERVER,
        FaultKind.CONNECTION,
        FaultKind.NONSENSE,
    }
)
"""Faults that may be gone a moment later: the call is made again, later and later, before it counts as failed."""


class Fault(Value):
    """Why a call has no answer. `message` is a plain sentence for people and never holds a key.

    `after` is the seconds that the server asked to wait, where it did; `status` the HTTP status, 0 without one.
    """

    kind: FaultKind
    message: str
    status: int = 0
    after: float | None = None
    request_id: str = ""

    @property
    def is_passing(self) -> bool:
        """Whether asking again later may help."""
        return self.kind in PASSING

    @property
    def stops_run(self) -> bool:
        """Whether every other call of the run would fail alike."""
        return self.kind in STOPPING
