"""What joining two copies of a project brought, and what is left for people to settle."""

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.record import Conflict
from rubric_studio.domain.values import Value


class MergeReport(Value):
    """How many things of each sort were new, and every conflict that stands after the merge.

    `rows_differ` are rows that two imports brought with different content; `samples_differ` are places
    (row, model, run) with more than one text, all of which are kept.
    """

    people: int = 0
    edits: int = 0
    records: int = 0
    sources: int = 0
    rows: int = 0
    samples: int = 0
    judge_verdicts: int = 0
    conflicts: tuple[Conflict, ...] = ()
    rows_differ: tuple[RowId, ...] = ()
    samples_differ: tuple[tuple[RowId, str, int], ...] = ()
