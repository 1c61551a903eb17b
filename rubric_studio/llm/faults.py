"""What went wrong with a call, told so that a person can mend it: from a status, or from what the transport raised."""

import logging
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.model_call import Fault, FaultKind
from rubric_studio.llm.replies import Filtered, Nonsense, TroubleInside
from rubric_studio.llm.secret import Secret, scrubbed
from rubric_studio.llm.sending import request_id
from rubric_studio.llm.waits import retry_after

log = logging.getLogger(__name__)

LONGEST = 300
"""Characters of the server's own words that are shown."""

KINDS: dict[int, FaultKind] = {
    401: FaultKind.KEY,
    402: FaultKind.QUOTA,
    403: FaultKind.FORBIDDEN,
    404: FaultKind.NOT_FOUND,
    405: FaultKind.NOT_FOUND,
    407: FaultKind.FORBIDDEN,
    408: FaultKind.TIMEOUT,
    409: FaultKind.CONFLICT,
    410: FaultKind.NOT_FOUND,
    425: FaultKind.CONFLICT,
    429: FaultKind.RATE_LIMIT,
}
SENTENCES: dict[FaultKind, str] = {
    FaultKind.BAD_REQUEST: "The server refused the question as it was put. Change what it names and try again.",
    FaultKind.KEY: "The server does not accept the key. Enter it anew under Models, Connections.",
    FaultKind.FORBIDDEN: "The key may not do this. Choose another model, or ask whoever gave the key out.",
    FaultKind.NOT_FOUND: "The server knows no such model or address. Check the model's name and the connection.",
    FaultKind.TIMEOUT: "The server gave up waiting. Try again, or ask for less at a time.",
    FaultKind.CONFLICT: "The server was busy with something that stood in the way. Try again later.",
    FaultKind.RATE_LIMIT: "The server gets too many questions. Lower the connection's limits or try again later.",
    FaultKind.QUOTA: "The account has no credit left. Add some with the provider, then go on.",
    FaultKind.SERVER: "The server has trouble of its own. Try again later.",
    FaultKind.FILTERED: "The provider's content filter took the answer away. Look at the question and the answer.",
}
ELSEWHERE = (
    "The server sent us to another address, where nothing is sent unasked. Change the connection's address."
)
NO_MONEY = ("insufficient_quota", "billing", "credit balance", "exceeded your current quota")
FILTERS = ("content_filter", "content_policy", "responsibleaipolicy", "content management policy")


def fault_of_status(status: int, headers: Mapping[str, str], body: bytes, secret: Secret | None) -> Fault:
    """The fault behind a status that is no success."""
    told = _told(body)
    kind = _kind(status, told, body)
    said = _message(told) or ("" if told else _plain(body))
    sentence = ELSEWHERE if 300 <= status < 400 else SENTENCES[kind]
    return Fault(
        kind=kind,
        message=_sentence(sentence, said, secret),
        status=status,
        after=retry_after(headers),
        request_id=scrubbed(request_id(headers)[:100], secret),
    )


def _kind(status: int, told: dict[str, Any], body: bytes) -> FaultKind:
    if 300 <= status < 400:
        return FaultKind.NOT_FOUND
    words = body[:4000].decode("utf-8", "replace").lower() if told else ""
    if status in (400, 403, 422) and any(word in words for word in FILTERS):
        return FaultKind.FILTERED
    if status == 429 and any(word in words for word in NO_MONEY):
        return FaultKind.QUOTA
    if status >= 500:
        return FaultKind.SERVER
    return KINDS.get(status, FaultKind.BAD_REQUEST)


def fault_of_error(error: BaseException, connection: Connection, secret: Secret | None) -> Fault:
    """The fault behind what the transport or the reader raised; a mistake of ours is told as one, and logged."""
    nonsense = next((each for each in _causes(error) if isinstance(each, Nonsense)), None)
    if nonsense is not None:
        return Fault(
            kind=FaultKind.NONSENSE, message=f"{nonsense} Try again; if it stays so, ask who runs it."
        )
    if isinstance(error, Filtered):
        return Fault(kind=FaultKind.FILTERED, message=SENTENCES[FaultKind.FILTERED])
    if isinstance(error, TroubleInside):
        return fault_of_status(_inner_status(error.told), {}, orjson.dumps(error.told), secret)
    kind, sentence = _transport_trouble(error, connection)
    return Fault(kind=kind, message=_sentence(sentence, "", secret))


def _transport_trouble(error: BaseException, connection: Connection) -> tuple[FaultKind, str]:
    """Told by the first cause that is plain: the transports dress one another's errors, sometimes wrongly."""
    import aiohttp
    import httpx2

    chain = list(_causes(error))
    host = connection.host
    if _has(chain, aiohttp.ClientPayloadError, aiohttp.ClientResponseError, httpx2.DecodingError):
        return FaultKind.NONSENSE, "The server's answer broke off in the middle, or is no answer. Try again."
    if _has(chain, aiohttp.ClientSSLError):
        return (
            FaultKind.CONNECTION,
            f"The certificate of {host} is not accepted. Check the address, or the clock.",
        )
    if _has(chain, aiohttp.ClientConnectorError):
        return FaultKind.CONNECTION, f"{host} cannot be reached. Is the server running, is the address right?"
    is_late = _has(chain, httpx2.TimeoutException) and not _has(chain, aiohttp.ClientConnectionError)
    if is_late or _has(chain, TimeoutError):  # a cut connection comes dressed as one that timed out
        seconds = f"{connection.timeout:g}"
        return (
            FaultKind.TIMEOUT,
            f"No whole answer came within {seconds} seconds. Try again, or allow more time.",
        )
    if _has(chain, aiohttp.ClientError, httpx2.TransportError, OSError):
        return FaultKind.CONNECTION, f"The connection to {host} broke. Try again."
    log.error("A call broke", exc_info=error)
    return (
        FaultKind.BAD_REQUEST,
        f"The program could not make the call ({type(error).__name__}); its log says more.",
    )


def _has(chain: list[BaseException], *kinds: type[BaseException]) -> bool:
    return any(isinstance(each, kinds) for each in chain)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


# ---- the server's own words


def _told(body: bytes) -> dict[str, Any]:
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return told if isinstance(told, dict) else {}


def _message(told: dict[str, Any]) -> str:
    """The message in the forms that servers give it: OpenAI's, FastAPI's, a plain one."""
    error = told.get("error", told.get("detail", told.get("message", "")))
    if isinstance(error, dict):
        error = error.get("message") or error.get("code") or ""
    if isinstance(error, list):
        error = "; ".join(str(each.get("msg", "")) for each in error if isinstance(each, dict))
    return error if isinstance(error, str) else ""


def _plain(body: bytes) -> str:
    """The body as it is, where it is a short text and no page."""
    text = body[: 4 * LONGEST].decode("utf-8", "replace").strip()
    return "" if text.startswith("<") else text


def _inner_status(told: dict[str, Any]) -> int:
    """The status that an error brings which came as an answer; the server's own trouble where it brings none."""
    error = told.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    if isinstance(code, int) and 400 <= code < 600:
        return code
    names = {"rate_limit_exceeded": 429, "invalid_prompt": 400, "content_filter": 400}
    return names.get(str(code), 500)


def _sentence(sentence: str, said: str, secret: Secret | None) -> str:
    said = " ".join("".join(sign if sign.isprintable() else " " for sign in scrubbed(said, secret)).split())
    if not said:
        return sentence
    short = said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"
    return f'{sentence} The server said: "{short}"'
