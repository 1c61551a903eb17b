"""Rows as they are now, and as they came in. How they come in is in `row_imports.py`."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.listing import RowQuery, RowSummary
from rubric_studio.domain.row import Row
from rubric_studio.domain.values import JsonObject
from rubric_studio.store.bulk import take
from rubric_studio.store.connection import Part, in_pages, json_text
from rubric_studio.store.row_imports import disputed, variants
from rubric_studio.store.row_query import select_row_ids, select_summaries
from rubric_studio.store.row_state import PRESENT_BODY, reference_of, row_of

PAGE = 500
CELL_LENGTH = 200


class Rows(Part):
    """Rows as imported, under what people edited (see `RowStore` in the ports)."""

    def row_ids(self, query: RowQuery) -> list[RowId]:
        """Ids of the rows the query asks for, in its order."""
        return json.loads(self._db.one(*select_row_ids(query)))

    def rows(self, ids: Iterable[RowId] | None = None) -> Iterator[Row]:
        """Rows as they are now, in import order or in the order of the ids; unknown ids are passed over."""
        for body in self._all_bodies() if ids is None else self._present_bodies(ids):
            yield row_of(self._db, body)

    def references(self, ids: Iterable[RowId]) -> Iterator[tuple[RowId, JsonObject]]:
        """(id, reference fields) of those rows as they are now; unknown ids are passed over. Quicker than rows."""
        for page in self._bodies_of(ids, "row.id, json_extract({body}, '$.reference')"):
            for id, text in page:
                yield RowId(id), reference_of(self._db, text)

    def imported_row(self, id: RowId) -> Row | None:
        """The row as it came in, without anybody's edits."""
        return next(self.imported_rows([id]), None)

    def imported_rows(self, ids: Iterable[RowId]) -> Iterator[Row]:
        """Rows as they came in, without anybody's edits, in the order of the ids; unknown ids are passed over."""
        sql = (
            "select b.body from json_each(?) wanted join row on row.id = wanted.value "
            "join row_body b on b.id = row.base order by wanted.key"
        )
        for page in in_pages(ids, PAGE):
            for (body,) in self._db.all(sql, [json_text(page)]):
                yield row_of(self._db, body)

    def row_variants(self, id: RowId) -> list[Row]:
        """The different versions of a row that imports of merged copies brought; the first one counts."""
        found: list[Row] = []
        for body in variants(self._db, id):
            row = row_of(self._db, body)
            if row not in found:
                found.append(row)
        return found

    def row_states(self, id: RowId) -> list[Row]:
        """Every state in which imports ever brought a row, those replaced since included, oldest first."""
        sql = "select b.body from row join row_body b on b.row = row.number where row.id = ? order by b.id"
        return [row_of(self._db, body) for (body,) in self._db.all(sql, [id])]

    def row_conflicts(self) -> list[RowId]:
        """Rows with several variants that no edit has settled yet, in import order."""
        return [RowId(id) for id in disputed(self._db) if len(self.row_variants(RowId(id))) > 1]

    def summaries(self, ids: Sequence[RowId]) -> list[RowSummary]:
        """Table lines for those rows, in that order."""
        found: list[RowSummary] = []
        for page in in_pages(ids, PAGE):
            for _, body, answers, flags, decision, edited in self._db.all(*select_summaries(list(page))):
                found.append(_summary(row_of(self._db, body), answers, flags, decision or "", bool(edited)))
        return found

    def reference_fields(self) -> list[str]:
        """Names of all reference fields, most frequent first."""
        sql = (
            f"select field.key {PRESENT_BODY} "
            "join json_each(coalesce(r.body, b.body), '$.reference') field "
            "where row.base is not null group by field.key order by count(*) desc, min(row.number), field.key"
        )
        return [key for (key,) in self._db.all(sql)]

    def _all_bodies(self) -> Iterator[str]:
        last = 0
        sql = (
            f"select row.number, coalesce(r.body, b.body) {PRESENT_BODY} "
            "where row.number > ? and row.base is not null order by row.number limit ?"
        )
        while page := self._db.all(sql, [last, PAGE]):
            last = page[-1][0]
            yield from (body for _, body in page)

    def _bodies_of(self, ids: Iterable[RowId], what: str) -> Iterator[list[tuple[Any, ...]]]:
        sql = (
            f"select {what.format(body='coalesce(r.body, b.body)')} from json_each(?) wanted join ({_PRESENT}) row "
            "on row.id = wanted.value left join record r on r.number = row.edited "
            "left join row_body b on b.id = row.base order by wanted.key"
        )
        for page in in_pages(ids, PAGE):
            yield self._db.all(sql, [json_text(page)])

    def _present_bodies(self, ids: Iterable[RowId]) -> Iterator[str]:
        """Bodies of rows as they are now; read in one step a page, for runs that go on beside a busy network."""
        rest = (
            f"from json_each(?) wanted join ({_PRESENT}) row on row.id = wanted.value "
            "left join record r on r.number = row.edited "
            "left join row_body b on b.id = row.base order by wanted.key"
        )
        for page in in_pages(ids, PAGE):
            for (body,) in take(self._db, ["coalesce(r.body, b.body)"], rest, [json_text(page)]):
                yield body


_PRESENT = "select * from row where base is not null"


def _summary(row: Row, answers: int, flags: int, decision: str, edited: bool) -> RowSummary:
    # A prompt may be megabytes long and a cell shows a few words: cut before anything is done with it.
    words = " ".join(row.prompt_text[: 4 * CELL_LENGTH].split())
    return RowSummary(
        id=row.id,
        first_words=words[:CELL_LENGTH],
        answers=answers,
        flags=flags,
        decision=decision,
        edited=edited,
        reference={name: _cell(value) for name, value in row.reference.items()},
    )


def _cell(value: Any) -> Any:
    """A value no longer than a table cell: long texts are cut, long lists and objects become cut text."""
    if isinstance(value, str):
        return value if len(value) <= CELL_LENGTH else value[:CELL_LENGTH] + "…"
    if isinstance(value, list | dict):
        text = json.dumps(value, ensure_ascii=False)
        return value if len(text) <= CELL_LENGTH else text[:CELL_LENGTH] + "…"
    return value
