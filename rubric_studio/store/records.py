"""People's records and the edits they came in: appended, read, never changed."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.given_mark import GivenMark
from rubric_studio.domain.ids import EditId, PersonId, RecordId
from rubric_studio.domain.record import Conflict, EditEntry, Person, Record, RecordKind, conflicts_among
from rubric_studio.store.connection import Connection, Part, in_pages, json_text, kept_text, text_again
from rubric_studio.store.given_marks import marks_of, marks_that_stand
from rubric_studio.store.row_state import work_out_rows

PAGE = 10_000
_RECORD = "r.id, r.kind, r.subject, r.scope, r.person, r.at, r.reason, r.body, r.replaces, r.edit"
_EDIT = "id, label, person, at, role, target"
IS_HEAD = "not exists (select 1 from replacement p where p.replaced = r.id)"


class Records(Part):
    """The immutable records of people (see `RecordStore` in the ports)."""

    def append(self, entry: EditEntry, records: Sequence[Record]) -> None:
        """Write one edit, whole and on disk before this returns. Writing it again does nothing.

        Raises:
            StudioError: an id is known with other content, or a record belongs to another edit.
        """
        with self._db.transaction():
            if _is_known_edit(self._db, entry):
                new = [record for record in records if not _is_known_record(self._db, record)]
                if new:
                    raise _reused(f"edit {entry.id} is closed, and {len(new)} records are not part of it")
            else:
                write_records(self._db, entry, records)

    def heads(
        self, kind: RecordKind, subjects: Iterable[str] | None = None, scopes: Iterable[str] | None = None
    ) -> list[Record]:
        """Records of the kind that nothing replaces, withdrawn ones too, oldest first.

        Where subjects and scopes are both named, a record must match both.
        """
        given = [
            (name, wanted)
            for name, wanted in (("subject", subjects), ("scope", scopes))
            if wanted is not None
        ]
        where = "".join(f" and r.{name} in (select value from json_each(?))" for name, _ in given)
        sql = f"select {_RECORD} from record r where r.kind = ?{where} and {IS_HEAD} order by r.at, r.number"
        values = [str(kind), *(json_text(list(wanted)) for _, wanted in given)]
        return [_record(line) for line in self._db.all(sql, values)]

    def conflicts(self) -> list[Conflict]:
        """The subjects on which heads differ; a withdrawn head says nothing. Ordered by kind and subject."""
        sql = (
            f"with head as materialized (select kind, subject from record r where body is not null and {IS_HEAD}), "
            "several as (select kind, subject from head group by kind, subject having count(*) > 1) "
            f"select {_RECORD} from several join record r using (kind, subject) "
            f"where r.body is not null and {IS_HEAD} order by r.at, r.number"
        )
        return conflicts_among([_record(line) for line in self._db.all(sql)])

    def records(self, ids: Iterable[RecordId]) -> list[Record]:
        """Those records, oldest first; ids that are not here are passed over."""
        sql = (
            f"select {_RECORD} from record r where r.id in (select value from json_each(?)) "
            "order by r.at, r.number"
        )
        return [_record(line) for line in self._db.all(sql, [json_text(list(ids))])]

    def given_marks(self, ids: Iterable[RecordId]) -> list[GivenMark]:
        """The marks that those records of experts tell, oldest first; withdrawn and unknown ones are passed over."""
        return marks_of(self._db, ids)

    def standing_marks(self, scopes: Iterable[str] | None = None) -> list[GivenMark]:
        """All marks of experts that stand now, or those on some samples, oldest first."""
        return marks_that_stand(self._db, scopes)

    def authors_of(self, kind: RecordKind) -> set[PersonId]:
        """Who wrote the records of a kind that nothing replaces, withdrawn ones too."""
        sql = f"select distinct r.person from record r where r.kind = ? and {IS_HEAD}"
        return {PersonId(person) for (person,) in self._db.all(sql, [str(kind)])}

    def records_of_edit(self, edit: str) -> list[Record]:
        """The records of one edit, in the order written."""
        sql = f"select {_RECORD} from record r where r.edit = ? order by r.number"
        return [_record(line) for line in self._db.all(sql, [edit])]

    def replaced(self, ids: Iterable[RecordId]) -> set[RecordId]:
        """Which of the records are replaced by another."""
        sql = "select distinct replaced from replacement where replaced in (select value from json_each(?))"
        return {RecordId(id) for (id,) in self._db.all(sql, [json_text(list(ids))])}

    def history(self, kind: RecordKind | None, subject: str) -> list[Record]:
        """All records of a subject (by subject or scope), of one kind or of any, oldest first."""
        sql = (
            f"select {_RECORD} from record r where (r.subject = :name or r.scope = :name) "
            "and r.kind = coalesce(:kind, r.kind) order by r.at, r.number"
        )
        lines = self._db.all(sql, {"name": subject, "kind": None if kind is None else str(kind)})
        return [_record(line) for line in lines]

    def edits(self, person: PersonId | None = None, newest: int = 1000) -> list[EditEntry]:
        """The newest edits, of one person or of all, newest first."""
        sql = (
            f"select {_EDIT} from edit where person = coalesce(?, person) "
            "order by at desc, number desc limit ?"
        )
        return [_edit(line) for line in self._db.all(sql, [person, newest])]

    def edits_writing(self, kinds: Iterable[RecordKind]) -> set[EditId]:
        """The edits that wrote a record of one of those kinds."""
        sql = "select distinct edit from record where kind in (select value from json_each(?))"
        return {EditId(id) for (id,) in self._db.all(sql, [json_text([str(kind) for kind in kinds])])}

    def edits_behind(self, ids: Iterable[RecordId]) -> set[EditId]:
        """The edits that wrote those records, and all that they replaced."""
        sql = (
            "with recursive behind (id) as (select value from json_each(?) union "
            "select e.value from behind b join record r on r.id = b.id, json_each(r.replaces) e) "
            "select distinct r.edit from behind b join record r on r.id = b.id"
        )
        return {EditId(id) for (id,) in self._db.all(sql, [json_text(list(ids))])}

    def first_edit(self) -> str:
        """The id of the first edit, by which a project and its copies are known; "" where there is none."""
        found = self._db.all("select id from edit order by number limit 1")
        return found[0][0] if found else ""

    def people(self) -> list[Person]:
        """Everybody who ever decided something here, by name."""
        lines = self._db.all("select id, name from person order by name, id")
        return [Person(id=PersonId(id), name=name) for id, name in lines]

    def add_person(self, person: Person) -> None:
        """Add a person, or take over a new display name for the id."""
        with self._db.transaction():
            self._db.run(
                "insert into person (id, name, revision) values (?, ?, 0) on conflict (id) do update "
                "set name = excluded.name, revision = revision + 1 where name <> excluded.name",
                [person.id, person.name],
            )


def write_records(db: Connection, entry: EditEntry, records: Iterable[Record]) -> None:
    """Write an edit's records, the edit first if it is new; inside the caller's transaction."""
    if not _is_known_edit(db, entry):
        line = [entry.id, entry.label, entry.person, entry.at, entry.role, entry.target]
        db.run(f"insert into edit ({_EDIT}) values (?, ?, ?, ?, ?, ?)", line)
    for page in in_pages(records, PAGE):
        _write_page(db, entry, page)
        edited = [record.subject for record in page if record.kind is RecordKind.ROW_EDIT]
        work_out_rows(db, edited)


def _write_page(db: Connection, entry: EditEntry, page: Sequence[Record]) -> None:
    foreign = [record for record in page if record.edit != entry.id]
    if foreign:
        raise _reused(f"record {foreign[0].id} belongs to edit {foreign[0].edit}, not to {entry.id}")
    ids = json_text([record.id for record in page])
    known = {
        id for (id,) in db.all("select id from record where id in (select value from json_each(?))", [ids])
    }
    new = [record for record in page if record.id not in known or not _is_known_record(db, record)]
    db.many(
        "insert into record (id, kind, subject, scope, person, at, reason, body, replaces, edit) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_line(record) for record in new],
    )
    pairs = ((replaced, record.id) for record in new for replaced in dict.fromkeys(record.replaces))
    db.many("insert into replacement (replaced, record) values (?, ?)", pairs)


def _is_known_edit(db: Connection, entry: EditEntry) -> bool:
    known = db.all(f"select {_EDIT} from edit where id = ?", [entry.id])
    if known and _edit(known[0]) != entry:
        raise _reused(f"edit {entry.id} is already here and says something else")
    return bool(known)


def _is_known_record(db: Connection, record: Record) -> bool:
    known = db.all(f"select {_RECORD} from record r where r.id = ?", [record.id])
    if known and _record(known[0]) != record:
        raise _reused(f"record {record.id} is already here and says something else")
    return bool(known)


def _reused(what: str) -> StudioError:
    return StudioError("A record would be changed", f"Records never change: {what}. Nothing was written.")


def _line(record: Record) -> list[Any]:
    try:
        body = None if record.body is None else json_text(record.body)
    except ValueError as error:
        raise StudioError(
            "This cannot be kept", f"Record {record.id} holds a number that is none (NaN or infinity)."
        ) from error
    told = [record.id, str(record.kind), record.subject, record.scope, record.person, record.at]
    return [*told, kept_text(record.reason), body, json_text(record.replaces), record.edit]


def _record(line: Sequence[Any]) -> Record:
    id, kind, subject, scope, person, at, reason, body, replaces, edit = line
    return Record(
        id=id,
        kind=kind,
        subject=subject,
        scope=scope,
        person=person,
        at=at,
        reason=text_again(reason),
        body=None if body is None else json.loads(body),
        replaces=tuple(json.loads(replaces)) if replaces != "[]" else (),
        edit=edit,
    )


def _edit(line: Sequence[Any]) -> EditEntry:
    id, label, person, at, role, target = line
    return EditEntry(
        id=EditId(id), label=label, person=person, at=at, role=role, target=target and EditId(target)
    )
