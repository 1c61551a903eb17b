"""Twelve answers that three experts marked, in a round or outside any, as a test wants it."""

from collections.abc import Mapping, Sequence
from typing import Any

from rubric_studio.domain.ids import PersonId, RecordId, RowId, ulid
from rubric_studio.domain.record import Person, RecordKind
from rubric_studio.domain.round import RoundExpert, RoundPlan
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.edits import Author, GiveMark, Proposal, perform, write
from rubric_studio.store.project_file import ProjectFile
from tests.services.conftest import ANNA, BRUNO, TickingClock
from tests.services.judged_project import GUIDE, NAMES, answers, fill

CARA = PersonId("01CARA")
PEOPLE = {ANNA: "Anna", BRUNO: "Bruno", CARA: "Cara"}


class LaterClock(TickingClock):
    """A clock that never meets that of the fixtures: no two records share an id."""

    def __init__(self) -> None:
        super().__init__()
        self._ticks = 1_000_000


def people(store: ProjectFile, author: Author) -> dict[PersonId, Author]:
    """Three people in a project with three questions, twelve answers and a saved guide."""
    fill(store, author)
    for id, name in PEOPLE.items():
        store.add_person(Person(id=id, name=name))
    clock = LaterClock()
    return {id: Author(id, clock) for id in PEOPLE} | {author.person: author}


def blind_round(
    store: ProjectFile,
    lead: Author,
    said: Mapping[Author, Mapping[str, Sequence[float | str | None]]],
    *,
    closed: bool = True,
    held_out: Sequence[str] = (),
    guide: Rubric = GUIDE,
    number: int = 1,
) -> str:
    """A round over all answers: its plan, what everybody said in it, and its end."""
    round = ulid(1_700_000_000_000 + number, bytes([number] * 10))
    keys = tuple(sample.key for sample in answers())
    plan = RoundPlan(
        title=f"Round {number}",
        number=number,
        version=RecordId("v"),
        version_number=1,
        lead=lead.person,
        experts=tuple(
            RoundExpert(person=each.person, name=PEOPLE.get(each.person, "Somebody")) for each in said
        ),
        assigned={each.person: keys for each in said},
        held_out=tuple(RowId(row) for row in held_out),
        secret="a" * 64,
    )
    write(store, "Start a round", [Proposal(RecordKind.ROUND, round, plan.model_dump(mode="json"))], lead)
    for author, marks in said.items():
        give(store, author, marks, round=round, guide=guide)
    if closed:
        close(store, lead, round)
    return round


def close(store: ProjectFile, lead: Author, round: str) -> None:
    """End a round: what its experts said in it counts."""
    counted: dict[str, list[str]] = {}
    for head in store.heads(RecordKind.VERDICT):
        if head.body and head.body.get("round") == round:
            counted.setdefault(head.person, []).append(head.id)
    write(store, "Close the round", [Proposal(RecordKind.CLOSING, round, {"counted": counted})], lead)


def give(
    store: ProjectFile,
    author: Author,
    marks: Mapping[str, Sequence[float | str | None]],
    *,
    round: str = "",
    guide: Rubric = GUIDE,
    **more: Any,
) -> None:
    """Keep a person's marks by criterion: for each answer a value, "absent", or None where nothing was said."""
    rows, asking = {row.id: row for row in store.rows()}, questionnaire(store, guide)
    for key, values in marks.items():
        for sample, value in zip(answers(), values, strict=False):
            if value is None:
                continue
            row = rows[sample.row]
            asked = next(each for each in asking.on(row) if each.key == key)
            state: dict[str, Any] = {"state": "not_applicable"}
            if value != "absent":
                state = {"state": "scored", "value": float(value), "level": NAMES[key][float(value)]}
            edit = GiveMark(
                sample=sample.key,
                criterion=key,
                question=asked.question.on_row(row),
                person=author.person,
                reason=f"{PEOPLE.get(author.person, 'I')} thinks {value}",
                round=round,
                **state,
                **more,
            )
            perform(store, edit, author)
