"""Marks given at the keyboard as edits of the project; what has no grade yet waits here. It draws nothing."""

from PySide6.QtCore import QObject, Signal

from rubric_studio.domain.verdict import Span, State, Verdict
from rubric_studio.services.asked import Asked
from rubric_studio.services.edits import GiveMark
from rubric_studio.ui.guide.answer_points import Waiting
from rubric_studio.ui.guide.question_marks import Place
from rubric_studio.ui.guide.scored_question import ScoredQuestion
from rubric_studio.ui.session import Session


class Marking(QObject):
    """Every call is one undoable step of the session.

    A reason or a passage may come before its grade: it waits, and goes with the grade. `waiting_changed`
    names the answer and the point.
    """

    waiting_changed = Signal(int, str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._question: ScoredQuestion | None = None
        self.waiting: dict[Place, Waiting] = {}

    def set_question(self, question: ScoredQuestion | None) -> None:
        """Mark the answers of another question, or the same with newer marks."""
        self._question = question

    def choose_level(self, id: int, key: str, level: str) -> None:
        """Give a grade."""
        asked = self._asked(key)
        if asked is not None:
            self._give(id, asked, State.SCORED, level)

    def choose_not_applicable(self, id: int, key: str) -> None:
        """Say that a point does not apply."""
        asked = self._asked(key)
        if asked is not None and asked.allow_na:
            self._give(id, asked, State.NOT_APPLICABLE, None)

    def clear(self, id: int, key: str) -> None:
        """Take one's own mark back, and what waits for one."""
        own = self._own(id, key)
        if self.waiting.pop((id, key), None) is not None:
            self.waiting_changed.emit(id, key)
        if own is not None:
            self._perform(id, key, own, state=State.UNSCORED, value=None, level=None)

    def give_reason(self, id: int, key: str, reason: str) -> None:
        """Say why; without a grade the reason waits for it."""
        own = self._own(id, key)
        if own is not None:
            self._perform(id, key, own, reason=reason)
        else:
            self._wait(id, key, Waiting(reason, self._waiting(id, key).evidence))

    def toggle_evidence(self, id: int, key: str, span: Span) -> None:
        """Attach a passage, or detach it where it is attached already; without a grade it waits."""
        own = self._own(id, key)
        if own is not None:
            self._perform(id, key, own, evidence=_toggled(own.evidence, span))
        else:
            waiting = self._waiting(id, key)
            self._wait(id, key, Waiting(waiting.reason, _toggled(waiting.evidence, span)))

    def _give(self, id: int, asked: Asked, state: State, level: str | None) -> None:
        assert self._question is not None
        own, waiting = self._own(id, asked.key), self._waiting(id, asked.key)
        edit = GiveMark(
            sample=self._question.sample(id).key,
            criterion=asked.key,
            question=self._question.marks.questions[asked.key][0],
            person=self._session.author.person,
            state=state,
            value=asked.level_value(level) if level is not None else None,
            level=level,
            reason=own.reason if own else waiting.reason,
            evidence=own.evidence if own else waiting.evidence,
            title=asked.title,
        )
        if own is not None and (own.state, own.level, own.question) == (state, level, edit.question):
            return  # the same key twice is not a second step to undo
        self.waiting.pop((id, asked.key), None)
        if not self._session.perform(edit) and waiting:
            self.waiting[(id, asked.key)] = waiting

    def _perform(self, id: int, key: str, own: Verdict, **changed: object) -> None:
        """Say something else in one's own mark, under the question it was given to."""
        asked = self._asked(key)
        assert self._question is not None
        assert asked is not None
        mark = {
            "sample": own.sample,
            "criterion": own.criterion,
            "question": own.question,
            "person": self._session.author.person,
            "state": own.state,
            "value": own.value,
            "level": own.level,
            "reason": own.reason,
            "evidence": own.evidence,
            "title": asked.title,
            "repeat": own.repeat,
        }
        self._session.perform(GiveMark.model_validate({**mark, **changed}))

    def _wait(self, id: int, key: str, waiting: Waiting) -> None:
        self.waiting[(id, key)] = waiting
        if not waiting:
            del self.waiting[(id, key)]
        self.waiting_changed.emit(id, key)

    def _waiting(self, id: int, key: str) -> Waiting:
        return self.waiting.get((id, key), Waiting())

    def _asked(self, key: str) -> Asked | None:
        asked = self._question.asked if self._question else ()
        return next((each for each in asked if each.key == key), None)

    def _own(self, id: int, key: str) -> Verdict | None:
        return self._question.marks.own(id, key) if self._question else None


def _toggled(spans: tuple[Span, ...], span: Span) -> tuple[Span, ...]:
    rest = tuple(each for each in spans if (each.start, each.end) != (span.start, span.end))
    return rest if len(rest) < len(spans) else (*rest, span)
