"""Bring rows in as they were imported, and tell which variants of a row there are.

An import that changes a row replaces the bodies it found here; taking the import away brings them back.
Two copies of a project whose imports changed the same row apart both keep their body when merged.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from pydantic_core import PydanticSerializationError

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.row import Row
from rubric_studio.store.connection import Connection, in_pages, json_text
from rubric_studio.store.row_state import COUNTING_IMPORTS, work_out_numbers

PAGE = 2000
HASH_BYTES = 16


def write_rows(db: Connection, source: int, rows: Iterable[Row]) -> int:
    """Add rows, or change those whose id is known, as one import's; how many are new or changed."""
    return sum(_write_page(db, source, page) for page in in_pages(rows, PAGE))


def _write_page(db: Connection, source: int, page: Sequence[Row]) -> int:
    bodies = {row.id: body_of(row) for row in page}
    hashes = {id: sha256(body.encode()).digest()[:HASH_BYTES] for id, body in bodies.items()}
    ids = json_text(list(bodies))
    db.many("insert into row (id) values (?) on conflict (id) do nothing", ((id,) for id in bodies))
    numbers = dict(db.all("select id, number from row where id in (select value from json_each(?))", [ids]))
    counting = _counting(db, list(numbers.values()))
    changed = {id for id in bodies if counting.get(numbers[id]) != {hashes[id]}}
    db.many(
        "insert into row_body (row, hash, body) values (?, ?, ?) on conflict (row, hash) do nothing",
        ((numbers[id], hashes[id], bodies[id]) for id in bodies),
    )
    _replace(db, source, [numbers[id] for id in changed if counting.get(numbers[id])])
    db.many(
        "insert into row_import (row, source, body) select row, ?, id from row_body where row = ? and hash = ? "
        "on conflict (row, source) do update set body = excluded.body",
        ((source, numbers[id], hashes[id]) for id in bodies),
    )
    brought = {numbers[row.id]: row for row in page}
    work_out_numbers(db, [numbers[id] for id in bodies if id in changed], brought)
    return len(changed)


def _counting(db: Connection, numbers: list[int]) -> dict[int, set[bytes]]:
    """The hashes of the bodies that count for each row."""
    found: dict[int, set[bytes]] = {}
    sql = (
        f"select i.row, b.hash from ({COUNTING_IMPORTS}) i join row_body b on b.id = i.body "
        "where i.row in (select value from json_each(?))"
    )
    for number, hash in db.all(sql, [json_text(numbers)]):
        found.setdefault(number, set()).add(hash)
    return found


def _replace(db: Connection, source: int, numbers: list[int]) -> None:
    """Say that the import replaces what earlier ones brought for those rows."""
    db.run(
        "insert into row_replacement (row, source, by) select row, source, :by from row_import "
        "where row in (select value from json_each(:rows)) and source <> :by "
        "on conflict (row, source, by) do nothing",
        {"by": source, "rows": json_text(numbers)},
    )


def body_of(row: Row) -> str:
    """A row as it is kept: JSON of the whole row."""
    try:
        body = row.model_dump_json()
    except PydanticSerializationError:  # half a character somewhere: escape it
        body = json_text(row.model_dump(mode="python"))
    if "NaN" in body or "Infinity" in body:
        body = _without_odd_numbers(row)
    return body


def _without_odd_numbers(row: Row) -> str:
    try:
        return json_text(row.model_dump(mode="python"))
    except ValueError as error:
        raise StudioError(
            "This question cannot be kept",
            f'A reference field of "{row.id}" is a number that is none (NaN or infinity).',
            "Leave the field empty or give it a number.",
        ) from error


def variants(db: Connection, id: str) -> list[str]:
    """The different bodies that imports left standing for a row, the one that counts first."""
    sql = (
        f"select distinct b.hash, b.body from ({COUNTING_IMPORTS}) i join row_body b on b.id = i.body "
        "where i.row = (select number from row where id = ?) order by b.hash"
    )
    return [body for _, body in db.all(sql, [id])]


def disputed(db: Connection) -> list[str]:
    """Ids of the rows with several variants and no edit that settles them, in import order."""
    sql = (
        f"select row.id from ({COUNTING_IMPORTS}) i join row on row.number = i.row "
        "where row.edited is null group by row.number having count(distinct i.body) > 1 order by row.number"
    )
    return [id for (id,) in db.all(sql)]
