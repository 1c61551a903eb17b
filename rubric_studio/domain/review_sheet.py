"""A round as a sheet for those who cannot install anything: what stands on it, and what comes back filled in."""

from typing import NamedTuple

from pydantic import Field

from rubric_studio.domain.ids import PersonId, RecordId
from rubric_studio.domain.table import Complaint
from rubric_studio.domain.values import Value

NOT_APPLICABLE = "N does not apply"
NOT_APPLICABLE_KEY = "n"
"""What stands for "does not apply" where a criterion allows it; no level's key, as those are looked at first."""


class SheetGrade(Value):
    """One choice: its key in the program, and the words that say when it applies."""

    key: str
    text: str = ""


class SheetPoint(Value):
    """One line to be filled in. `id` is what it is known by when it comes back."""

    id: str
    title: str
    wording: str = ""
    grades: tuple[SheetGrade, ...] = Field(min_length=1)
    allow_na: bool = False
    given: str = ""
    """The grade's key that was given already, NOT_APPLICABLE_KEY, or nothing."""
    reason: str = ""


class SheetAnswer(Value):
    """One answer to read, with its question, and its points. A question stands where its first answer does."""

    number: int = Field(ge=1)
    question: str = ""
    reference: str = ""
    answer: str
    points: tuple[SheetPoint, ...]


class ReviewSheet(Value):
    """Everything on one expert's sheet."""

    title: str
    round: RecordId
    person: PersonId
    name: str
    answers: tuple[SheetAnswer, ...]


class FilledLine(NamedTuple):
    """What was written beside one point, as text; `cell` is the grade's address."""

    id: str
    grade: str
    reason: str
    cell: str


class FilledSheet(NamedTuple):
    """A sheet that came back. Complaints are about lines that could not even be read."""

    file: str
    round: str
    person: str
    lines: tuple[FilledLine, ...]
    complaints: tuple[Complaint, ...] = ()


def choices(point: SheetPoint) -> tuple[str, ...]:
    """What can be chosen for a point, best first: "1 fully", "2 partly", "3 no", "N does not apply"."""
    grades = tuple(f"{number} {grade.key}" for number, grade in enumerate(point.grades, start=1))
    return (*grades, NOT_APPLICABLE) if point.allow_na else grades


def chosen(point: SheetPoint, written: str) -> str | None:
    """The key that is meant by what was written: a choice, its number, or its key.

    None where it is none of these, or where it is the number of one grade and the key of another.
    """
    said = _plain(written)
    if point.allow_na and said in ("n", _plain(NOT_APPLICABLE), _plain(NOT_APPLICABLE[2:])):
        named = {grade.key for grade in point.grades if said == _plain(grade.key)}
        return named.pop() if named else NOT_APPLICABLE_KEY
    numbered = list(enumerate(point.grades, start=1))
    whole = [grade.key for number, grade in numbered if said == _plain(f"{number} {grade.key}")]
    meant = whole or [
        grade.key for number, grade in numbered if said in (str(number), f"{number}.0", _plain(grade.key))
    ]
    return meant[0] if len(meant) == 1 else None


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def given_choice(point: SheetPoint) -> str:
    """The choice that says what was given already, "" where nothing was."""
    if point.given == NOT_APPLICABLE_KEY and point.allow_na:
        return NOT_APPLICABLE
    named = zip(choices(point), point.grades, strict=False)
    return next((name for name, grade in named if grade.key == point.given), "")
