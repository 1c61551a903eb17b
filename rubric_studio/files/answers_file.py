"""Write, find and read answer files as bytes: whole or not at all. What stands in one is checked in services."""

import os
from pathlib import Path

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.packet import ANSWERS_ENDING
from rubric_studio.files.atomic_write import written_atomically

ENDINGS = (ANSWERS_ENDING, ".xlsx")
"""Of what may be answers; which workbook is a sheet of a round, its content tells."""
LARGEST = 64 * 1024 * 1024
"""Bytes; a hundred thousand marks come to half of it."""


def write_answers(path: Path, content: bytes) -> None:
    """Write an answer file beside its place and rename it.

    Raises:
        StudioError: the folder cannot be written to.
    """
    with written_atomically(path) as beside:
        beside.write_bytes(content)


def read_answers(path: Path, largest: int = LARGEST) -> bytes:
    """Read an answer file.

    Raises:
        StudioError: it cannot be read, or is larger than any answer file.
    """
    try:
        if not path.is_file() and path.exists():  # a pipe would be waited for without end
            raise OSError(f"{path.name} is no file")
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        raise StudioError(
            "The answers cannot be read",
            f"{path.name} could not be read: {error.strerror or error}.",
            "Is it there, and yours to read?",
            file=path,
        ) from error
    if len(content) > largest:
        raise StudioError(
            "This is no answer file",
            f"{path.name} is larger than {largest // 2**20} MB.",
            "Choose the file that came back from the expert; its name ends in .answers.",
            file=path,
        )
    return content


def listed_answers(folder: Path) -> list[tuple[str, int, int]]:
    """(name, bytes, nanoseconds since 1970 of the last change) of the answer files and workbooks in a folder, by name.

    Raises:
        StudioError: the folder cannot be looked into.
    """
    try:
        with os.scandir(folder) as entries:
            named = [each for each in entries if each.name.lower().endswith(ENDINGS)]
            found = [_told(each) for each in named if not each.name.startswith((".", "~")) and _is_file(each)]
    except OSError as error:
        raise StudioError(
            "The folder cannot be looked into",
            f"{folder} could not be read: {error.strerror or error}.",
            "Is its drive connected, and the folder still there?",
            file=folder,
        ) from error
    return sorted(told for told in found if told is not None)


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file or leads to one; a pipe would never end, and a link may lead nowhere."""
    try:
        return entry.is_file()
    except OSError:
        return False


def _told(entry: os.DirEntry[str]) -> tuple[str, int, int] | None:
    """What is told of a file; None where it went away in between."""
    try:
        found = entry.stat()
    except OSError:
        return None
    return (entry.name, found.st_size, found.st_mtime_ns)
