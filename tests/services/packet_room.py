"""A round in full for tests: its packets as real files, experts at work in them, and all that a project says."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.verdict import Span
from rubric_studio.services.answers import answer_file, answers_of, hand_in
from rubric_studio.services.edits import Author, FlagRows, GiveMark, NoteOnRow, perform
from rubric_studio.services.handing_in import the_packet
from rubric_studio.services.history import undo
from rubric_studio.services.packets import fill_packet
from rubric_studio.services.review_edits import SayUnsure
from rubric_studio.services.review_tasks import ReviewPoint, ReviewTask
from rubric_studio.services.reviewing import Review, read_review
from rubric_studio.store.packet_file import make_packet_file
from rubric_studio.store.project_file import ProjectFile, open_project

from .conftest import TickingClock
from .round_room import NOON


def packet_at(store: ProjectFile, path: Path, round: str, person: PersonId, made_at: str = NOON) -> Path:
    """Make a person's packet as a file."""
    make_packet_file(path, fill_packet(store, round, person, made_at))
    return path


@contextmanager
def at_work(path: Path) -> Iterator[tuple[ProjectFile, Review]]:
    """A packet that is open, and what is in it."""
    with open_project(path) as packet:
        review = read_review(packet)
        assert review is not None
        yield packet, review


def mark(
    packet: ProjectFile,
    review: Review,
    task: ReviewTask,
    point: ReviewPoint,
    author: Author,
    level: int = 0,
    reason: str = "",
    **more: Any,
) -> None:
    """Give a point one of its grades."""
    grade = point.asked.levels[level]
    told = {
        "sample": task.sample,
        "criterion": point.key,
        "question": point.question,
        "person": author.person,
    }
    told |= {"value": grade.value, "level": grade.key, "repeat": task.repeat, "round": review.packet.round}
    perform(packet, GiveMark.model_validate(told | {"reason": reason} | more), author)


def sent(packet: ProjectFile, clock: TickingClock, *, finished: bool = False) -> bytes:
    """The answer file of this moment."""
    made = the_packet(packet)
    author = Author(made.expert.person, clock)
    if finished:
        hand_in(packet, author, finished=True)
    return answer_file(answers_of(packet, finished, author.now()), made.key)


def works(path: Path, author: Author, clock: TickingClock, seed: int, parts: int = 3) -> list[bytes]:
    """Let an expert do this and that in her packet; what she sends after each part."""
    chance, files = random.Random(seed), list[bytes]()
    with at_work(path) as (packet, review):
        for part in range(parts):
            for _ in range(8):
                _does_something(packet, review, author, chance)
            files.append(sent(packet, clock, finished=part == parts - 1))
    return files


def _does_something(packet: ProjectFile, review: Review, author: Author, chance: random.Random) -> None:
    task = chance.choice(review.tasks)
    point = chance.choice(review.points(task))
    what = chance.choices(("mark", "undo", "doubt", "note", "flag"), (8, 2, 2, 1, 1))[0]
    if what == "mark":
        reason = chance.choice(("", "weil es fehlt", "Ελλείπει η αιτιολογία", "half \ud83d"))
        spans = (Span(start=0, end=3, quote="xxx"),)
        level = chance.randrange(len(point.asked.levels))
        mark(packet, review, task, point, author, level, reason, evidence=spans if level else ())
    elif what == "undo":
        undo(packet, author)
    elif what == "doubt":
        told = {"sample": task.sample, "criterion": point.key, "question": point.question}
        unsure = SayUnsure.model_validate(told | {"person": author.person, "round": review.packet.round})
        perform(packet, unsure, author)
    elif what == "note":
        perform(packet, NoteOnRow(row=task.row, text=f"Note {chance.random()}"), author)
    else:
        perform(packet, FlagRows(rows=(task.row,), reason="Wrong year"), author)


def everything(store: ProjectFile) -> dict[str, list[Any]]:
    """All that a project says, but for the numbers by which its lines are counted, and how its cache is kept."""
    db = store.connection
    tables = {
        "people": "select id, name from person order by id",
        "edits": "select id, label, person, at, role, target from edit order by id",
        "records": "select id, edit, kind, subject, scope, person, at, reason, body, replaces from record order by id",
        "replaced": "select replaced, record from replacement order by replaced, record",
        "rows": "select id, prompt_key from row order by id",
        "samples": "select key, row, model, run, present from sample order by key",
        "sealed": "select round, person, hash, at, done, total, finished, content from sealed_answers "
        "order by round, person, hash",
    }
    return {name: db.all(sql) for name, sql in tables.items()}
