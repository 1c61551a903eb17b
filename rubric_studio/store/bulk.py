"""Many lines in few steps, so that SQLite works while other threads run. What the lines are is not known here.

`executemany`, and a cursor over many lines, let go of Python's lock and take it again for every single line. While
another thread is busy, as the network is in a run of model calls, each taking waits for that thread, a hundred
times as long as the line itself. One statement for many lines waits once.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from rubric_studio.store.connection import Connection, Values, json_text

CHUNKS = (256, 64, 16, 4, 1)
"""Lines in one statement: few different numbers, so that SQLite has seen each statement before."""


def put(db: Connection, statement: str, lines: Iterable[Sequence[Any]]) -> None:
    """Run a statement that has "{values}" in the place of its lines, all of which have the same length."""
    for sql, values in _chunked(statement, lines):
        db.run(sql, values)


def take(db: Connection, columns: Sequence[str], rest: str, values: Values = ()) -> list[list[Any]]:
    """The lines of "select {columns} {rest}", in its order; only numbers, texts and nulls can come so."""
    return read_json(db.one(_as_one_text(columns, rest), values))


def take_for(
    db: Connection, columns: Sequence[str], rest: str, lines: Iterable[Sequence[Any]]
) -> list[list[Any]]:
    """The same for each line in the place of "{values}" in `rest`, which makes blobs possible there."""
    found: list[list[Any]] = []
    for sql, values in _chunked(_as_one_text(columns, rest), lines):
        found += read_json(db.one(sql, values))
    return found


def read_json(text: str) -> Any:
    """Read JSON that we wrote: quickly, or slowly where it holds half a character."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return json.loads(text)


def quick_json(value: Any) -> str:
    """The same as `json_text`, which takes over where the quicker writer would do otherwise.

    Raises:
        ValueError: for NaN and infinities, which JSON has not.
    """
    try:
        text = orjson.dumps(value)
    except TypeError:  # half a character, a great number
        return json_text(value)
    return json_text(value) if b"null" in text else text.decode()  # "null" may have been no number


def _as_one_text(columns: Sequence[str], rest: str) -> str:
    named = ", ".join(f"{column} as c{at}" for at, column in enumerate(columns))
    names = ", ".join(f"c{at}" for at in range(len(columns)))
    return f"select json_group_array(json_array({names})) from (select {named} {rest})"


def _chunked(statement: str, lines: Iterable[Sequence[Any]]) -> Iterator[tuple[str, list[Any]]]:
    waiting = list(lines)
    start = 0
    for size in CHUNKS:
        while len(waiting) - start >= size:
            chunk = waiting[start : start + size]
            line = f"({','.join('?' * len(chunk[0]))})"
            values = [value for each in chunk for value in each]
            yield statement.replace("{values}", "values " + ",".join([line] * size)), values
            start += size
