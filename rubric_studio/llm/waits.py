"""How long a server asks us to wait: retry-after in its three forms, and the rate-limit headers. Nobody waits here."""

import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import NamedTuple

_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|h|m|s|d)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_EPOCH = 1e9
"""A number above this is a moment, not a duration."""


def retry_after(headers: Mapping[str, str], now: float | None = None) -> float | None:
    """Seconds to wait by `retry-after-ms` or `retry-after` (seconds, or an HTTP date); None where none is asked.

    `now` is the time in seconds since 1970.
    """
    exact = _number(headers.get("retry-after-ms"))
    if exact is not None:
        return max(0.0, exact / 1000)
    told = headers.get("retry-after")
    seconds = _number(told)
    if seconds is not None:
        return max(0.0, seconds)
    try:
        moment = parsedate_to_datetime(told or "").timestamp()
    except ValueError:
        return None
    return max(0.0, moment - (time.time() if now is None else now))


class Allowance(NamedTuple):
    """What a server still allows, and the seconds until it allows all again; None where it does not say."""

    left: float | None
    reset: float | None


def allowance(headers: Mapping[str, str], of: str) -> Allowance:
    """What is left of "requests" or "tokens" by the `x-ratelimit-*` headers."""
    left = _number(headers.get(f"x-ratelimit-remaining-{of}"))
    return Allowance(left, duration(headers.get(f"x-ratelimit-reset-{of}")))


def duration(text: str | None, now: float | None = None) -> float | None:
    """Seconds in "6m0s", "120ms", "1.5" or a moment since 1970; None where it is neither."""
    number = _number(text)
    if number is not None:
        return number if number < _EPOCH else max(0.0, number - (time.time() if now is None else now))
    parts = _PART.findall(text or "")
    return sum(float(amount) * _SECONDS[unit] for amount, unit in parts) if parts else None


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None
