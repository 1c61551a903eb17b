"""What is asked of the keeper of project files: open, make, copy, save back. The real one is `store/keeper.py`."""

from pathlib import Path
from typing import Any, Protocol

from rubric_studio.domain.merging import MergeReport
from rubric_studio.domain.packet import PacketPlace
from rubric_studio.domain.record import Conflict
from rubric_studio.services.ports import Store

PROJECT_ENDING = ".rubric"


class OpenStore(Store, Protocol):
    """A project that is open, and how to reach it once more from another thread."""

    @property
    def path(self) -> Path:
        """Where the file lies."""
        ...

    def sibling(self) -> Store:
        """Another connection; call it on the thread that will use it, and close it there."""
        ...


class Projects(Protocol):
    """Project files on this computer. `who` is the name that others see while a project is open here."""

    def open(self, path: Path, who: str, *, read_only: bool = False) -> OpenStore:
        """Open a project.

        Raises:
            StudioError: somebody has it open, it is no project, or it is damaged.
        """
        ...

    def create(self, path: Path, who: str) -> OpenStore:
        """Make an empty project and open it.

        Raises:
            StudioError: there is such a file already, or the folder cannot be written to.
        """
        ...

    def shared_place(self, path: Path) -> str:
        """Name the synced folder or network drive the project lies in; "" where it is safe to work."""
        ...

    def working_copy(self, original: Path) -> Path:
        """Copy the project to this computer; a copy that was not saved back is taken up again."""
        ...

    def original_of(self, copy: Path) -> Path | None:
        """Where a working copy came from; None for a project that is no copy."""
        ...

    def save_back(self, copy: Path) -> None:
        """Put the copy in its original's place.

        Raises:
            StudioError: the original was changed by somebody else meanwhile.
        """
        ...

    def drop_copy(self, copy: Path) -> None:
        """Remove a copy that was saved back."""
        ...

    def packet_place(self, path: Path) -> PacketPlace:
        """Say whether a packet can be worked in where it lies."""
        ...

    def packet_copy(self, path: Path, folder: Path) -> Path:
        """Copy a packet into a folder; a copy of the same one that is there already is taken up as it is.

        Raises:
            StudioError: it cannot be read, or the folder cannot be written to.
        """
        ...

    def merge(self, store: Any, other: Path) -> MergeReport:
        """Take over what a colleague's copy has and this project has not; `store` was opened here.

        Raises:
            StudioError: the other file is no project or does not fit; nothing was written then.
        """
        ...

    def conflicts(self, store: Any) -> list[Conflict]:
        """The subjects on which copies brought in so far differ; `store` was opened here."""
        ...


def with_ending(path: Path) -> Path:
    """The path as a project's: "Tax" becomes "Tax.rubric"."""
    return path if path.suffix == PROJECT_ENDING else path.with_name(path.name + PROJECT_ENDING)
