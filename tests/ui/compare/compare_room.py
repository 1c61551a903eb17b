"""Projects for the page Compare: four experts with known habits, two wordings, a judge, an answer held out in five."""

import random
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rubric_studio import wiring
from rubric_studio.domain.ids import CriterionKey, PersonId, RecordId, RowId, SampleKey
from rubric_studio.domain.record import Person
from rubric_studio.domain.round import RoundExpert, RoundPlan, StopRule
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.domain.verdict import Rater, State, Verdict
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.edits import Author, GiveMark, Proposal, SaveVersion, perform
from rubric_studio.services.rounds import CloseRound, start_round
from rubric_studio.services.versions import newest_version
from rubric_studio.store.project_file import ProjectFile, open_project
from rubric_studio.ui.jobs import Jobs
from rubric_studio.ui.session import Session

LEVELS = [{"key": "fully", "value": 1.0}, {"key": "partly", "value": 0.5}, {"key": "no", "value": 0.0}]
NAMES = ("Anna Berg", "Bruno Keller", "Clara Osei", "Dimitri Vale")
VAGUE, CLEAR = "deadline", "article"
NEW_WORDS = "Fully: names the deadline and says from which day it runs. Partly: names it only."
JUDGE = "Careful"
SKILL = {"vague": 0.45, "clear": 0.93}
RULE = StopRule(statistic="alpha_ordinal", target=0.8, lower=0.667, least=30)


@dataclass(frozen=True)
class Marks:
    """Many marks of one person as one step."""

    marks: Sequence[GiveMark]
    label: str = "Mark answers"

    def proposals(self) -> Sequence[Proposal]:
        return [proposal for mark in self.marks for proposal in mark.proposals()]


def guide(extra: int = 0, title: str = "") -> Rubric:
    """Three points in two parts; with more, as many again as are wished."""
    points = [
        {"key": CLEAR, "title": "Names the article that applies", "wording": "The article, by its number."},
        {"key": VAGUE, "title": "Says when the deadline ends", "wording": "Whether the answer is timely."},
    ]
    more = [
        {"key": f"more{at}", "title": f"{title} {at}".strip(), "wording": f"Point {at}."}
        for at in range(extra)
    ]
    fault = {"key": "invents", "title": "Invents an authority", "weight": -0.25}
    return Rubric.model_validate(
        {
            "name": "EU law",
            "row_criteria": None,
            "strata": [
                {"key": "law", "title": "Law", "criteria": [_judged(each) for each in (*points, *more)]},
                {"key": "care", "title": "Care", "criteria": [_judged(fault)]},
            ],
        }
    )


def _judged(point: Mapping[str, object]) -> dict[str, object]:
    return {"kind": {"type": "judged"}, "levels": LEVELS, **point}


def reworded(rubric: Rubric) -> Rubric:
    """The same with other words for the vague point."""
    data = rubric.model_dump(mode="json")
    for stratum in data["strata"]:
        for criterion in stratum["criteria"]:
            if criterion["key"] == VAGUE:
                criterion["wording"] = NEW_WORDS
    return Rubric.model_validate(data)


