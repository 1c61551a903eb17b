"""What a person decides: an immutable record that may replace earlier ones, and the edit it belongs to.

The present state is the heads (records that nothing replaces). Two heads on one subject with different
bodies are a conflict that is shown and settled, never decided by a clock.
"""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from rubric_studio.domain.ids import EditId, PersonId, RecordId
from rubric_studio.domain.values import JsonObject, Value


class RecordKind(StrEnum):
    """What a record is about. The subject of each kind is named beside it."""

    VERDICT = "verdict"  # sample/question/person/repeat; scope: the sample's key
    ROW_EDIT = "row_edit"  # the row's id; body: the whole row as it is now
    FLAG = "flag"  # a new ULID for each flag; scope: the row's id
    DECISION = "decision"  # the row's id
    VERSION = "version"  # a new ULID for each saved rubric version
    SAME_MEANING = "same_meaning"  # a new ULID for each "only a typo"; scope: the criterion's key
    SETTLEMENT = "settlement"  # sample/question
    DRAFT = "draft"  # always DRAFT_SUBJECT
    SETTING = "setting"  # the setting's name
    NOTE = "note"  # a new ULID for each note; scope: the row's id
    ORDER = "order"  # row/person; scope: the row's id; body: samples, best first
    COMMENT = "comment"  # a new ULID for each comment on a wording; scope: the criterion's key
    WAIVER = "waiver"  # a finding about the rubric that people wave off
    PROBE = "probe"  # a new ULID for each probe of one's own; scope: the row's id
    PROMPT = "prompt"  # a new ULID for each saved version of a prompt template; scope: its name
    JUDGE = "judge"  # a new ULID for each saved version of a judge; scope: its name
    PANEL = "panel"  # the panel's name
    ROUND = "round"  # the round's ULID; body: its plan
    CLOSING = "closing"  # the round's ULID; body: which verdicts were there, by person
    PACKET = "packet"  # always PACKET_SUBJECT; makes a file a packet
    DOUBT = "doubt"  # as a verdict's subject: "I am unsure of this"; scope: the sample's key
    HANDING_IN = "handing_in"  # in a packet: round/person; body: how far she came
    CURE = "cure"  # a new ULID: a rewording and the disputes it should end; scope: the criterion's key


DRAFT_SUBJECT = "rubric"

Decided = Literal["keep", "fix", "drop"]


class Person(Value):
    """Somebody who decides: a permanent id and the name shown for it."""

    id: PersonId
    name: str


class Record(Value):
    """One thing a person decided. A body of None withdraws what it replaces.

    `at` is UTC in ISO 8601 with milliseconds ("2026-11-22T14:02:31.123Z").
    """

    id: RecordId
    kind: RecordKind
    subject: str
    scope: str = ""
    person: PersonId
    at: str
    reason: str = ""
    body: JsonObject | None = None
    replaces: tuple[RecordId, ...] = ()
    edit: EditId


class EditEntry(Value):
    """One user action: the records of a bulk action share it and are undone together."""

    id: EditId
    label: str
    person: PersonId
    at: str
    role: Literal["do", "undo", "redo"] = "do"
    target: EditId | None = None


class Conflict(Value):
    """Two or more heads of one subject that say different things."""

    kind: RecordKind
    subject: str
    heads: tuple[Record, ...] = Field(min_length=2)


def conflicts_among(heads: list[Record]) -> list[Conflict]:
    """The subjects on which heads (of any kinds) differ, ordered by kind and subject."""
    by_subject: dict[tuple[RecordKind, str], list[Record]] = {}
    for head in heads:
        by_subject.setdefault((head.kind, head.subject), []).append(head)
    found: list[Conflict] = []
    for (kind, subject), group in sorted(by_subject.items()):
        if any(head.body != group[0].body for head in group):
            found.append(Conflict(kind=kind, subject=subject, heads=tuple(group)))
    return found
