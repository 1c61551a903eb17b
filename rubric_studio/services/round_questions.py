"""What a round asks of its rows, under every state a row has had: a row may have been edited since it was sent out."""

from collections.abc import Iterable

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.round import RoundPlan
from rubric_studio.domain.row import Row
from rubric_studio.services.asked import Asked, accepted_questions, questionnaire
from rubric_studio.services.packet_guide import rubric_of
from rubric_studio.services.ports import Store

Known = dict[tuple[str, str], Asked]
"""By criterion and question."""


class RoundQuestions:
    """The judged criteria of a round by row, criterion and question; older states of rows are read when needed."""

    def __init__(self, store: Store, plan: RoundPlan, rows: Iterable[RowId]) -> None:
        self._store = store
        self._asking = questionnaire(store, rubric_of(store, plan))
        self._now: dict[RowId, Known] = {row.id: self._known([row]) for row in store.rows(sorted(set(rows)))}
        self._before: dict[RowId, Known] = {}

    def asked(self, row: RowId, criterion: str, question: str) -> Asked | None:
        """The criterion, if that question was ever asked of the row by this round's wording."""
        found = self._now.get(row, {}).get((criterion, question))
        if found is None:
            if row not in self._before:
                self._before[row] = self._known(self._earlier(row))
            found = self._before[row].get((criterion, question))
        return found

    def has(self, row: RowId, criterion: str) -> bool:
        """Whether the criterion is asked of the row as it is now."""
        return any(key == criterion for key, _ in self._now.get(row, {}))

    def _known(self, states: Iterable[Row]) -> Known:
        found: Known = {}
        for row in states:
            judged = [asked for asked in self._asking.on(row) if asked.is_judged]
            questions = accepted_questions(judged, row)
            found |= {(each.key, hash): each for each in judged for hash in questions[each.key]}
        return found

    def _earlier(self, row: RowId) -> list[Row]:
        edited = self._store.history(RecordKind.ROW_EDIT, row)
        edits = [Row.model_validate(record.body) for record in edited if record.body is not None]
        return [*self._store.row_states(row), *edits]
