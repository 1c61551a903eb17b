"""Make a packet's file: a fresh database, filled beside its place and renamed. What goes in is not known here."""

from collections.abc import Callable
from contextlib import suppress
from os import getpid
from pathlib import Path

from rubric_studio.domain.errors import StudioError
from rubric_studio.store.copies import put_in_place
from rubric_studio.store.lock import Clock, take_lock
from rubric_studio.store.project_file import ProjectFile, create_project

SIDE_FILES = ("-wal", "-shm", "-journal")


def make_packet_file(path: Path, fill: Callable[[ProjectFile], None], clock: Clock | None = None) -> int:
    """Make an empty file, let it be filled, and put it in its place as one self-contained file; its size in bytes.

    It is a new database, so that nothing of any other file can be left in its pages.

    Raises:
        StudioError: the folder cannot be written to, or what is at that place is open in a window.
    """
    part = path.with_name(f".{path.name}.{getpid()}.part")
    try:
        _make_room(part)
        with create_project(part, clock=clock) as store:
            fill(store)
        _replace(part, path, clock)
        return path.stat().st_size
    except OSError as error:
        raise StudioError(
            "The packet could not be written",
            f"{path.name} could not be written: {error.strerror}. What was there before is unharmed.",
            "Choose another folder, or make room.",
            file=path,
        ) from error
    finally:
        _clear(part)


def _make_room(part: Path) -> None:
    part.parent.mkdir(parents=True, exist_ok=True)
    _clear(part)


def _replace(part: Path, path: Path, clock: Clock | None) -> None:
    """Put the part in the place of what is there, which nobody may have open: its side files go with it."""
    lock = take_lock(path, clock=clock)
    try:
        for end in SIDE_FILES:  # left behind, they would be read into the new file
            path.with_name(path.name + end).unlink(missing_ok=True)
        put_in_place(part, path)
    finally:
        lock.release()


def _clear(part: Path) -> None:
    for end in ("", ".lock", *SIDE_FILES):
        with suppress(OSError):
            part.with_name(part.name + end).unlink()
