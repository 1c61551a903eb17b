"""Imports by name: written whole, listed, taken away whole or retired. What they bring is written elsewhere."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.record import EditEntry, Record
from rubric_studio.domain.row import Row
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.domain.verdict import Verdict
from rubric_studio.store.connection import Connection, Part, json_text
from rubric_studio.store.records import write_records
from rubric_studio.store.row_imports import write_rows
from rubric_studio.store.row_state import work_out_numbers
from rubric_studio.store.samples import work_out_presence, write_samples
from rubric_studio.store.verdicts import write_judge_verdicts

_SOURCE = "id, kind, name, sha256, person, at, facts, retired"


class Sources(Part):
    """Imports, whole or not at all (see `SourceStore` in the ports)."""

    @contextmanager
    def writing(self) -> Iterator["ImportWriter"]:
        """One transaction: everything written inside is there after it, or nothing if it raises."""
        with self._db.transaction():
            yield ImportWriter(self._db)

    def sources(self) -> list[Source]:
        """All imports, oldest first."""
        lines = self._db.all(f"select {_SOURCE} from source order by at, number")
        return [_source(line) for line in lines]

    def delete_source(self, id: str) -> bool:
        """Take an import's things away; False (and retired instead) once a person's record hangs on them.

        A thing that another import brought as well stays. Retired things are hidden, not gone: another
        import that brings them shows them again.
        """
        with self._db.transaction():
            number = self._db.one("select number from source where id = ?", [id])
            if number is None:
                raise StudioError("No such import", "This import is not in the project any more.")
            rows = _column(self._db, "select row from row_import where source = ?", number)
            samples = _column(self._db, "select sample from sample_source where source = ?", number)
            free = not _records_hang_on(self._db, number)
            if free:
                _take_away(self._db, number)
            else:
                self._db.run("update source set retired = 1 where number = ?", [number])
            work_out_presence(self._db, samples)
            work_out_numbers(self._db, rows)
            if free:
                _sweep(self._db, rows, samples)
        return free


class ImportWriter:
    """What may be written within one import (see the port of that name)."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._number: int | None = None

    def source(self, source: Source) -> None:
        """Name the import first.

        Raises:
            StudioError: an import of that id is there already.
        """
        if self._db.one("select 1 from source where id = ?", [source.id]):
            raise StudioError("This import is there already", f'"{source.name}" was brought in before.')
        line = [source.id, source.kind, source.name, source.sha256, source.person, source.at]
        self._db.run(
            f"insert into source ({_SOURCE}) values (?, ?, ?, ?, ?, ?, ?, ?)",
            [*line, json_text(source.facts), int(source.retired)],
        )
        self._number = self._db.one("select number from source where id = ?", [source.id])

    def rows(self, rows: Iterable[Row]) -> int:
        """Add rows or, where the id is known, change them as imported; how many are new or changed."""
        return write_rows(self._db, self._named(), rows)

    def samples(self, samples: Iterable[Sample]) -> int:
        """Add samples; one that is there already adds nothing. How many were new."""
        return write_samples(self._db, self._named(), samples)

    def judge_verdicts(self, verdicts: Iterable[Verdict]) -> int:
        """Add or replace judges' verdicts, identified by (sample, question, rater, repeat). How many."""
        return write_judge_verdicts(self._db, self._named(), verdicts)

    def records(self, entry: EditEntry, records: Sequence[Record]) -> None:
        """People's records that come with the import; the same entry may be given in several calls."""
        write_records(self._db, entry, records)

    def _named(self) -> int:
        if self._number is None:
            raise ValueError("name the import before writing its things")
        return self._number


def _records_hang_on(db: Connection, number: int) -> bool:
    """Whether a person's record speaks of a row of the import, or of a sample of it or of its rows."""
    sql = """
        with
            own_row as (select row.id from row_import i join row on row.number = i.row where i.source = :n),
            own_sample as (
                select key from sample join sample_source x on x.sample = sample.id where x.source = :n
                union select key from sample where row in (select id from own_row)),
            thing as (select id from own_row union select key from own_sample)
        select exists (select 1 from thing join record on record.subject = thing.id)
            or exists (select 1 from thing join record on record.scope = thing.id)
            or exists (select 1 from record where kind in ('verdict', 'settlement')
                and substr(subject, 1, 32) in (select key from own_sample))
    """
    return bool(db.one(sql, {"n": number}))


def _take_away(db: Connection, number: int) -> None:
    for statement in (
        "delete from judge_verdict where source = ?",
        "delete from row_replacement where by = ?",
        "delete from row_replacement where source = ?",
        "delete from row_import where source = ?",
        "delete from sample_source where source = ?",
        "delete from source where number = ?",
    ):
        db.run(statement, [number])


def _sweep(db: Connection, rows: list[int], samples: list[int]) -> None:
    """Delete those of the rows and samples that no import brings any more."""
    these = "in (select value from json_each(?))"
    for table, column in (("row_body", "row"), ("row_search", "row"), ("row", "number")):
        gone = f"not exists (select 1 from row_import i where i.row = {table}.{column})"
        if table == "row_body":
            gone = "not exists (select 1 from row_import i where i.body = row_body.id)"
        db.run(f"delete from {table} where {column} {these} and {gone}", [json_text(rows)])
    unsourced = "not exists (select 1 from sample_source x where x.sample = sample.id)"
    db.run(f"delete from sample where id {these} and {unsourced}", [json_text(samples)])


def _column(db: Connection, sql: str, number: int) -> list[int]:
    return [value for (value,) in db.all(sql, [number])]


def _source(line: Sequence[object]) -> Source:
    id, kind, name, sha256, person, at, facts, retired = line
    return Source.model_validate(
        {
            "id": id,
            "kind": kind,
            "name": name,
            "sha256": sha256,
            "person": person,
            "at": at,
            "facts": json.loads(str(facts)),
            "retired": bool(retired),
        }
    )
