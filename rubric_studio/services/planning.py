"""Compare an understood file with the project: what it would change, and what stops it. Writes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rubric_studio.domain.ids import CriterionKey, RowId
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_edits import with_criterion, with_new_criterion, with_new_stratum
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.table import Complaint
from rubric_studio.services.differences import (
    NO_DIFFERENCE,
    Difference,
    compare_marks,
    compare_rows,
    compare_samples,
)
from rubric_studio.services.imported_marks import ResolvedMark, SameFile, resolve_marks
from rubric_studio.services.importing import ImportedFile, ImportPlan
from rubric_studio.services.mapping import Mapping
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.understanding import Understood
from rubric_studio.services.versions import draft

RaterKind = Literal["judge", "expert"]
EXAMPLES = 3


def plan_import(
    store: Store,
    file: ImportedFile,
    understood: Understood,
    rater_kind: RaterKind = "judge",
    rater: str | None = None,
    *,
    guide: Rubric | None = None,
    mapping: Mapping | None = None,
    progress: Progress = no_progress,
) -> ImportPlan:
    """Say what bringing this in would do. Rows and samples of the same file are known to its marks.

    Args:
        rater: who gave the marks, for lines that do not say.
        guide: the rubric whose criteria the marks speak of, by default the newest saved one. Where it is
            another than the one being edited, the import changes that into it.
        mapping: how the file was understood, so that complaints can name its columns. Where its lines are
            about answers, a row that is known already is not changed by them.
    """
    beside_answers = mapping is not None and mapping.shape == "answer"
    rows, row_complaints = _rows_that_count(store, understood, beside_answers)
    samples, sample_complaints = compare_samples(
        store.sample_infos(), understood.samples, understood.sample_lines
    )
    refused = _refused(understood, sample_complaints)
    known = SameFile(
        [row for _, row in rows],
        [sample for sample in understood.samples if sample.place not in refused],
        refused,
    )
    resolved = resolve_marks(
        store,
        understood.marks,
        rater_kind,
        rater,
        guide=guide,
        beside=known,
        mapping=mapping,
        progress=progress,
    )
    complaints = (*understood.complaints, *row_complaints, *sample_complaints, *resolved.complaints)
    good = _without_faulty_lines(understood, rows, refused, resolved.marks, complaints)
    judged = tuple(mark.verdict for mark in good.marks if mark.verdict.rater.kind == "judge")
    expert = tuple((mark.rater, mark.verdict) for mark in good.marks if mark.verdict.rater.kind == "expert")
    return ImportPlan(
        file=file,
        rows=good.rows,
        samples=good.samples,
        judged=judged,
        expert=expert,
        row_difference=compare_rows(store, good.rows, progress) if good.rows else NO_DIFFERENCE,
        sample_difference=_among(good.samples, samples) if good.samples else NO_DIFFERENCE,
        mark_difference=compare_marks(store, judged, expert),
        complaints=_in_order(file.name, (*complaints, *_answers_without_questions(store, good))),
        guide=guide if guide is not None and good.marks and guide != draft(store) else None,
        notes=understood.notes,
        lines=understood.lines,
    )


def without_faulty(plan: ImportPlan) -> ImportPlan:
    """The plan once somebody agreed to leave out the lines that its errors are about."""
    warnings = tuple(complaint for complaint in plan.complaints if not complaint.is_error)
    return replace(plan, complaints=(*plan.stops, *warnings), left_out=plan.faulty_lines)


def guide_with_point(rubric: Rubric, part: str, title: str) -> tuple[Rubric, CriterionKey]:
    """Add a judged criterion on the whole answer, in a stratum of its own; numbers are its only grades."""
    with_part, stratum = with_new_stratum(rubric, part)
    with_point, key = with_new_criterion(with_part, title, stratum)
    return with_criterion(with_point, key, levels=()), key


@dataclass(frozen=True)
class _Good:
    rows: tuple[Row, ...]
    samples: tuple[Sample, ...]
    marks: tuple[ResolvedMark, ...]


def _without_faulty_lines(
    understood: Understood,
    rows: Sequence[tuple[int, Row]],
    refused: frozenset[tuple[str, str, int]],
    marks: Iterable[ResolvedMark],
    complaints: Iterable[Complaint],
) -> _Good:
    """What stands on lines without an error, and what that speaks of, wherever it stood first."""
    faulty = {complaint.line for complaint in complaints if complaint.is_error}
    kept_marks = tuple(mark for mark in marks if mark.line not in faulty)
    marked = {mark.verdict.sample for mark in kept_marks}
    lines = zip(understood.sample_lines, understood.samples, strict=True)
    kept_samples = tuple(
        sample
        for line, sample in lines
        if sample.place not in refused and (line not in faulty or sample.key in marked)
    )
    answered = {sample.row for sample in kept_samples}
    kept_rows = tuple(row for line, row in rows if line not in faulty or row.id in answered)
    return _Good(kept_rows, kept_samples, kept_marks)


def _among(samples: Sequence[Sample], whole: Difference) -> Difference:
    """The difference of those samples only."""
    keys = {sample.key for sample in samples}
    new = tuple(key for key in whole.new if key in keys)
    return Difference(new=new, same=len(samples) - len(new), missing=whole.missing)


def _rows_that_count(
    store: Store, understood: Understood, beside: bool
) -> tuple[list[tuple[int, Row]], list[Complaint]]:
    """The rows with their lines; those beside answers only where the project has not got them."""
    asked = [row.id for row in understood.rows] if beside else []
    known = {row.id: row for row in store.rows(asked)}
    placed = zip(understood.row_lines, understood.rows, strict=True)
    new = [(line, row) for line, row in placed if row.id not in known]
    other = [
        _other_question(line, row.id)
        for line, row in (zip(understood.row_lines, understood.rows, strict=True) if known else ())
        if row.id in known and row.prompt not in (known[row.id].prompt, _imported_prompt(store, row.id))
    ]
    return new, other


def _imported_prompt(store: Store, id: RowId) -> object:
    row = store.imported_row(id)
    return row and row.prompt


def _other_question(line: int, id: str) -> Complaint:
    return Complaint(
        line=line,
        column="prompt",
        message=f'"{id}" is another question in this project.',
        hint="Correct its id, or bring the changed questions in from a file of their own.",
    )


def _refused(understood: Understood, complaints: Iterable[Complaint]) -> frozenset[tuple[str, str, int]]:
    lines = {complaint.line for complaint in complaints}
    places = zip(understood.sample_lines, understood.samples, strict=True)
    return frozenset(sample.place for line, sample in places if line in lines)


def _answers_without_questions(store: Store, good: _Good) -> list[Complaint]:
    """Answers may come before their questions; but a mistyped id shall not go unseen."""
    here = {row.id for row in good.rows}
    asked = list(dict.fromkeys(sample.row for sample in good.samples if sample.row not in here))
    known = {row.id for row in store.rows(asked)} if asked else set[RowId]()
    unknown = [id for id in asked if id not in known]
    if not unknown:
        return []
    examples = ", ".join(unknown[:EXAMPLES]) + (" ..." if len(unknown) > EXAMPLES else "")
    message = f"There are answers to {len(unknown)} questions that are not in this project yet: {examples}."
    return [Complaint(None, None, message, "Bring the questions in too.", "warning")]


def _in_order(file: str, complaints: Iterable[Complaint]) -> tuple[Complaint, ...]:
    named = [each if each.file else replace(each, file=file) for each in complaints]
    return tuple(sorted(named, key=lambda complaint: complaint.line or 0))
