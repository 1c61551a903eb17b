"""The end of a round: what is sealed is opened, and it is written which marks count. Safe to be done twice."""

from collections import defaultdict
from collections.abc import Sequence

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.ids import RecordId
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.services.edits import Author, perform
from rubric_studio.services.ports import Store
from rubric_studio.services.rounds import CloseRound, counted_in, round_of, rounds
from rubric_studio.services.sealed_answers import open_sealed

OPENED = Changes(topics=frozenset({Topic.ROUNDS, Topic.VERDICTS, Topic.NOTES, Topic.FLAGS, Topic.DISPUTES}))


def close_round(store: Store, round: str, author: Author) -> Changes:
    """Open what the experts sent and write which marks count, in one transaction.

    Of a round that is closed already nothing is counted anew; what is still sealed of it comes in late.

    Raises:
        StudioError: the round is not here, or something sealed cannot be opened. Then nothing was changed.
    """
    found = round_of(store, round)
    if found.is_closed:
        return _open_late(store, round)
    with store.writing():
        counted = {person: tuple(ids) for person, ids in open_sealed(store, round).items()}
        closing = CloseRound(round=RecordId(round), number=found.plan.number, counted=counted)
        changes = perform(store, closing, author)
        store.drop_sealed(round)
    return changes | OPENED


def open_what_is_closed(store: Store, author: Author) -> Changes:
    """Once copies of a project were merged: open what is still sealed of rounds that one of them closed.

    What only the other copy had sealed comes in late and is not counted. Where both closed the round, one closing
    that counts all that either counted takes the place of the two; of two marks of one person for one thing the later.
    """
    changes = Changes()
    for each in rounds(store):
        changes |= _open_late(store, each.id) if each.is_closed else Changes()
    for round, heads in _closings(store).items():
        if any(head.body != heads[0].body for head in heads):
            number = round_of(store, round).plan.number
            counted = {person: _once(store, ids) for person, ids in counted_in(heads).items()}
            joined = CloseRound(round=RecordId(round), number=number, counted=counted)
            changes |= perform(store, joined, author)
    return changes


def _once(store: Store, ids: Sequence[RecordId]) -> tuple[RecordId, ...]:
    """Of marks of one person one for each thing she marked: the one given last."""
    last = {record.subject: record.id for record in sorted(store.records(ids), key=lambda r: (r.at, r.id))}
    return tuple(sorted(last.values()))


def _open_late(store: Store, round: str) -> Changes:
    if not store.sealed(round):
        return Changes()
    with store.writing():
        open_sealed(store, round)
        store.drop_sealed(round)
    return OPENED


def _closings(store: Store) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for head in store.heads(RecordKind.CLOSING):
        if head.body is not None:
            found[head.subject].append(head)
    return found
