"""The texts of the task at hand and of the next one, read before they are wanted. It shows none."""

from rubric_studio.services.ports import Store
from rubric_studio.services.review_order import next_open
from rubric_studio.services.review_tasks import ReviewTask
from rubric_studio.services.reviewing import Review, TaskText, read_task
from rubric_studio.ui.review.sitting import Sitting

KEPT = 8


class TaskTexts:
    """Keeps a few texts; those longest out of use go first."""

    def __init__(self, store: Store, review: Review) -> None:
        self._store, self._review = store, review
        self._read: dict[int, TaskText] = {}

    def of(self, task: ReviewTask) -> TaskText:
        """A task's text and checks, read now if they never were."""
        found = self._read.pop(task.number, None) or read_task(self._store, self._review, task)
        self._read[task.number] = found
        while len(self._read) > KEPT:
            self._read.pop(next(iter(self._read)))
        return found

    def forget(self) -> None:
        """What the program found may have changed."""
        self._read.clear()

    def ahead_of(self, sitting: Sitting) -> ReviewTask | None:
        """The task to which Enter will lead, None where it is this one or none."""
        stop = next_open(self._review, sitting.at, sitting.way, sitting.skipped)
        return None if stop is None or stop.task == sitting.task else stop.task
