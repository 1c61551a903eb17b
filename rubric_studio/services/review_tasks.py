"""What an expert is asked in a packet, task by task, and how far each task is. Reads nothing from a store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rubric_studio.domain.ids import QuestionHash, RowId, SampleKey
from rubric_studio.domain.packet import Packet
from rubric_studio.services.asked import Asked

Turn = tuple[SampleKey, int]
"""A sample and which time it is met (1: the hidden second time); by this a task is known wherever it stands."""


class Standing(StrEnum):
    """How far a task is, as an expert sees it. A task that is unsure may be done or not."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class ReviewTask:
    """One sample to be marked, at its place in the expert's own order."""

    number: int
    block: int
    row: RowId
    sample: SampleKey
    repeat: int

    @property
    def turn(self) -> Turn:
        """What a mark on it belongs to."""
        return (self.sample, self.repeat)


@dataclass(frozen=True, slots=True)
class ReviewPoint:
    """A judged criterion that applies to a row, with the questions whose marks count, the present one first."""

    asked: Asked
    questions: tuple[QuestionHash, ...]

    @property
    def key(self) -> str:
        """The criterion's key."""
        return self.asked.key

    @property
    def question(self) -> QuestionHash:
        """What is asked now."""
        return self.questions[0]


def tasks_of(packet: Packet) -> tuple[ReviewTask, ...]:
    """The packet's tasks in the order in which its expert meets them."""
    flat = [(at, block.row, task) for at, block in enumerate(packet.blocks) for task in block.tasks]
    return tuple(
        ReviewTask(number, at, row, task.sample, task.repeat) for number, (at, row, task) in enumerate(flat)
    )


def points_on(asked: Sequence[Asked], questions: Mapping[str, tuple[QuestionHash, ...]]) -> list[ReviewPoint]:
    """Those criteria that a person decides, in the guide's order."""
    return [ReviewPoint(each, questions[each.key]) for each in asked if each.is_judged]
