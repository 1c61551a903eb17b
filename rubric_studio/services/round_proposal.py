"""From what a lead asks for to a plan that could start: what is refused, what it holds, what it costs."""

import hashlib
from collections.abc import Callable, Sequence

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import PersonId, RecordId
from rubric_studio.domain.round import RoundExpert, RoundPlan
from rubric_studio.services.assigning import choose_repeats
from rubric_studio.services.dealing import Dealt, deal
from rubric_studio.services.held_out import Held, hold_out
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.round_notes import notes_on
from rubric_studio.services.round_plans import plans
from rubric_studio.services.round_start import RoundProposal, RoundStart
from rubric_studio.services.versions import Version, saved_version, versions
from rubric_studio.services.workload import workloads


def proposed_plan(
    store: Store,
    start: RoundStart,
    lead: PersonId,
    randomness: Callable[[], bytes],
    progress: Progress = no_progress,
) -> RoundProposal:
    """Work out the plan, each expert's workload and what the lead should know. Nothing is written.

    Args:
        randomness: gives ten fresh random bytes each time; the round's secret is made of four of them.

    Raises:
        StudioError: it cannot start: no saved version or no point for experts in it, no experts or one twice,
            more asked to score each answer than there are, no answers, or some that are gone.
    """
    version = _version(store, start.version)
    _refuse(version, start)
    dealt = deal(store, version.rubric, start, progress)
    held = hold_out(store, start.hold_out, dict.fromkeys(dealt.rows[key] for key in dealt.given), start.seed)
    plan = _plan(store, version, start, lead, dealt, held, _secret(randomness))
    work = workloads(store, version.rubric, plan, progress)
    return RoundProposal(plan=plan, workloads=work, notes=tuple(notes_on(start, plan, dealt, held, work)))


# ---- refusing


def _version(store: Store, wanted: RecordId | None) -> Version:
    if wanted is None:
        return saved_version(store)
    found = next((each for each in versions(store) if each.id == wanted), None)
    if found is None:
        raise StudioError(
            "That version is gone",
            "The version of the scoring guide for this round is not in this project.",
            "Choose another version.",
        )
    return found


def _refuse(version: Version, start: RoundStart) -> None:
    people = [expert.person for expert in start.experts]
    has_own = version.rubric.row_criteria is not None
    if not has_own and not any(criterion.is_judged for criterion in version.rubric.criteria()):
        raise StudioError(
            "Nothing for experts to score",
            f"In version {version.number} of the scoring guide the program marks every point.",
            "Add a point that an expert or a model marks, and save.",
        )
    if not people:
        raise StudioError("Nobody scores", "A round needs experts.", "Add those who are to score.")
    twice = next((expert.name for expert in start.experts if people.count(expert.person) > 1), None)
    if twice is not None:
        raise StudioError(
            "One expert twice",
            f"{twice} stands twice among the experts of this round.",
            "Take one of the two away; somebody else of the same name is added as a new person.",
        )
    if start.overlap is not None and start.overlap > len(people):
        raise StudioError(
            "Too few experts",
            f"Each answer is to be scored by {start.overlap} experts, and there are {len(people)}.",
            "Add experts, or let fewer score each answer.",
        )


# ---- the plan


def _plan(
    store: Store,
    version: Version,
    start: RoundStart,
    lead: PersonId,
    dealt: Dealt,
    held: Held,
    secret: str,
) -> RoundPlan:
    assigned, number = dealt.assignment.assigned, next_number(store)
    rows = {dealt.rows[key] for keys in assigned.values() for key in keys}
    return RoundPlan(
        title=start.title.strip() or f"Round {number}",
        number=number,
        version=RecordId(version.id),
        version_number=version.number,
        lead=lead,
        experts=_named(store, start.experts),
        assigned=assigned,
        repeats={
            person: choose_repeats(own, dealt.rows, start.repeats, f"{start.seed}/again/{person}")
            for person, own in assigned.items()
        },
        held_out=held.rows,
        tuned=tuple(sorted(rows - set(held.rows))),
        overlap=start.overlap,
        stop=start.stop,
        tells_lead=start.tells_lead,
        picked=start.pick.how,
        cures=start.cures,
        seed=start.seed,
        secret=secret,
    )


def next_number(store: Store) -> int:
    """The number that the next round takes."""
    return max((plan.number for plan in plans(store).values()), default=0) + 1


def _named(store: Store, experts: Sequence[RoundExpert]) -> tuple[RoundExpert, ...]:
    """Experts under the names they have here now."""
    names = {person.id: person.name for person in store.people()}
    return tuple(each.model_copy(update={"name": names.get(each.person, each.name)}) for each in experts)


def _secret(randomness: Callable[[], bytes]) -> str:
    return hashlib.sha256(b"".join(randomness() for _ in range(4))).hexdigest()
