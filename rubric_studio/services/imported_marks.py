"""Find out what imported marks speak of: which answer, which criterion, which grade. Writes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from rubric_studio.domain.ids import QuestionHash, RowId, SampleKey, own_key
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.table import Complaint
from rubric_studio.domain.verdict import Rater, State, Verdict
from rubric_studio.grader.plan import value_range
from rubric_studio.services.asked import Asked, Questionnaire, questionnaire
from rubric_studio.services.mapping import Mapping
from rubric_studio.services.ports import Progress, Store, no_progress
from rubric_studio.services.understanding import ImportedMark
from rubric_studio.services.versions import newest_version

VALUE_TOLERANCE = 1e-9
LOOK_UP = 2000
NOT_APPLICABLE_WORDS = frozenset({"not_applicable", "not applicable", "n/a", "na"})


class ResolvedMark(NamedTuple):
    """One verdict, the line it stands on and the name of who gave it."""

    line: int
    rater: str
    verdict: Verdict


@dataclass(frozen=True)
class ResolvedMarks:
    """Verdicts in the order of the file, and what could not be found out."""

    marks: tuple[ResolvedMark, ...] = ()
    complaints: tuple[Complaint, ...] = ()


@dataclass(frozen=True)
class SameFile:
    """What comes in together with the marks and counts as known: one import is whole or not at all.

    `refused` are the answers of the file that cannot come in: their marks must not fall on other answers.
    """

    rows: Sequence[Row] = ()
    samples: Sequence[Sample] = ()
    refused: frozenset[tuple[str, str, int]] = frozenset()


NO_OTHER_THINGS = SameFile()


def resolve_marks(
    store: Store,
    marks: Sequence[ImportedMark],
    kind: Literal["judge", "expert"],
    rater: str | None,
    *,
    guide: Rubric | None = None,
    beside: SameFile = NO_OTHER_THINGS,
    mapping: Mapping | None = None,
    progress: Progress = no_progress,
) -> ResolvedMarks:
    """Make verdicts of imported marks; those under the newest saved rubric or the rows' own criteria.

    Args:
        rater: who gave the marks, for lines that do not say.
        guide: the rubric whose criteria are meant, where it is another than the newest saved one.
        mapping: tells the file's column of a field, so that complaints can name it.
    """
    if not marks:
        return ResolvedMarks()
    version = newest_version(store) if guide is None else None
    resolver = _Resolver(store, guide or (version.rubric if version else Rubric()), marks, beside)
    found: list[ResolvedMark] = []
    complaints: list[Complaint] = []
    for at, mark in enumerate(marks):
        if at % LOOK_UP == 0:
            progress(at, len(marks), "finding out what the marks speak of")
        name = mark.rater or rater or ""
        verdict = resolver.verdict(mark, kind, name)
        if isinstance(verdict, Complaint):
            complaints.append(_with_column(verdict, mark, mapping))
        else:
            found.append(ResolvedMark(mark.line, name, verdict))
    resolver.let_go()
    return ResolvedMarks(tuple(found), tuple(complaints))


class _Resolver:
    def __init__(self, store: Store, rubric: Rubric, marks: Iterable[ImportedMark], beside: SameFile) -> None:
        self._asking: Questionnaire = questionnaire(store, rubric)
        wanted = dict.fromkeys(mark.row for mark in marks)
        self._rows = _rows_after(store, wanted, beside.rows)
        self._refused = beside.refused
        self._samples: dict[str, dict[tuple[str, int], SampleKey]] = defaultdict(dict)
        for info in store.sample_infos():
            if info.row in wanted:
                self._samples[info.row][(info.model, info.run)] = info.key
        for sample in beside.samples:
            self._samples[sample.row][(sample.model, sample.run)] = sample.key
        self._asked: dict[str, dict[str, tuple[Asked, QuestionHash]]] = {}

    def verdict(
        self, mark: ImportedMark, kind: Literal["judge", "expert"], rater: str
    ) -> Verdict | Complaint:
        row = self._rows.get(mark.row)
        if row is None:
            return _complaint(mark, "row", f'There is no question "{mark.row}" in this project.')
        sample = self._sample(mark)
        if isinstance(sample, Complaint):
            return sample
        asked = self._criteria(row).get(mark.criterion)
        if asked is None:
            return _complaint(
                mark,
                "criterion",
                f'"{mark.criterion}" is no point of question "{mark.row}" or of the scoring guide.',
            )
        if not asked[0].is_judged:
            return _complaint(mark, "criterion", f'"{mark.criterion}" is marked by the program.')
        if not rater:
            return _complaint(
                mark,
                "rater",
                "Nobody is named who gave this mark.",
                "Name a column for it, or the person or model.",
            )
        grade = graded(asked[0], mark.value)
        if grade is None:
            return _complaint(
                mark,
                "value",
                f'"{mark.value}" is no grade of "{_point_name(asked[0])}".',
                _grades_hint(asked[0]),
            )
        state, value, level = grade
        return Verdict(
            sample=sample,
            criterion=asked[0].key,  # pyright: ignore[reportArgumentType]
            question=asked[1],
            rater=Rater(kind=kind, name=rater),
            state=state,
            value=value,
            level=level,
            reason=mark.reason or ("" if state is not State.UNSCORED else "no mark was given"),
        )

    def let_go(self) -> None:
        """Forget what was looked up, one by one: in one step it would keep the window waiting."""
        while self._asked:
            self._asked.popitem()
        while self._samples:
            self._samples.popitem()

    def _sample(self, mark: ImportedMark) -> SampleKey | Complaint:
        samples = self._samples.get(mark.row, {})
        if mark.model is None:
            if len(samples) == 1:
                return next(iter(samples.values()))
            return _complaint(
                mark, "model", f'"{mark.row}" has {len(samples)} answers, and no model is named.'
            )
        refused = (mark.row, mark.model, mark.run) in self._refused
        found = None if refused else samples.get((mark.model, mark.run))
        if found is None:
            return _complaint(mark, "model", f'"{mark.row}" has no answer of {mark.model}, run {mark.run}.')
        return found

    def _criteria(self, row: Row) -> dict[str, tuple[Asked, QuestionHash]]:
        """The criteria by the key that a file may use; a row's own comes before the rubric's."""
        if row.id not in self._asked:
            everywhere = {asked.key: asked for asked in self._asking.criteria()}
            own = {own_key(asked.key): asked for asked in self._asking.own(row)}
            self._asked[row.id] = {
                key: (asked, asked.question.on_row(row)) for key, asked in (everywhere | own).items()
            }
        return self._asked[row.id]


def graded(asked: Asked, value: float | str | None) -> tuple[State, float | None, str | None] | None:
    """The grade that a file's value means: a level where it names or equals one; None if it means nothing."""
    if value is None:
        return State.UNSCORED, None, None
    levels = asked.criterion.levels if asked.criterion else ()
    if isinstance(value, str):
        if asked.allow_na and value.casefold() in NOT_APPLICABLE_WORDS:
            return State.NOT_APPLICABLE, None, None
        named = [
            level for level in levels if value.casefold() in (level.key.casefold(), level.text.casefold())
        ]
        return (State.SCORED, named[0].value, named[0].key) if named else None
    least, most = (value_range(asked.criterion) if asked.criterion else None) or (0.0, 1.0)
    if not least <= value <= most:
        return None
    equal = [level for level in levels if abs(level.value - value) <= VALUE_TOLERANCE]
    return State.SCORED, value, equal[0].key if len(equal) == 1 else None


