"""What people decide about a dispute, turned into edits. It shows nothing."""

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.ids import is_row_criterion
from rubric_studio.services.cures import NewWords, Reword, RewordOwn
from rubric_studio.services.disputes import Dispute
from rubric_studio.services.edits import DecideRows, Edit
from rubric_studio.services.settling_disputes import LeaveOpen, Opinion, Reopen, Settle
from rubric_studio.services.standing_decisions import as_decided_now
from rubric_studio.ui.compare.settle_panel import NOT_APPLICABLE
from rubric_studio.ui.session import Session


class SettlingDesk:
    """Each answer is whether it could be written."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._is_deciding = False

    def decides_only(self, changes: Changes) -> bool:
        """Whether what the session tells right now was decided here, and changes nothing else."""
        return self._is_deciding and changes.topics <= {Topic.VERDICTS, Topic.DECISIONS}

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
        return self._decide(edit)

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
        return self._decide(edit)

    def reopen(self, dispute: Dispute) -> bool:
        """Take back what was decided; a dropped question is taken back too."""
        done = True
        if dispute.dropped:
            done = self._decide(DecideRows(rows=(dispute.row.id,), decision=None))
        if done and dispute.decision is not None:
            decision = dispute.decision
            edit = Reopen(sample=decision.sample, question=decision.question, title=dispute.asked.title)
            done = self._decide(edit)
        return done

    def drop(self, dispute: Dispute, reason: str) -> bool:
        """Drop the question: nothing will be trained on it."""
        return self._decide(DecideRows(rows=(dispute.row.id,), decision="drop", reason=reason))

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

    def _decide(self, edit: Edit) -> bool:
        self._is_deciding = True
        try:
            return self._session.perform(edit)
        finally:
            self._is_deciding = False

    def as_it_stands(self, dispute: Dispute) -> Dispute:
        """Return the dispute with what is decided on it now; a short read."""
        return as_decided_now(self._session.store, [dispute])[0]
