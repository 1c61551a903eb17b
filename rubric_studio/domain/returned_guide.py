"""What a Word or Excel file says of a rubric when it comes back. Whether that is new is for `proposed_edits`."""

from typing import Literal

from rubric_studio.domain.table import Complaint
from rubric_studio.domain.values import Value


class ReturnedComment(Value):
    """A remark beside a text. `words` are those it is about; a reply names nobody but stands after what it answers."""

    text: str
    words: str = ""
    author: str = ""
    at: str = ""
    is_reply: bool = False
    resolved: bool = False


class ReturnedField(Value):
    """One field of the file, found by its id.

    Attributes:
        before: its text as if every tracked change were refused.
        after: its text as if every one were accepted.
        authors: who made the tracked changes, in the order met; empty where there are none.
        at: when the last of them was made (ISO 8601), "" where the file does not say.
        cell: where in a worksheet it stands.
    """

    id: str
    before: str
    after: str
    authors: tuple[str, ...] = ()
    at: str = ""
    comments: tuple[ReturnedComment, ...] = ()
    cell: str = ""

    @property
    def is_tracked(self) -> bool:
        """Whether the file itself says what was changed and by whom."""
        return bool(self.authors)


class ReturnedGuide(Value):
    """A whole file. `base` is the id of the record that was given out, "" where the file does not say.

    `author` and `at` are who saved the file last and when, where it says so; `notes` are sentences on what was
    seen and cannot be proposed; `comments` are those beside no field.
    """

    file: str
    format: Literal["docx", "xlsx"]
    base: str = ""
    author: str = ""
    at: str = ""
    fields: tuple[ReturnedField, ...] = ()
    comments: tuple[ReturnedComment, ...] = ()
    notes: tuple[str, ...] = ()
    complaints: tuple[Complaint, ...] = ()
