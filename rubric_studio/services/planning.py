"""Compare an understood file with the project: what it would change, and what stops it. Writes nothing."""

from dataclasses import replace
from typing import Literal

from rubric_studio.domain.sample import Sample
from rubric_studio.domain.table import Complaint
from rubric_studio.domain.verdict import Verdict
from rubric_studio.services.imported_marks import ResolvedMarks, resolve_marks
from rubric_studio.services.importing import (
    Difference,
    ImportedFile,
    ImportPlan,
    compare_rows,
    compare_samples,
)
from rubric_studio.services.ports import Store
from rubric_studio.services.understanding import Understood

RaterKind = Literal["judge", "expert"]


def plan_import(
    store: Store,
    file: ImportedFile,
    understood: Understood,
    rater_kind: RaterKind = "judge",
    rater: str | None = None,
) -> ImportPlan:
    """Say what bringing this in would do.

    Marks that come with their own answers (an office sheet) can only be found out once those are there:
    they are planned by `plan_marks` after the answers were written.
    """
    sample_difference, complaints = compare_samples(
        store.sample_infos(), understood.samples, understood.sample_lines
    )
    with_answers = bool(understood.samples)
    marks = (
        ResolvedMarks((), ()) if with_answers else resolve_marks(store, understood.marks, rater_kind, rater)
    )
    return ImportPlan(
        file=file,
        rows=understood.rows,
        samples=understood.samples,
        judged=_verdicts(marks, "judge"),
        expert=tuple(pair for pair in marks.verdicts if pair[1].rater.kind == "expert"),
        row_difference=compare_rows(store, understood.rows) if understood.rows else Difference(),
        sample_difference=sample_difference if with_answers else Difference(),
        complaints=_named(file.name, (*understood.complaints, *complaints, *marks.complaints)),
    )


def without_faulty(plan: ImportPlan, understood: Understood) -> ImportPlan:
    """Leave out the lines that complaints of the project are about, so that the rest can come in."""
    faulty = {complaint.line for complaint in plan.errors}
    samples: list[Sample] = [
        sample
        for sample, line in zip(understood.samples, understood.sample_lines, strict=True)
        if line not in faulty
    ]
    return replace(plan, samples=tuple(samples), complaints=())


def _verdicts(marks: ResolvedMarks, kind: RaterKind) -> tuple[Verdict, ...]:
    return tuple(verdict for _, verdict in marks.verdicts if verdict.rater.kind == kind)


def _named(file: str, complaints: tuple[Complaint, ...]) -> tuple[Complaint, ...]:
    return tuple(each if each.file else replace(each, file=file) for each in complaints)
