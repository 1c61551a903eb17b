"""What rounds need of files: packets, answer files, sheets, reports. The real ones are chosen in `wiring.py`."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

from rubric_studio.domain.minutes import Minutes
from rubric_studio.domain.review_sheet import FilledSheet, ReviewSheet
from rubric_studio.domain.round_report import RoundReport
from rubric_studio.services.ports import Store
from rubric_studio.services.projects import OpenStore


class ListedFile(NamedTuple):
    """A file as its folder tells of it: bytes, and nanoseconds since 1970."""

    name: str
    size: int
    changed: int


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

    def listed_answers(self, folder: Path) -> list[ListedFile]:
        """The answer files and workbooks that lie in a folder, by name.

        Raises:
            StudioError: the folder cannot be looked into, as when its drive is not connected.
        """
        ...

    def read_answers(self, path: Path) -> bytes:
        """Read an answer file; at most 256 MB of it.

        Raises:
            StudioError: it cannot be read.
        """
        ...

    def write_minutes(self, path: Path, minutes: Minutes) -> None:
        """Write the minutes of a meeting as a Word document.

        Raises:
            StudioError: the file cannot be written.
        """
        ...

    def write_sheet(self, path: Path, sheet: ReviewSheet) -> None:
        """Write a packet as an Excel workbook.

        Raises:
            StudioError: the file cannot be written.
        """
        ...

    def read_sheet(self, path: Path) -> FilledSheet:
        """Read such a workbook that came back.

        Raises:
            StudioError: it cannot be read, is damaged, or is no sheet of a round.
        """
        ...

    def is_sheet(self, path: Path) -> bool:
        """Whether a file is such a workbook, told at a glance; one that cannot be read is none."""
        ...

    def report_page(self, report: RoundReport) -> bytes:
        """The report on rounds as an HTML page."""
        ...

    def write_report(self, path: Path, report: RoundReport) -> None:
        """Write that page.

        Raises:
            StudioError: the file cannot be written.
        """
        ...
