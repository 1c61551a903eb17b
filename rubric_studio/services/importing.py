"""Carry out an import that was planned: all of it or nothing. What it would change is worked out in `planning.py`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from rubric_studio.domain.changes import Changes, Topic
from rubric_studio.domain.ids import EditId, PersonId
from rubric_studio.domain.record import DRAFT_SUBJECT, EditEntry, Person, RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source, SourceKind
from rubric_studio.domain.table import Complaint
from rubric_studio.domain.values import Value
from rubric_studio.domain.verdict import Verdict
from rubric_studio.services.differences import (
    NO_DIFFERENCE,
    SLICE,
    Difference,
    compare_rows,
    compare_samples,
    known_people,
    new_marks,
)
from rubric_studio.services.edits import Author, Proposal, drafted
from rubric_studio.services.ports import ImportWriter, Progress, Store, no_progress

__all__ = [
    "NO_DIFFERENCE",
    "Difference",
    "ImportPlan",
    "ImportReport",
    "ImportedFile",
    "carry_out",
    "compare_rows",
    "compare_samples",
]

_Thing = TypeVar("_Thing")
_Step = Callable[[int], None]


class ImportedFile(Value):
    """What is brought in, for the list of imports. `sha256` of the file's bytes, "" for a pasted range."""

    name: str
    kind: SourceKind
    sha256: str = ""


@dataclass(frozen=True)
class ImportPlan:
    """An import compared with the project, nothing written yet. Complaints that are errors stop it.

    What is planned is without the lines that errors are about: `planning.without_faulty` says that
    somebody agreed to leave them out.

    Attributes:
        expert: who gave a mark (a person's name), and the mark.
        guide: the rubric being edited as it shall be, where the import adds a criterion to it.
        lines: how many lines were read; left_out: those that somebody agreed to leave out.
    """

    file: ImportedFile
    rows: tuple[Row, ...] = ()
    samples: tuple[Sample, ...] = ()
    judged: tuple[Verdict, ...] = ()
    expert: tuple[tuple[str, Verdict], ...] = ()
    row_difference: Difference = NO_DIFFERENCE
    sample_difference: Difference = NO_DIFFERENCE
    mark_difference: Difference = NO_DIFFERENCE
    complaints: tuple[Complaint, ...] = ()
    guide: Rubric | None = None
    notes: tuple[str, ...] = ()
    lines: int = 0
    left_out: tuple[int, ...] = ()

    # Each looks through all complaints, and there may be 100,000: it is found out once.

    @cached_property
    def errors(self) -> list[Complaint]:
        """The complaints that stop the import."""
        return [complaint for complaint in self.complaints if complaint.is_error]

    @cached_property
    def stops(self) -> list[Complaint]:
        """The errors that leaving lines out does not cure."""
        return [complaint for complaint in self.errors if complaint.line is None]

    @cached_property
    def faulty_lines(self) -> tuple[int, ...]:
        """The lines that errors are about, in order."""
        return tuple(sorted({complaint.line for complaint in self.errors if complaint.line is not None}))

    def everything(self) -> list[Sequence[object]]:
        """Return what it holds, to be let go of where it is no longer wanted."""
        return [self.rows, self.samples, self.judged, self.expert, self.complaints]

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing at all."""
        return not (self.rows or self.samples or self.judged or self.expert)

    @property
    def adds_nothing(self) -> bool:
        """Whether all that it holds is in the project already; known only of what was compared."""
        differences = (self.row_difference, self.sample_difference, self.mark_difference)
        compared = any(each.overlaps for each in differences)
        return self.is_empty or (compared and not any(each.adds_something for each in differences))


class ImportReport(Value):
    """What an import wrote. `source` is "" where everything was there already and nothing was written.

    `people` are those whose marks came in.
    """

    source: str = ""
    rows: int = 0
    samples: int = 0
    verdicts: int = 0
    people: tuple[str, ...] = ()
    changes: Changes = Changes()


def carry_out(
    store: Store, plan: ImportPlan, author: Author, progress: Progress = no_progress
) -> ImportReport:
    """Write the import in one transaction; a stop or an error leaves nothing of it.

    An import that adds nothing is not written at all, not even into the list of imports.

    Raises:
        Cancelled: the user stopped it.
    """
    if plan.adds_nothing:
        return ImportReport()
    source = Source(
        id=author.new_id(),
        kind=plan.file.kind,
        name=plan.file.name,
        sha256=plan.file.sha256,
        person=author.person,
        at=author.now(),
        facts=_facts(plan),
    )
    step = _stepper(plan, progress)
    with store.writing() as writer:
        writer.source(source)
        rows = _sliced(writer.rows, plan.rows, step)
        samples = _sliced(writer.samples, plan.samples, step)
        _write_guide(store, writer, plan, author)
        verdicts = _sliced(writer.judge_verdicts, plan.judged, step)
        by_name = _by_name(plan)
        verdicts += _write_expert_marks(store, writer, by_name, author, plan.file.name, step)
    return ImportReport(
        source=source.id,
        rows=rows,
        samples=samples,
        verdicts=verdicts,
        people=tuple(by_name),
        changes=_changes(plan),
    )


def _facts(plan: ImportPlan) -> dict[str, int]:
    return {
        "rows": len(plan.rows),
        "samples": len(plan.samples),
        "verdicts": len(plan.judged) + len(plan.expert),
        "left_out": len(plan.left_out),
    }


def _stepper(plan: ImportPlan, progress: Progress) -> _Step:
    total = len(plan.rows) + len(plan.samples) + len(plan.judged) + len(plan.expert)
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        progress(done, total, "bringing in")

    return step


def _sliced(write: Callable[[Sequence[_Thing]], int], things: Sequence[_Thing], step: _Step) -> int:
    written = 0
    for start in range(0, len(things), SLICE):
        step(0)
        part = things[start : start + SLICE]
        written += write(part)
        step(len(part))
    return written


def _write_guide(store: Store, writer: ImportWriter, plan: ImportPlan, author: Author) -> None:
    """The criterion that the marks speak of is the author's own edit, which can be undone like any other."""
    if plan.guide is not None:
        proposal = Proposal(RecordKind.DRAFT, DRAFT_SUBJECT, {"rubric": plan.guide.to_json()})
        writer.records(*drafted(store, f"Add the point of {plan.file.name}", [proposal], author))


