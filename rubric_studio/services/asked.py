"""Which criteria are asked of which row, and by what question each is known. Not what was answered."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rubric_studio.domain.ids import QuestionHash, row_criterion_key
from rubric_studio.domain.kinds import GraderKind, PythonKind
from rubric_studio.domain.question import Question, question_of, question_of_row_criterion, read_fields
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.row import Row, RowCriterion
from rubric_studio.domain.rubric import ANSWER_LEVELS, Criterion, Level, Rubric, Stratum
from rubric_studio.domain.values import JsonObject
from rubric_studio.grader.measures import MEASURES_VERSION
from rubric_studio.grader.openai_graders import GRADERS_VERSION
from rubric_studio.grader.scoring import applies
from rubric_studio.services.ports import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """A criterion with its question, and the older questions that mean the same ("only a typo")."""

    key: str
    title: str
    wording: str
    weight: float
    stratum: str
    criterion: Criterion | None
    question: Question
    older: tuple[Question, ...] = ()
    raw: bool = False
    """Whether any number is a value: the rubric is an imported formula."""

    @property
    def is_judged(self) -> bool:
        """Whether a judge or an expert decides, not a program."""
        return self.criterion is None or self.criterion.is_judged

    @property
    def is_check(self) -> bool:
        """Whether one of our measures decides; own code is neither judged nor a check."""
        return not self.is_judged and not self.is_own_code

    @property
    def is_own_code(self) -> bool:
        """Whether somebody's Python decides."""
        return self.criterion is not None and isinstance(self.criterion.kind, PythonKind)

    @property
    def kind_json(self) -> JsonObject:
        """The kind and its parameters as `grader/measures.py` takes them."""
        return {} if self.criterion is None else self.criterion.kind.model_dump(mode="json")

    @property
    def levels(self) -> tuple[Level, ...]:
        """The grades a person can give: its own, or yes and no."""
        return (self.criterion.levels if self.criterion else ()) or ANSWER_LEVELS

    @property
    def best_first(self) -> tuple[Level, ...]:
        """The grades in the order of their keys on the keyboard: 1 is always the best, a fault's least."""
        return tuple(sorted(self.levels, key=lambda level: level.value, reverse=self.weight >= 0))

    @property
    def allow_na(self) -> bool:
        """Whether a rater may say that it does not apply."""
        return self.criterion is not None and self.criterion.allow_na

    def accepted_on(self, row: Row) -> tuple[QuestionHash, ...]:
        """The questions whose verdicts count on that row, the present one first."""
        return (self.question.on_row(row), *(older.on_row(row) for older in self.older))

    def level_value(self, level: str) -> float | None:
        """What a level is worth now, or None where the criterion has no such level."""
        return next((each.value for each in self.levels if each.key == level), None)


class Questionnaire:
    """A rubric ready to be asked: its criteria with their questions, made once for all rows."""

    def __init__(self, rubric: Rubric, same_meaning: Iterable[Record] = ()) -> None:
        self.rubric = rubric
        self._same = _meanings(same_meaning)
        self._by_stratum = {
            stratum.key: [self._asked(stratum.key, criterion) for criterion in stratum.criteria]
            for stratum in rubric.strata
        }

        conditions = [s.when for s in rubric.strata] + [c.when for c in rubric.criteria()]
        self._unconditional = None if any(conditions) else self.criteria()

    def criteria(self) -> list[Asked]:
        """The rubric's own criteria, whatever row they apply to."""
        return [asked for group in self._by_stratum.values() for asked in group]

    def on(self, row: Row) -> list[Asked]:
        """The criteria that apply to that row, its own last within their stratum."""
        if self._unconditional is not None and not row.criteria:
            return self._unconditional
        found: list[Asked] = []
        for stratum in self.rubric.strata:
            if _applies(stratum, row.reference):
                found += self._of_stratum(stratum, row.reference)
                if stratum.key == self.rubric.row_criteria:
                    found += self.own(row)
        if self.rubric.row_criteria not in {stratum.key for stratum in self.rubric.strata}:
            found += self.own(row)
        return found

    def on_reference(self, reference: JsonObject) -> list[Asked]:
        """The rubric's own criteria that apply to a row with that reference."""
        if self._unconditional is not None:
            return self._unconditional
        strata = [stratum for stratum in self.rubric.strata if _applies(stratum, reference)]
        return [asked for stratum in strata for asked in self._of_stratum(stratum, reference)]

    def _of_stratum(self, stratum: Stratum, reference: JsonObject) -> list[Asked]:
        return [asked for asked in self._by_stratum[stratum.key] if _applies(asked.criterion, reference)]

    def own(self, row: Row) -> list[Asked]:
        """The row's own criteria, where the rubric scores them."""
        if self.rubric.row_criteria is None:
            return []
        return [_asked_of_row(criterion, self.rubric.row_criteria) for criterion in row.criteria]

    def _asked(self, stratum: str, criterion: Criterion) -> Asked:
        question = question_of(criterion, measures_version(criterion))
        older = self._same.get((criterion.key, question.definition), ())
        return Asked(
            key=criterion.key,
            title=criterion.title or criterion.key,
            wording=criterion.wording,
            weight=criterion.weight,
            stratum=stratum,
            criterion=criterion,
            question=question,
            older=tuple(Question(json.loads(definition), question.reads) for definition in older),
            raw=self.rubric.aggregation == "formula",
        )


def accepted_questions(asked: Sequence[Asked], row: Row) -> dict[str, tuple[QuestionHash, ...]]:
    """The questions whose verdicts count on a row, by criterion, the present one first; fields are read once."""
    fields: dict[tuple[str, ...], str] = {}
    found: dict[str, tuple[QuestionHash, ...]] = {}
    for each in asked:
        hashes: list[QuestionHash] = []
        for question in (each.question, *each.older):
            if question.reads not in fields:
                fields[question.reads] = read_fields(row, question.reads)
            hashes.append(question.on(fields[question.reads]))
        found[each.key] = tuple(hashes)
    return found


def measures_version(criterion: Criterion) -> str:
    """The version of the program that measures a criterion: an imported grader's has one of its own."""
    is_grader = isinstance(criterion.kind, GraderKind)
    return f"{MEASURES_VERSION}, graders {GRADERS_VERSION}" if is_grader else MEASURES_VERSION


def questionnaire(store: Store, rubric: Rubric) -> Questionnaire:
    """The rubric ready to be asked in that project, with what its people said "only a typo" of."""
    return Questionnaire(rubric, store.heads(RecordKind.SAME_MEANING))


def _applies(part: Stratum | Criterion | None, reference: JsonObject) -> bool:
    if part is None or part.when is None:
        return True
    return applies(part.when.model_dump(by_alias=True), reference)


def _asked_of_row(criterion: RowCriterion, stratum: str) -> Asked:
    return Asked(
        key=row_criterion_key(criterion.key),
        title=criterion.text,
        wording=criterion.wording,
        weight=criterion.weight,
        stratum=stratum,
        criterion=None,
        question=question_of_row_criterion(criterion),
    )


def _meanings(records: Iterable[Record]) -> dict[tuple[str, str], Sequence[str]]:
    """For each (criterion, definition) the other definitions of its group: sameness goes both ways."""
    groups: dict[tuple[str, str], set[str]] = {}
    for record in records:
        if record.body is None:
            continue
        key, old, new = record.body["criterion"], record.body["old"], record.body["new"]
        joined = groups.get((key, old), {old}) | groups.get((key, new), {new})
        for definition in joined:
            groups[(key, definition)] = joined
    return {(key, own): sorted(group - {own}) for (key, own), group in groups.items()}
