"""What a row is now, worked out from what was imported and what people edited.

One rule for both: a body counts until a later one replaces it. Where several count and differ, the
smallest stands (by hash, edits by text) in every copy alike, until an edit settles it; no clock decides.
An import that was retired counts as if it had never been. Everything here can be worked out again.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from pydantic import ValidationError

from rubric_studio.domain.row import Row
from rubric_studio.domain.values import JsonObject
from rubric_studio.store.connection import Connection, in_pages, is_whole, json_text
from rubric_studio.store.trouble import damaged

PAGE = 2000
PROMPT_KEY_LENGTH = 80

COUNTING_IMPORTS = """
    select i.row, i.body from row_import i join source s on s.number = i.source
    where not s.retired and not exists (
        select 1 from row_replacement p join source later on later.number = p.by
        where p.row = i.row and p.source = i.source and not later.retired)
"""

_WORK_OUT = f"""
update row set
    base = (
        select b.id from ({COUNTING_IMPORTS}) i join row_body b on b.id = i.body
        where i.row = row.number order by b.hash limit 1),
    edited = (
        select r.number from record r
        where r.subject = row.id and r.kind = 'row_edit' and r.body is not null
            and not exists (select 1 from replacement p where p.replaced = r.id)
        order by r.body, r.id limit 1)
where number in (select value from json_each(?))
"""

PRESENT_BODY = """
    from row left join record r on r.number = row.edited left join row_body b on b.id = row.base
"""
"""Joined to `row`: `coalesce(r.body, b.body)` is the row as it is now."""


def work_out_rows(db: Connection, ids: Iterable[str]) -> None:
    """Work out again what those rows are now."""
    for page in in_pages(ids, PAGE):
        sql = "select number from row where id in (select value from json_each(?))"
        work_out_numbers(db, [number for (number,) in db.all(sql, [json_text(page)])])


def work_out_numbers(
    db: Connection, numbers: Iterable[int], just_brought: Mapping[int, Row] | None = None
) -> None:
    """Work out again what the rows of those local numbers are now.

    Args:
        just_brought: by number, rows whose imported body the caller has at hand, to save reading it again.
    """
    for page in in_pages(numbers, PAGE):
        before = _standing(db, page)
        db.run(_WORK_OUT, [json_text(page)])
        after = _standing(db, page)
        changed = [number for number, stands in after.items() if stands != before[number] and stands[0]]
        _make_findable(db, _present(db, changed, after, just_brought or {}))


def _standing(db: Connection, numbers: Sequence[int]) -> dict[int, tuple[int | None, int | None]]:
    sql = "select number, base, edited from row where number in (select value from json_each(?))"
    return {number: (base, edited) for number, base, edited in db.all(sql, [json_text(numbers)])}


def _present(
    db: Connection,
    numbers: Sequence[int],
    standing: Mapping[int, tuple[int | None, int | None]],
    just_brought: Mapping[int, Row],
) -> Iterator[tuple[int, Row]]:
    """(number, row as it is now) of those rows."""
    to_read: list[int] = []
    for number in numbers:
        if number in just_brought and standing[number][1] is None:
            yield number, just_brought[number]
        else:
            to_read.append(number)
    sql = (
        f"select row.number, coalesce(r.body, b.body) {PRESENT_BODY} "
        "where row.number in (select value from json_each(?))"
    )
    for number, body in db.all(sql, [json_text(to_read)]) if to_read else ():
        yield number, row_of(db, body)


def _make_findable(db: Connection, rows: Iterable[tuple[int, Row]]) -> None:
    found = [_found_by(number, row) for number, row in rows]
    db.many("update row set prompt_key = ? where number = ?", ((key, number) for number, key, _ in found))
    db.many(
        "insert into row_search (row, text) values (?, ?) "
        "on conflict (row) do update set text = excluded.text",
        ((number, text) for number, _, text in found),
    )


def folded(text: str) -> str:
    """Text as it is searched: NFC, and without the difference of small and capital letters."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def row_of(db: Connection, body: str) -> Row:
    """The row that a stored body tells.

    Raises:
        StudioError: the body is no row; somebody else wrote into the file.
    """
    try:
        # Half a character stands there as an escape, which the fast reader refuses.
        return Row.model_validate(json.loads(body)) if "\\ud" in body else Row.model_validate_json(body)
    except (ValidationError, ValueError) as error:
        raise damaged(db.path, "One of its questions cannot be read") from error


def reference_of(db: Connection, text: str | None) -> JsonObject:
    """The reference fields that a stored body tells, from their JSON; {} where it names none.

    Raises:
        StudioError: it is no object; somebody else wrote into the file.
    """
    try:
        told = json.loads(text or "{}")  # a quicker reader would make floats of large numbers
    except ValueError as error:
        raise damaged(db.path, "One of its questions cannot be read") from error
    if not isinstance(told, dict):
        raise damaged(db.path, "One of its questions cannot be read")
    return cast(JsonObject, told)


def _found_by(number: int, row: Row) -> tuple[int, str, str]:
    """What a row is sorted and found by: (number, sorting key of its prompt, its searchable text)."""
    prompt = row.prompt_text
    key = " ".join(folded(prompt[: 4 * PROMPT_KEY_LENGTH]).split())[:PROMPT_KEY_LENGTH]
    text = folded("\n".join([row.id, prompt, *_texts_in(row.reference)]))
    return number, _writable(key), _writable(text)


def _texts_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts_in(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts_in(each)]
    return [] if value is None else [json.dumps(value)]


def _writable(text: str) -> str:
    return text if is_whole(text) else text.encode("utf-8", "replace").decode()
