"""Where machine-made things came from: an import or a run of model calls that can be taken away whole."""

from typing import Literal

from pydantic import Field

from rubric_studio.domain.values import JsonObject, Value

SourceKind = Literal[
    "rows", "samples", "verdicts", "rubric", "mixed", "sampling", "judging", "drift", "wording"
]


class Source(Value):
    """One import: what file, when, by whom, how much. `sha256` is that of the file's bytes, "" if pasted."""

    id: str
    kind: SourceKind
    name: str
    sha256: str = ""
    person: str = ""
    at: str = ""
    facts: JsonObject = Field(default_factory=dict)
    retired: bool = False

    @property
    def is_run(self) -> bool:
        """Whether models made what it brought; runs have a list of their own."""
        return self.kind in ("sampling", "judging", "drift", "wording")
