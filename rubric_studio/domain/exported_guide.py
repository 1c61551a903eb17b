"""A rubric on its way out to people: which version it is, whose, and when it was saved. Not how it is written."""

from pydantic import Field

from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.values import Value


class ExportedGuide(Value):
    """A saved version, or the draft where `version` is None.

    Attributes:
        record: the id of the record that holds it, by which the file finds home; "" for a rubric nobody saved.
        saved_at: when that record was made (ISO 8601), never when the file is written.
        after: the version that a draft goes on from, None where there is none.
        how: for each criterion a sentence on how it is marked.
    """

    rubric: Rubric
    project: str
    record: str = ""
    version: int | None = None
    after: int | None = None
    note: str = ""
    author: str = ""
    saved_at: str = ""
    how: dict[str, str] = Field(default_factory=dict)

    @property
    def title(self) -> str:
        """Its name, or the project's."""
        return self.rubric.name or self.project or "Scoring guide"

    @property
    def which(self) -> str:
        """Which version it is, in words: "version 3, saved 2026-11-22 by Anna"."""
        if self.version is not None:
            words, done = f"version {self.version}", "saved"
        else:
            words = "draft" if self.after is None else f"draft after version {self.after}"
            done = "as of"
        day = f", {done} {self.saved_at[:10]}" if self.saved_at else ""
        who = f" by {self.author}" if self.author else ""
        return f"{words}{day}{who}"
