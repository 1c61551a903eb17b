"""Answers that are sealed while their round is open: kept, outdone by later ones, opened when it is closed.

What is in them is read here to be compared, and by nobody.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rubric_studio.domain.canonical import sha256_hex
from rubric_studio.domain.handed_in import HandedIn
from rubric_studio.domain.ids import PersonId, RecordId, SampleKey
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.sealed import Sealed
from rubric_studio.services.answer_format import AnswerFile, answer_bytes, read_answer_file
from rubric_studio.services.answer_meaning import Meant, meant_by, names_in, write_meant
from rubric_studio.services.packet_names import Meaning
from rubric_studio.services.ports import Store
from rubric_studio.services.rounds import Round, round_of

_ID = re.compile(rb'(?<=")[0-7][0-9A-HJKMNP-TV-Z]{25}(?=")')
Counted = dict[PersonId, list[RecordId]]


class Sent(NamedTuple):
    """An answer file that is sealed already."""

    sealed: Sealed
    meant: Meant


def open_sealed(store: Store, round: str) -> Counted:
    """Make what is sealed of a round part of the project; by person, the marks that stand.

    In one transaction, and doing it again adds nothing; what is sealed stays until `drop_sealed`. Inside
    `store.writing()` it is one transaction with what else is written there, so that a round is closed whole.

    Raises:
        StudioError: answers that were marked are no longer in the project. Nothing was changed.
    """
    known = round_of(store, round)
    said: dict[PersonId, list[Record]] = defaultdict(list)
    with store.writing():
        for each in sent_in(store, known):
            write_meant(store, each.meant)
            said[each.meant.handed_in.person] += each.meant.records
    return {person: _standing(records, known.id) for person, records in said.items()}


def sent_in(store: Store, round: Round, person: PersonId | None = None) -> list[Sent]:
    """What is sealed of a round, of everybody or of one person, in the words of this project."""
    names: dict[PersonId, dict[SampleKey, Meaning]] = {}
    found: list[Sent] = []
    # Both come in one order: by person, time and hash.
    for sealed, content in zip(store.sealed(round.id), store.sealed_contents(round.id), strict=True):
        whose = PersonId(sealed.person)
        if person in (None, whose):
            if whose not in names:
                names[whose] = names_in(store, round, whose)
            found.append(Sent(sealed, meant_by(read_answer_file(content).handed_in, names[whose])))
    return found


def keep(store: Store, file: AnswerFile, sent: Sequence[Sent]) -> bool:
    """Seal a file and let go of earlier ones that say nothing beyond it; False where nothing in it is new."""
    content = answer_bytes(file)
    sealed = _seal(file.handed_in, content)
    said = {record.id for record in file.handed_in.records}
    before = [(each.sealed, {record.id for record in each.meant.records}) for each in sent]
    # Clocks decide only between files that say the very same: one may have been wrong for a while.
    if any(said < ids or (said == ids and _tells_as_much(each, sealed)) for each, ids in before):
        return False
    outdone = [each.hash for each, ids in before if ids <= said]
    with store.writing():
        store.drop_sealed(sealed.round, outdone)
        return store.keep_sealed(sealed, content)


def _tells_as_much(known: Sealed, new: Sealed) -> bool:
    progress = (new.done, new.total, new.finished)
    return (
        known.hash == new.hash or known.at > new.at or (known.done, known.total, known.finished) == progress
    )


def every_sealed(store: Store) -> Iterator[tuple[Sealed, bytes]]:
    """All that is sealed, of every round."""
    for round in dict.fromkeys(each.round for each in store.sealed()):
        yield from zip(store.sealed(round), store.sealed_contents(round), strict=True)


def ids_in(content: bytes) -> set[str]:
    """The ids of steps and records, and of what those replace, in an answer file that was checked before.

    Read without understanding it: a text in it cannot look like an id, as its own quotes are escaped.
    """
    return {found.decode() for found in _ID.findall(content)}


def _seal(handed_in: HandedIn, content: bytes) -> Sealed:
    return Sealed(
        round=handed_in.round,
        person=handed_in.person,
        hash=sha256_hex(content.decode()),
        at=handed_in.made_at,
        done=handed_in.done,
        total=handed_in.total,
        finished=handed_in.finished,
    )


def _standing(records: Iterable[Record], round: RecordId) -> list[RecordId]:
    """Of a person's records the marks given in that round that nothing replaces, one for each subject.

    Two may stand where she worked in two packets: then the one she gave last.
    """
    said = {record.id: record for record in records}
    replaced = {id for record in said.values() for id in record.replaces}
    standing: dict[str, Record] = {}
    for record in sorted(said.values(), key=lambda each: (each.at, each.id)):
        body = (record.body or {}) if record.kind is RecordKind.VERDICT else {}
        if body.get("round") == round and record.id not in replaced:
            standing[record.subject] = record
    return sorted(record.id for record in standing.values())
