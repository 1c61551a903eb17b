"""What an expert sends back: her records of a round, with the hash and the signature that guard them."""

import hashlib
import hmac

from pydantic import Field

from rubric_studio.domain.canonical import canonical_json
from rubric_studio.domain.ids import PersonId, RecordId
from rubric_studio.domain.record import EditEntry, Record
from rubric_studio.domain.values import Value

FORMAT = "rubric-studio answers 1"


class HandedIn(Value):
    """One expert's records as they are in the packet: sample keys are aliases until they are taken in.

    `done` and `total` count samples with all their criteria marked; `finished` is her word that she is done;
    `seconds` is the time she spent with the packet open and in use.
    """

    format: str = FORMAT
    round: RecordId
    project: str
    person: PersonId
    name: str
    version: RecordId
    made_at: str
    done: int = Field(ge=0)
    total: int = Field(ge=0)
    finished: bool
    seconds: float = Field(default=0, ge=0, allow_inf_nan=False)
    source: str = "program"
    edits: tuple[EditEntry, ...] = ()
    records: tuple[Record, ...] = ()

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON: 64 hex digits."""
        return hashlib.sha256(self._canonical()).hexdigest()

    def signature(self, key: str) -> str:
        """HMAC-SHA256 with an expert's key (RFC 2104): 64 hex digits."""
        return hmac.new(bytes.fromhex(key), self._canonical(), hashlib.sha256).hexdigest()

    def _canonical(self) -> bytes:
        return canonical_json(self.model_dump(mode="json")).encode("utf-8", "surrogatepass")
