"""The names that samples have in a packet, there and back. A packet's name tells neither the model nor its run."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rubric_studio.domain.ids import PersonId, RowId, SampleKey
from rubric_studio.domain.round import HIDDEN_MODEL, RoundPlan, aliases
from rubric_studio.domain.sample import Sample, sample_key
from rubric_studio.services.ports import Store


def her_samples(store: Store, plan: RoundPlan, person: PersonId) -> list[tuple[int, Sample]]:
    """(local id, sample) of what an expert scores in a round; what was taken away since is passed over."""
    return known_samples(store, plan.assigned.get(person, ()))


def known_samples(store: Store, keys: Iterable[SampleKey]) -> list[tuple[int, Sample]]:
    """(local id, sample) of those samples that are here."""
    wanted = frozenset(keys)
    ids = [info.id for info in store.sample_infos() if info.key in wanted] if wanted else []
    return list(store.samples(ids)) if ids else []


class Meaning(NamedTuple):
    """What a packet's name of a sample stands for. `length` is the text's, in characters."""

    key: SampleKey
    row: RowId
    length: int


def real_names(plan: RoundPlan, person: PersonId, samples: Sequence[Sample]) -> dict[SampleKey, Meaning]:
    """What a packet's names stand for: a name -> the sample as the project knows it.

    Names are made again from the plan. Where samples were taken away since, the places of the others have moved:
    then every place that a text can have had in its row stands for it, as far as no other text claims it.
    """
    named = aliases(plan, person, samples)
    found = {alias.key: Meaning(key, alias.row, len(alias.text)) for key, alias in named.items()}
    assigned = plan.assigned.get(person, ())
    if len(named) < len(assigned):
        for sample in samples:
            meaning = Meaning(sample.key, sample.row, len(sample.text))
            for run in range(len(assigned)):
                found.setdefault(sample_key(sample.row, HIDDEN_MODEL, run, sample.text), meaning)
    return found
