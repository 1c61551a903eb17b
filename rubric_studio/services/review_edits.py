"""What an expert does in a packet besides marking: she is unsure, takes a note away, or what she handed in."""

from collections.abc import Sequence

from rubric_studio.domain.ids import PersonId, QuestionHash, RowId, SampleKey
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.values import Value
from rubric_studio.services.edits import Proposal


class SayUnsure(Value):
    """Say that one is unsure of a point on a sample, marked or not; or that one no longer is."""

    sample: SampleKey
    criterion: str
    question: QuestionHash
    person: PersonId
    repeat: int = 0
    round: str = ""
    unsure: bool = True
    title: str = ""

    @property
    def label(self) -> str:
        what = self.title or self.criterion
        return f'Unsure of "{what}"' if self.unsure else f'No longer unsure of "{what}"'

    def proposals(self) -> Sequence[Proposal]:
        subject = f"{self.sample}/{self.question}/{self.person}/{self.repeat}"
        fields = {"sample", "criterion", "question", "repeat", "round"}
        body = self.model_dump(mode="json", include=fields) if self.unsure else None
        return (Proposal(RecordKind.DOUBT, subject, body, self.sample),)


class RemoveNote(Value):
    """Take one note away."""

    row: RowId
    note: str
    words: str = ""
    """The question's first words: an expert knows it by those."""

    @property
    def label(self) -> str:
        return f'Remove a note from "{self.words}"' if self.words else f"Remove a note from {self.row}"

    def proposals(self) -> Sequence[Proposal]:
        return (Proposal(RecordKind.NOTE, self.note, None, self.row),)


class TakeBackHandingIn(Value):
    """Go on with a round that was handed in as finished. `subjects` are those of the records that said so."""

    subjects: tuple[str, ...]
    label: str = "Take back what was handed in"

    def proposals(self) -> Sequence[Proposal]:
        return [Proposal(RecordKind.HANDING_IN, subject, None) for subject in self.subjects]
