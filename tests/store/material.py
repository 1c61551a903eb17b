"""Small made-up things that the store's tests keep and look for."""

from collections.abc import Iterable, Sequence
from typing import Any

from rubric_studio.domain.ids import CriterionKey, EditId, PersonId, QuestionHash, RecordId, RowId
from rubric_studio.domain.record import EditEntry, Person, Record, RecordKind
from rubric_studio.domain.row import Row, RowCriterion, user_prompt
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.domain.verdict import Rater, Span, State, Verdict
from rubric_studio.store.project_file import ProjectFile

ANNA = Person(id=PersonId("01ANNA"), name="Anna")
QUESTION = QuestionHash("ab" * 32)
HALF_A_CHARACTER = "torn \ud83d off"


class FixedClock:
    """A clock that stands still."""

    def milliseconds(self) -> int:
        return 1_790_000_000_000

    def randomness(self) -> bytes:
        return bytes(10)


def row(id: str, text: str = "How much?", **reference: Any) -> Row:
    return Row(id=RowId(id), prompt=user_prompt(text), reference=reference)


def row_with_criterion(id: str) -> Row:
    return row(id).model_copy(
        update={"criteria": (RowCriterion(key="a1", text="Names the rule", weight=-2),)}
    )


def sample(row: str, model: str = "m", run: int = 0, text: str = "42", **facts: Any) -> Sample:
    return Sample(row=RowId(row), model=model, run=run, text=text, facts=facts)


def judged(of: Sample, value: float | None = 0.5, rater: str = "judge", **more: Any) -> Verdict:
    return Verdict(
        sample=of.key,
        criterion=CriterionKey("clear"),
        question=QUESTION,
        rater=Rater(kind="judge", name=rater),
        state=State.UNSCORED if value is None else State.SCORED,
        value=value,
        evidence=(Span(start=0, end=2, quote="42"),),
        **more,
    )


def source(id: str, at: str = "2026-01-01T00:00:00.000Z") -> Source:
    return Source(id=id, kind="mixed", name=f"{id}.jsonl", person=ANNA.id, at=at, facts={"rows": 1})


def entry(id: str, at: int = 0, **more: Any) -> EditEntry:
    return EditEntry(id=EditId(id), label=f"edit {id}", person=ANNA.id, at=_time(at), **more)


def record(
    id: str, kind: RecordKind, subject: str, body: dict[str, Any] | None, edit: str, at: int = 0, **more: Any
) -> Record:
    return Record(
        id=RecordId(id), kind=kind, subject=subject, body=body, edit=EditId(edit), at=_time(at),
        person=ANNA.id, **more,
    )  # fmt: skip


def decide(
    store: ProjectFile, id: str, row: str, decision: str | None, *replaces: str, at: int = 0
) -> Record:
    """Write one decision as an edit of its own."""
    body = None if decision is None else {"decision": decision}
    made = record(id, RecordKind.DECISION, row, body, f"edit-{id}", at, scope=row, replaces=replaces)
    store.append(entry(f"edit-{id}", at), [made])
    return made


def change_row(store: ProjectFile, id: str, changed: Row, *replaces: str) -> Record:
    """Write one row edit as an edit of its own."""
    body = changed.model_dump(mode="json")
    made = record(
        id, RecordKind.ROW_EDIT, changed.id, body, f"edit-{id}", scope=changed.id, replaces=replaces
    )
    store.append(entry(f"edit-{id}"), [made])
    return made


def bring_in(
    store: ProjectFile,
    id: str,
    rows: Iterable[Row] = (),
    samples: Sequence[Sample] = (),
    judged: Sequence[Verdict] = (),
) -> None:
    """One import of those things."""
    with store.writing() as writer:
        writer.source(source(id))
        writer.rows(rows)
        writer.samples(samples)
        writer.judge_verdicts(judged)


def _time(at: int) -> str:
    return f"2026-01-01T00:00:{at // 1000:02d}.{at % 1000:03d}Z"
