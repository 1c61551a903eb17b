"""Tells the pages of a run what it brought, seldom enough that they stay smooth. It knows no list of runs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.run import Purpose

if TYPE_CHECKING:
    from rubric_studio.ui.session import Session

ANNOUNCE_MS = 1000
"""Pages look again at most this often while answers come in by the thousand."""

BROUGHT: dict[Purpose, Topic] = {"sampling": Topic.SAMPLES, "judging": Topic.VERDICTS}


class RunTelling(QObject):
    """Gathers the rows that have news and announces them together."""

    def __init__(self, session: "Session", parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._purpose: Purpose = "sampling"
        self._rows: set[str] = set()
        self._has_brought = False
        self._timer = QTimer(self, interval=ANNOUNCE_MS, singleShot=True)
        self._timer.timeout.connect(self._announce)

    def begin(self, purpose: Purpose) -> None:
        """Tell of another run from now on."""
        self._purpose, self._has_brought = purpose, False

    def take(self, rows: Iterable[str]) -> None:
        """Take rows that have new samples or verdicts; numbers alone are news, too."""
        self._rows.update(rows)
        self._has_brought = self._has_brought or bool(self._rows)
        if not self._timer.isActive():
            self._timer.start()

    def end(self) -> bool:
        """Tell the rest; whether the run brought new samples."""
        self._timer.stop()
        self._announce()
        return self._has_brought and self._purpose == "sampling"

    def _announce(self) -> None:
        rows, self._rows = frozenset(self._rows), set()
        topics = {Topic.RUNS}
        if rows and self._purpose in BROUGHT:
            topics.add(BROUGHT[self._purpose])
        self._session.announce(Changes(topics=frozenset(topics), rows=rows))
