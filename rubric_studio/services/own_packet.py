"""The packet of whoever scores in the project itself: like a colleague's, with what she has sealed already in it."""

from collections import defaultdict
from collections.abc import Callable

from rubric_studio.domain.ids import EditId
from rubric_studio.domain.record import EditEntry, Record
from rubric_studio.services.answer_format import read_answer_file
from rubric_studio.services.packets import fill_packet
from rubric_studio.services.ports import Store


def fill_own_packet(store: Store, round: str, person: str, made_at: str) -> Callable[[Store], None]:
    """As `fill_packet`; where her packet was lost, what she said before comes out of what is sealed.

    Only her own sealed answers are read, and sample names in them are the packet's: they are made the same again.

    Raises:
        StudioError: the round is not here, the person does not score in it, or its wording or answers are gone.
    """
    fill = fill_packet(store, round, person, made_at)
    edits: dict[EditId, EditEntry] = {}
    records: dict[str, Record] = {}
    for content in store.sealed_contents(round):
        handed_in = read_answer_file(content).handed_in
        if handed_in.person == person:
            edits |= {entry.id: entry for entry in handed_in.edits}
            records |= {record.id: record for record in handed_in.records}

    def fill_again(packet_store: Store) -> None:
        fill(packet_store)
        by_edit: dict[EditId, list[Record]] = defaultdict(list)
        for record in records.values():
            by_edit[record.edit].append(record)
        with packet_store.writing() as writer:
            for id in sorted(by_edit):
                writer.records(edits[id], by_edit[id])

    return fill_again
