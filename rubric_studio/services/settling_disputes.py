"""Ends of disputes: a final grade with a reason and a cause, or "left open". What counts afterwards is in `marks.py`.

A settlement is written like a verdict, so that scores read it like one. An open question of law keeps both views
and scores nothing: the mean of the experts stands until somebody decides.
"""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, Self

from pydantic import model_validator

from rubric_studio.domain.ids import PersonId, QuestionHash, SampleKey
from rubric_studio.domain.record import DRAFT_SUBJECT, Record, RecordKind
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_edits import with_criterion
from rubric_studio.domain.values import JsonObject, Value
from rubric_studio.domain.verdict import State
from rubric_studio.services.edits import Proposal

Cause = Literal["wording", "fact", "law", "slip"]
CAUSES: tuple[Cause, ...] = ("wording", "fact", "law", "slip")
"""Ambiguous wording, a fact that the row lacks, a question of law, a slip."""


class Opinion(Value):
    """What one side of an open question holds."""

    person: PersonId
    state: State
    level: str | None = None
    value: float | None = None
    reason: str = ""


class Decision(NamedTuple):
    """A settlement as it stands. `state` is unscored where the question is left open; then `opinions` say why."""

    sample: SampleKey
    criterion: str
    question: QuestionHash
    state: State
    level: str | None
    value: float | None
    cause: Cause
    reason: str
    person: PersonId
    at: str
    is_open: bool = False
    opinions: tuple[Opinion, ...] = ()

    @property
    def subject(self) -> str:
        """The settlement's subject, which names the dispute too."""
        return dispute_subject(self.sample, self.question)


class Settle(Value):
    """Decide a dispute: a grade or, without a level and value, that the criterion does not apply there.

    `draft` is the rubric being edited, named where the criterion does not allow "does not apply" yet: the same step
    then allows it, or the settlement would leave the sample without a score.
    """

    sample: SampleKey
    criterion: str
    question: QuestionHash
    level: str | None = None
    value: float | None = None
    reason: str = ""
    cause: Cause = "wording"
    title: str = ""
    draft: Rubric | None = None

    @model_validator(mode="after")
    def _a_level_has_a_value(self) -> Self:
        if self.level is not None and self.value is None:
            raise ValueError("a grade is settled with what it is worth")
        return self

    @property
    def label(self) -> str:
        return f'Decide "{self.title or self.criterion}"'

    @property
    def applies(self) -> bool:
        """Whether a grade was decided on, and not that the criterion does not apply."""
        return self.value is not None

    def proposals(self) -> Sequence[Proposal]:
        state = State.SCORED if self.applies else State.NOT_APPLICABLE
        body = _body(self.sample, self.criterion, self.question, state, self.cause)
        body |= {"level": self.level, "value": self.value}
        return (_settlement(self.sample, self.question, body, self.reason), *self._allowing())

    def _allowing(self) -> Sequence[Proposal]:
        if self.applies or self.draft is None:
            return ()
        found = self.draft.criterion(self.criterion)
        if found is None or found.allow_na:
            return ()
        rubric = with_criterion(self.draft, self.criterion, allow_na=True)
        return (Proposal(RecordKind.DRAFT, DRAFT_SUBJECT, {"rubric": rubric.to_json()}),)


class LeaveOpen(Value):
    """Leave a question of law open: the views are recorded, and no mark is made of them."""

    sample: SampleKey
    criterion: str
    question: QuestionHash
    opinions: tuple[Opinion, ...]
    reason: str = ""
    title: str = ""

    @property
    def label(self) -> str:
        return f'Leave "{self.title or self.criterion}" open'

    def proposals(self) -> Sequence[Proposal]:
        body = _body(self.sample, self.criterion, self.question, State.UNSCORED, "law")
        views = [each.model_dump(mode="json") for each in self.opinions]
        body |= {"level": None, "value": None, "open": True, "views": views}
        return (_settlement(self.sample, self.question, body, self.reason),)


class Reopen(Value):
    """Take a settlement back: the dispute is to be decided again."""

    sample: SampleKey
    question: QuestionHash
    reason: str = ""
    title: str = ""

    @property
    def label(self) -> str:
        return f'Reopen "{self.title}"' if self.title else "Reopen what was decided"

    def proposals(self) -> Sequence[Proposal]:
        return (_settlement(self.sample, self.question, None, self.reason),)


def dispute_subject(sample: str, question: str) -> str:
    """The name of a dispute, and of the settlement that ends it."""
    return f"{sample}/{question}"


def decision_of(record: Record) -> Decision:
    """A settlement as its record tells it."""
    body = record.body or {}
    return Decision(
        sample=SampleKey(body["sample"]),
        criterion=body["criterion"],
        question=QuestionHash(body["question"]),
        state=State(body["state"]),
        level=body.get("level"),
        value=body.get("value"),
        cause=body.get("cause", "wording"),
        reason=record.reason,
        person=record.person,
        at=record.at,
        is_open=is_left_open(record),
        opinions=tuple(Opinion.model_validate(each) for each in body.get("views", ())),
    )


def is_left_open(record: Record) -> bool:
    """Whether a settlement only says that the question stays open."""
    return record.body is not None and bool(record.body.get("open"))


def _settlement(sample: str, question: str, body: JsonObject | None, reason: str) -> Proposal:
    return Proposal(RecordKind.SETTLEMENT, dispute_subject(sample, question), body, sample, reason)


def _body(sample: str, criterion: str, question: str, state: State, cause: Cause) -> JsonObject:
    made: dict[str, Any] = {"sample": sample, "criterion": criterion, "question": question, "repeat": 0}
    return made | {"state": state.value, "evidence": [], "cause": cause}
