"""Whose verdicts on which samples an agreement is about. Computes no figure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.listing import SampleInfo
from rubric_studio.services.expert_ratings import (
    AgreementRater,
    Basis,
    Verdicts,
    experts_among,
    judge_verdicts,
)
from rubric_studio.services.ports import Store
from rubric_studio.services.round_plans import plans
from rubric_studio.services.shared_reading import Reading, Sought

AgreementPart = Literal["held_out", "tuned", "all"]
"""The rows on which no wording was ever tuned, the others, or both."""


@dataclass(frozen=True)
class AgreementChoice:
    """What is looked at. No `raters`: the experts. `round` narrows it to one round, `criterion` to one key.

    Without `draws` no statistic has an interval; without `totals` strata and total are left out: both take time.
    """

    basis: Basis = "all"
    raters: tuple[str, ...] = ()
    part: AgreementPart = "all"
    round: str | None = None
    criterion: str | None = None
    draws: bool = True
    totals: bool = True


def usual_basis(store: Store) -> Basis:
    """What is compared where nobody chose: what rounds count, or everything in a project without any round."""
    return "rounds" if plans(store) else "all"


def chosen_verdicts(store: Store, choice: AgreementChoice, reading: Reading | None = None) -> Verdicts:
    """The verdicts of the chosen raters on the chosen basis.

    Raises:
        StudioError: a rater that is named is nobody here.
    """
    reading = reading or Reading(store)
    counts = choice.basis == "rounds"
    rounds = reading.rounds_named([choice.round]) if counts and choice.round is not None else None
    sought = Sought(counts, rounds, choice.raters)
    return reading.kept(sought, lambda: _verdicts(store, choice, sought, reading))


def _verdicts(store: Store, choice: AgreementChoice, sought: Sought, reading: Reading) -> Verdicts:
    said = reading.counted(sought.rounds) if sought.counted else reading.all_said()
    raters = raters_named(store, choice.raters) if choice.raters else experts_among(store, said)
    judges = [rater.id for rater in raters if rater.kind == "judge"]
    return Verdicts(raters, [*said, *judge_verdicts(store, judges)])


def raters_named(store: Store, ids: Sequence[str]) -> list[AgreementRater]:
    """The raters of those ids, experts by name, then judges.

    Raises:
        StudioError: one of them is nobody here.
    """
    people = {str(person.id): person.name for person in store.people()}
    judges = set(store.judges())
    strangers = [id for id in ids if id not in people and id not in judges]
    if strangers:
        raise StudioError("No such rater", f'"{strangers[0]}" has marked nothing here.')
    found = [
        AgreementRater(id, people[id], "expert") if id in people else AgreementRater(id, id, "judge")
        for id in dict.fromkeys(ids)
    ]
    return sorted(found, key=lambda rater: (rater.kind != "expert", rater.name, rater.id))


def samples_kept(
    store: Store, choice: AgreementChoice, reading: Reading | None = None
) -> Callable[[SampleInfo], bool]:
    """Which samples belong to the chosen part, and to the chosen round."""
    reading = reading or Reading(store)
    held = frozenset[str]() if choice.part == "all" else reading.held_out
    plan = next((plan for id, plan in reading.plans.items() if id == choice.round), None)
    inside = None if plan is None else frozenset(plan.samples())

    def keep(sample: SampleInfo) -> bool:
        if inside is not None and sample.key not in inside:
            return False
        return choice.part == "all" or (sample.row in held) == (choice.part == "held_out")

    return keep
