"""How steady an expert was in earlier rounds, told to her alone: answers that came twice, unknown to her.

It reads her packet and looks at closed rounds only: of the present one nothing is told before it is over.
"""

from typing import NamedTuple

from rubric_studio.domain.record import RecordKind
from rubric_studio.services.packet_record import packet_of
from rubric_studio.services.ports import Store


class OwnRepeats(NamedTuple):
    """Marks given twice in earlier rounds: how many, how many of them alike, and on how many answers."""

    marks: int
    alike: int
    answers: int


def own_repeats(packet_store: Store) -> OwnRepeats:
    """Count what the packet's expert marked twice in rounds before this one; zeros where nothing came twice."""
    packet = packet_of(packet_store)
    given: tuple[dict[tuple[str, str, str], object], ...] = ({}, {})
    for head in packet_store.heads(RecordKind.VERDICT) if packet is not None else ():
        body = head.body or {}
        round, repeat = body.get("round", ""), body.get("repeat", 0)
        if (
            packet
            and round
            and round != packet.round
            and head.person == packet.expert.person
            and repeat in (0, 1)
        ):
            said = body["state"], body.get("level"), None if body.get("level") else body.get("value")
            given[repeat][round, body["sample"], body["question"]] = said
    first, again = given
    both = first.keys() & again.keys()
    return OwnRepeats(
        len(both), sum(first[each] == again[each] for each in both), len({each[1] for each in both})
    )
