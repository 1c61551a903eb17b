"""Asks the project which rows to list: at once where it is small, in the background where that could be felt."""

from PySide6.QtCore import QObject, Signal

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RowId
from rubric_studio.domain.listing import RowQuery
from rubric_studio.ui.jobs import Job
from rubric_studio.ui.session import Session

QUICK = 4000
"""A search through so many rows takes a few milliseconds."""

QUICK_AS_IMPORTED = 30_000
"""Naming so many rows as they were brought in takes no longer than handing the question to the background."""


class RowFinder(QObject):
    """Only the newest question is answered; `found` carries the ids in order."""

    found = Signal(list)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._job: Job | None = None
        self._asked = RowQuery()
        self.total = 0
        """How many rows the project holds, as last seen."""

    def ask(self, query: RowQuery) -> None:
        """Find the rows of a query."""
        self._asked = query
        if self._job is not None:
            self._job.stop()
            self._job = None
        if self.total <= (QUICK_AS_IMPORTED if query == RowQuery() else QUICK):
            self._ask_now(query)
        else:
            title = self.tr("Looking for questions")
            self._job = self._session.background(title, lambda store, _: store.row_ids(query))
            self._job.finished.connect(self._on_job_finished)

    def must_ask_again(self, changes: Changes) -> bool:
        """Whether a change can list other rows, or list them in another order."""
        asked = self._asked
        reasons = {
            Topic.ROWS: True,
            Topic.DECISIONS: asked.decision != "any" or asked.sort == "decision",
            Topic.FLAGS: asked.flagged is not None or asked.sort == "flags",
            Topic.SAMPLES: asked.answered is not None or asked.sort == "answers",
        }
        return any(matters and changes.touches(topic) for topic, matters in reasons.items())

    def _ask_now(self, query: RowQuery) -> None:
        try:
            ids = self._session.store.row_ids(query)
        except StudioError as error:
            self._session.failed.emit(error)
            return
        self.found.emit(ids)

    def _on_job_finished(self, ids: list[RowId]) -> None:
        if self.sender() is self._job:
            self._job = None
            self.found.emit(ids)
