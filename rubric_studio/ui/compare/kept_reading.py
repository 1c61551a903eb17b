"""Figures read in the background for what is chosen: the last ones stay until newer are there. No figure of its own."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.services.ports import Store
from rubric_studio.ui.background_reading import BackgroundReading, Task
from rubric_studio.ui.jobs import Job, Progress
from rubric_studio.ui.session import Session

WAIT_MS = 100
AGAIN_MS = 1000
"""While marks come in, what is read is let finish and read again a second later, not begun anew with each."""
CONCERNED = (
    Topic.ROWS, Topic.SAMPLES, Topic.VERDICTS, Topic.VERSIONS, Topic.DRAFT, Topic.ROUNDS, Topic.DISPUTES,
    Topic.JUDGES, Topic.PEOPLE,
)  # fmt: skip

Work = Callable[[Store, Progress], Any]
Renew = Callable[[Store, Any], Any]
"""What was found before, brought up to date."""


class KeptReading(BackgroundReading):
    """`found` is what was read last, None before; `of` says for which key."""

    def __init__(
        self,
        session: Session,
        title: str,
        parent: QObject | None = None,
        concerned: Sequence[Topic] = CONCERNED,
    ) -> None:
        super().__init__(session, concerned, WAIT_MS, parent)
        self._title = title
        self._wanted: tuple[object, Work, Renew | None] | None = None
        self._needs_all = True
        self.of: object = None
        self.found: Any = None

    def want(self, key: object, work: Work, renew: Renew | None = None) -> bool:
        """Ask for what `work` finds. True where that is at hand and fresh; else `read` will tell.

        `renew` is enough where nothing changed but what was noted as light.
        """
        is_other = self._wanted is None or self._wanted[0] != key
        self._wanted = (key, work, renew)
        if not self._is_stale and self.found is not None and self.of == key:
            return True
        if is_other or not self.is_under_way:
            self._wait.start(AGAIN_MS if self.of == key else WAIT_MS)
        return False

    def note(self, changes: Changes, *, is_light: bool = False) -> bool:
        """Remember what changed; a light change is one that `renew` knows how to take in."""
        self._needs_all = self._needs_all or (not is_light and changes.touches(*self._concerned))
        return super().note(changes)

    def leave(self) -> None:
        """Stop what runs; whatever it would have taken in is read as a whole."""
        self._needs_all = self._needs_all or self._job is not None
        super().leave()

    def _task(self) -> Task:
        assert self._wanted is not None
        key, work, renew = self._wanted
        before = self.found
        if renew is not None and before is not None and self.of == key and not self._needs_all:
            return Task(
                self._title, lambda store, _: renew(store, before), lambda found: self._keep(key, found)
            )
        self._needs_all = False
        return Task(self._title, work, lambda found: self._keep(key, found))

    def _keep(self, key: object, found: object) -> None:
        self.found, self.of = found, key
        if self._is_stale:
            self._wait.start(AGAIN_MS)

    def _on_ended(self, job: Job) -> None:
        self._needs_all = self._needs_all or job is self._job
        super()._on_ended(job)
