"""Copies of a project, made through SQLite's backup API, checked, and only then put in their place."""

import os
import sqlite3
import time
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from rubric_studio.domain.errors import StudioError
from rubric_studio.store.lock import Clock
from rubric_studio.store.trouble import damaged, plainly


def copy_to(raw: sqlite3.Connection, origin: Path, target: Path) -> None:
    """Write everything the connection sees as one self-contained file; `target` is replaced in one step.

    Raises:
        StudioError: the copy could not be written or is damaged; a file at `target` is then as it was.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_checked(raw, origin, part)
        put_in_place(part, target)
    except sqlite3.Error as error:
        raise plainly(error, origin) from error
    except OSError as error:
        raise StudioError(
            "The copy could not be written",
            f"{target.name} could not be written: {error.strerror}. What was there before is unharmed.",
            "Choose another folder, or make room.",
            file=target,
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()


def back_up(
    raw: sqlite3.Connection, origin: Path, folder: Path, why: str, clock: Clock | None = None
) -> Path:
    """Put a dated copy into the folder; where it went."""
    milliseconds = clock.milliseconds() if clock else time.time_ns() // 1_000_000
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    stem = f"{origin.stem} {moment:%Y-%m-%d %H%M%S} {why}"
    target, again = folder / f"{stem}.rubric", 1
    while target.exists():
        again += 1
        target = folder / f"{stem} {again}.rubric"
    copy_to(raw, origin, target)
    return target


def put_in_place(part: Path, target: Path) -> None:
    """Replace `target` by `part`, both in one folder, so that a power cut leaves one of the two whole."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(target)
    if os.name == "posix":  # elsewhere a folder cannot be synced
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def integrity_problem(raw: sqlite3.Connection) -> str | None:
    """What SQLite finds broken in the whole file, or None. Reads every page."""
    found = raw.execute("pragma integrity_check(1)").fetchone()[0]
    if found != "ok":
        return str(found)
    orphan = raw.execute("pragma foreign_key_check").fetchone()
    return None if orphan is None else f"table {orphan[0]} points to nothing"


def _write_checked(raw: sqlite3.Connection, origin: Path, part: Path) -> None:
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        raw.backup(copy)
        copy.execute("pragma journal_mode = delete").fetchone()
        problem = integrity_problem(copy)
    if problem:
        raise damaged(origin, f"A check of the copy found: {problem}")
