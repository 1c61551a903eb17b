"""Which experts' verdicts may be laid side by side: blind ones of closed rounds. Not where they differ.

A project without any round compares everything that its experts marked; what an open round holds is never read.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rubric_studio.domain.given_mark import GivenMark
from rubric_studio.domain.ids import PersonId, RecordId, RowId
from rubric_studio.domain.round import RoundPlan
from rubric_studio.services.expert_ratings import Basis
from rubric_studio.services.held_out import held_out_rows
from rubric_studio.services.ports import Store
from rubric_studio.services.rounds import Round, rounds


class CountedVerdict(NamedTuple):
    """One expert's verdict without its words, with the round that counts it ("" where there never was a round)."""

    mark: GivenMark
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
    return [CountedVerdict(mark, "") for mark in store.standing_marks() if not mark.repeat]


def _of_rounds(store: Store, every: Sequence[Round]) -> list[CountedVerdict]:
    """Of two rounds with the same words on the same sample, what an expert said in the later one counts."""
    latest: dict[tuple[str, str, str], CountedVerdict] = {}
    for round in every:
        ids = {RecordId(id): None for counted in round.counted.values() for id in counted}
        for mark in store.given_marks(ids):
            if not mark.repeat:
                latest[(mark.sample, mark.question, mark.rater.name)] = CountedVerdict(mark, round.id)
    return list(latest.values())
