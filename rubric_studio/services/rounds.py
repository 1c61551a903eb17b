"""Rounds as they stand: started, how far each expert came, closed, with which marks. Never what is still sealed.

What a round shall be is put together in `round_proposal.py`, what is sent is opened in `answers.py`.
"""

from collections.abc import Sequence

from pydantic import Field

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import PersonId, RecordId
from rubric_studio.domain.record import Person, Record, RecordKind
from rubric_studio.domain.round import RoundExpert, RoundPlan
from rubric_studio.domain.sealed import Sealed
from rubric_studio.domain.values import Value
from rubric_studio.services.edits import Author, Proposal, perform
from rubric_studio.services.ports import Store
from rubric_studio.services.round_plans import started


class StartRound(Value):
    """Fix a round's plan for ever. There is no undo: what was sent out stays sent out."""

    plan: RoundPlan

    @property
    def label(self) -> str:
        return f"Start round {self.plan.number}"

    def proposals(self) -> Sequence[Proposal]:
        return (Proposal(RecordKind.ROUND, "", self.plan.model_dump(mode="json")),)


class CloseRound(Value):
    """End a round and say which marks count for its agreement. There is no undo: what was seen stays seen."""

    round: RecordId
    number: int
    counted: dict[PersonId, tuple[RecordId, ...]]

    @property
    def label(self) -> str:
        return f"Close round {self.number}"

    def proposals(self) -> Sequence[Proposal]:
        counted = {person: sorted(ids) for person, ids in sorted(self.counted.items())}
        return (Proposal(RecordKind.CLOSING, self.round, {"counted": counted}),)


class ExpertProgress(Value):
    """How far one expert came: of what she sent, the newest; `at` "" where nothing came yet."""

    person: PersonId
    name: str
    done: int
    total: int
    finished: bool = False
    at: str = ""


class Round(Value):
    """One round. `counted` names the marks that count for its agreement, by person; empty while it is open.

    `progress` tells of what was sent while the round is open; nobody is told what was said.
    """

    id: RecordId
    plan: RoundPlan
    started_at: str
    started_by: PersonId
    closed_at: str = ""
    counted: dict[PersonId, tuple[RecordId, ...]] = Field(
        default_factory=dict[PersonId, tuple[RecordId, ...]]
    )
    progress: tuple[ExpertProgress, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Whether what was sent has been opened."""
        return bool(self.closed_at)

    @property
    def is_done(self) -> bool:
        """Whether every expert said that she is done."""
        return all(each.finished for each in self.progress)


def rounds(store: Store) -> list[Round]:
    """All rounds, the oldest first."""
    sealed: dict[str, list[Sealed]] = {}
    for each in store.sealed():
        sealed.setdefault(each.round, []).append(each)
    closings: dict[str, list[Record]] = {}
    for head in store.heads(RecordKind.CLOSING):
        if head.body is not None:
            closings.setdefault(head.subject, []).append(head)
    return [
        _round(record, plan, closings.get(record.subject, ()), sealed.get(record.subject, ()))
        for record, plan in started(store)
    ]


def round_of(store: Store, id: str) -> Round:
    """One round.

    Raises:
        StudioError: it is not here.
    """
    found = next((each for each in rounds(store) if each.id == id), None)
    if found is None:
        raise StudioError(
            "No such round",
            "This project knows nothing of that round.",
            "It may have been started in another copy of the project: bring that copy in first.",
        )
    return found


def open_rounds(store: Store) -> list[Round]:
    """The rounds that are not closed yet, the oldest first."""
    return [each for each in rounds(store) if not each.is_closed]


def new_expert(name: str, author: Author, languages: tuple[str, ...] = ()) -> RoundExpert:
    """Somebody who was never here: a fresh id, so that two of one name stay two. Written when the round starts."""
    return RoundExpert(person=PersonId(author.new_id()), name=name.strip(), languages=languages)


def start_round(store: Store, plan: RoundPlan, author: Author) -> tuple[RecordId, Changes]:
    """Start a round with all its people; its id, and what changed.

    People come first: should the computer stop in between, there is a name more and no half a round.
    """
    known = {person.id for person in store.people()}
    new = [expert for expert in plan.experts if expert.person not in known]
    for expert in new:
        store.add_person(Person(id=expert.person, name=expert.name))
    before = {record.subject for record in store.heads(RecordKind.ROUND)}
    changes = perform(store, StartRound(plan=plan), author)
    round = next(head.subject for head in store.heads(RecordKind.ROUND) if head.subject not in before)
    return RecordId(round), changes | Changes(topics=frozenset({Topic.PEOPLE} if new else ()))


def reopen(store: Store, round: str, person: str) -> Changes:
    """Let what an expert sent count as unfinished: "sent too early". Nothing changes where nothing was finished.

    Raises:
        StudioError: the round is closed, or not here.
    """
    if round_of(store, round).is_closed:
        raise StudioError(
            "This round is closed",
            "What was sent has been opened, so nobody can go on blind.",
            "Start another round with the same answers.",
        )
    return Changes(topics=frozenset({Topic.ROUNDS} if store.reopen_sealed(round, person) else ()))


def _round(record: Record, plan: RoundPlan, closings: Sequence[Record], sent: Sequence[Sealed]) -> Round:
    return Round(
        id=RecordId(record.subject),
        plan=plan,
        started_at=record.at,
        started_by=record.person,
        closed_at=min((closing.at for closing in closings), default=""),
        counted=counted_in(closings),
        progress=tuple(_progress(plan, expert, sent) for expert in plan.experts),
    )


def counted_in(closings: Sequence[Record]) -> dict[PersonId, tuple[RecordId, ...]]:
    """Which marks count. Where two copies of a project each closed the round, all that either counted."""
    found: dict[PersonId, set[RecordId]] = {}
    for closing in closings:
        for person, ids in (closing.body or {})["counted"].items():
            found.setdefault(PersonId(person), set()).update(ids)
    return {person: tuple(sorted(ids)) for person, ids in sorted(found.items())}


def _progress(plan: RoundPlan, expert: RoundExpert, sent: Sequence[Sealed]) -> ExpertProgress:
    """What she sent last tells; of two made at one moment the one that is further."""
    own = [each for each in sent if each.person == expert.person]
    total = len(plan.assigned.get(expert.person, ())) + len(plan.repeats.get(expert.person, ()))
    if not own:
        return ExpertProgress(person=expert.person, name=expert.name, done=0, total=total)
    newest = max(own, key=lambda each: (each.at, each.done))
    return ExpertProgress(
        person=expert.person,
        name=expert.name,
        done=newest.done,
        total=total,
        finished=newest.finished,
        at=newest.at,
    )
