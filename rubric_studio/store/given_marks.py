"""Experts' marks read in bulk, without their words: a hundred thousand at once. Whole records are in `records.py`."""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import orjson

from rubric_studio.domain.given_mark import GivenMark
from rubric_studio.domain.ids import RecordId
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.verdict import Rater, State
from rubric_studio.store.connection import Connection, json_text

PAGE = 2000
"""So many bodies are parsed at a time: whoever waits for this thread must not wait long."""
_MARK = "select r.id, r.person, r.body from record r where r.body is not null and"
_OPEN_ROUNDS = (
    "select subject from record where kind = 'round' and body is not null "
    "and subject not in (select subject from record where kind = 'closing' and body is not null)"
)
_STATES = {state.value: state for state in State}


def marks_of(db: Connection, ids: Iterable[RecordId]) -> list[GivenMark]:
    """The marks of those records, oldest first."""
    wanted = "r.id in (select value from json_each(?))"
    return list(_marks(db.all(f"{_MARK} {wanted} order by r.at, r.number", [json_text(list(ids))])))


def marks_that_stand(db: Connection, scopes: Iterable[str] | None) -> list[GivenMark]:
    """The marks that nothing replaces, of some samples or of all, oldest first; none of an open round."""
    of = "" if scopes is None else " and r.scope in (select value from json_each(?))"
    values = [str(RecordKind.VERDICT)] + ([] if scopes is None else [json_text(list(scopes))])
    stands = "not exists (select 1 from replacement p where p.replaced = r.id)"
    lines = db.all(f"{_MARK} r.kind = ?{of} and {stands} order by r.at, r.number", values)
    return list(_marks(lines, frozenset(round for (round,) in db.all(_OPEN_ROUNDS))))


def _marks(lines: Sequence[tuple[Any, ...]], untold: frozenset[str] = frozenset()) -> Iterator[GivenMark]:
    rater = cache(lambda person: Rater(kind="expert", name=person))
    for start in range(0, len(lines), PAGE):
        page = lines[start : start + PAGE]
        for (id, person, _), body in zip(page, _bodies([line[2] for line in page]), strict=True):
            if body.get("round") in untold:
                continue
            value = body.get("value")
            yield GivenMark(
                body["sample"],
                body["question"],
                rater(person),
                body.get("repeat", 0),
                _STATES[body["state"]],
                None if value is None else float(value),
                body.get("level"),
                id,
            )


def _bodies(texts: Sequence[str]) -> list[dict[str, Any]]:
    """Many bodies as one list; half a character in one of them is beyond the quick reader."""
    whole = f"[{','.join(texts)}]"
    try:
        return orjson.loads(whole)
    except orjson.JSONDecodeError:
        return json.loads(whole)
