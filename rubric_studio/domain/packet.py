"""A packet: what one expert needs to score in a round, as the body of the one record that makes a file a packet."""

from typing import Literal

from pydantic import Field

from rubric_studio.domain.ids import PersonId, QuestionHash, RecordId, SampleKey
from rubric_studio.domain.round import Block, RoundExpert
from rubric_studio.domain.values import Value

PACKET_SUBJECT = "packet"
"""There is one in a file, or none."""
PACKET_ENDING = ".review"
ANSWERS_ENDING = ".answers"
PacketPlace = Literal["fine", "closed", "passing"]
"""Whether a packet can be worked in where it lies: not where nothing can be written, better not among e-mails."""


class Told(Value):
    """What was decided on one of the expert's own marks of an earlier round, and why."""

    sample: SampleKey
    criterion: str
    question: QuestionHash
    decided: str
    cause: str
    reason: str
    by: str
    at: str


class Packet(Value):
    """One expert's part of a round. Sample keys in here are aliases (see `domain/round.py`).

    `project` is the first edit's id, by which the lead's project knows its own. `key` signs what goes back.
    `language` may name what the guide's words are written in; `told` what became of earlier marks.
    """

    round: RecordId
    project: str
    project_name: str
    title: str
    number: int = Field(ge=1)
    expert: RoundExpert
    lead: PersonId
    lead_name: str
    version: RecordId
    version_number: int = Field(ge=1)
    blocks: tuple[Block, ...]
    tells_lead: bool = False
    told: tuple[Told, ...] = ()
    key: str = Field(pattern=r"^[0-9a-f]{64}$")
    made_at: str
    words: int = Field(default=0, ge=0)
