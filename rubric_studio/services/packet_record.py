"""What makes a file a packet: the one record that says whose part of which round it is. Fills no packet."""

from pydantic import ValidationError

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.packet import PACKET_SUBJECT, Packet
from rubric_studio.domain.record import RecordKind
from rubric_studio.services.ports import Store


def packet_of(store: Store) -> Packet | None:
    """What makes this file a packet; None where it is a project.

    Raises:
        StudioError: it is a packet that another program wrote, or a newer one.
    """
    heads = [head for head in store.heads(RecordKind.PACKET, subjects=[PACKET_SUBJECT]) if head.body]
    if not heads:
        return None
    try:
        return Packet.model_validate(heads[-1].body)
    except ValidationError as error:
        raise StudioError(
            "This packet cannot be read",
            "What it says of its round is not as this program writes it.",
            "Install the newest version, or ask for the packet to be sent again.",
        ) from error
