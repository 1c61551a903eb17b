"""One connection to a project's database: its settings, its transactions, its errors in plain words.

Plain `sqlite3`, not sqlite-utils: opening a project that is up to date must not wait for that import.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import quote

from rubric_studio.store.trouble import plainly

BUSY_SECONDS = 10.0
CACHE_KIB = 32_000

Values = Sequence[Any] | Mapping[str, Any]
_Thing = TypeVar("_Thing")


class Connection:
    """What the parts of the store read and write through; belongs to the thread that made it."""

    def __init__(self, path: Path, *, read_only: bool = False, wal: bool = True) -> None:
        self.path = path
        self.read_only = read_only
        with self._plain_errors():
            self.raw = raw_connection(path, "ro" if read_only else "rw")
            _set_up(self.raw, None if read_only else "wal" if wal else "delete")

    def all(self, sql: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """Every line of the answer.

        Answers are fetched whole: a cursor left open would pin this connection to an old snapshot, and
        its next write would fail as soon as another connection had written. Long answers go by pages.
        """
        with self._plain_errors():
            return self.raw.execute(sql, values).fetchall()

    def one(self, sql: str, values: Values = ()) -> Any:
        """The first value of the first line, or None."""
        with self._plain_errors():
            line = self.raw.execute(sql, values).fetchone()
            return None if line is None else line[0]

    def run(self, sql: str, values: Values = ()) -> int:
        """Run one statement; how many lines it changed."""
        with self._plain_errors():
            return self.raw.execute(sql, values).rowcount

    def many(self, sql: str, lines: Iterable[Sequence[Any]]) -> int:
        """Run one statement for each line; how many lines it changed."""
        with self._plain_errors():
            return self.raw.executemany(sql, lines).rowcount

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing, on disk when it ends. One inside another is part of the outer one.

        Written out because `with connection:` would commit, and not roll back, in autocommit mode.
        """
        if self.raw.in_transaction:
            yield
            return
        self.run("begin immediate")
        try:
            yield
            self.run("commit")
        except BaseException:
            if self.raw.in_transaction:
                self.raw.execute("rollback")
            raise

    @contextmanager
    def without_waiting(self) -> Iterator[None]:
        """What is written may be lost in a power cut, though never half of it; what people decide never is.

        In WAL mode only; elsewhere, and inside a transaction, nothing changes.
        """
        if self.raw.in_transaction or self.one("pragma journal_mode") != "wal":
            yield
            return
        self.run("pragma synchronous = normal")
        try:
            yield
        finally:
            self.run("pragma synchronous = full")

    def close(self) -> None:
        """Let go of the file."""
        self.raw.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, UnicodeEncodeError) as error:
            raise plainly(error, self.path) from error


class Part:
    """A part of the store: one group of tables. All that the parts share is the connection."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    @property
    def connection(self) -> Connection:
        """For the store's own files that work on all tables at once."""
        return self._db


def raw_connection(path: Path, mode: str) -> sqlite3.Connection:
    """Connect to the file, which is never made by it, in autocommit. `mode` is "ro" or "rw"."""
    # A folder that cannot be written to has no room for the index that a WAL file needs: where no WAL
    # file is left behind, the database cannot change under us, and SQLite may be told so.
    place = path.absolute().as_posix()
    uri = f"file://{'' if place.startswith('/') else '/'}{quote(place, safe='/:')}?mode={mode}"
    try:
        return _connected(uri)
    except sqlite3.OperationalError:
        if mode == "rw" or path.with_name(path.name + "-wal").exists():
            raise
        return _connected(uri + "&immutable=1")


def _connected(uri: str) -> sqlite3.Connection:
    raw = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        raw.execute("select count(*) from sqlite_schema").fetchone()
    except BaseException:
        raw.close()
        raise
    return raw


def _set_up(raw: sqlite3.Connection, journal: str | None) -> None:
    raw.execute("pragma foreign_keys = on")
    raw.execute("pragma trusted_schema = off")  # the file may come from somebody else
    raw.execute("pragma cell_size_check = on")
    raw.execute("pragma temp_store = memory")
    raw.execute(f"pragma cache_size = -{CACHE_KIB}")
    if journal:
        raw.execute(f"pragma journal_mode = {journal}").fetchone()
        raw.execute("pragma synchronous = full")
        raw.execute("pragma fullfsync = on")  # macOS: a plain fsync stops at the drive's cache


def json_text(value: Any) -> str:
    """JSON as it is kept: readable, and escaped where half a character could not be written.

    Raises:
        ValueError: for NaN and infinities, which JSON has not.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text if is_whole(text) else json.dumps(value, allow_nan=False, separators=(",", ":"))


def kept_text(text: str) -> str | bytes:
    """Free text as it is kept. Sampled output may hold half a character: then its bytes, in an ANY column."""
    return text if is_whole(text) else text.encode("utf-8", "surrogatepass")


def text_again(kept: str | bytes) -> str:
    """Free text as it was before `kept_text`."""
    return kept if isinstance(kept, str) else kept.decode("utf-8", "surrogatepass")


def is_whole(text: str) -> bool:
    """Whether no half characters (lone surrogates) are in the text."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def in_pages(things: Iterable[_Thing], size: int) -> Iterator[list[_Thing]]:
    """The things in lists of at most `size`."""
    iterator = iter(things)
    while page := list(islice(iterator, size)):
        yield page
