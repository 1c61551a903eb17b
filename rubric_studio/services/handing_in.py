"""What an expert hands in: her own records of a packet, and how far she came. Taking them in is in `answers.py`."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rubric_studio.domain.changes import Changes
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.handed_in import HandedIn
from rubric_studio.domain.ids import EditId, PersonId, RecordId
from rubric_studio.domain.packet import PACKET_SUBJECT, Packet
from rubric_studio.domain.record import EditEntry, Record, RecordKind
from rubric_studio.domain.values import Value
from rubric_studio.services.edits import Author, Proposal, perform
from rubric_studio.services.pace import kept_pace
from rubric_studio.services.packet_record import packet_of
from rubric_studio.services.ports import Store
from rubric_studio.services.reviewing import read_review

SENT_KINDS = (
    RecordKind.VERDICT,
    RecordKind.DOUBT,
    RecordKind.NOTE,
    RecordKind.FLAG,
    RecordKind.HANDING_IN,
)
"""What an expert may say in a round."""
EVERY_EDIT = 1 << 40


class Progress(NamedTuple):
    """How far an expert came: samples with all their points marked, of how many, and seconds of work."""

    done: int
    total: int
    seconds: float


class HandIn(Value):
    """Say that one's marks of a round may go, finished or not yet."""

    round: RecordId
    person: PersonId
    done: int
    total: int
    seconds: float
    finished: bool = True
    label: str = "Hand in"

    def proposals(self) -> Sequence[Proposal]:
        body = self.model_dump(mode="json", include={"done", "total", "seconds", "finished"})
        return (Proposal(RecordKind.HANDING_IN, f"{self.round}/{self.person}", body),)


def hand_in(packet_store: Store, author: Author, *, finished: bool) -> Changes:
    """Write into a packet that it is handed in; what is sent afterwards says so.

    Raises:
        StudioError: the file is no packet.
    """
    packet, far = the_packet(packet_store), progress_of(packet_store)
    edit = HandIn(
        round=packet.round,
        person=packet.expert.person,
        done=far.done,
        total=far.total,
        seconds=far.seconds,
        finished=finished,
    )
    return perform(packet_store, edit, author)


def answers_of(packet_store: Store, finished: bool, made_at: str, *, source: str = "program") -> HandedIn:
    """Everything an expert said in a packet, what she replaced since included; sample keys stay the packet's.

    Args:
        finished: her word that she is done.
        made_at: now, in ISO 8601. Equal content at one moment is an equal file.

    Raises:
        StudioError: the file is no packet.
    """
    packet, far = the_packet(packet_store), progress_of(packet_store)
    records = _said(packet_store, packet.expert.person)
    return HandedIn(
        round=packet.round,
        project=packet.project,
        person=packet.expert.person,
        name=packet.expert.name,
        version=packet.version,
        made_at=made_at,
        done=far.done,
        total=far.total,
        finished=finished,
        seconds=far.seconds,
        source=source,
        edits=_edits_of(packet_store, packet.expert.person, {record.edit for record in records}),
        records=records,
    )


def progress_of(packet_store: Store) -> Progress:
    """How far the expert came in a packet.

    Raises:
        StudioError: the file is no packet.
    """
    review = read_review(packet_store)
    if review is None:
        raise _no_packet()
    return Progress(review.done(), len(review.tasks), round(kept_pace(packet_store).seconds, 1))


def the_packet(packet_store: Store) -> Packet:
    """What makes the file a packet.

    Raises:
        StudioError: it is none.
    """
    packet = packet_of(packet_store)
    if packet is None:
        raise _no_packet()
    return packet


def _said(store: Store, person: PersonId) -> tuple[Record, ...]:
    """Her own records but for those that were put into the packet, oldest first."""
    packed = {head.edit for head in store.heads(RecordKind.PACKET, subjects=[PACKET_SUBJECT])}
    found: dict[RecordId, Record] = {}
    seen: set[RecordId] = set()
    waiting: Iterable[Record] = [head for kind in SENT_KINDS for head in store.heads(kind)]
    while waiting:  # from the heads back to what they replaced, one generation at a time
        own = [record for record in waiting if record.person == person and record.edit not in packed]
        found |= {record.id: record for record in own}
        seen.update(record.id for record in waiting)
        before = {id for record in own for id in record.replaces} - seen
        waiting = store.records(sorted(before)) if before else []
    return tuple(sorted(found.values(), key=lambda record: (record.at, record.id)))


def _edits_of(store: Store, person: PersonId, ids: set[EditId]) -> tuple[EditEntry, ...]:
    """Those edits, oldest first."""
    edits = [entry for entry in store.edits(person, EVERY_EDIT) if entry.id in ids]
    return tuple(sorted(edits, key=lambda entry: (entry.at, entry.id)))


def _no_packet() -> StudioError:
    return StudioError(
        "This is no packet",
        "It is a project of its own, and there is nothing to send back.",
        "Open the packet that was sent to you.",
    )