def _by_name(plan: ImportPlan) -> dict[str, list[Verdict]]:
    by_name: dict[str, list[Verdict]] = {}
    for name, verdict in plan.expert:
        by_name.setdefault(name, []).append(verdict)
    return by_name


def _write_expert_marks(
    store: Store,
    writer: ImportWriter,
    by_name: dict[str, list[Verdict]],
    author: Author,
    file: str,
    step: _Step,
) -> int:
    """Experts' marks are records of the experts, not of the person who brings them in."""
    known, written = known_people(store), 0
    for name, marks in by_name.items():
        person = known.get(name) or _new_person(store, name, author)
        written += _write_marks_of(store, writer, person, marks, author, file, step)
    return written


def _write_marks_of(
    store: Store,
    writer: ImportWriter,
    person: PersonId,
    marks: Sequence[Verdict],
    author: Author,
    file: str,
    step: _Step,
) -> int:
    """One person's marks as one edit of theirs, written in slices."""
    label = f"Marks from {file}"
    shared = EditEntry(id=EditId(author.new_id()), label=label, person=person, at=author.now())

    def write(part: Sequence[Verdict]) -> int:
        proposals = new_marks(store, person, part)
        _, records = drafted(store, label, proposals, author)
        owned = [record.model_copy(update={"person": person, "edit": shared.id}) for record in records]
        if owned:
            writer.records(shared, owned)
        return len(owned)

    return _sliced(write, marks, step)


def _new_person(store: Store, name: str, author: Author) -> PersonId:
    person = Person(id=PersonId(author.new_id()), name=name)
    store.add_person(person)
    return person.id


def _changes(plan: ImportPlan) -> Changes:
    topics = {
        Topic.ROWS: plan.rows,
        Topic.SAMPLES: plan.samples,
        Topic.VERDICTS: (*plan.judged[:1], *plan.expert[:1]),
        Topic.PEOPLE: plan.expert,
        Topic.DRAFT: plan.guide,
    }
    return Changes(topics=frozenset(topic for topic, things in topics.items() if things))
