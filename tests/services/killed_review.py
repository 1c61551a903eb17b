"""An expert who marks in a packet until her process is killed; not a test itself, `test_review_kill.py` starts it.

It waits with everything imported, forks a worker for each line "SEED PATH" it reads, and tells the worker's process
id. A worker writes each mark into PATH.told once it was saved, as the page shows it.
"""

import os
import random
import sys
from pathlib import Path

from rubric_studio.services.edits import Author, GiveMark, perform
from rubric_studio.services.history import undo
from rubric_studio.services.review_place import KeptTurn, ReviewPlace, keep_review_place
from rubric_studio.services.review_tasks import ReviewPoint, ReviewTask
from rubric_studio.services.reviewing import read_review
from rubric_studio.store.project_file import ProjectFile, open_project

UNDONE = 0.05


class Clock:
    """Chance of the worker's own, and a time that goes on from one worker to the next."""

    def __init__(self, seed: int) -> None:
        self._chance, self._now = random.Random(seed), 1_800_000_000_000 + seed * 1_000_000

    def milliseconds(self) -> int:
        self._now += 1
        return self._now

    def randomness(self) -> bytes:
        return self._chance.randbytes(10)


def work(path: Path, seed: int, told: int) -> None:
    """Mark what is not marked yet, as an expert does: point by point, some taken back again."""
    chance = random.Random(seed)
    with open_project(path, who="worker") as store:
        review = read_review(store)
        assert review is not None
        author = Author(review.packet.expert.person, Clock(seed))
        todo = [(task, point) for task in review.tasks for point in review.unmarked(task)]
        for task, point in todo:
            edit = _mark(review.packet.round, author, task, point, chance)
            perform(store, edit, author)
            _tell(told, store, str(edit.level))
            review.hear(store)
            keep_review_place(store, ReviewPlace(turn=KeptTurn(sample=task.sample, repeat=task.repeat)))
            if chance.random() < UNDONE:
                undo(store, author)
                _tell(told, store, "-")


def _mark(
    round: str, author: Author, task: ReviewTask, point: ReviewPoint, chance: random.Random
) -> GiveMark:
    grade = chance.choice(point.asked.levels)
    return GiveMark(
        sample=task.sample,
        criterion=point.key,
        question=point.question,
        person=author.person,
        value=grade.value,
        level=grade.key,
        reason="because " * chance.randrange(4),
        repeat=task.repeat,
        round=round,
    )


def _tell(told: int, store: ProjectFile, grade: str) -> None:
    (newest,) = store.edits(newest=1)
    os.write(told, f"{newest.id} {grade}\n".encode())


def serve() -> None:
    """Fork a worker for each line read."""
    for line in sys.stdin:
        seed, path = line.rstrip("\n").split(" ", 1)
        process = os.fork()
        if process == 0:
            told = os.open(path + ".told", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            work(Path(path), int(seed), told)
            os._exit(0)
        sys.stdout.write(f"{process}\n")
        sys.stdout.flush()
        os.waitpid(process, 0)
        sys.stdout.write("gone\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
