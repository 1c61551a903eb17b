"""What a key does to the point at hand: grade it, take that back, say why, attach words. It shows nothing."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from rubric_studio.domain.verdict import Span
from rubric_studio.services.precedents import offered_mark
from rubric_studio.services.review_tasks import ReviewPoint
from rubric_studio.ui.guide.answer_points import grades_of
from rubric_studio.ui.review.blind_marking import BlindMarking
from rubric_studio.ui.review.review_words import is_low
from rubric_studio.ui.review.sitting import Sitting


class PointActions(QObject):
    """`about_to_mark` comes before a mark, `marked` after it: with True where the grade is low and has no reason.

    `first_marked` tells that a point has its first mark. Nothing happens while `is_closed` says so.
    """

    about_to_mark = Signal()
    first_marked = Signal()
    marked = Signal(bool)

    def __init__(
        self,
        sitting: Sitting,
        marking: BlindMarking,
        is_closed: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sitting, self._marking, self._is_closed = sitting, marking, is_closed
        self.is_marking = False
        """Whether a mark is being kept: what follows it shows everything once."""

    def point(self) -> ReviewPoint | None:
        """The point at hand, None where nothing is asked of the answer."""
        return self._sitting.review.point(self._sitting.task, self._sitting.key)

    def grade(self, place: int) -> None:
        """Give the grade at a place, best first."""
        point = self.point()
        levels = grades_of(point.asked) if point is not None else ()
        if place < len(levels):
            self.give_level(levels[place].key)

    def give_level(self, level: str) -> None:
        """Give a grade."""
        self._on_point(lambda point: self._give_level(point, level))

    def not_applicable(self) -> None:
        """Say that the point does not apply, where the guide allows that."""
        task = self._sitting.task
        self._on_point(
            lambda point: self._give(point, lambda: self._marking.choose_not_applicable(task, point))
        )

    def take_offer(self) -> None:
        """Give the mark that an identical answer has."""
        task = self._sitting.task
        point = self.point()
        offer = offered_mark(self._sitting.review, task, point) if point is not None else None
        if offer is not None:
            self._on_point(
                lambda point: self._give(point, lambda: self._marking.take_over(task, point, offer))
            )

    def clear(self) -> None:
        """Take the mark back."""
        self._on_point(lambda point: self._marking.clear(self._sitting.task, point))

    def toggle_unsure(self) -> None:
        """Say that one is unsure of the point, or no longer is."""
        self._on_point(lambda point: self._marking.toggle_unsure(self._sitting.task, point))

    def give_reason(self, reason: str) -> None:
        """Say why."""
        self._on_point(lambda point: self._marking.give_reason(self._sitting.task, point, reason))

    def toggle_evidence(self, span: Span) -> None:
        """Attach a passage, or detach it."""
        self._on_point(lambda point: self._marking.toggle_evidence(self._sitting.task, point, span))

    def _on_point(self, act: Callable[[ReviewPoint], None]) -> None:
        point = self.point()
        if point is not None and not self._is_closed():
            act(point)

    def _give_level(self, point: ReviewPoint, level: str) -> None:
        levels, task = grades_of(point.asked), self._sitting.task
        place = next(at for at, each in enumerate(levels) if each.key == level)
        low = is_low(levels, place, costs_points=point.asked.weight < 0)
        self._give(point, lambda: self._marking.choose_level(task, point, level), low=low)

    def _give(self, point: ReviewPoint, give: Callable[[], bool], *, low: bool = False) -> None:
        """Mark; a reason that is being typed is handed in first, and goes with the mark."""
        self.about_to_mark.emit()
        task, review = self._sitting.task, self._sitting.review
        is_first = review.mark(task, point.key) is None
        self.is_marking = True
        try:
            is_given = give()
        finally:
            self.is_marking = False
        if not is_given:
            return
        if is_first:
            self.first_marked.emit()
        mark = review.mark(task, point.key)
        self.marked.emit(low and self._sitting.asks_why and mark is not None and not mark.reason)