class Room:
    """A project in the making; every person has an author of her own."""

    def __init__(self, path: Path, experts: int = 4) -> None:
        self.store: ProjectFile = wiring.new_project(path)
        self.people = [wiring.new_person(name) for name in NAMES[:experts]]
        for person in self.people:
            self.store.add_person(person)
        self.chance = random.Random(7)

    def fill(self, rubric: Rubric, rows: Sequence[Row], samples: Sequence[Sample]) -> None:
        with self.store.writing() as writer:
            writer.source(Source(id="answers", kind="mixed", name="answers"))
            writer.rows(rows)
            writer.samples(samples)
        self.save(rubric)

    def save(self, rubric: Rubric) -> None:
        newest = newest_version(self.store)
        number = 1 if newest is None else newest.number + 1
        perform(self.store, SaveVersion(rubric=rubric, number=number), self.author(0))

    def author(self, at: int) -> Author:
        return wiring.author(self.people[at])

    def start(
        self, keys: Sequence[SampleKey], held_out: Sequence[str] = (), *, tells: bool = False
    ) -> RecordId:
        """Start a round in which everybody scores the same."""
        version = newest_version(self.store)
        assert version is not None
        plan = RoundPlan(
            title=f"Round on version {version.number}",
            number=version.number,
            version=RecordId(version.id),
            version_number=version.number,
            lead=self.people[0].id,
            experts=tuple(RoundExpert(person=each.id, name=each.name) for each in self.people),
            assigned={each.id: tuple(keys) for each in self.people},
            repeats={each.id: tuple(keys[:12]) for each in self.people},
            held_out=tuple(RowId(row) for row in held_out),
            stop=RULE,
            tells_lead=tells,
            secret="ab" * 32,
        )
        return start_round(self.store, plan, self.author(0))[0]

    def score(
        self, round: str, keys: Sequence[SampleKey], vague: Sequence[str] = (VAGUE,)
    ) -> dict[str, list[RecordId]]:
        """Let everybody mark; those of the vague points more by chance. The last person is milder than the others."""
        version = newest_version(self.store)
        assert version is not None
        rows = {row.id: row for row in self.store.rows()}
        where = {info.key: info.row for info in self.store.sample_infos()}
        asking = questionnaire(self.store, version.rubric)
        counted: dict[str, list[RecordId]] = {}
        for at, person in enumerate(self.people):
            given: list[GiveMark] = []
            for number, key in enumerate(keys):
                row = rows[where[key]]
                for asked in asking.on(row):
                    if not asked.is_judged:
                        continue
                    worth = self._worth(f"{key}/{asked.key}", at, asked.key in vague)
                    level = min(asked.levels, key=lambda each: abs(each.value - worth))
                    mark = GiveMark(
                        sample=key, criterion=asked.key, question=asked.question.on_row(row), person=person.id,
                        value=level.value, level=level.key, round=round, state=State.SCORED,
                    )  # fmt: skip
                    given.append(mark)
                    if round and number < 12:
                        given.append(mark.model_copy(update={"repeat": 1}))
            perform(self.store, Marks(given), self.author(at))
            counted[person.id] = []
        for record in self.store.heads(kind="verdict"):  # pyright: ignore[reportArgumentType]
            if record.body is not None and record.body.get("round", "") == round:
                counted[record.person].append(record.id)
        return counted

    def close(self, round: RecordId, number: int, counted: dict[str, list[RecordId]]) -> None:
        marks = {PersonId(person): tuple(ids) for person, ids in counted.items()}
        perform(self.store, CloseRound(round=round, number=number, counted=marks), self.author(0))

    def judge(self, keys: Sequence[SampleKey]) -> None:
        """A judge that is nearly always right."""
        version = newest_version(self.store)
        assert version is not None
        rows = {row.id: row for row in self.store.rows()}
        where = {info.key: info.row for info in self.store.sample_infos()}
        said: list[Verdict] = []
        for key in keys:
            row = rows[where[key]]
            for asked in questionnaire(self.store, version.rubric).on(row):
                if asked.is_judged:
                    worth = self._worth(f"{key}/{asked.key}", 9, vague=False)
                    level = min(asked.levels, key=lambda each: abs(each.value - worth))
                    said.append(
                        Verdict(sample=key, criterion=CriterionKey(asked.key), question=asked.question.on_row(row),
                                rater=Rater(kind="judge", name=JUDGE), state=State.SCORED, value=level.value,
                                level=level.key)
                    )  # fmt: skip
        with self.store.writing() as writer:
            writer.source(Source(id="judge", kind="verdicts", name=JUDGE))
            writer.judge_verdicts(said)

    def _worth(self, place: str, person: int, vague: bool) -> float:
        """What is true of a place, or by chance something else; the last of four is milder."""
        truth = random.Random(place).choice((0.0, 0.5, 0.5, 1.0, 1.0))
        if self.chance.random() > SKILL["vague" if vague else "clear"]:
            truth = self.chance.choice((0.0, 0.5, 1.0))
        return min(1.0, truth + 0.5) if person == 3 and self.chance.random() < 0.35 else truth


def samples(rows: int = 10, each: int = 4) -> tuple[list[Row], list[Sample]]:
    """So many questions with so many answers each."""
    made = [Row(id=RowId(f"case-{at:02}"), prompt=user_prompt(f"Case {at}?")) for at in range(rows)]
    answers = [
        Sample(row=row.id, model=("alder", "birch")[run % 2], run=run // 2, text=f"Answer {run} to {row.id}.")
        for row in made
        for run in range(each)
    ]
    return made, answers


def two_rounds(path: Path, *, tells: bool = False, judge: bool = True) -> None:
    """Two closed rounds on forty answers: first with vague words, then with clear ones; two questions held out."""
    room = Room(path)
    rows, answers = samples()
    keys = [sample.key for sample in answers]
    rubric = guide()
    room.fill(rubric, rows, answers)
    first = room.start(keys, held_out=("case-08", "case-09"), tells=tells)
    room.close(first, 1, room.score(first, keys))
    room.save(reworded(rubric))
    second = room.start(keys, held_out=("case-08", "case-09"), tells=tells)
    room.close(second, 2, room.score(second, keys, vague=()))
    if judge:
        room.judge(keys)
    room.store.close()


@contextmanager
def session_on(path: Path, name: str = NAMES[0]) -> Iterator[Session]:
    """Open a project for somebody who is in it, or who is new."""
    store = open_project(path)
    known = next((each for each in store.people() if each.name == name), None)
    person: Person = known or wiring.new_person(name)
    if known is None:
        store.add_person(person)
    jobs, executor = Jobs(), ThreadPoolExecutor(1)
    try:
        yield Session(store, store.sibling, wiring.author(person), jobs, executor)
    finally:
        jobs.shutdown()
        executor.shutdown()
        store.close()