def _rows_after(store: Store, wanted: Iterable[str], rows: Iterable[Row]) -> dict[str, Row]:
    """The rows as they will be once the file is in: it changes all but those that people edited."""
    known: dict[str, Row] = {row.id: row for row in store.rows([RowId(row) for row in wanted])}
    heads = store.heads(RecordKind.ROW_EDIT, subjects=list(known)) if known else []
    edited = {head.subject for head in heads if head.body is not None}
    return known | {row.id: row for row in rows if row.id not in edited}


def _point_name(asked: Asked) -> str:
    return asked.title if asked.criterion else own_key(asked.key)


def _grades_hint(asked: Asked) -> str:
    names = [level.text or level.key for level in asked.criterion.levels] if asked.criterion else []
    if not names:
        return "It takes numbers. Give it grades of those names in the scoring guide first."
    ends = value_range(asked.criterion) if asked.criterion else None
    if ends is not None and ends != (0.0, 1.0):
        return f"It takes numbers from {ends[0]:g} to {ends[1]:g}."
    return f"Its grades are {', '.join(names)}."


def _with_column(complaint: Complaint, mark: ImportedMark, mapping: Mapping | None) -> Complaint:
    """Name the file's column instead of the field; in an office sheet it depends on the model."""
    field = complaint.column or ""
    if mapping is None:
        return complaint
    beside = [columns for columns in mapping.answers if columns.model == mark.model]
    if beside:
        column = {"value": beside[0].value, "model": beside[0].text}.get(field)
    else:
        column = mapping.column(field)
    return replace(complaint, column=column or None)


def _complaint(mark: ImportedMark, column: str, message: str, hint: str = "") -> Complaint:
    return Complaint(line=mark.line, column=column, message=message, hint=hint)
