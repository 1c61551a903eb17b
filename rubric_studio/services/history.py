"""Undo and redo of whole edits, from the log alone, so that they work after a restart."""

from collections.abc import Sequence
from typing import Literal

from rubric_studio.domain.changes import Changes
from rubric_studio.domain.ids import EditId, PersonId, RecordId
from rubric_studio.domain.record import EditEntry, Record, RecordKind
from rubric_studio.domain.values import Value
from rubric_studio.services.edits import Author, changes_of
from rubric_studio.services.ports import Store

LASTING = (RecordKind.ROUND, RecordKind.CLOSING)
"""What cannot be undone: packets that were sent out stay sent out, marks that were seen stay seen."""


class Undone(Value):
    """What an undo or redo did. `kept` records were changed since by somebody and stay as they are."""

    label: str
    changes: Changes
    restored: int
    kept: int


class Stacks(Value):
    """A person's edits that can be undone and redone, the next one last."""

    undo: tuple[EditEntry, ...] = ()
    redo: tuple[EditEntry, ...] = ()


def stacks(store: Store, author: Author, newest: int = 1000) -> Stacks:
    """Derive both stacks from a person's log: a new edit empties the redo stack. Neither holds what lasts."""
    undo: list[EditEntry] = []
    redo: list[EditEntry] = []
    known: dict[EditId, EditEntry] = {}
    lasting, blind = _lasting(store, author)
    for entry in reversed(store.edits(author.person, newest)):
        if entry.id in blind:
            redo.clear()  # what she took back in her packet before stays taken back
        if entry.id in lasting or entry.id in blind:
            continue
        known[entry.id] = entry
        target = known.get(entry.target) if entry.target else None
        if entry.role == "do":
            undo.append(entry)
            redo.clear()
        elif target is None:
            continue
        elif entry.role == "undo":
            undo[:] = [each for each in undo if each.id != target.id]
            redo.append(entry)
        else:
            redo[:] = [each for each in redo if each.id != target.id]
            undo.append(entry)
    return Stacks(undo=tuple(undo), redo=tuple(redo))


def undo(store: Store, author: Author) -> Undone | None:
    """Undo the person's newest edit that is not undone; None where there is nothing to undo."""
    stack = stacks(store, author).undo
    return _reverse(store, author, stack[-1], "undo") if stack else None


def redo(store: Store, author: Author) -> Undone | None:
    """Do again what was undone last; None where there is nothing."""
    stack = stacks(store, author).redo
    return _reverse(store, author, stack[-1], "redo") if stack else None


def _lasting(store: Store, author: Author) -> tuple[set[EditId], set[EditId]]:
    """The edits that start and close rounds or saved their wording, and blind ones of the person that were opened.

    Doubts are only ever told in packets: those that are here came out of one whose round is closed.
    """
    found = store.edits_writing(LASTING)
    if not found:
        return found, set()
    versions = [RecordId(head.body["version"]) for head in store.heads(RecordKind.ROUND) if head.body]
    closings = [head.body for head in store.heads(RecordKind.CLOSING) if head.body is not None]
    own = [RecordId(id) for body in closings for id in body["counted"].get(author.person, ())]
    blind = store.edits_writing([RecordKind.HANDING_IN, RecordKind.DOUBT])
    return found | store.edits_behind(versions), blind | store.edits_behind(own)


def _reverse(store: Store, author: Author, target: EditEntry, role: Literal["undo", "redo"]) -> Undone:
    """Append records that say again what was true before the target's records."""
    written = store.records_of_edit(target.id)
    standing = _standing(store, written)
    before = {r.id: r for r in store.records([id for record, _ in standing for id in record.replaces])}
    entry = EditEntry(
        id=EditId(author.new_id()),
        label=target.label,
        person=author.person,
        at=author.now(),
        role=role,
        target=target.id,
    )
    records = [
        _saying_again(head, earlier, author, entry)
        for record, head in standing
        for earlier in _predecessors(record, before)
    ]
    store.append(entry, records)
    return Undone(
        label=target.label,
        changes=changes_of(records),
        restored=len(standing),
        kept=len(written) - len(standing),
    )


def _standing(store: Store, written: Sequence[Record]) -> list[tuple[Record, Record]]:
    """Each record that its person still stands by, with the head that says so; the others changed since.

    That head is another record than the first one where the person undid or redid something in between.
    """
    heads: dict[tuple[RecordKind, str, PersonId], Record] = {}
    for kind in {record.kind for record in written}:
        subjects = [record.subject for record in written if record.kind is kind]
        heads |= {(kind, head.subject, head.person): head for head in store.heads(kind, subjects=subjects)}
    found = [(record, heads.get((record.kind, record.subject, record.person))) for record in written]
    return [(record, head) for record, head in found if head is not None and head.body == record.body]


def _predecessors(record: Record, before: dict[RecordId, Record]) -> Sequence[Record | None]:
    # Two predecessors were a conflict that the record settled: undoing it brings both heads back.
    return [before.get(id) for id in record.replaces] or [None]


def _saying_again(head: Record, earlier: Record | None, author: Author, entry: EditEntry) -> Record:
    return head.model_copy(
        update={
            "id": RecordId(author.new_id()),
            "person": author.person,
            "at": entry.at,
            "reason": earlier.reason if earlier else "",
            "body": earlier.body if earlier else None,
            "replaces": (head.id,),
            "edit": entry.id,
        }
    )
