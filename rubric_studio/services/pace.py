"""How long marking takes: seconds a sample, time left, time spent. Pauses do not count. It knows no clock."""

from typing import Any

from pydantic import Field, ValidationError

from rubric_studio.domain.values import Value
from rubric_studio.services.ports import Store

PACE = "review.pace"
PAUSE = 150.0
"""Seconds without a key, a click or the wheel, after which nobody is there; a long text gives more."""
SLOWEST_READING = 2.0
"""Words a second of a slow reader of dense text: 120 a minute."""
NEWEST = 60
LEAST_MARKS = 6


class Visit(Value):
    """A stretch of work: seconds, and how many points were marked in it for the first time."""

    seconds: float = Field(ge=0)
    marks: int = Field(ge=0)


class Pace(Value):
    """What is known of an expert's speed in one packet; `days` has the seconds by day ("2026-11-23")."""

    seconds: float = 0.0
    visits: tuple[Visit, ...] = ()
    days: dict[str, float] = Field(default_factory=dict)

    def after(self, seconds: float, marks: int, day: str) -> "Pace":
        """The same with one more stretch of work; only the newest stretches are kept one by one."""
        visits = (*self.visits, Visit(seconds=seconds, marks=marks))[-NEWEST:]
        days = {**self.days, day: self.days.get(day, 0.0) + seconds}
        return Pace(seconds=self.seconds + seconds, visits=visits, days=days)

    @property
    def seconds_a_mark(self) -> float | None:
        """Mean seconds for a mark over the newest stretches, reading included; None below `LEAST_MARKS` marks.

        A mean, not a median: what is left is a sum, and long samples are part of it.
        """
        marks = sum(visit.marks for visit in self.visits)
        return None if marks < LEAST_MARKS else sum(visit.seconds for visit in self.visits) / marks

    def left(self, marks: int) -> float | None:
        """Seconds that so many marks will take; None where too little is known."""
        each = self.seconds_a_mark
        return None if each is None else each * marks


class Stopwatch:
    """Adds up the time between one sign of life and the next, where it is no pause.

    Args:
        now: seconds of any clock that only goes forward.
    """

    def __init__(self, now: float) -> None:
        self._last = now
        self._seconds = 0.0

    def touch(self, now: float, longest: float = PAUSE) -> None:
        """Note a sign of life; more than `longest` seconds since the last one were a pause."""
        gap = now - self._last
        self._seconds += gap if 0 <= gap <= longest else 0.0
        self._last = now

    def rest(self, now: float) -> None:
        """Begin anew without counting what was: the page was out of sight."""
        self._last = now

    def taken(self) -> float:
        """The seconds added up since the last time this was asked."""
        seconds, self._seconds = self._seconds, 0.0
        return seconds


def longest_pause(words: int) -> float:
    """Seconds that may pass over a text of so many words without a sign of life."""
    return max(PAUSE, words / SLOWEST_READING)


def kept_pace(store: Store) -> Pace:
    """The pace so far; what cannot be read begins anew, for nothing hangs on it."""
    kept: Any = store.kept_place(PACE)
    try:
        return Pace.model_validate(kept) if kept is not None else Pace()
    except ValidationError:
        return Pace()


def keep_pace(store: Store, pace: Pace) -> None:
    """Keep it where the packet is; no edit, no undo."""
    store.keep_place(PACE, pace.model_dump(mode="json"))
