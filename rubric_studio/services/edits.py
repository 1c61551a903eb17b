"""Everything a person can do to a project, one class each; undoing is in `history.py`.

An edit is a frozen value. It proposes what its subjects shall say from now on; `perform` turns the
proposals into immutable records that replace the present heads.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.ids import EditId, PersonId, QuestionHash, RecordId, RowId, SampleKey, ulid
from rubric_studio.domain.record import DRAFT_SUBJECT, Decided, EditEntry, Record, RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.values import JsonObject, Value
from rubric_studio.domain.verdict import Span, State
from rubric_studio.services.ports import Clock, Store

MARK_FIELDS = {"sample", "criterion", "question", "repeat", "state", "value", "level", "evidence"}
"""What a mark's record holds; who, when and why stand in the record itself."""

TOPICS = {
    RecordKind.VERDICT: Topic.VERDICTS,
    RecordKind.ROW_EDIT: Topic.ROWS,
    RecordKind.FLAG: Topic.FLAGS,
    RecordKind.DECISION: Topic.DECISIONS,
    RecordKind.VERSION: Topic.VERSIONS,
    RecordKind.SAME_MEANING: Topic.VERDICTS,
    RecordKind.SETTLEMENT: Topic.VERDICTS,
    RecordKind.DRAFT: Topic.DRAFT,
    RecordKind.SETTING: Topic.SETTINGS,
    RecordKind.NOTE: Topic.NOTES,
    RecordKind.ORDER: Topic.ORDERS,
    RecordKind.COMMENT: Topic.COMMENTS,
    RecordKind.WAIVER: Topic.WAIVERS,
    RecordKind.PROBE: Topic.PROBES,
    RecordKind.PROMPT: Topic.PROMPTS,
    RecordKind.JUDGE: Topic.JUDGES,
    RecordKind.PANEL: Topic.JUDGES,
    RecordKind.ROUND: Topic.ROUNDS,
    RecordKind.CLOSING: Topic.ROUNDS,
    RecordKind.PACKET: Topic.ROUNDS,
    RecordKind.DOUBT: Topic.VERDICTS,
    RecordKind.HANDING_IN: Topic.ROUNDS,
    RecordKind.CURE: Topic.DISPUTES,
}


class Author:
    """The person at the keyboard, with the clock that dates what they do."""

    def __init__(self, person: PersonId, clock: Clock) -> None:
        self.person = person
        self._clock = clock

    def standing_in_for(self, person: PersonId) -> "Author":
        """Somebody else, by the same clock: whose word came on paper and is written down here."""
        return Author(person, self._clock)

    def new_id(self) -> str:
        """A fresh ULID."""
        return ulid(self._clock.milliseconds(), self._clock.randomness())

    def now(self) -> str:
        """UTC time in ISO 8601 with milliseconds."""
        return iso_time(self._clock.milliseconds())

    def randomness(self) -> bytes:
        """Ten fresh random bytes."""
        return self._clock.randomness()


