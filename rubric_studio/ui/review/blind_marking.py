"""Blind marks as edits of a packet, each one undoable step; what has no grade yet waits here. It draws nothing."""

from PySide6.QtCore import QObject

from rubric_studio.domain.verdict import Span, State, Verdict
from rubric_studio.services.edits import GiveMark
from rubric_studio.services.review_edits import SayUnsure
from rubric_studio.services.review_place import Begun, keep_begun, kept_begun
from rubric_studio.services.review_tasks import ReviewPoint, ReviewTask, Turn
from rubric_studio.services.reviewing import Review
from rubric_studio.ui.guide.answer_points import Waiting
from rubric_studio.ui.session import Session

Begin = tuple[Turn, str]


class BlindMarking(QObject):
    """Every call is one edit. A reason or a passage may come before its grade: it waits, kept in the packet."""

    def __init__(self, session: Session, review: Review, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._review = session, review
        self._waiting: dict[Begin, Waiting] = {
            ((each.sample, each.repeat), each.criterion): Waiting(each.reason, each.evidence)
            for each in kept_begun(session.store)
        }

    def waiting(self, task: ReviewTask, key: str) -> Waiting:
        """What was given to a point before its grade."""
        return self._waiting.get((task.turn, key), Waiting())

    def choose_level(self, task: ReviewTask, point: ReviewPoint, level: str) -> bool:
        """Give a grade; False where it could not be kept."""
        return self._give(task, point, State.SCORED, level)

    def choose_not_applicable(self, task: ReviewTask, point: ReviewPoint) -> bool:
        """Say that a point does not apply; False where the guide does not allow that."""
        return point.asked.allow_na and self._give(task, point, State.NOT_APPLICABLE, None)

    def take_over(self, task: ReviewTask, point: ReviewPoint, offered: Verdict) -> bool:
        """Give the grade and the reason that an identical answer has; its passages stand in this one too."""
        self._wait(task, point.key, Waiting(offered.reason, offered.evidence))
        return self._give(task, point, offered.state, offered.level)

    def clear(self, task: ReviewTask, point: ReviewPoint) -> None:
        """Take one's mark back, and what waits for one."""
        own = self._review.mark(task, point.key)
        self._wait(task, point.key, Waiting())
        if own is not None:
            self._say(task, point, own, state=State.UNSCORED, value=None, level=None)

    def give_reason(self, task: ReviewTask, point: ReviewPoint, reason: str) -> None:
        """Say why; without a grade the reason waits for it."""
        own = self._review.mark(task, point.key)
        if own is None:
            self._wait(task, point.key, Waiting(reason, self.waiting(task, point.key).evidence))
        elif own.reason != reason:
            self._say(task, point, own, reason=reason)

    def toggle_evidence(self, task: ReviewTask, point: ReviewPoint, span: Span) -> None:
        """Attach a passage, or detach it where it is attached; without a grade it waits."""
        own = self._review.mark(task, point.key)
        if own is not None:
            self._say(task, point, own, evidence=_toggled(own.evidence, span))
        else:
            waiting = self.waiting(task, point.key)
            self._wait(task, point.key, Waiting(waiting.reason, _toggled(waiting.evidence, span)))

    def toggle_unsure(self, task: ReviewTask, point: ReviewPoint) -> None:
        """Say that one is unsure, or no longer is."""
        edit = SayUnsure(
            sample=task.sample,
            criterion=point.key,
            question=point.question,
            person=self._review.packet.expert.person,
            repeat=task.repeat,
            round=self._review.packet.round,
            unsure=point.key not in self._review.unsure[task.turn],
            title=point.asked.title,
        )
        self._session.perform(edit)

    def _give(self, task: ReviewTask, point: ReviewPoint, state: State, level: str | None) -> bool:
        own, waiting = self._review.mark(task, point.key), self.waiting(task, point.key)
        if own is not None and (own.state, own.level, own.question) == (state, level, point.question):
            return True  # the same key twice is not a second step to undo
        value = point.asked.level_value(level) if level is not None else None
        said = {
            "state": state,
            "level": level,
            "value": value,
            "reason": own.reason if own else waiting.reason,
            "evidence": own.evidence if own else waiting.evidence,
        }
        done = self._perform(task, point, said)
        if done:
            self._wait(task, point.key, Waiting())
        return done

    def _say(self, task: ReviewTask, point: ReviewPoint, own: Verdict, **changed: object) -> None:
        fields = {"state", "value", "level", "reason", "evidence"}
        self._perform(task, point, {**{name: getattr(own, name) for name in fields}, **changed})

    def _perform(self, task: ReviewTask, point: ReviewPoint, said: dict[str, object]) -> bool:
        mark = {
            "sample": task.sample,
            "criterion": point.key,
            "question": point.question,
            "person": self._review.packet.expert.person,
            "repeat": task.repeat,
            "round": self._review.packet.round,
            "title": point.asked.title,
        }
        return self._session.perform(GiveMark.model_validate({**mark, **said}))

    def _wait(self, task: ReviewTask, key: str, waiting: Waiting) -> None:
        before = dict(self._waiting)
        self._waiting.pop((task.turn, key), None)
        if waiting:
            self._waiting[(task.turn, key)] = waiting
        if self._waiting != before and not self._session.store.read_only:
            begun = [
                Begun(
                    sample=turn[0], repeat=turn[1], criterion=key, reason=each.reason, evidence=each.evidence
                )
                for (turn, key), each in self._waiting.items()
            ]
            keep_begun(self._session.store, tuple(begun))


def _toggled(spans: tuple[Span, ...], span: Span) -> tuple[Span, ...]:
    rest = tuple(each for each in spans if (each.start, each.end) != (span.start, span.end))
    return rest if len(rest) < len(spans) else (*rest, span)
