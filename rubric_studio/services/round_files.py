"""What rounds need of files: packets, answer files, sheets, reports. The real ones are chosen in `wiring.py`."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from rubric_studio.services.ports import Store
from rubric_studio.services.projects import OpenStore


class RoundFiles(Protocol):
    """Files that go from person to person. All are written beside and renamed: whole or not at all."""

    def make_packet(self, path: Path, fill: Callable[[Store], None]) -> int:
        """Make a packet and let it be filled; its size in bytes. What was at that place is replaced.

        Raises:
            StudioError: the place cannot be written to.
        """
        ...

    def open_packet(self, path: Path, who: str) -> OpenStore:
        """Open a packet to work in.

        Raises:
            StudioError: it is open in another window, damaged, or none.
        """
        ...

    def own_packet(self, round: str, person: str) -> Path:
        """Where the packet of whoever scores in the project itself lies, on this computer."""
        ...

    def write_answers(self, path: Path, content: bytes) -> None:
        """Write an answer file."""
        ...

    def read_answers(self, path: Path) -> bytes:
        """Read an answer file; at most 256 MB of it.

        Raises:
            StudioError: it cannot be read.
        """
        ...
