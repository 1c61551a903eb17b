"""What an answer file says in the words of the lead's project, and how it becomes part of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.handed_in import HandedIn
from rubric_studio.domain.ids import EditId, PersonId, SampleKey
from rubric_studio.domain.record import EditEntry, Record, RecordKind
from rubric_studio.services.packet_names import Meaning, her_samples, real_names
from rubric_studio.services.ports import Store
from rubric_studio.services.rounds import Round


class Meant(NamedTuple):
    """What an answer file says in the words of this project."""

    handed_in: HandedIn
    edits: Mapping[EditId, EditEntry]
    records: Sequence[Record]


def names_in(store: Store, round: Round, person: PersonId) -> dict[SampleKey, Meaning]:
    """What the names in an expert's packet stand for."""
    samples = [sample for _, sample in her_samples(store, round.plan, person)]
    return real_names(round.plan, person, samples)


def meant_by(handed_in: HandedIn, real: Mapping[SampleKey, Meaning]) -> Meant:
    """Say it in the words of this project; `real` is what `names_in` told."""
    edits = {entry.id: entry for entry in handed_in.edits}
    return Meant(handed_in, edits, [_translated(record, real) for record in handed_in.records])


def _translated(record: Record, real: Mapping[SampleKey, Meaning]) -> Record:
    """A record about a packet's sample as one about the project's; others as they are."""
    if record.kind not in (RecordKind.VERDICT, RecordKind.DOUBT):
        return record
    sample = real.get(SampleKey(record.scope))
    if sample is None:
        raise StudioError(
            "Answers that were marked are gone",
            "Some of the answers that were scored in this round are no longer in this project. Nothing was changed.",
            "Bring them in again, then go on: what was sent is kept until then.",
        )
    said = record.subject.partition("/")[2]
    body = None if record.body is None else {**record.body, "sample": sample.key}
    return record.model_copy(update={"subject": f"{sample.key}/{said}", "scope": sample.key, "body": body})


def write_meant(store: Store, meant: Meant) -> None:
    """Write what is not there yet, in one transaction."""
    by_edit: dict[EditId, list[Record]] = defaultdict(list)
    for record in meant.records:
        by_edit[record.edit].append(record)
    with store.writing() as writer:
        for id, records in by_edit.items():
            writer.records(meant.edits[id], records)
