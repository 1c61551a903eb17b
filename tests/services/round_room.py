"""Rounds for tests: twelve answers to three questions, people by letter, and what they send."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from rubric_studio.domain.ids import PersonId, QuestionHash, RecordId, RowId, SampleKey
from rubric_studio.domain.round import RoundExpert, RoundPlan
from rubric_studio.domain.sealed import Sealed
from rubric_studio.domain.verdict import State
from rubric_studio.services.answers import answer_file, answers_of, hand_in
from rubric_studio.services.asked import Asked, questionnaire
from rubric_studio.services.edits import Author, GiveMark, perform
from rubric_studio.services.pace import Pace, keep_pace
from rubric_studio.services.packet_record import packet_of
from rubric_studio.services.packets import fill_packet
from rubric_studio.services.review_edits import SayUnsure
from rubric_studio.services.reviewing import ReviewTask, read_review
from rubric_studio.services.round_proposal import proposed_plan
from rubric_studio.services.round_start import RoundProposal, RoundStart
from rubric_studio.services.rounds import start_round
from rubric_studio.store.project_file import ProjectFile, create_project

from .conftest import TickingClock
from .judged_project import GUIDE

NOON = "2026-11-23T12:00:00.000Z"


def expert(name: str, *languages: str) -> RoundExpert:
    return RoundExpert(person=PersonId(f"01{name.upper()}"), name=name, languages=languages)


FOUR = tuple(expert(name) for name in ("Anna", "Bruno", "Clara", "Dimitri"))


def propose(store: ProjectFile, author: Author, start: RoundStart) -> RoundProposal:
    return proposed_plan(store, start, author.person, author.randomness)


def begin(store: ProjectFile, author: Author, start: RoundStart) -> tuple[RecordId, RoundPlan]:
    plan = propose(store, author, start).plan
    id, _ = start_round(store, plan, author)
    return id, plan


def marks_blind(
    store: ProjectFile, author: Author, round: str, keys: Sequence[SampleKey], points: Sequence[str]
) -> None:
    """Keep a person's marks as they are once a round was opened."""
    rows = {row.id: row for row in store.rows()}
    where = {info.key: info.row for info in store.sample_infos()}
    for key in keys:
        row = rows[where[key]]
        for asked in questionnaire(store, GUIDE).on(row):
            if asked.key in points:
                perform(
                    store,
                    GiveMark(
                        sample=key,
                        criterion=asked.key,
                        question=asked.question.on_row(row),
                        person=author.person,
                        state=State.SCORED,
                        value=1.0,
                        level=asked.levels[0].key,
                        round=round,
                    ),
                    author,
                )


def sealed(round: str, person: str, done: int, at: str = NOON, finished: bool = True) -> tuple[Sealed, bytes]:
    """What stands for an answer file where nobody opens it."""
    hash = hashlib.sha256(f"{person}{done}{at}".encode()).hexdigest()
    return Sealed(round, person, hash, at, done, 99, finished), b"sealed"


def scores_all(
    store: ProjectFile,
    folder: Path,
    round: str,
    person: PersonId,
    clock: TickingClock,
    *,
    finished: bool = True,
    seconds: float = 0,
    grade: Callable[[ReviewTask], int] = lambda _: 0,
    doubts: bool = False,
) -> bytes:
    """Let a person give every point of her packet a grade, the first one unless told; her answer file."""
    with create_project(folder / f"{person}{clock.milliseconds()}.review") as packet:
        fill_packet(store, round, person, NOON)(packet)
        review, author = read_review(packet), Author(person, clock)
        assert review is not None
        for task in review.tasks:
            for asked, question in _asked(packet, task):
                perform(packet, _mark(task, asked, question, person, round, grade(task)), author)
                if doubts:
                    perform(packet, _doubt(task, asked, question, person, round), author)
        keep_pace(packet, Pace(seconds=seconds))
        if finished:
            hand_in(packet, author, finished=True)
        made = packet_of(packet)
        assert made is not None
        return answer_file(answers_of(packet, finished, author.now()), made.key)


def _asked(packet: ProjectFile, task: ReviewTask) -> list[tuple[Asked, QuestionHash]]:
    row = next(packet.rows([task.row]))
    return [(each, each.accepted_on(row)[0]) for each in questionnaire(packet, GUIDE).on(row)]


def _mark(
    task: ReviewTask, asked: Asked, question: QuestionHash, person: PersonId, round: str, grade: int
) -> GiveMark:
    level = asked.levels[min(grade, len(asked.levels) - 1)]
    return GiveMark(
        sample=task.sample,
        criterion=asked.key,
        question=question,
        person=person,
        value=level.value,
        level=level.key,
        repeat=task.repeat,
        round=round,
    )


def _doubt(task: ReviewTask, asked: Asked, question: QuestionHash, person: PersonId, round: str) -> SayUnsure:
    return SayUnsure(
        sample=task.sample,
        criterion=asked.key,
        question=question,
        person=person,
        repeat=task.repeat,
        round=round,
    )


def rows_of(store: ProjectFile, keys: Sequence[SampleKey]) -> list[RowId]:
    where = {info.key: info.row for info in store.sample_infos()}
    return [where[key] for key in keys]
