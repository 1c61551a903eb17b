"""What is decided on disputes by now, read again without the marks. Which disputes there are, `disputes.py` finds."""

from collections.abc import Sequence
from dataclasses import replace

from rubric_studio.domain.record import RecordKind
from rubric_studio.services.disputes import Dispute
from rubric_studio.services.ports import Store
from rubric_studio.services.settling_disputes import decision_of


def as_decided_now(store: Store, disputes: Sequence[Dispute]) -> list[Dispute]:
    """The same disputes in the same order, with what is decided on them now; those as they stood are untouched."""
    heads = store.heads(RecordKind.SETTLEMENT, subjects={name for each in disputes for name in _names(each)})
    decisions = {head.subject: decision_of(head) for head in heads if head.body is not None}
    rows = store.heads(RecordKind.DECISION, subjects={str(each.row.id) for each in disputes})
    dropped = {head.subject for head in rows if head.body is not None and head.body.get("decision") == "drop"}
    found: list[Dispute] = []
    for each in disputes:
        decision = next((decisions[name] for name in _names(each) if name in decisions), None)
        is_dropped = each.row.id in dropped
        as_it_was = decision == each.decision and is_dropped == each.dropped
        found.append(each if as_it_was else replace(each, decision=decision, dropped=is_dropped))
    return found


def _names(dispute: Dispute) -> tuple[str, ...]:
    """The dispute's own name first, then that under words that meant the same."""
    return (dispute.subject, dispute.decision.subject) if dispute.decision is not None else (dispute.subject,)
