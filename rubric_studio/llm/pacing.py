"""How fast one connection may be asked: limits that are set, limits that its headers tell, patience it asks for."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from rubric_studio.domain.connection import Connection
from rubric_studio.domain.model_call import Fault, FaultKind
from rubric_studio.llm.waits import Allowance, allowance

LONGEST_RESET = 600.0
NARROWING_SECONDS = 1.0
BURST_SECONDS = 0.1
"""A limit by the minute is spread over it: no more than this much of it may be used at once."""


class Bucket:
    """A limit by the minute: fills steadily, is emptied by calls, and may go into debt by what was underestimated."""

    def __init__(self, per_minute: int, now: float) -> None:
        self._rate = per_minute / 60.0
        self._most = max(1.0, self._rate * BURST_SECONDS)
        self._level = self._most
        self._at = now

    def wait(self, amount: float, now: float) -> float:
        """Seconds until that much may be taken; more than the bucket holds goes as soon as it is full."""
        self._fill(now)
        return max(0.0, (min(amount, self._most) - self._level) / self._rate)

    def take(self, amount: float, now: float) -> None:
        """Take it, into debt if need be; a negative amount gives back."""
        self._fill(now)
        self._level = min(self._most, self._level - amount)

    def _fill(self, now: float) -> None:
        self._level = min(self._most, self._level + (now - self._at) * self._rate)
        self._at = now


class _Told:
    """What the server's headers allow of one thing, and when it allows all again."""

    def __init__(self) -> None:
        self._left: float | None = None
        self._until = 0.0

    def learn(self, told: Allowance, under_way: float, now: float) -> None:
        """What is left when what is under way is taken off: the server may not have counted it yet."""
        if told.left is None or told.reset is None:
            return
        self._left = told.left - under_way
        self._until = now + min(told.reset, LONGEST_RESET)

    def take(self, amount: float) -> None:
        if self._left is not None:
            self._left -= amount

    def wait(self, amount: float, now: float) -> float:
        if self._left is None or self._left >= amount:
            return 0.0
        if now >= self._until:
            self._left = None  # all is allowed again; the next answer tells how much that is
            return 0.0
        return self._until - now


class Pacing:
    """When the next call may begin, and how many may be under way. All on the network's thread.

    A server that says "too many" halves what may be under way; every answer widens it again by a little.
    """

    def __init__(self, connection: Connection, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._most = connection.concurrency
        self._width = float(connection.concurrency)
        self._requests = _bucket(connection.requests_per_minute, clock())
        self._tokens = _bucket(connection.tokens_per_minute, clock())
        self._told_requests = _Told()
        self._told_tokens = _Told()
        self._under_way: dict[int, float] = {}
        self._paused_until = 0.0
        self._narrowed_at = float("-inf")

    @property
    def width(self) -> int:
        """How many calls may be under way."""
        return int(self._width)

    def wait(self, tokens: float) -> float:
        """Seconds until a call of about that many tokens may begin; 0 for now."""
        now = self._clock()
        waits = [
            self._paused_until - now,
            self._told_requests.wait(1.0, now),
            self._told_tokens.wait(tokens, now),
        ]
        if self._requests is not None:
            waits.append(self._requests.wait(1.0, now))
        if self._tokens is not None:
            waits.append(self._tokens.wait(tokens, now))
        return max(0.0, *waits)

    def why(self, seconds: float) -> str:
        """Why calls wait, in words for people."""
        now = self._clock()
        told = f"{round(seconds)} s" if seconds >= 1 else "a moment"
        if self._paused_until > now:
            return f"the server asked for {told} of patience"
        if max(self._told_requests.wait(1.0, now), self._told_tokens.wait(1.0, now)) > 0:
            return f"the server's limit is reached, it allows more in {told}"
        return "the limits of the connection set the pace"

    def began(self, ticket: int, tokens: float) -> None:
        """A call has begun."""
        now = self._clock()
        self._under_way[ticket] = tokens
        self._told_requests.take(1.0)
        self._told_tokens.take(tokens)
        if self._requests is not None:
            self._requests.take(1.0, now)
        if self._tokens is not None:
            self._tokens.take(tokens, now)

    def ended(self, ticket: int, tokens: float | None) -> None:
        """A call has ended and has used that many tokens; None where nobody knows."""
        guessed = self._under_way.pop(ticket, 0.0)
        if tokens is not None and self._tokens is not None:
            self._tokens.take(tokens - guessed, self._clock())

    def learn(self, headers: Mapping[str, Any]) -> None:
        """Take in what the headers of an answer tell."""
        now = self._clock()
        self._told_requests.learn(allowance(headers, "requests"), len(self._under_way), now)
        self._told_tokens.learn(allowance(headers, "tokens"), sum(self._under_way.values()), now)

    def worked(self) -> None:
        """A call was answered: a little more may be under way."""
        if self._width < self._most:
            self._width = min(float(self._most), self._width + 1.0 / self._width)

    def failed(self, fault: Fault) -> None:
        """A call failed: a server that is overrun gets less, one that asks for patience gets it from all calls."""
        now = self._clock()
        if fault.kind is FaultKind.RATE_LIMIT and now >= self._narrowed_at + NARROWING_SECONDS:
            self._width = max(1.0, self._width / 2)  # once for all the calls that are turned away together
            self._narrowed_at = now
        if fault.after is not None and fault.is_passing:
            self._paused_until = max(self._paused_until, now + min(fault.after, LONGEST_RESET))


def _bucket(per_minute: int | None, now: float) -> Bucket | None:
    return None if per_minute is None else Bucket(per_minute, now)
