"""What people decide about a dispute, turned into edits. It shows nothing."""

from dataclasses import replace

from rubric_studio.domain.ids import is_row_criterion
from rubric_studio.domain.record import RecordKind
from rubric_studio.services.cures import NewWords, Reword, RewordOwn
from rubric_studio.services.disputes import Dispute
from rubric_studio.services.edits import DecideRows
from rubric_studio.services.settling_disputes import LeaveOpen, Opinion, Reopen, Settle, decision_of
from rubric_studio.ui.compare.settle_panel import NOT_APPLICABLE
from rubric_studio.ui.session import Session


class SettlingDesk:
    """Each answer is whether it could be written."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def settle(self, dispute: Dispute, level: str, cause: str, reason: str) -> bool:
        """Decide on a grade, or that the point does not apply there."""
        applies = level != NOT_APPLICABLE
        edit = Settle.model_validate(
            {
                "sample": dispute.sample.key,
                "criterion": dispute.key,
                "question": dispute.question,
                "level": level if applies else None,
                "value": dispute.asked.level_value(level) if applies else None,
                "reason": reason,
                "cause": cause,
                "title": dispute.asked.title,
                "draft": None if applies else self._session.draft,
            }
        )
        return self._session.perform(edit)

    def leave_open(self, dispute: Dispute, reason: str) -> bool:
        """Keep both views; no grade is decided on."""
        opinions = tuple(
            Opinion.model_validate(
                {
                    "person": each.rater,
                    "state": each.verdict.state,
                    "level": each.verdict.level,
                    "value": each.verdict.value,
                    "reason": each.verdict.reason,
                }
            )
            for each in dispute.said
        )
        edit = LeaveOpen(
            sample=dispute.sample.key,
            criterion=dispute.key,
            question=dispute.question,
            opinions=opinions,
            reason=reason,
            title=dispute.asked.title,
        )
        return self._session.perform(edit)

    def reopen(self, dispute: Dispute) -> bool:
        """Take back what was decided; a dropped question is taken back too."""
        done = True
        if dispute.dropped:
            done = self._session.perform(DecideRows(rows=(dispute.row.id,), decision=None))
        if done and dispute.decision is not None:
            decision = dispute.decision
            edit = Reopen(sample=decision.sample, question=decision.question, title=dispute.asked.title)
            done = self._session.perform(edit)
        return done

    def drop(self, dispute: Dispute, reason: str) -> bool:
        """Drop the question: nothing will be trained on it."""
        return self._session.perform(DecideRows(rows=(dispute.row.id,), decision="drop", reason=reason))

    def reword(self, dispute: Dispute, words: NewWords, disputes: list[str], reason: str) -> bool:
        """Put new words into the draft, or into the question whose own point it is."""
        if is_row_criterion(dispute.key):
            row = next(iter(self._session.store.rows([dispute.row.id])))
            own = RewordOwn(
                row=row, criterion=dispute.key, wording=words.wording, disputes=tuple(disputes), reason=reason
            )
            return self._session.perform(own)
        edit = Reword(
            rubric=self._session.draft,
            criterion=dispute.key,
            words=words,
            disputes=tuple(disputes),
            reason=reason,
        )
        return self._session.perform(edit)

    def as_it_stands(self, dispute: Dispute) -> Dispute:
        """Return the dispute with what is decided on it now; a short read."""
        store = self._session.store
        heads = store.heads(RecordKind.SETTLEMENT, subjects=[dispute.subject])
        standing = [head for head in heads if head.body is not None]
        rows = store.heads(RecordKind.DECISION, subjects=[dispute.row.id])
        dropped = any(head.body is not None and head.body.get("decision") == "drop" for head in rows)
        decision = decision_of(standing[-1]) if standing else None
        return replace(dispute, decision=decision, dropped=dropped)
