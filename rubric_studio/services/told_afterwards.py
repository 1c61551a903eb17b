"""What was decided on one expert's own verdicts, and why: for her next packet and for her own eyes."""

from collections.abc import Mapping

from rubric_studio.domain.ids import PersonId, QuestionHash, SampleKey
from rubric_studio.domain.packet import Told
from rubric_studio.domain.record import RecordKind
from rubric_studio.services.cures import Cure, cures
from rubric_studio.services.ports import Store
from rubric_studio.services.settling_disputes import Decision, decision_of

NOT_APPLICABLE, LEFT_OPEN, REWORDED = "not_applicable", "open", "reworded"
"""What `Told.decided` says besides a level's key, or a value where no level was chosen."""


def decided_on(store: Store, person: PersonId) -> list[Told]:
    """What was decided on a person's verdicts, oldest first; sample keys are the project's own.

    `decided` is a level's key, a value as text, or one of the words above.
    """
    own = _marked_by(store, person)
    names = {each.id: each.name for each in store.people()}
    decisions = [decision_of(head) for head in store.heads(RecordKind.SETTLEMENT) if head.body is not None]
    told = [_of_decision(each, names) for each in decisions if each.subject in own]
    told += [
        _of_cure(cure, subject, names) for cure in cures(store) for subject in cure.disputes if subject in own
    ]
    return sorted(told, key=lambda each: each.at)


def decided_words(decision: Decision) -> str:
    """What was decided, as `Told.decided` says it."""
    if decision.is_open:
        return LEFT_OPEN
    if decision.value is None:
        return NOT_APPLICABLE
    return decision.level if decision.level is not None else f"{decision.value:g}"


def _marked_by(store: Store, person: PersonId) -> set[str]:
    """The disputes' names of everything that a person marked first."""
    return {
        f"{head.body['sample']}/{head.body['question']}"
        for head in store.heads(RecordKind.VERDICT)
        if head.person == person and head.body is not None and head.body.get("repeat", 0) == 0
    }


def _of_decision(decision: Decision, names: Mapping[PersonId, str]) -> Told:
    return Told(
        sample=decision.sample,
        criterion=decision.criterion,
        question=decision.question,
        decided=decided_words(decision),
        cause=decision.cause,
        reason=decision.reason,
        by=names.get(decision.person, decision.person),
        at=decision.at,
    )


def _of_cure(cure: Cure, subject: str, names: Mapping[PersonId, str]) -> Told:
    sample, _, question = subject.partition("/")
    return Told(
        sample=SampleKey(sample),
        criterion=cure.criterion,
        question=QuestionHash(question),
        decided=REWORDED,
        cause="wording",
        reason=cure.reason,
        by=names.get(cure.person, cure.person),
        at=cure.at,
    )
