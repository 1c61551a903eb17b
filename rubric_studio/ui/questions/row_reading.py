"""What the page shows of one row, read on the window's thread: at once its words, a little later its scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.marks import rater_choice
from rubric_studio.services.ports import Store
from rubric_studio.services.scores import MarkedRow, RowScorer, SampleScore, row_marks

TOLD = (RecordKind.DECISION, RecordKind.FLAG, RecordKind.NOTE, RecordKind.ROW_EDIT)


@dataclass(frozen=True)
class RowReading:
    """A row with its answers and what people said of it.

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
    samples: tuple[tuple[int, Sample], ...]
    people: Mapping[str, str]

    def name(self, person: str) -> str:
        """The name of a person, her id where nobody told it."""
        return self.people.get(person, person)


class RowScoring:
    """Scores the answers of one row after another under one guide, which is made ready only once."""

    def __init__(self, store: Store, rubric: Rubric, rater: str) -> None:
        self._store, self._rubric, self._rater = store, rubric, rater
        self._asking, self._scorer = questionnaire(store, rubric), RowScorer(rubric)

    def fits(self, rubric: Rubric, rater: str) -> bool:
        """Whether it is made for this guide and rater."""
        return self._rubric is rubric and self._rater == rater

    def scores(self, row: Row, samples: Sequence[tuple[int, Sample]]) -> list[SampleScore]:
        """Score a row's answers, in their order.

        Raises:
            StudioError: nobody of the rater's name has marked here.
        """
        choice = rater_choice(self._store, self._rater)
        keys = {row.id: [(id, sample.key) for id, sample in samples]}
        found = next(row_marks(self._store, self._asking, choice, [row], keys))
        return self._scorer.scores(MarkedRow(row, found.asked, tuple(samples), found.marks))


def read_row(store: Store, id: RowId) -> RowReading | None:
    """Read a row; None where it is gone."""
    row = next(iter(store.rows([id])), None)
    if row is None:
        return None
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
        samples=tuple(store.samples_of(id)),
        people={person.id: person.name for person in store.people()},
    )


def _standing(store: Store, kind: RecordKind, id: RowId) -> tuple[Record, ...]:
    return tuple(head for head in store.heads(kind, scopes=[id]) if head.body is not None)
