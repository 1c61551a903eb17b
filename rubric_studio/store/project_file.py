"""A project file: made, opened, closed. A file that is damaged, foreign or too new is left as it is."""

import os
import sqlite3
import struct
import threading
from contextlib import closing, suppress
from pathlib import Path
from typing import Self

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.listing import Counts
from rubric_studio.store.connection import Connection, raw_connection
from rubric_studio.store.copies import back_up, copy_to, integrity_problem, put_in_place
from rubric_studio.store.counting import count
from rubric_studio.store.lock import Clock, ProjectLock, take_lock
from rubric_studio.store.migrations import APPLICATION_ID, FORMAT, bring_up_to_date, format_of
from rubric_studio.store.place import Place, place_of
from rubric_studio.store.probes import ProbeOutcomes
from rubric_studio.store.records import Records
from rubric_studio.store.rows import Rows
from rubric_studio.store.runs import Runs
from rubric_studio.store.samples import Samples
from rubric_studio.store.sealed import SealedAnswers
from rubric_studio.store.sources import Sources
from rubric_studio.store.trouble import damaged, not_a_project, plainly
from rubric_studio.store.verdicts import Verdicts

MAGIC = b"SQLite format 3\0"
HEADER_BYTES = 100


class ProjectFile(Records, Rows, Samples, Verdicts, Sources, ProbeOutcomes, Runs, SealedAnswers):
    """One open project, on one thread: the store of the ports.

    Each base is one group of tables in a file of its own; they share nothing but the connection.
    """

    def __init__(self, connection: Connection, place: Place, holding: "_Holding") -> None:
        super().__init__(connection)
        self.path = connection.path
        self.place = place
        self.read_only = connection.read_only
        self._holding = holding
        self._is_open = True
        self._counted: tuple[object, Counts] | None = None
        holding.begin()

    @property
    def name(self) -> str:
        """The project's name: the file's stem."""
        return self.path.stem

    def counts(self) -> Counts:
        """How much the project holds; counted anew once something was written, here or elsewhere."""
        if self._db.raw.in_transaction:  # what is counted in here may yet be rolled back
            return count(self._db)
        written = (self._db.raw.total_changes, self._db.one("pragma data_version"))
        if self._counted is None or self._counted[0] != written:
            self._counted = (written, count(self._db))
        return self._counted[1]

    def sibling(self) -> "ProjectFile":
        """Another connection to the same file under the same lock; call it on the thread that will use it.

        It reads while this one writes. Where both write, one waits for the other.
        """
        connection = Connection(self.path, read_only=self.read_only, wal=self.place.is_local)
        return ProjectFile(connection, self.place, self._holding)

    def copy_to(self, target: Path) -> None:
        """Save everything as another, self-contained file, replacing what is there."""
        copy_to(self._db.raw, self.path, target)

    def problem(self) -> str | None:
        """What is broken in the file, or None. Reads all of it, which takes a while."""
        try:
            return integrity_problem(self._db.raw)
        except sqlite3.DatabaseError as error:
            return str(error)

    def close(self) -> None:
        """Let go of the file; the last to close leaves one self-contained file and the lock."""
        if self._is_open:
            self._is_open = False
            self._db.close()
            self._holding.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Holding:
    """What the connections of one window share: the lock, and how many of them are open."""

    def __init__(self, path: Path, lock: ProjectLock | None) -> None:
        self._path = path
        self._lock = lock
        self._open = 0
        self._counting = threading.Lock()

    def begin(self) -> None:
        with self._counting:
            self._open += 1

    def end(self) -> None:
        with self._counting:
            self._open -= 1
            if self._open == 0 and self._lock is not None:
                _fold_wal_in(self._path)
                self._lock.release()
                self._lock = None


