"""Which experts' verdicts may be laid side by side: blind ones of closed rounds. Not where they differ.

A project without any round compares everything that its experts marked; what an open round holds is never read.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rubric_studio.domain.ids import PersonId, RowId
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.round import RoundPlan
from rubric_studio.services.expert_ratings import Basis
from rubric_studio.services.held_out import held_out_rows
from rubric_studio.services.ports import Store
from rubric_studio.services.rounds import Round, rounds


class CountedVerdict(NamedTuple):
    """One expert's verdict as its record, with the round that counts it ("" where there never was a round)."""

    record: Record
    round: str


@dataclass(frozen=True)
class Compared:
    """The verdicts that count, one for each subject; who gave them; the rows on which no wording is tuned."""

    basis: Basis
    verdicts: tuple[CountedVerdict, ...]
    names: Mapping[PersonId, str]
    rounds: Mapping[str, RoundPlan]
    held_out: Collection[RowId]


def compared_verdicts(store: Store) -> Compared:
    """Read the experts' first verdicts of all closed rounds, or all first verdicts where no round ever was."""
    every = rounds(store)
    names = {expert.person: expert.name for each in every for expert in each.plan.experts}
    names |= {person.id: person.name for person in store.people()}
    found = _of_rounds(store, every) if every else _of_everybody(store)
    plans = {str(each.id): each.plan for each in every}
    return Compared("rounds" if every else "all", tuple(found), names, plans, held_out_rows(store))


def _of_everybody(store: Store) -> list[CountedVerdict]:
    return [CountedVerdict(head, "") for head in store.heads(RecordKind.VERDICT) if _is_first(head)]


def _of_rounds(store: Store, every: Sequence[Round]) -> list[CountedVerdict]:
    """Of two rounds with the same words on the same sample, what an expert said in the later one counts."""
    latest: dict[str, CountedVerdict] = {}
    for round in every:
        ids = [id for counted in round.counted.values() for id in counted]
        for record in store.records(ids):
            if _is_first(record):
                latest[record.subject] = CountedVerdict(record, round.id)
    return list(latest.values())


def _is_first(record: Record) -> bool:
    """Whether it is an expert's first answer, not the hidden second one, and was not taken back."""
    return record.body is not None and record.body.get("repeat", 0) == 0
