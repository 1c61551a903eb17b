"""Time spent on the review page, kept in the packet: pauses and time out of sight do not count."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from rubric_studio.services.pace import Pace, Stopwatch, keep_pace, kept_pace, longest_pause
from rubric_studio.services.ports import Store


class WorkTime(QObject):
    """`pace` is what is known so far; `keep` adds the stretch since the last time.

    Args:
        clock: seconds that only go forward.
        today: the reader's day, "2026-11-23".
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], float],
        today: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store, self._clock, self._today = store, clock, today
        self._watch = Stopwatch(clock())
        self._marks = 0
        self._longest = longest_pause(0)
        self.pace: Pace = kept_pace(store)

    def touch(self) -> None:
        """Note that somebody is there."""
        self._watch.touch(self._clock(), self._longest)

    def read(self, text: str) -> None:
        """From now on this text is read: a long one may be read for long without a key."""
        self._longest = longest_pause(len(text) // 6)

    def marked(self) -> None:
        """Note that a point was marked for the first time."""
        self._marks += 1

    def rest(self) -> None:
        """Begin anew: the page was out of sight."""
        self._watch.rest(self._clock())

    def keep(self) -> None:
        """Keep the stretch since the last time; nothing is written where nothing was done."""
        seconds, marks = self._watch.taken(), self._marks
        self._marks = 0
        if (seconds or marks) and not self._store.read_only:
            self.pace = self.pace.after(seconds, marks, self._today())
            keep_pace(self._store, self.pace)

    def today(self) -> float:
        """Seconds of today so far."""
        return self.pace.days.get(self._today(), 0.0)
