"""Where the expert stands in her packet and how she goes on: by answers or by points, with what she put off."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from rubric_studio.services.ports import Store
from rubric_studio.services.review_order import Stop, after_mark, before, next_open, stop_at
from rubric_studio.services.review_place import (
    KeptTurn,
    ReviewPlace,
    Way,
    keep_review_place,
    kept_review_place,
)
from rubric_studio.services.review_tasks import ReviewTask, Turn
from rubric_studio.services.reviewing import Review

KEEP_MS = 400


class Sitting(QObject):
    """`moved` tells that another task or point is at hand, `ended` that nothing is left to go to.

    `about_to_move` comes first: whoever has something typed and not kept hands it in.
    """

    about_to_move = Signal()
    moved = Signal()
    ended = Signal()

    def __init__(self, store: Store, review: Review, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self.review = store, review
        place = kept_review_place(store)
        self.way: Way = place.way
        self.goes_on, self.asks_why = place.goes_on, place.asks_why
        self.scroll = place.scroll
        self.skipped: dict[Turn, None] = {
            (each.sample, each.repeat): None
            for each in place.skipped
            if review.task((each.sample, each.repeat))
        }
        self.at = self._found(place)
        self._keep = QTimer(self, interval=KEEP_MS, singleShot=True)
        self._keep.timeout.connect(self.keep)

    @property
    def task(self) -> ReviewTask:
        """The task at hand."""
        return self.at.task

    @property
    def key(self) -> str:
        """The point at hand, "" where nothing is asked."""
        return self.at.key

    def go(self, task: ReviewTask, key: str = "") -> None:
        """Go to a task, and to one of its points."""
        self._move(stop_at(self.review, task, key))

    def go_to_point(self, key: str) -> None:
        """Go to another point of the same answer."""
        self._move(stop_at(self.review, self.task, key))

    def step(self, step: int) -> None:
        """Go to the point above or below."""
        keys = [point.key for point in self.review.points(self.task)]
        if self.key in keys:
            self.go_to_point(keys[min(len(keys) - 1, max(0, keys.index(self.key) + step))])

    def go_on_after_mark(self) -> bool:
        """Go to the next mark of this answer, or of this point; False where all of them are given."""
        stop = after_mark(self.review, self.at, self.way)
        if stop is not None:
            self._move(stop)
        return stop is not None

    def next(self) -> None:
        """Go to the next answer, or point, that is open."""
        stop = next_open(self.review, self.at, self.way, self.skipped)
        if stop is not None:
            self._move(stop)
        else:
            self.ended.emit()

    def back(self) -> None:
        """Go to what comes before."""
        stop = before(self.review, self.at, self.way)
        if stop is not None:
            self._move(stop)

    def skip(self) -> None:
        """Put the answer off until all others are done, and go on."""
        if not self.review.is_done(self.task):
            self.skipped[self.task.turn] = None
        self.next()

    def waiting_skipped(self) -> list[ReviewTask]:
        """The tasks that were put off and are not done, in the order of the packet."""
        return [
            task for task in self.review.tasks if task.turn in self.skipped and not self.review.is_done(task)
        ]

    def waiting_unsure(self) -> list[Stop]:
        """The points of which she is unsure, in the order of the packet."""
        return [
            Stop(task, point.key)
            for task in self.review.tasks
            if self.review.unsure[task.turn]
            for point in self.review.points(task)
            if point.key in self.review.unsure[task.turn]
        ]

    def walk_unsure(self) -> None:
        """Go to the next point of which she is unsure, all around."""
        self._walk(self.waiting_unsure())

    def walk_skipped(self) -> None:
        """Go to the next answer that was put off, all around."""
        self._walk([stop_at(self.review, task) for task in self.waiting_skipped()])

    def set_way(self, way: Way) -> None:
        """Go through by answers or by points, from the same place."""
        if way != self.way:
            self.way = way
            self._move(self.at)

    def keep(self) -> None:
        """Keep where one is, so that the next sitting begins there."""
        self._keep.stop()
        if self._store.read_only:
            return
        skipped = tuple(KeptTurn(sample=sample, repeat=repeat) for sample, repeat in self.skipped)
        place = ReviewPlace(
            turn=KeptTurn(sample=self.task.sample, repeat=self.task.repeat),
            point=self.key,
            way=self.way,
            scroll=self.scroll,
            skipped=skipped,
            goes_on=self.goes_on,
            asks_why=self.asks_why,
        )
        keep_review_place(self._store, place)

    def keep_soon(self) -> None:
        """Keep where one is in a moment: many steps are kept once."""
        self._keep.start()

    def _move(self, stop: Stop) -> None:
        self.about_to_move.emit()
        if stop.task != self.task:
            self.scroll = 0.0
        self.at = stop
        self.keep_soon()
        self.moved.emit()

    def _walk(self, stops: list[Stop]) -> None:
        if not stops:
            return
        after: Callable[[Stop], bool] = lambda stop: self._order(stop) > self._order(self.at)  # noqa: E731
        self._move(next((stop for stop in stops if after(stop)), stops[0]))

    def _order(self, stop: Stop) -> tuple[int, int]:
        keys = [point.key for point in self.review.points(stop.task)]
        return stop.task.number, keys.index(stop.key) if stop.key in keys else 0

    def _found(self, place: ReviewPlace) -> Stop:
        turn = place.turn
        task = self.review.task((turn.sample, turn.repeat)) if turn else None
        if task is not None:
            return stop_at(self.review, task, place.point)
        self.scroll = 0.0
        first = next(
            (task for task in self.review.tasks if not self.review.is_done(task)), self.review.tasks[0]
        )
        return stop_at(self.review, first)
