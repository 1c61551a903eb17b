"""How many of the marks that count were given by experts. A model's gaps are theirs to close, and that is told."""

from collections import defaultdict

from rubric_studio.domain.ids import RowId, SampleKey
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.marks import RaterChoice
from rubric_studio.services.ports import Store
from rubric_studio.services.scores import row_marks

SLICE = 400
SAID_BY_EXPERTS = (RecordKind.VERDICT, RecordKind.SETTLEMENT)


def count_expert_marks(store: Store, rubric: Rubric, choice: RaterChoice) -> int:
    """Count the marks on samples that count under the choice and stand on experts' verdicts.

    Looks only at samples on which an expert said something: few, where models mark.
    """
    said = {head.scope for kind in SAID_BY_EXPERTS for head in store.heads(kind) if head.body is not None}
    samples: dict[RowId, list[tuple[int, SampleKey]]] = defaultdict(list)
    for info in store.sample_infos() if said else ():
        if info.key in said:
            samples[info.row].append((info.id, info.key))
    asking, rows, count = questionnaire(store, rubric), list(samples), 0
    for start in range(0, len(rows), SLICE):
        part = list(store.rows(rows[start : start + SLICE]))
        for found in row_marks(store, asking, choice, part, samples):
            for marks in found.marks:
                count += sum(any(rater.kind == "expert" for rater in mark.raters) for mark in marks.values())
    return count
