"""Everything the page shows of one row, read in one go on the window's thread. Draws nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.marks import rater_choice
from rubric_studio.services.ports import Store
from rubric_studio.services.scores import RowScorer, SampleScore, marked_row

TOLD = (RecordKind.DECISION, RecordKind.FLAG, RecordKind.NOTE, RecordKind.ROW_EDIT)


@dataclass(frozen=True)
class RowReading:
    """A row with its answers' scores and what people said of it.

    `decisions` are the heads: two of them differ where copies were merged. `variants` are the states that
    merged copies brought and between which nobody chose yet. `people` gives names by id.
    """

    row: Row
    imported: Row | None
    decisions: tuple[Record, ...]
    flags: tuple[Record, ...]
    notes: tuple[Record, ...]
    history: tuple[Record, ...]
    variants: tuple[Row, ...]
    scores: tuple[SampleScore, ...]
    people: Mapping[str, str]

    def name(self, person: str) -> str:
        """The name of a person, her id where nobody told it."""
        return self.people.get(person, person)


def read_row(store: Store, rubric: Rubric, rater: str, id: RowId) -> RowReading | None:
    """Read a row; None where it is gone.

    Raises:
        StudioError: nobody of the rater's name has marked here.
    """
    row = next(iter(store.rows([id])), None)
    if row is None:
        return None
    marked = marked_row(store, rubric, row, rater_choice(store, rater))
    history = [record for record in store.history(None, id) if record.kind in TOLD]
    edited = any(head.body is not None for head in store.heads(RecordKind.ROW_EDIT, subjects=[id]))
    variants = () if edited else tuple(store.row_variants(id))
    return RowReading(
        row=row,
        imported=store.imported_row(id),
        decisions=_standing(store, RecordKind.DECISION, id),
        flags=_standing(store, RecordKind.FLAG, id),
        notes=_standing(store, RecordKind.NOTE, id),
        history=tuple(history),
        variants=variants if len(variants) > 1 else (),
        scores=tuple(RowScorer(rubric).scores(marked)),
        people={person.id: person.name for person in store.people()},
    )


def _standing(store: Store, kind: RecordKind, id: RowId) -> tuple[Record, ...]:
    return tuple(head for head in store.heads(kind, scopes=[id]) if head.body is not None)
