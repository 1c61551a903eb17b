"""A round as a sheet for those who cannot install anything: what stands on it, and what comes back filled in."""

from typing import NamedTuple

from pydantic import Field

from rubric_studio.domain.ids import PersonId, RecordId
from rubric_studio.domain.table import Complaint
from rubric_studio.domain.values import Value

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
