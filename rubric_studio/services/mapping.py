"""What is on one line of a file, and which column holds what. Says nothing about any file's lines."""

from dataclasses import dataclass, field
from typing import Literal

Shape = Literal["question", "question_with_answers", "answer", "mark"]

FIELDS: dict[Shape, tuple[str, ...]] = {
    "question": ("id", "prompt", "reference", "criteria"),
    "question_with_answers": ("id", "prompt", "reference", "criteria"),
    "answer": ("row", "model", "run", "text"),
    "mark": ("row", "model", "run", "criterion", "value", "reason", "rater"),
}
"""The fields of each shape, in the words of the command line."""


@dataclass(frozen=True, slots=True)
class AnswerColumns:
    """In an office sheet: the column of one model's answers, and those of the marks given to them."""

    text: str
    model: str
    value: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """The shape of a file's lines and the column of each field.

    A field that is not named is looked for under its own name; the column "" says that there is none.
    A column is an exact name, or else a path such as `input.question` or `texts[0]`.

    Attributes:
        fields: field to column. For questions any other name becomes a reference field of that name.
        fixed: what holds for every line: the `model`, `criterion` or `rater` that no column tells.
        answers: the answers on one line, for `question_with_answers`.
        scale: the worst and the best mark, which become 0 and 1; (6, 1) for German school grades.
        raw: whether marks stay the numbers they are, for imported graders with a range of their own.
    """

    shape: Shape
    fields: dict[str, str] = field(default_factory=dict[str, str])
    fixed: dict[str, str] = field(default_factory=dict[str, str])
    answers: tuple[AnswerColumns, ...] = ()
    scale: tuple[float, float] = (0.0, 1.0)
    raw: bool = False

    def column(self, name: str) -> str:
        """The column of a field, "" where it has none."""
        return self.fields.get(name, name)

    def is_given(self, name: str) -> bool:
        """Whether somebody said in which column the field is."""
        return bool(self.fields.get(name))

    def named_columns(self) -> set[str]:
        """Every column that somebody named."""
        return {column for column in self.fields.values() if column} | self.answer_columns()

    def answer_columns(self) -> frozenset[str]:
        """All columns that belong to answers."""
        columns = [(one.text, one.value, one.reason) for one in self.answers]
        return frozenset(column for several in columns for column in several if column)
