"""What SQLite complains of, in words that a person can act on. Nothing is decided here."""

import sqlite3
from pathlib import Path

from rubric_studio.domain.errors import StudioError, Unreadable

_FROM_BACKUP = "Keep the file as it is and open the newest backup."


def plainly(error: sqlite3.Error | UnicodeEncodeError, path: Path) -> StudioError:
    """Say what an error of the database means for the project at `path`."""
    if isinstance(error, UnicodeEncodeError):
        return StudioError(
            "This text cannot be kept",
            "A name or an id holds half of a character, which no file can carry.",
            "Correct that text and try again.",
            file=path,
        )
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    known = _KNOWN.get(code)
    if known is None and type(error) is sqlite3.DatabaseError:
        known = _KNOWN[sqlite3.SQLITE_CORRUPT]
    title, message, hint = known or ("The project could not be used", f"SQLite says: {error}.", "")
    kind = Unreadable if known in _BROKEN else StudioError
    return kind(title, message, hint, file=path)


def damaged(path: Path, what: str) -> Unreadable:
    """The file is a project, or was one, and something in it is broken."""
    return Unreadable(
        "This project is damaged", f"{what}. It was not changed.", _FROM_BACKUP, file=path
    )  # fmt: skip


def not_a_project(path: Path, what: str) -> Unreadable:
    """The file is something else."""
    return Unreadable(
        "This is not a project",
        f"{what}. It was not changed.",
        "Choose a file that Rubric Studio has made; its name ends in .rubric.",
        file=path,
    )


_KNOWN = {
    sqlite3.SQLITE_CORRUPT: (
        "This project is damaged",
        "A part of the file cannot be read. Nothing was overwritten.",
        _FROM_BACKUP,
    ),
    sqlite3.SQLITE_NOTADB: (
        "This is not a project",
        "The file is no database. Nothing was overwritten.",
        "Choose a file that Rubric Studio has made; its name ends in .rubric.",
    ),
    sqlite3.SQLITE_BUSY: (
        "The project is busy",
        "Other work on this project did not finish in time. Nothing was written.",
        "Wait a moment and try again.",
    ),
    sqlite3.SQLITE_FULL: (
        "The disk is full",
        "There is no room to write. What was there before is unharmed.",
        "Make room and try again.",
    ),
    sqlite3.SQLITE_READONLY: (
        "The project is open to read only",
        "Nothing was written.",
        "Open it for writing, or save a copy and work on that.",
    ),
    sqlite3.SQLITE_IOERR: (
        "The disk did not answer",
        "The file could not be read or written. What was saved before is unharmed.",
        "Check that the drive is connected, then open the project again.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The project cannot be opened",
        "The file or its folder does not let us in.",
        "Check that you may write to this folder, or open the project to read only.",
    ),
    sqlite3.SQLITE_CONSTRAINT: (
        "This cannot be written",
        "Something in it contradicts the project or is no valid JSON value. Nothing was written.",
        "",
    ),
}
_BROKEN = (_KNOWN[sqlite3.SQLITE_CORRUPT], _KNOWN[sqlite3.SQLITE_NOTADB])
