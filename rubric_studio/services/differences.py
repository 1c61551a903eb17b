"""Compare what a file holds with what the project holds: new, changed, the same, missing. Writes nothing."""

from collections.abc import Iterable, Sequence

from rubric_studio.domain.ids import PersonId, RowId, SampleKey
from rubric_studio.domain.listing import RowQuery, SampleInfo
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.table import Complaint
from rubric_studio.domain.values import Value
from rubric_studio.domain.verdict import Verdict
from rubric_studio.services.edits import MARK_FIELDS, Proposal
from rubric_studio.services.ports import Progress, Store, no_progress

SLICE = 2000

MACHINE_SAYS = {"state", "value", "level", "reason", "evidence"}


class Difference(Value):
    """How a file's things stand to what the project already holds."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: int = 0
    missing: tuple[str, ...] = ()

    @property
    def adds_something(self) -> bool:
        """Whether bringing it in would change the project."""
        return bool(self.new or self.changed)

    @property
    def overlaps(self) -> bool:
        """Whether the project already holds some of it: only then does what is missing mean anything."""
        return bool(self.changed or self.same)


NO_DIFFERENCE = Difference()


def compare_rows(store: Store, rows: Sequence[Row], progress: Progress = no_progress) -> Difference:
    """Which rows are new, which changed since they were imported, which the file no longer has."""
    known = set(store.row_ids(RowQuery()))
    new = [row.id for row in rows if row.id not in known]
    changed: list[RowId] = []
    for start in range(0, len(rows), SLICE):
        progress(start, len(rows), "comparing questions")
        part = [row for row in rows[start : start + SLICE] if row.id in known]
        before = {row.id: row for row in store.imported_rows([row.id for row in part])}
        changed += [row.id for row in part if before.get(row.id) != row]
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


def compare_marks(
    store: Store, judged: Sequence[Verdict], expert: Sequence[tuple[str, Verdict]]
) -> Difference:
    """Which marks are new, and which say otherwise than before; named as "answer/question/rater"."""
    known = known_people(store)
    subjects: dict[str, Verdict] = {}
    for name, verdict in expert:
        subjects[mark_subject(verdict, known.get(name) or PersonId(f"new: {name}"))] = verdict
    bodies = _bodies(store, list(subjects))
    new = [subject for subject in subjects if subject not in bodies]
    changed = [
        subject
        for subject, verdict in subjects.items()
        if subject in bodies and bodies[subject] != (mark_body(verdict), verdict.reason)
    ]
    machine_new, machine_changed = _compare_judged(store, judged)
    new, changed = new + machine_new, changed + machine_changed
    same = len(subjects) + len(judged) - len(new) - len(changed)
    return Difference(new=tuple(new), changed=tuple(changed), same=same)


def _bodies(store: Store, subjects: Sequence[str]) -> dict[str, tuple[object, str]]:
    """What the present records about those marks say, and why; asked in slices."""
    found: dict[str, tuple[object, str]] = {}
    for start in range(0, len(subjects), SLICE):
        heads = store.heads(RecordKind.VERDICT, subjects=subjects[start : start + SLICE])
        found |= {head.subject: (head.body, head.reason) for head in heads if head.body}
    return found


def _compare_judged(store: Store, judged: Sequence[Verdict]) -> tuple[list[str], list[str]]:
    if not judged:
        return [], []
    wanted = {verdict.sample for verdict in judged}
    ids = [info.id for info in store.sample_infos() if info.key in wanted]
    known = {_judged_name(verdict): _judged_says(verdict) for _, verdict in store.judge_verdicts(ids)}
    named = {_judged_name(verdict): _judged_says(verdict) for verdict in judged}
    new = [name for name in named if name not in known]
    changed = [name for name, says in named.items() if name in known and known[name] != says]
    return new, changed


def _judged_name(verdict: Verdict) -> str:
    return f"{verdict.sample}/{verdict.question}/{verdict.rater.name}/{verdict.repeat}"


def _judged_says(verdict: Verdict) -> dict[str, object]:
    return verdict.model_dump(mode="json", include=MACHINE_SAYS)


# ---- marks that people gave


def known_people(store: Store) -> dict[str, PersonId]:
    """The people of the project by name: a name in a file is all we know of somebody."""
    return {person.name: person.id for person in reversed(store.people())}


def mark_subject(verdict: Verdict, person: PersonId) -> str:
    """What a person's record of that mark is about."""
    return f"{verdict.sample}/{verdict.question}/{person}/{verdict.repeat}"


def mark_body(verdict: Verdict) -> dict[str, object]:
    """What a person's record of that mark says."""
    return verdict.model_dump(mode="json", include=MARK_FIELDS)


def new_marks(store: Store, person: PersonId, marks: Sequence[Verdict]) -> list[Proposal]:
    """The marks that say something else than the person's present records."""
    subjects = [mark_subject(verdict, person) for verdict in marks]
    heads = {head.subject: head for head in store.heads(RecordKind.VERDICT, subjects=subjects)}
    found: list[Proposal] = []
    for subject, verdict in zip(subjects, marks, strict=True):
        body, head = mark_body(verdict), heads.get(subject)
        if head is None or (head.body, head.reason) != (body, verdict.reason):
            found.append(Proposal(RecordKind.VERDICT, subject, body, verdict.sample, verdict.reason))
    return found


def _other_text(sample: Sample, line: int | None) -> Complaint:
    place = f"{sample.row}, {sample.model}, run {sample.run}"
    return Complaint(
        line=line,
        column="text",
        message=f"There is already another answer at {place}.",
        hint="Give it another run number, or take the earlier import away first.",
    )
