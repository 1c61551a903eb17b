"""Where the next mark is wanted: answer by answer, or one point over all answers to a question. It moves nobody."""

from collections.abc import Collection, Sequence
from typing import NamedTuple, TypeVar

from rubric_studio.services.review_place import Way
from rubric_studio.services.review_tasks import ReviewTask, Turn
from rubric_studio.services.reviewing import Review

Thing = TypeVar("Thing")


class Stop(NamedTuple):
    """A point of a task; the key is "" where nothing is asked of the task."""

    task: ReviewTask
    key: str


def stop_at(review: Review, task: ReviewTask, key: str = "") -> Stop:
    """Where one comes to stand on a task: that point, else the first unmarked, else the first."""
    keys = [point.key for point in review.points(task)]
    if key in keys:
        return Stop(task, key)
    unmarked = review.unmarked(task)
    return Stop(task, unmarked[0].key if unmarked else keys[0] if keys else "")


def after_mark(review: Review, at: Stop, way: Way) -> Stop | None:
    """The next mark of the same answer, or of the same point among the question's answers; None when all are given."""
    if way == "answer":
        unmarked = [point.key for point in review.unmarked(at.task)]
        keys = [point.key for point in review.points(at.task)]
        key = next((key for key in _from_next(keys, at.key) if key in unmarked), None)
        return None if key is None else Stop(at.task, key)
    block = _block(review, at.task.block)
    task = next((task for task in _from_next(block, at.task) if _is_open(review, task, at.key)), None)
    return None if task is None else Stop(task, at.key)


def next_open(review: Review, at: Stop, way: Way, skipped: Collection[Turn]) -> Stop | None:
    """The next thing to do elsewhere: what was not put off first, and all around; None when there is none."""
    if way == "point":
        found = _next_point(review, at)
        if found is not None:
            return found
    others = [task for task in _from_next(review.tasks, at.task) if task != at.task]
    waiting = [task for task in others if not review.is_done(task)]
    task = next((task for task in waiting if task.turn not in skipped), next(iter(waiting), None))
    if task is None:
        return None
    return stop_at(review, task) if way == "answer" else _first_of_block(review, task)


def before(review: Review, at: Stop, way: Way) -> Stop | None:
    """What comes before: an answer, or the same point of it and then the point before; None at the beginning."""
    if way == "answer":
        return stop_at(review, review.tasks[at.task.number - 1]) if at.task.number else None
    block, keys = _block(review, at.task.block), [point.key for point in review.points(at.task)]
    place = block.index(at.task)
    if place:
        return Stop(block[place - 1], at.key)
    if at.key in keys[1:]:
        return Stop(block[-1], keys[keys.index(at.key) - 1])
    if not at.task.block:
        return None
    last = _block(review, at.task.block - 1)[-1]
    points = review.points(last)
    return Stop(last, points[-1].key if points else "")


def _next_point(review: Review, at: Stop) -> Stop | None:
    """The first answer of the question on which the next point that is not marked throughout is unmarked."""
    block, keys = _block(review, at.task.block), [point.key for point in review.points(at.task)]
    for key in _from_next(keys, at.key):
        task = next((task for task in block if _is_open(review, task, key)), None)
        if task is not None and key != at.key:
            return Stop(task, key)
    return None


def _first_of_block(review: Review, task: ReviewTask) -> Stop:
    block, keys = _block(review, task.block), [point.key for point in review.points(task)]
    wanted = ((key, each) for key in keys for each in block if _is_open(review, each, key))
    key, first = next(wanted, (keys[0] if keys else "", task))
    return Stop(first, key)


def _block(review: Review, number: int) -> list[ReviewTask]:
    return [task for task in review.tasks if task.block == number]


def _is_open(review: Review, task: ReviewTask, key: str) -> bool:
    return review.mark(task, key) is None and review.point(task, key) is not None


def _from_next(things: Sequence[Thing], at: Thing) -> list[Thing]:
    """The things after one, then those before it, itself last."""
    place = things.index(at) + 1 if at in things else 0
    return [*things[place:], *things[:place]]
