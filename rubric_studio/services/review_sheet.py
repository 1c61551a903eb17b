"""A packet as a sheet, and a filled sheet back into the project, the way answer files come. No file is read here.

A sheet that comes back is written into the expert's packet, made anew, and taken in from there: whatever an answer
file must not say, a sheet cannot say either. It carries no signature of hers; that it came as a sheet is kept.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rubric_studio.domain.canonical import sha256_hex
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.review_sheet import (
    NOT_APPLICABLE_KEY,
    FilledLine,
    FilledSheet,
    ReviewSheet,
    SheetAnswer,
    SheetGrade,
    SheetPoint,
    chosen,
)
from rubric_studio.domain.round import expert_key
from rubric_studio.domain.safe_text import short_name
from rubric_studio.domain.table import Complaint
from rubric_studio.domain.verdict import State, Verdict
from rubric_studio.services.answers import (
    OfAnotherProject,
    TakenIn,
    answer_file,
    answers_of,
    hand_in,
    progress_of,
    take_in,
)
from rubric_studio.services.edits import Author, GiveMark, Proposal, write
from rubric_studio.services.own_packet import fill_own_packet
from rubric_studio.services.ports import Store
from rubric_studio.services.review_tasks import ReviewPoint, ReviewTask
from rubric_studio.services.reviewing import Review, finished_subjects, read_review, read_task
from rubric_studio.services.round_files import RoundFiles
from rubric_studio.services.rounds import Round, rounds

SOURCE = "sheet"
GRADE_COLUMN = "Your grade"
_PLAIN = re.compile(r"[\w:.-]{1,40}", re.ASCII)


class SheetTaken(NamedTuple):
    """What became of a sheet. `taken` is None where complaints kept it out; `marks` is how many were new."""

    taken: TakenIn | None
    marks: int
    complaints: tuple[Complaint, ...]


class _Said(NamedTuple):
    """A line of the sheet that can be understood: what was chosen for which point."""

    task: ReviewTask
    point: ReviewPoint
    key: str
    reason: str


# ---- out


def sheet_of(packet_store: Store) -> ReviewSheet:
    """Everything a packet asks, as a sheet; marks that were given in it already stand there.

    Raises:
        StudioError: the file is no packet.
    """
    review = _review(packet_store)
    return ReviewSheet(
        title=review.packet.title,
        round=review.packet.round,
        person=review.packet.expert.person,
        name=review.packet.expert.name,
        answers=tuple(_answers(packet_store, review)),
    )


def _answers(packet_store: Store, review: Review) -> Iterator[SheetAnswer]:
    shown = -1
    for task in review.tasks:
        row = review.rows.get(task.row)
        is_first, shown = task.block != shown, task.block
        yield SheetAnswer(
            number=task.number + 1,
            question=row.prompt_text if row is not None and is_first else "",
            reference=_reference(row.reference) if row is not None and is_first else "",
            answer=read_task(packet_store, review, task).text,
            points=tuple(_point(review, task, point) for point in review.points(task)),
        )


def _reference(fields: Mapping[str, object]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in fields.items() if value not in (None, "", [], {}))


def _point(review: Review, task: ReviewTask, point: ReviewPoint) -> SheetPoint:
    asked, mark = point.asked, review.mark(task, point.key)
    return SheetPoint(
        id=_id(task, point),
        title=asked.title,
        wording=asked.wording,
        grades=tuple(SheetGrade(key=level.key, text=level.text) for level in asked.best_first),
        allow_na=asked.allow_na,
        given=_given(mark),
        reason=mark.reason if mark else "",
    )


def _id(task: ReviewTask, point: ReviewPoint) -> str:
    """What a line is known by. The key of a question's own point may be any text: then its hash stands for it."""
    key = point.key
    return f"{task.sample}/{task.repeat}/{key if _PLAIN.fullmatch(key) else sha256_hex(key)[:20]}"


def _given(mark: Verdict | None) -> str:
    if mark is None:
        return ""
    return NOT_APPLICABLE_KEY if mark.state is State.NOT_APPLICABLE else mark.level or ""


# ---- back


