"""Find out what imported marks speak of: which answer, which criterion, which grade. Writes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rubric_studio.domain.ids import QuestionHash, RowId, SampleKey, own_key
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.table import Complaint
from rubric_studio.domain.verdict import Rater, State, Verdict
from rubric_studio.services.asked import Asked, Questionnaire, questionnaire
from rubric_studio.services.ports import Store
from rubric_studio.services.understanding import ImportedMark
from rubric_studio.services.versions import newest_version

VALUE_TOLERANCE = 1e-9
NOT_APPLICABLE_WORDS = frozenset({"not_applicable", "not applicable", "n/a", "na"})


@dataclass(frozen=True)
class ResolvedMarks:
    """Verdicts by rater name, in the order of the file, and what could not be found out."""

    verdicts: tuple[tuple[str, Verdict], ...]
    complaints: tuple[Complaint, ...]


def resolve_marks(
    store: Store, marks: Sequence[ImportedMark], kind: Literal["judge", "expert"], rater: str | None
) -> ResolvedMarks:
    """Make verdicts of imported marks; those under the newest saved rubric or the rows' own criteria.

    Args:
        rater: who gave the marks, for lines that do not say.
    """
    version = newest_version(store)
    resolver = _Resolver(store, version.rubric if version else Rubric(), marks)
    verdicts: list[tuple[str, Verdict]] = []
    complaints: list[Complaint] = []
    for mark in marks:
        found = resolver.verdict(mark, kind, mark.rater or rater or "")
        if isinstance(found, Complaint):
            complaints.append(found)
        else:
            verdicts.append((found.rater.name, found))
    return ResolvedMarks(tuple(verdicts), tuple(complaints))


class _Resolver:
    def __init__(self, store: Store, rubric: Rubric, marks: Iterable[ImportedMark]) -> None:
        self._asking: Questionnaire = questionnaire(store, rubric)
        wanted = dict.fromkeys(mark.row for mark in marks)
        self._rows: dict[str, Row] = {row.id: row for row in store.rows([RowId(row) for row in wanted])}
        self._samples: dict[str, dict[tuple[str, int], SampleKey]] = defaultdict(dict)
        for info in store.sample_infos():
            if info.row in wanted:
                self._samples[info.row][(info.model, info.run)] = info.key
        self._asked: dict[str, dict[str, tuple[Asked, QuestionHash]]] = {}

    def verdict(
        self, mark: ImportedMark, kind: Literal["judge", "expert"], rater: str
    ) -> Verdict | Complaint:
        row = self._rows.get(mark.row)
        if row is None:
            return _complaint(mark, "row", f'there is no question "{mark.row}" in this project')
        sample = self._sample(mark)
        if isinstance(sample, Complaint):
            return sample
        asked = self._criteria(row).get(mark.criterion)
        if asked is None:
            return _complaint(
                mark, "criterion", f'"{mark.criterion}" is no point of "{mark.row}" or of the guide'
            )
        if not asked[0].is_judged:
            return _complaint(mark, "criterion", f'"{mark.criterion}" is marked by the program')
        if not rater:
            return _complaint(
                mark, "rater", "nobody is named who gave this mark", "Map a column, or use --rater."
            )
        grade = graded(asked[0], mark.value)
        if grade is None:
            return _complaint(mark, "value", f'"{mark.value}" is no grade of "{mark.criterion}"')
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

    def _sample(self, mark: ImportedMark) -> SampleKey | Complaint:
        samples = self._samples.get(mark.row, {})
        if mark.model is None:
            if len(samples) == 1:
                return next(iter(samples.values()))
            return _complaint(
                mark, "model", f'"{mark.row}" has {len(samples)} answers, and no model is named'
            )
        found = samples.get((mark.model, mark.run))
        if found is None:
            return _complaint(mark, "model", f'"{mark.row}" has no answer of {mark.model}, run {mark.run}')
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
    equal = [level for level in levels if abs(level.value - value) <= VALUE_TOLERANCE]
    return State.SCORED, value, equal[0].key if len(equal) == 1 else None


def _complaint(mark: ImportedMark, column: str, message: str, hint: str = "") -> Complaint:
    return Complaint(line=mark.line, column=column, message=message, hint=hint)
