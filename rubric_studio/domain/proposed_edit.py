"""A change that somebody proposes in Word or Excel, and how it stands to the rubric of today. It saves nothing."""

from enum import StrEnum

from rubric_studio.domain.returned_guide import ReturnedComment
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.rubric_field import FieldPlace, field_text, same_text, with_field
from rubric_studio.domain.values import Value

UNKNOWN = ""
"""The author of a change that the file does not say anything about."""


class Standing(StrEnum):
    """How a proposed edit stands to the rubric of today."""

    OPEN = "open"  # the rubric says what the file began with
    CONFLICT = "conflict"  # it says something else by now, or nobody knows what the file began with
    ACCEPTED = "accepted"  # it says what was proposed
    GONE = "gone"  # it has no such field any more


class ProposedEdit(Value):
    """One field, what it said and what it shall say.

    Attributes:
        old: what it said in the version given out; None where that version is not known.
        authors: who changed it, `UNKNOWN` where the change was not tracked.
        comments: what was said beside it.
    """

    place: FieldPlace
    old: str | None
    new: str
    authors: tuple[str, ...] = (UNKNOWN,)
    at: str = ""
    comments: tuple[ReturnedComment, ...] = ()

    def is_by(self, author: str) -> bool:
        """Whether it is this author's alone."""
        return self.authors == (author,)


class FieldComments(Value):
    """What was said beside one field, whether or not it was changed. `place` None: beside none."""

    place: FieldPlace | None
    comments: tuple[ReturnedComment, ...]


def standing(edit: ProposedEdit, rubric: Rubric) -> Standing:
    """Say how the edit stands to a rubric."""
    present = field_text(rubric, edit.place)
    if present is None:
        return Standing.GONE
    if same_text(edit.place, present, edit.new):
        return Standing.ACCEPTED
    if edit.old is not None and same_text(edit.place, present, edit.old):
        return Standing.OPEN
    return Standing.CONFLICT


def with_edit(rubric: Rubric, edit: ProposedEdit) -> Rubric:
    """Let the rubric say what the edit proposes.

    Raises:
        ValueError: the field is gone, or cannot say that.
    """
    return with_field(rubric, edit.place, edit.new)
