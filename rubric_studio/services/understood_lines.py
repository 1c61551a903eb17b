"""Make rows, samples and marks of single lines, as the mapping says. Compares no line with another."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.row import Message, Row
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.table import Complaint, TableLine
from rubric_studio.domain.values import Json
from rubric_studio.services.imported_values import (
    NotUnderstood,
    as_criteria,
    as_id,
    as_mark,
    as_prompt,
    as_reason,
    as_run,
    as_text,
    made_id,
)
from rubric_studio.services.line_values import LineValues
from rubric_studio.services.mapping import AnswerColumns, Mapping

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class ImportedMark:
    """One mark as a file gives it: a number in [0, 1], the text of a grade, or None (unscored)."""

    line: int
    row: str
    model: str | None
    run: int
    criterion: str
    value: float | str | None
    reason: str
    rater: str | None


Thing = Row | Sample | ImportedMark


class LineReader:
    """Turns lines into things and complaints; counts what is worth a note."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self.values = LineValues(mapping)
        self.made_ids = 0
        self.last_made_id = ""
        self.without_prompt = 0
        self.empty_answers: Counter[str] = Counter()
        self.unnamed_model = 0

    def things(self, line: TableLine) -> Iterator[Thing | Complaint]:
        """Yield what is on one line, the row first. A complaint takes the place of what could not be made."""
        try:
            yield from self._things(line)
        except _Refused as refusal:
            yield line.complaint(refusal.column, refusal.message, refusal.hint)
        except ValidationError as error:  # half a character in an id
            first = error.errors()[0]
            field = self._column(str(first["loc"][0]))
            yield line.complaint(field, "What stands here cannot be taken.", "Repair it where it comes from.")

    def _things(self, line: TableLine) -> Iterator[Thing]:
        match self._mapping.shape:
            case "question":
                yield self._row(line)
            case "question_with_answers":
                yield from self._row_with_answers(line)
            case "answer":
                yield from self._answer(line)
            case "mark":
                yield self._mark(line, self._row_of(line), self._text(line, "model") or None)

    def _row_with_answers(self, line: TableLine) -> Iterator[Thing]:
        row = self._row(line)
        yield row
        for columns in self._mapping.answers:
            text = self.values.at(line, columns.text)
            if text is None:
                self.empty_answers[columns.model] += 1
                continue
            yield Sample(row=row.id, model=columns.model, text=as_text(text))
            if columns.value:
                yield self._mark_beside(line, row.id, columns)

    def _answer(self, line: TableLine) -> Iterator[Thing]:
        row_id = self._row_of(line)
        if self._mapping.is_given("prompt"):
            yield self._row_beside(line, row_id)
        text = self.values.value(line, "text")
        if text is None:
            raise _Refused(
                self._column("text"), "There is no answer on this line.", "Name the answer's column."
            )
        sample = Sample(
            row=row_id,
            model=self._model(line),
            run=self._made(line, "run", as_run),
            text=as_text(text),
            facts=self._left_over(line, ("row", "model", "run", "text", "prompt", "reference")),
        )
        yield sample
        if self._mapping.is_given("value"):
            yield self._mark(line, row_id, sample.model)

    def _row(self, line: TableLine) -> Row:
        prompt = self._prompt(line)
        row_id = self._id(line, "id", prompt)
        if not prompt:
            self.without_prompt += 1
        return Row(
            id=row_id,
            prompt=prompt,
            reference=self._reference(line),
            criteria=self._made(line, "criteria", as_criteria),
        )

    def _row_beside(self, line: TableLine, row_id: RowId) -> Row:
        """The question on a line that is about an answer."""
        given = self._mapping.is_given("reference")
        reference = {"reference": self.values.value(line, "reference")} if given else {}
        return Row(id=row_id, prompt=self._prompt(line), reference=reference)

    def _prompt(self, line: TableLine) -> tuple[Message, ...]:
        field = self._prompt_field(line)
        prompt = self._made(line, field, as_prompt)
        if not prompt and (self._mapping.is_given("prompt") or self.values.has(line, field)):
            raise _Refused(
                self._column(field), "There is no question on this line.", "Fill it in, or leave it out."
            )
        return prompt

    def _prompt_field(self, line: TableLine) -> str:
        """Rows of other programs hold the prompt as `messages`."""
        if self._mapping.is_given("prompt") or self.values.has(line, "prompt"):
            return "prompt"
        return "messages" if isinstance(line.values.get("messages"), list | str) else "prompt"

    def _row_of(self, line: TableLine) -> RowId:
        """The id of the row that a line speaks of; made of the question where only that stands there."""
        prompt = self._prompt(line) if self._mapping.is_given("prompt") else ()
        return self._id(line, "row", prompt)

    def _id(self, line: TableLine, name: str, prompt: tuple[Message, ...]) -> RowId:
        given = self._made(line, name, as_id)
        if given:
            return RowId(given)
        if not prompt:
            raise _Refused(self._column(name), "There is neither an id nor a question on this line.")
        self.made_ids += 1
        self.last_made_id = made_id(prompt)
        return RowId(self.last_made_id)

    def _reference(self, line: TableLine) -> dict[str, Json]:
        taken = ("id", "prompt", "criteria", self._prompt_field(line))
        others = [name for name in self._mapping.fields if name not in taken and self._mapping.column(name)]
        found = {name: self.values.value(line, name) for name in others}
        return self._left_over(line, (*taken, *others)) | found

    def _left_over(self, line: TableLine, fields: tuple[str, ...]) -> dict[str, Json]:
        """The columns that no field takes, under their own names."""
        used = {self._mapping.column(name) for name in fields} | self._mapping.answer_columns()
        return {column: value for column, value in line.values.items() if column not in used}

    def _model(self, line: TableLine) -> str:
        model = self._text(line, "model")
        if not model and self.values.has(line, "model"):
            raise _Refused(self._column("model"), "No model is named on this line.")
        if not model:
            self.unnamed_model += 1
        return model or "unnamed"

    @property
    def _scale(self) -> tuple[float, float] | None:
        return None if self._mapping.raw else self._mapping.scale

    def _mark(self, line: TableLine, row_id: RowId, model: str | None) -> ImportedMark:
        criterion = self._made(line, "criterion", as_id)
        if not criterion:
            raise _Refused(self._column("criterion"), "It is not said which point was marked on this line.")
        return ImportedMark(
            line=line.number,
            row=row_id,
            model=model,
            run=self._made(line, "run", as_run),
            criterion=criterion,
            value=self._made(line, "value", lambda value: as_mark(value, self._scale)),
            reason=as_reason(self.values.value(line, "reason")),
            rater=self._text(line, "rater") or None,
        )

    def _mark_beside(self, line: TableLine, row_id: RowId, columns: AnswerColumns) -> ImportedMark:
        """The mark that stands beside an answer; the criterion holds for the whole sheet."""
        column = columns.value or ""
        try:
            value = as_mark(self.values.at(line, column), self._scale)
        except NotUnderstood as error:
            raise _Refused(column, error.message, error.hint) from error
        return ImportedMark(
            line=line.number,
            row=row_id,
            model=columns.model,
            run=0,
            criterion=self._mapping.fixed.get("criterion", "overall"),
            value=value,
            reason=as_reason(self.values.at(line, columns.reason)) if columns.reason else "",
            rater=self._text(line, "rater") or None,
        )

    def _text(self, line: TableLine, name: str) -> str:
        return self._made(line, name, as_id)

    def _made(self, line: TableLine, name: str, make: Callable[[Json], _Made]) -> _Made:
        try:
            return make(self.values.value(line, name))
        except NotUnderstood as error:
            raise _Refused(self._column(name), error.message, error.hint) from error

    def _column(self, name: str) -> str:
        return self._mapping.column(name) or name


class _Refused(Exception):
    """What a line holds cannot be taken; caught where the line is complained about."""

    def __init__(self, column: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.column = column
        self.message = message
        self.hint = hint
