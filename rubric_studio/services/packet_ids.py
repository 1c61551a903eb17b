"""Ids of what is put into a packet, made from its own facts: packets of one moment say the same."""

import hashlib
from datetime import datetime

from rubric_studio.domain.ids import EditId, PersonId, ulid
from rubric_studio.domain.record import EditEntry

LABEL = "Make a packet"
BEFORE_ALL = "2000-01-01T00:00:00.000Z"
"""Edits are in the order of their times, and the clock of whoever makes a packet may be ahead of the expert's."""


class PackedIds:
    """Ids for one packet.

    Everything that is put in belongs to one edit, by which it is told from what the expert then does.
    """

    def __init__(self, round: str, person: str, made_at: str) -> None:
        self._facts = f"{round}/{person}/{made_at}"
        self._at = made_at
        self.edit = EditId(self.of("edit"))
        self.source = self.of("source")

    def of(self, name: str) -> str:
        """A ULID of the moment the packet was made."""
        moment = datetime.fromisoformat(self._at)
        chance = hashlib.sha256(f"{self._facts}/{name}".encode()).digest()[:10]
        return ulid(round(moment.timestamp() * 1000), chance)

    def entry(self, lead: PersonId) -> EditEntry:
        """The edit. Its role, with nothing it undoes, keeps it out of everybody's undo (see `history.py`)."""
        return EditEntry(id=self.edit, label=LABEL, person=lead, at=BEFORE_ALL, role="undo")
