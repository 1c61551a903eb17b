"""A round: a fixed set of samples, a rubric version and experts who score independently. Not what they said."""

import hashlib
import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from pydantic import Field

from rubric_studio.domain.ids import PersonId, RecordId, RowId, SampleKey
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.values import Value

Statistic = Literal[
    "percent", "fleiss", "alpha_nominal", "alpha_ordinal", "alpha_interval", "ac1", "ac2", "icc_2_1"
]

HIDDEN_MODEL = ""
"""What stands for the model where an expert must not know it."""


class RoundExpert(Value):
    """Somebody who scores in a round: a permanent id, the name shown, the languages read (none: every one)."""

    person: PersonId
    name: str
    languages: tuple[str, ...] = ()


class StopRule(Value):
    """When wording is good enough, said before anybody scores.

    The statistic must reach `target`, the lower end of its 95 % interval `lower`, on at least `least` samples.
    """

    statistic: Statistic = "alpha_ordinal"
    target: float = Field(default=0.8, le=1)
    lower: float = Field(default=0.667, le=1)
    least: int = Field(default=30, ge=2)


class RoundPlan(Value):
    """Everything that is fixed when a round starts; the body of its record.

    `assigned` names each expert's samples, `repeats` those that come again later, hidden. `held_out` are rows on
    which no wording is tuned, `tuned` the other rows of its samples. `secret` (64 hex digits) is what each expert's
    key is made of; it leaves the project in no packet. `tells_lead`: the lead sees figures of single people.
    """

    title: str
    number: int = Field(ge=1)
    version: RecordId
    version_number: int = Field(ge=1)
    lead: PersonId
    experts: tuple[RoundExpert, ...] = Field(min_length=1)
    assigned: dict[PersonId, tuple[SampleKey, ...]]
    repeats: dict[PersonId, tuple[SampleKey, ...]] = Field(
        default_factory=dict[PersonId, tuple[SampleKey, ...]]
    )
    held_out: tuple[RowId, ...] = ()
    tuned: tuple[RowId, ...] = ()
    overlap: int | None = Field(default=None, ge=1)
    stop: StopRule | None = None
    tells_lead: bool = False
    picked: str = ""
    cures: tuple[RecordId, ...] = ()
    seed: int = 0
    secret: str = Field(min_length=64, max_length=64, pattern="^[0-9a-f]+$")

    def expert(self, person: str) -> RoundExpert | None:
        """The expert with that id, None where nobody of it scores here."""
        return next((each for each in self.experts if each.person == person), None)

    def samples(self) -> tuple[SampleKey, ...]:
        """Every sample of the round once, in the order first assigned."""
        return tuple(dict.fromkeys(key for keys in self.assigned.values() for key in keys))


class Task(Value):
    """One sample to be scored; `repeat` 1 is the hidden second time."""

    sample: SampleKey
    repeat: int = Field(default=0, ge=0)


class Block(Value):
    """One row with its samples, in the order in which one expert meets them."""

    row: RowId
    tasks: tuple[Task, ...] = Field(min_length=1)


def blocks_for(plan: RoundPlan, person: PersonId, rows: Mapping[SampleKey, RowId]) -> tuple[Block, ...]:
    """The order in which an expert meets questions and answers: shuffled by the plan's seed and the person.

    Answers of a row stand together. What comes again comes in blocks of its own after all else, so that as much
    as possible lies between. Samples whose row is not known are left out.
    """
    chance = random.Random(f"{plan.seed}/{person}")
    first = _shuffled(plan.assigned.get(person, ()), rows, chance, repeat=0)
    again = _shuffled(plan.repeats.get(person, ()), rows, chance, repeat=1)
    return (*first, *again)


def aliases(plan: RoundPlan, person: PersonId, samples: Iterable[Sample]) -> dict[SampleKey, Sample]:
    """How a packet names the expert's samples: each sample's key -> the same text without its model.

    The run is the place within the row as this expert meets it. So nothing in a packet tells the model, and what
    comes back is understood by making the same names again.
    """
    known = {sample.key: sample for sample in samples}
    rows = {key: sample.row for key, sample in known.items()}
    named: dict[SampleKey, Sample] = {}
    for block in blocks_for(plan, person, rows):
        for place, task in enumerate(block.tasks):
            if task.repeat == 0:
                text = known[task.sample].text
                named[task.sample] = Sample(row=block.row, model=HIDDEN_MODEL, run=place, text=text)
    return named


def expert_key(plan: RoundPlan, round: str, person: PersonId) -> str:
    """The key with which an expert's answers are signed: 64 hex digits; nobody else's packet holds it."""
    return hashlib.sha256(f"{plan.secret}/{round}/{person}".encode()).hexdigest()


def _shuffled(
    keys: Sequence[SampleKey], rows: Mapping[SampleKey, RowId], chance: random.Random, *, repeat: int
) -> list[Block]:
    by_row: dict[RowId, list[SampleKey]] = {}
    for key in sorted(keys):
        if key in rows:
            by_row.setdefault(rows[key], []).append(key)
    order = sorted(by_row)
    chance.shuffle(order)
    for group in by_row.values():
        chance.shuffle(group)
    return [
        Block(row=row, tasks=tuple(Task(sample=key, repeat=repeat) for key in by_row[row])) for row in order
    ]
