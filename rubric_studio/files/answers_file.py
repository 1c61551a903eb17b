"""Write, find and read answer files as bytes: whole or not at all. What stands in one is checked in services."""

import os
from pathlib import Path

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.packet import ANSWERS_ENDING
from rubric_studio.files.atomic_write import written_atomically

LARGEST = 256 * 1024 * 1024
"""Bytes; a thousand times what a long round comes to."""


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
    """(name, bytes, nanoseconds since 1970 of the last change) of the answer files in a folder, by name.

    Raises:
        StudioError: the folder cannot be looked into.
    """
    try:
        with os.scandir(folder) as entries:
            found = [
                (entry.name, entry.stat().st_size, entry.stat().st_mtime_ns)
                for entry in entries
                if entry.name.endswith(ANSWERS_ENDING) and not entry.name.startswith((".", "~"))
            ]
    except OSError as error:
        raise StudioError(
            "The folder cannot be looked into",
            f"{folder} could not be read: {error.strerror or error}.",
            "Is its drive connected, and the folder still there?",
            file=folder,
        ) from error
    return sorted(found)