def create_project(path: Path, *, who: str = "", clock: Clock | None = None) -> ProjectFile:
    """Make an empty project and open it. It is made beside and renamed: no half-made file is ever there.

    Raises:
        StudioError: there is a file of that name, or the folder cannot be written to.
    """
    if path.exists():
        raise StudioError(
            "There is a file of that name",
            f"{path.name} was not overwritten.",
            "Choose another name, or open the project that is there.",
            file=path,
        )
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(part, isolation_level=None)) as raw:
            bring_up_to_date(raw)
        put_in_place(part, path)
    except (sqlite3.Error, OSError) as error:
        raise StudioError(
            "The project could not be made",
            f"{path.parent} cannot be written to: {error}.",
            "Choose a folder of your own.",
            file=path,
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()
    return open_project(path, who=who, clock=clock)


def open_project(
    path: Path,
    *,
    read_only: bool = False,
    who: str = "",
    clock: Clock | None = None,
    backups: Path | None = None,
) -> ProjectFile:
    """Open a project; one of an older format is brought up to date, after a backup.

    Args:
        who: the name shown to others while the project is open here.
        backups: the folder for backups before a migration; beside the file if None.

    Raises:
        StudioError: no project, damaged, of a newer format, or open in another window.
    """
    check_is_project(path)
    place = place_of(path)
    lock = None if read_only else take_lock(path, who, clock)
    try:
        _check_format(path, read_only, backups or path.parent, clock)
        connection = Connection(path, read_only=read_only, wal=place.is_local)
        return ProjectFile(connection, place, _Holding(path, lock))
    except BaseException:
        if lock:
            lock.release()
        raise


def check_is_project(path: Path) -> None:
    """Look at the file's first bytes only, so that a foreign file is not even opened by SQLite.

    Raises:
        StudioError: there is no file, or it is no project, or a part of it is missing.
    """
    try:
        with path.open("rb") as file:
            header = file.read(HEADER_BYTES)
        size = path.stat().st_size
    except OSError as error:
        raise StudioError(
            "The project cannot be opened",
            f"{path} could not be read: {error.strerror}.",
            "Check the name and the folder.",
            file=path,
        ) from error
    if header[: len(MAGIC)] != MAGIC:
        raise not_a_project(path, "The file is empty" if not header else "The file is something else")
    if len(header) < HEADER_BYTES:
        raise damaged(path, "The file is cut off")
    if struct.unpack(">I", header[68:72])[0] != APPLICATION_ID:
        raise not_a_project(path, "The file is a database of another program")
    page = struct.unpack(">H", header[16:18])[0]
    pages = struct.unpack(">I", header[28:32])[0]
    is_at_rest = not any(path.with_name(path.name + end).exists() for end in ("-wal", "-journal"))
    if is_at_rest and size < pages * (65536 if page == 1 else page):
        raise damaged(path, "The file is cut off")


def _check_format(path: Path, read_only: bool, backups: Path, clock: Clock | None) -> None:
    try:
        with closing(raw_connection(path, "ro" if read_only else "rw")) as raw:
            found = format_of(raw)
            if found > FORMAT:
                raise _too_new(path, found)
            if found < FORMAT:
                if read_only:
                    raise _too_old_to_read(path)
                back_up(raw, path, backups, f"before format {FORMAT}", clock)
                raw.execute("pragma synchronous = full")
                bring_up_to_date(raw)
    except sqlite3.Error as error:
        raise plainly(error, path) from error


def _fold_wal_in(path: Path) -> None:
    """Leave one self-contained file. Somebody who reads it now may hinder that: the next close does it."""
    with suppress(sqlite3.OperationalError), closing(raw_connection(path, "rw")) as raw:
        raw.execute("pragma wal_checkpoint(truncate)").fetchone()
        raw.execute("pragma journal_mode = delete").fetchone()


def _too_new(path: Path, found: int) -> StudioError:
    return StudioError(
        "This project needs a newer Rubric Studio",
        f"{path.name} has format {found}; this program reads up to {FORMAT}. It was not changed.",
        "Install the newest version.",
        file=path,
    )


def _too_old_to_read(path: Path) -> StudioError:
    return StudioError(
        "This project is of an older format",
        f"{path.name} must be brought up to date, and it is opened to read only.",
        "Open it for writing once, or copy it to a folder of your own and open that.",
        file=path,
    )
