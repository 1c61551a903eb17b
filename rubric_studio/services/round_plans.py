"""The plans of all rounds as they were started. Not how far they came: that is in `rounds.py`."""

from rubric_studio.domain.ids import RecordId
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.round import RoundPlan
from rubric_studio.services.ports import Store


def started(store: Store) -> list[tuple[Record, RoundPlan]]:
    """Each round's record with its plan, the oldest first; its subject is the round's id."""
    heads = [head for head in store.heads(RecordKind.ROUND) if head.body is not None]
    return [(head, RoundPlan.model_validate(head.body)) for head in heads]


def plans(store: Store) -> dict[RecordId, RoundPlan]:
    """The plan of each round by its id, the oldest first."""
    return {RecordId(record.subject): plan for record, plan in started(store)}