def take_in_sheet(
    store: Store,
    files: RoundFiles,
    filled: FilledSheet,
    author_of: Callable[[PersonId], Author],
    *,
    without_faulty: bool = False,
) -> SheetTaken:
    """Take a filled sheet in; with complaints nothing is, unless the faulty cells may be left out.

    A cell that is empty says nothing: what was given before stays. A sheet that is brought in twice adds nothing.

    Args:
        author_of: the expert as an author, for the records that are written by her name.

    Raises:
        StudioError: the round is not here, or the sheet is of somebody who does not score in it.
    """
    round = _round_of(store, filled)
    expert = round.plan.expert(filled.person)
    if expert is None:
        raise StudioError(
            "This sheet is of somebody else",
            f"Nobody of that sheet scores in {round.plan.title}. Nothing was changed.",
            "Choose the sheet of somebody who does.",
            file=filled.file,
        )
    author = author_of(expert.person)
    with TemporaryDirectory(prefix="rubric-sheet-") as folder:
        path = Path(folder) / f"sheet{len(filled.lines)}.review"
        files.make_packet(path, fill_own_packet(store, filled.round, expert.person, author.now()))
        packet_store = files.open_packet(path, expert.name)
        try:
            review = _review(packet_store)
            said, complaints = _understood(review, filled)
            complaints = (*filled.complaints, *complaints)
            if complaints and not without_faulty:
                return SheetTaken(None, 0, complaints)
            marks = _written(packet_store, review, filled, said, author)
            if _is_finished(packet_store) and (marks or not _was_handed_in(store, packet_store, review)):
                hand_in(packet_store, author, finished=True)
            handed_in = answers_of(packet_store, _is_finished(packet_store), author.now(), source=SOURCE)
            content = answer_file(handed_in, expert_key(round.plan, round.id, expert.person))
        finally:
            packet_store.close()
    taken = take_in(store, content, filled.file)
    says_nothing = not marks and taken.done > 0
    return SheetTaken(taken._replace(was_known=taken.was_known or says_nothing), marks, complaints)


def _round_of(store: Store, filled: FilledSheet) -> Round:
    found = next((each for each in rounds(store) if each.id == filled.round), None)
    if found is None:
        raise OfAnotherProject(
            "This sheet belongs to a round that is not here",
            "The round that it was given out for was not started in this project. Nothing was changed.",
            "Open the project that the sheet came from, and bring it in there.",
            file=filled.file,
        )
    return found


def _is_finished(packet_store: Store) -> bool:
    far = progress_of(packet_store)
    return far.total > 0 and far.done == far.total


def _was_handed_in(store: Store, packet_store: Store, review: Review) -> bool:
    """Whether it was said before that she is done, in what is sealed or, once the round is closed, in the project."""
    subject = f"{review.packet.round}/{review.packet.expert.person}"
    return any(subject in finished_subjects(each) for each in (store, packet_store))


def _understood(review: Review, filled: FilledSheet) -> tuple[list[_Said], tuple[Complaint, ...]]:
    """What the sheet says, line by line, and what cannot be understood, by cell."""
    places = {_id(task, point): (task, point) for task in review.tasks for point in review.points(task)}
    said: list[_Said] = []
    complaints: list[Complaint] = []
    for line in filled.lines:
        place = places.get(line.id)
        if place is None:
            complaints.append(
                _complaint(filled, line, "This point is not asked in the round.", "Leave it out.")
            )
            continue
        task, point = place
        offered = _point(review, task, point)
        key = chosen(offered, line.grade)
        if key is not None:
            said.append(_Said(task, point, key, line.reason))
        elif line.grade:
            names = ", ".join(f"{n} {grade.key}" for n, grade in enumerate(offered.grades, start=1))
            complaints.append(
                _complaint(
                    filled, line, f"“{short_name(line.grade)}” is no grade here.", f"Choose one of: {names}."
                )
            )
        elif line.reason and review.mark(task, point.key) is None:
            complaints.append(
                _complaint(filled, line, "There is a reason, and no grade.", "Choose a grade too.")
            )
    return said, tuple(complaints)


def _complaint(filled: FilledSheet, line: FilledLine, message: str, hint: str) -> Complaint:
    number = int("".join(letter for letter in line.cell if letter.isdigit()) or 0) or None
    return Complaint(number, GRADE_COLUMN, message, hint, "error", filled.file, "Score", line.cell)


def _written(
    packet_store: Store, review: Review, filled: FilledSheet, said: list[_Said], author: Author
) -> int:
    """Write what is new in the sheet as one step; how many marks."""
    proposals: list[Proposal] = []
    for each in said:
        mark = review.mark(each.task, each.point.key)
        if mark is None or (_given(mark), mark.reason) != (each.key, each.reason):
            proposals += _mark(review, each, author.person).proposals()
    if proposals:
        write(packet_store, f"Marks from {filled.file}", proposals, author)
    return len(proposals)


def _mark(review: Review, said: _Said, person: PersonId) -> GiveMark:
    is_absent = said.key == NOT_APPLICABLE_KEY and said.point.asked.level_value(said.key) is None
    return GiveMark(
        sample=said.task.sample,
        criterion=said.point.key,
        question=said.point.question,
        person=person,
        state=State.NOT_APPLICABLE if is_absent else State.SCORED,
        value=None if is_absent else said.point.asked.level_value(said.key),
        level=None if is_absent else said.key,
        reason=said.reason,
        title=said.point.asked.title,
        repeat=said.task.repeat,
        round=review.packet.round,
    )


def _review(packet_store: Store) -> Review:
    review = read_review(packet_store)
    if review is None:
        raise StudioError(
            "This is no packet",
            "It is a project of its own, or its scoring guide is missing.",
            "Make the packet again in the project.",
        )
    return review
