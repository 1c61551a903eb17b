"""Carry out an import that was understood: what is new, changed and missing, then all of it or nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rubric_studio.domain.ids import PersonId, RowId, SampleKey
from rubric_studio.domain.listing import RowQuery, SampleInfo
from rubric_studio.domain.record import Person, Record, RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source, SourceKind
from rubric_studio.domain.table import Complaint
from rubric_studio.domain.values import Value
from rubric_studio.domain.verdict import Verdict
from rubric_studio.services.edits import MARK_FIELDS, Author, Proposal, drafted
from rubric_studio.services.ports import ImportWriter, Progress, Store, no_progress

SLICE = 2000

_Thing = TypeVar("_Thing")


class ImportedFile(Value):
    """What is brought in, for the list of imports. `sha256` of the file's bytes, "" for a pasted range."""

    name: str
    kind: SourceKind
    sha256: str = ""


class Difference(Value):
    """How a file's things stand to what the project already holds."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: int = 0
    missing: tuple[str, ...] = ()


NO_DIFFERENCE = Difference()


@dataclass(frozen=True)
class ImportPlan:
    """An import compared with the project, nothing written yet. Complaints that are errors stop it."""

    file: ImportedFile
    rows: tuple[Row, ...] = ()
    samples: tuple[Sample, ...] = ()
    judged: tuple[Verdict, ...] = ()
    expert: tuple[tuple[str, Verdict], ...] = ()
    row_difference: Difference = NO_DIFFERENCE
    sample_difference: Difference = NO_DIFFERENCE
    complaints: tuple[Complaint, ...] = ()

    @property
    def errors(self) -> list[Complaint]:
        """The complaints that stop the import."""
        return [complaint for complaint in self.complaints if complaint.severity == "error"]


class ImportReport(Value):
    """What an import wrote."""

    source: str
    rows: int = 0
    samples: int = 0
    verdicts: int = 0


def compare_rows(store: Store, rows: Sequence[Row]) -> Difference:
    """Which rows are new, which changed since they were imported, which the file no longer has."""
    known = set(store.row_ids(RowQuery()))
    new: list[RowId] = []
    changed: list[RowId] = []
    for row in rows:
        if row.id not in known:
            new.append(row.id)
        elif store.imported_row(row.id) != row:
            changed.append(row.id)
    missing = sorted(known - {row.id for row in rows})
    same = len(rows) - len(new) - len(changed)
    return Difference(new=tuple(new), changed=tuple(changed), same=same, missing=tuple(missing))


def compare_samples(
    infos: Iterable[SampleInfo], samples: Sequence[Sample], lines: Sequence[int | None] = ()
) -> tuple[Difference, list[Complaint]]:
    """Which samples are new; one at a known place with another text is a complaint."""
    known: dict[tuple[str, str, int], SampleKey] = {
        (info.row, info.model, info.run): info.key for info in infos
    }
    here = set(known)
    new: list[str] = []
    complaints: list[Complaint] = []
    for at, sample in enumerate(samples):
        before = known.get(sample.place)
        if before is None:
            new.append(sample.key)
            known[sample.place] = sample.key
        elif before != sample.key:
            complaints.append(_other_text(sample, lines[at] if at < len(lines) else None))
    missing = here - {sample.place for sample in samples}
    places = tuple(sorted(f"{row} / {model} / {run}" for row, model, run in missing))
    same = len(samples) - len(new) - len(complaints)
    return Difference(new=tuple(new), same=same, missing=places), complaints


def carry_out(
    store: Store, plan: ImportPlan, author: Author, progress: Progress = no_progress
) -> ImportReport:
    """Write the import in one transaction; a stop or an error leaves nothing of it.

    Raises:
        Cancelled: the user stopped it.
    """
    source = Source(
        id=author.new_id(),
        kind=plan.file.kind,
        name=plan.file.name,
        sha256=plan.file.sha256,
        person=author.person,
        at=author.now(),
        facts={"rows": len(plan.rows), "samples": len(plan.samples)},
    )
    total = len(plan.rows) + len(plan.samples) + len(plan.judged) + len(plan.expert)
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        progress(done, total, "bringing in")

    with store.writing() as writer:
        writer.source(source)
        rows = _sliced(writer.rows, plan.rows, step)
        samples = _sliced(writer.samples, plan.samples, step)
        verdicts = _sliced(writer.judge_verdicts, plan.judged, step)
        verdicts += _write_expert_marks(store, writer, plan, author)
    return ImportReport(source=source.id, rows=rows, samples=samples, verdicts=verdicts)


def _sliced(
    write: Callable[[Sequence[_Thing]], int], things: Sequence[_Thing], step: Callable[[int], None]
) -> int:
    written = 0
    for start in range(0, len(things), SLICE):
        step(0)
        part = things[start : start + SLICE]
        written += write(part)
        step(len(part))
    return written


def _write_expert_marks(store: Store, writer: ImportWriter, plan: ImportPlan, author: Author) -> int:
    """Experts' marks are records of the experts, not of the person who brings them in."""
    written = 0
    for name in dict.fromkeys(name for name, _ in plan.expert):
        person = _person(store, name, author)
        marks = [verdict for rater, verdict in plan.expert if rater == name]
        proposals = _new_marks(store, person, marks)
        if proposals:
            entry, records = drafted(store, f"Marks from {plan.file.name}", proposals, author)
            # An import is taken away whole, not undone: its records carry their own people.
            owned = [record.model_copy(update={"person": person}) for record in records]
            writer.records(entry.model_copy(update={"person": person}), owned)
            written += len(owned)
    return written


def _person(store: Store, name: str, author: Author) -> PersonId:
    """The person of that name, or a new one: a name in a file is all we know of somebody."""
    for person in store.people():
        if person.name == name:
            return person.id
    person = Person(id=PersonId(author.new_id()), name=name)
    store.add_person(person)
    return person.id


def _other_text(sample: Sample, line: int | None) -> Complaint:
    place = f"{sample.row}, {sample.model}, run {sample.run}"
    return Complaint(
        line=line,
        column="text",
        message=f"there is already another answer at {place}",
        hint="Give it another run number, or delete the earlier import first.",
    )


def _new_marks(store: Store, person: PersonId, marks: Sequence[Verdict]) -> list[Proposal]:
    subjects = [f"{v.sample}/{v.question}/{person}/{v.repeat}" for v in marks]
    heads = {head.subject: head for head in store.heads(RecordKind.VERDICT, subjects=subjects)}
    found: list[Proposal] = []
    for subject, verdict in zip(subjects, marks, strict=True):
        body = verdict.model_dump(mode="json", include=MARK_FIELDS)
        if not _says_the_same(heads.get(subject), body, verdict.reason):
            found.append(Proposal(RecordKind.VERDICT, subject, body, verdict.sample, verdict.reason))
    return found


def _says_the_same(head: Record | None, body: dict[str, object], reason: str) -> bool:
    return head is not None and head.body == body and head.reason == reason