def iso_time(milliseconds: int) -> str:
    """Write UTC milliseconds since 1970 as "2026-11-22T14:02:31.123Z"."""
    from datetime import UTC, datetime

    moment = datetime.fromtimestamp(milliseconds // 1000, tz=UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03d}Z"


class Proposal(NamedTuple):
    """What one subject shall say from now on; a body of None withdraws. `subject` "" takes a new ULID."""

    kind: RecordKind
    subject: str
    body: JsonObject | None
    scope: str = ""
    reason: str = ""


class Edit(Protocol):
    """One user action."""

    @property
    def label(self) -> str:
        """What was done, as the strip names it ("Drop 3 questions")."""
        ...

    def proposals(self) -> Sequence[Proposal]:
        """What shall be true after it."""
        ...


def perform(store: Store, edit: Edit, author: Author) -> Changes:
    """Do the edit: write its records as one undoable step, durably, and say what changed."""
    proposals = edit.proposals()
    if not proposals:
        return Changes()
    return write(store, edit.label, proposals, author)


def write(store: Store, label: str, proposals: Sequence[Proposal], author: Author) -> Changes:
    """Write proposals as the records of one new edit."""
    entry, records = drafted(store, label, proposals, author)
    store.append(entry, records)
    return changes_of(records)


def drafted(
    store: Store, label: str, proposals: Sequence[Proposal], author: Author
) -> tuple[EditEntry, list[Record]]:
    """The edit and its records, ready to be written; each replaces the present heads of its subject."""
    now = author.now()
    entry = EditEntry(id=EditId(author.new_id()), label=label, person=author.person, at=now)
    replaced = _heads_by_subject(store, proposals)
    records = [
        Record(
            id=RecordId(author.new_id()),
            kind=proposal.kind,
            subject=proposal.subject or author.new_id(),
            scope=proposal.scope,
            person=author.person,
            at=now,
            reason=proposal.reason,
            body=proposal.body,
            replaces=tuple(replaced.get((proposal.kind, proposal.subject), ())),
            edit=entry.id,
        )
        for proposal in proposals
    ]
    return entry, records


def changes_of(records: Sequence[Record]) -> Changes:
    """What a set of records changed."""
    by_row = all(record.kind in (RecordKind.FLAG, RecordKind.DECISION, RecordKind.NOTE) for record in records)
    rows = frozenset(record.scope or record.subject for record in records) if by_row else frozenset[str]()
    return Changes(topics=frozenset(TOPICS[record.kind] for record in records), rows=rows)


def _heads_by_subject(
    store: Store, proposals: Sequence[Proposal]
) -> dict[tuple[RecordKind, str], list[RecordId]]:
    found: dict[tuple[RecordKind, str], list[RecordId]] = {}
    for kind in {proposal.kind for proposal in proposals}:
        subjects = [p.subject for p in proposals if p.kind is kind and p.subject]
        for head in store.heads(kind, subjects=subjects) if subjects else ():
            found.setdefault((kind, head.subject), []).append(head.id)
    return found


class GiveMark(Value):
    """An expert marks one criterion on one sample. `state` unscored takes the mark away."""

    sample: SampleKey
    criterion: str
    question: QuestionHash
    person: PersonId
    state: State = State.SCORED
    value: float | None = None
    level: str | None = None
    reason: str = ""
    evidence: tuple[Span, ...] = ()
    title: str = ""
    repeat: int = 0
    round: str = ""
    """The round in which it was given blind, "" outside any."""

    @property
    def label(self) -> str:
        what = self.title or self.criterion
        return f'Take back the mark on "{what}"' if self.state is State.UNSCORED else f'Mark "{what}"'

    def proposals(self) -> Sequence[Proposal]:
        subject = f"{self.sample}/{self.question}/{self.person}/{self.repeat}"
        return (Proposal(RecordKind.VERDICT, subject, self._body(), self.sample, self.reason),)

    def _body(self) -> JsonObject | None:
        if self.state is State.UNSCORED:
            return None
        body = self.model_dump(mode="json", include=MARK_FIELDS)
        return body | {"round": self.round} if self.round else body


class DecideRows(Value):
    """Keep, fix or drop rows; None takes the decision back."""

    rows: tuple[RowId, ...]
    decision: Decided | None
    reason: str = ""

    @property
    def label(self) -> str:
        word = (self.decision or "undecide").capitalize()
        return f"{word} {_how_many(self.rows)}"

    def proposals(self) -> Sequence[Proposal]:
        body = None if self.decision is None else {"decision": self.decision}
        return [Proposal(RecordKind.DECISION, row, body, row, self.reason) for row in self.rows]


class FlagRows(Value):
    """Put a flag with a reason on rows."""

    rows: tuple[RowId, ...]
    reason: str
    words: str = ""
    """The question's first words, where people know it by those."""

    @property
    def label(self) -> str:
        return f"Flag {_named(self.words) or _how_many(self.rows)}"

    def proposals(self) -> Sequence[Proposal]:
        return [Proposal(RecordKind.FLAG, "", {"row": row}, row, self.reason) for row in self.rows]


class RemoveFlag(Value):
    """Take one flag away."""

    row: RowId
    flag: str
    reason: str = ""
    words: str = ""

    @property
    def label(self) -> str:
        return f"Remove a flag from {_named(self.words) or self.row}"

    def proposals(self) -> Sequence[Proposal]:
        return (Proposal(RecordKind.FLAG, self.flag, None, self.row, self.reason),)


class ChangeRow(Value):
    """Change a row's prompt or reference."""

    row: Row
    reason: str = ""

    @property
    def label(self) -> str:
        return f"Change question {self.row.id}"

    def proposals(self) -> Sequence[Proposal]:
        body = self.row.model_dump(mode="json")
        return (Proposal(RecordKind.ROW_EDIT, self.row.id, body, self.row.id, self.reason),)


class NoteOnRow(Value):
    """Write a note that stays with a row."""

    row: RowId
    text: str
    words: str = ""

    @property
    def label(self) -> str:
        return f"Note on {_named(self.words) or self.row}"

    def proposals(self) -> Sequence[Proposal]:
        return (Proposal(RecordKind.NOTE, "", {"text": self.text}, self.row),)


class ChangeDraft(Value):
    """One finished gesture in the rubric editor."""

    rubric: Rubric
    label: str = "Change the scoring guide"

    def proposals(self) -> Sequence[Proposal]:
        return (Proposal(RecordKind.DRAFT, DRAFT_SUBJECT, {"rubric": self.rubric.to_json()}),)


class SaveVersion(Value):
    """Save the rubric as a version that never changes again."""

    rubric: Rubric
    number: int
    note: str = ""
    same_meaning: tuple[tuple[str, str, str], ...] = ()
    """(criterion key, old definition, new definition) of rewordings that were "only a typo"."""

    @property
    def label(self) -> str:
        return f"Save version {self.number}"

    def proposals(self) -> Sequence[Proposal]:
        body: dict[str, Any] = {"number": self.number, "note": self.note, "rubric": self.rubric.to_json()}
        version = Proposal(RecordKind.VERSION, "", body, reason=self.note)
        draft = Proposal(RecordKind.DRAFT, DRAFT_SUBJECT, {"rubric": body["rubric"]})
        return [version, draft, *(same_meaning(*each) for each in self.same_meaning)]


class KeepMarks(Value):
    """Say that a rewording was only a typo, so that marks on the old words stay valid."""

    criterion: str
    old: str
    new: str

    @property
    def label(self) -> str:
        return f"Only a typo in {self.criterion}"

    def proposals(self) -> Sequence[Proposal]:
        return (same_meaning(self.criterion, self.old, self.new),)


def same_meaning(criterion: str, old: str, new: str) -> Proposal:
    """The record that two definitions of a criterion mean the same."""
    body = {"criterion": criterion, "old": old, "new": new}
    return Proposal(RecordKind.SAME_MEANING, "", body, criterion, "only a typo")


class ChangeSetting(Value):
    """Set one setting of the project; None goes back to the default."""

    name: str
    value: Any
    label: str = "Change a setting"

    def proposals(self) -> Sequence[Proposal]:
        body = None if self.value is None else {"value": self.value}
        return (Proposal(RecordKind.SETTING, self.name, body),)


class SettleConflict(Value):
    """Choose what a subject with two heads shall say."""

    kind: RecordKind
    subject: str
    scope: str
    body: JsonObject | None
    reason: str = ""

    @property
    def label(self) -> str:
        return "Settle a difference between two copies"

    def proposals(self) -> Sequence[Proposal]:
        return (Proposal(self.kind, self.subject, self.body, self.scope, self.reason),)


def _named(words: str) -> str:
    return f'"{words}"' if words else ""


def _how_many(rows: Sequence[RowId]) -> str:
    return f"question {rows[0]}" if len(rows) == 1 else f"{len(rows)} questions"
