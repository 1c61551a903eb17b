"""Probes of people's own: an answer that somebody keeps as a test of the rubric, and what it must earn."""

from collections.abc import Iterable, Sequence
from typing import Literal

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.probe_outcome import OWN_PREFIX
from rubric_studio.domain.probes.probe import Expectation
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.values import Value
from rubric_studio.services.edits import Proposal
from rubric_studio.services.ports import Store


class OwnProbe(Value):
    """One such probe. `subject` is its record's."""

    subject: str
    row: RowId
    text: str
    name: str
    expect: Literal["low", "high"]

    @property
    def key(self) -> str:
        """The name under which its outcomes are kept."""
        return OWN_PREFIX + self.subject

    @property
    def expectation(self) -> Expectation:
        """What a good grader does with it."""
        return Expectation(self.expect)


class AddProbe(Value):
    """Keep an answer's text as a probe of its row."""

    row: RowId
    text: str
    name: str
    expect: Literal["low", "high"] = "low"

    @property
    def label(self) -> str:
        return f'Add the trick answer "{self.name}"'

    def proposals(self) -> Sequence[Proposal]:
        return (Proposal(RecordKind.PROBE, "", self.model_dump(mode="json"), self.row),)


class RemoveProbe(Value):
    """Take a probe of one's own away."""

    subject: str
    row: RowId
    name: str
    reason: str = ""

    @property
    def label(self) -> str:
        return f'Take away the trick answer "{self.name}"'

    def proposals(self) -> Sequence[Proposal]:
        return (Proposal(RecordKind.PROBE, self.subject, None, self.row, self.reason),)


def own_probes(store: Store, rows: Iterable[RowId] | None = None) -> list[OwnProbe]:
    """The probes of people's own, of those rows or of all, oldest first."""
    heads = store.heads(RecordKind.PROBE, scopes=rows)
    return [OwnProbe(subject=head.subject, **head.body) for head in heads if head.body is not None]
