"""Keeps project files for the window: opens and makes them, and looks after copies of shared ones."""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.merging import MergeReport
from rubric_studio.domain.packet import PacketPlace
from rubric_studio.domain.record import Conflict
from rubric_studio.store.lock import Clock
from rubric_studio.store.merge import merge
from rubric_studio.store.packet_place import packet_copy, packet_place
from rubric_studio.store.place import place_of
from rubric_studio.store.project_file import ProjectFile, create_project, open_project
from rubric_studio.store.working_copy import save_back, take_working_copy, working_copy_of


class Keeper:
    """Project files on this computer.

    Args:
        clock: dates locks and backups.
        backups: the folder for backups before a migration.
        copies: the folder for copies of projects that lie in shared places.
    """

    def __init__(self, clock: Clock, backups: Path, copies: Path) -> None:
        self._clock = clock
        self._backups = backups
        self._copies = copies

    def open(self, path: Path, who: str, *, read_only: bool = False) -> ProjectFile:
        """Open a project, to read only if asked."""
        return open_project(
            path, read_only=read_only, who=who, clock=self._clock, backups=self._backups
        )  # fmt: skip

    def create(self, path: Path, who: str) -> ProjectFile:
        """Make an empty project and open it."""
        return create_project(path, who=who, clock=self._clock)

    def shared_place(self, path: Path) -> str:
        """Name the synced folder or network drive a project lies in, or ""."""
        return place_of(path).name

    def working_copy(self, original: Path) -> Path:
        """Copy a project to this computer, or take up the copy whose work was not saved back."""
        # One folder for each original: two projects of one name must not meet.
        folder = self._copies / sha256(str(original.absolute()).encode()).hexdigest()[:16]
        copy = folder / original.name
        return copy if copy.exists() else take_working_copy(original, folder).copy

    def original_of(self, copy: Path) -> Path | None:
        """Where a working copy came from."""
        working = working_copy_of(copy)
        return None if working is None else working.original

    def save_back(self, copy: Path) -> None:
        """Put a copy in its original's place."""
        working = working_copy_of(copy)
        if working is None:
            raise StudioError(
                "This is no copy", f"{copy.name} came from nowhere else.", "It is saved as it is.", file=copy
            )
        save_back(working)

    def drop_copy(self, copy: Path) -> None:
        """Remove a copy that was saved back, and what was remembered of it."""
        for path in (copy, copy.with_name(copy.name + ".origin")):
            path.unlink(missing_ok=True)
        with suppress(OSError):  # something else was put there: it stays
            copy.parent.rmdir()

    def packet_place(self, path: Path) -> PacketPlace:
        """Say whether a packet can be worked in where it lies."""
        return packet_place(path)

    def packet_copy(self, path: Path, folder: Path) -> Path:
        """Copy a packet into a folder, or take up the copy that is there."""
        return packet_copy(path, folder)

    def merge(self, store: ProjectFile, other: Path) -> MergeReport:
        """Take over what another copy has and this project has not."""
        return merge(store, other)

    def conflicts(self, store: ProjectFile) -> list[Conflict]:
        """The subjects on which copies brought in so far differ."""
        return store.conflicts()
