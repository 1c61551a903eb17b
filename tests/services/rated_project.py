"""A project whose answers several experts mark, in rounds or outside any; each person's marks are one edit."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rubric_studio.domain.ids import PersonId, RecordId, RowId
from rubric_studio.domain.record import Person, RecordKind
from rubric_studio.domain.round import RoundExpert, RoundPlan, StopRule
from rubric_studio.domain.row import Row, RowCriterion, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.edits import Author, GiveMark, Proposal, SaveVersion, perform, write
from rubric_studio.services.rounds import CloseRound, StartRound
from rubric_studio.services.versions import newest_version
from rubric_studio.store.project_file import ProjectFile, create_project
from tests.services.conftest import TickingClock

LEVELS = [{"key": "fully", "value": 1.0}, {"key": "partly", "value": 0.5}, {"key": "no", "value": 0.0}]
NAMES = {1.0: "fully", 0.5: "partly", 0.0: "no"}
ANNA, BRUNO, CLARA, DORA = (PersonId(f"01{name}") for name in ("ANNA", "BRUNO", "CLARA", "DORA"))
PEOPLE = {ANNA: "Anna", BRUNO: "Bruno", CLARA: "Clara", DORA: "Dora"}

Grades = Sequence[float | str | None]
"""For each answer a level's value, "absent" (does not apply) or None (not marked)."""
Said = Mapping[PersonId, Mapping[str, Grades]]


def guide(**wordings: str) -> Rubric:
    """A guide with one part and a judged criterion of three levels for each wording; all may be not applicable."""
    criteria = [
        {"key": key, "title": key.title(), "wording": words, "levels": LEVELS, "allow_na": True}
        for key, words in wordings.items()
    ]
    return Rubric.model_validate({"strata": [{"key": "case", "title": "The case", "criteria": criteria}]})


class RatedProject:
    """A store with one answer to each of some questions, and people who mark them."""

    def __init__(self, folder: Path, answers: int, own: Mapping[int, Sequence[str]] | None = None) -> None:
        self.clock = TickingClock()
        self.authors = {id: Author(id, self.clock) for id in PEOPLE}
        self.store: ProjectFile = create_project(folder / "rated.rubric", clock=self.clock)
        for id, name in PEOPLE.items():
            self.store.add_person(Person(id=id, name=name))
        own = own or {}
        rows = [
            Row(
                id=RowId(f"q{at:04}"),
                prompt=user_prompt(f"Case {at}?"),
                criteria=tuple(RowCriterion(key=key, text=f"Sees {key}") for key in own.get(at, ())),
            )
            for at in range(answers)
        ]
        self.samples = [Sample(row=row.id, model="m", text=f"Answer to {row.id}") for row in rows]
        self.rows = {row.id: row for row in rows}
        with self.store.writing() as writer:
            writer.source(Source(id="answers", kind="mixed", name="answers"))
            writer.rows(rows)
            writer.samples(self.samples)

    def save(self, rubric: Rubric) -> Rubric:
        """Save a version; it is what is marked from now on."""
        before = newest_version(self.store)
        number = 1 if before is None else before.number + 1
        perform(self.store, SaveVersion(rubric=rubric, number=number), self.authors[ANNA])
        return rubric

    def mark(self, rubric: Rubric, said: Said, round: str = "", repeat: int = 0) -> dict[PersonId, list[str]]:
        """Keep what people say; the records written, by person."""
        asking = questionnaire(self.store, rubric)
        written: dict[PersonId, list[str]] = {}
        for person, by_key in said.items():
            author, proposals = self.authors[person], list[Proposal]()
            for key, grades in by_key.items():
                for sample, grade in zip(self.samples, grades, strict=False):
                    asked = next((a for a in asking.on(self.rows[sample.row]) if a.key == key), None)
                    if grade is not None and asked is not None:
                        question = asked.question.on_row(self.rows[sample.row])
                        state = (
                            {"state": "not_applicable"}
                            if grade == "absent"
                            else {"value": grade, "level": NAMES[float(grade)] if asked.criterion else None}
                        )
                        mark = GiveMark.model_validate(
                            {"sample": sample.key, "criterion": key, "question": question, "person": person,
                             "round": round, "repeat": repeat, **state}
                        )  # fmt: skip
                        proposals += mark.proposals()
            before = {head.id for head in self.store.heads(RecordKind.VERDICT)}
            write(self.store, "Marks", proposals, author)
            heads = self.store.heads(RecordKind.VERDICT)
            written[person] = [head.id for head in heads if head.id not in before and head.person == person]
        return written

    def round(
        self,
        rubric: Rubric,
        said: Said,
        *,
        again: Said | None = None,
        held_out: Sequence[int] = (),
        stop: StopRule | None = None,
        tells_lead: bool = False,
        closed: bool = True,
        only: Sequence[int] | None = None,
    ) -> RecordId:
        """A round over all answers (or `only` some), led by Anna: started, marked blind, closed."""
        version = newest_version(self.store)
        assert version is not None
        number = len(self.store.heads(RecordKind.ROUND)) + 1
        scored = [sample for at, sample in enumerate(self.samples) if only is None or at in only]
        held = {f"q{at:04}" for at in held_out}
        plan = RoundPlan(
            title=f"Round {number}",
            number=number,
            version=RecordId(version.id),
            version_number=version.number,
            lead=ANNA,
            experts=tuple(RoundExpert(person=person, name=PEOPLE[person]) for person in said),
            assigned={person: tuple(sample.key for sample in scored) for person in said},
            held_out=tuple(sample.row for sample in scored if sample.row in held),
            tuned=tuple(sample.row for sample in scored if sample.row not in held),
            stop=stop,
            tells_lead=tells_lead,
            secret="a" * 64,
        )
        perform(self.store, StartRound(plan=plan), self.authors[ANNA])
        round = RecordId(self.store.heads(RecordKind.ROUND)[-1].subject)
        counted = self.mark(rubric, said, round)
        for person, ids in self.mark(rubric, again or {}, round, repeat=1).items():
            counted[person] += ids
        if closed:
            found = {person: tuple(RecordId(id) for id in ids) for person, ids in counted.items()}
            perform(self.store, CloseRound(round=round, number=number, counted=found), self.authors[ANNA])
        return round
