"""The real files of rounds on this computer: packets through the store, answers through files. No logic of its own."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.minutes import Minutes
from rubric_studio.domain.packet import PACKET_ENDING
from rubric_studio.domain.review_sheet import FilledSheet, ReviewSheet
from rubric_studio.domain.round_report import RoundReport
from rubric_studio.files.answers_file import listed_answers, read_answers, write_answers
from rubric_studio.files.review_sheet_mark import is_review_sheet
from rubric_studio.services.packet_record import packet_of
from rubric_studio.services.ports import Store
from rubric_studio.services.round_files import ListedFile
from rubric_studio.store.lock import Clock
from rubric_studio.store.packet_file import make_packet_file
from rubric_studio.store.project_file import ProjectFile, open_project


class RoundFilesHere:
    """Files that go from person to person (see `RoundFiles` in services).

    Args:
        clock: dates locks.
        backups: the folder for backups before a packet of an older format is brought up to date.
        own: the folder for packets of whoever scores in the project itself.
    """

    def __init__(self, clock: Clock, backups: Path, own: Path) -> None:
        self._clock = clock
        self._backups = backups
        self._own = own

    def make_packet(self, path: Path, fill: Callable[[Store], None]) -> int:
        """Make a packet and let it be filled; its size in bytes."""
        return make_packet_file(path, fill, self._clock)

    def open_packet(self, path: Path, who: str) -> ProjectFile:
        """Open a packet to work in."""
        store = open_project(path, who=who, clock=self._clock, backups=self._backups)
        try:
            if packet_of(store) is None:
                raise StudioError(
                    "This is no packet",
                    f"{path.name} is a project of its own. It was not changed.",
                    f"Choose the file that was sent to you; its name ends in {PACKET_ENDING}.",
                    file=path,
                )
        except BaseException:
            store.close()
            raise
        return store

    def own_packet(self, round: str, person: str) -> Path:
        """Where the packet of whoever scores in the project itself lies."""
        # Ids come out of files and may be no file names.
        name = hashlib.sha256(f"{round}/{person}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return self._own / f"{name}{PACKET_ENDING}"

    def write_answers(self, path: Path, content: bytes) -> None:
        """Write an answer file."""
        write_answers(path, content)

    def write_minutes(self, path: Path, minutes: Minutes) -> None:
        """Write the minutes of a meeting as a Word document; what writes it is slow to import."""
        from rubric_studio.files.minutes_docx import write_minutes

        write_minutes(path, minutes)

    def listed_answers(self, folder: Path) -> list[ListedFile]:
        """The answer files and workbooks that lie in a folder, by name."""
        return [ListedFile(*each) for each in listed_answers(folder)]

    def read_answers(self, path: Path) -> bytes:
        """Read an answer file."""
        return read_answers(path)

    def write_sheet(self, path: Path, sheet: ReviewSheet) -> None:
        """Write a packet as an Excel workbook; what writes it is slow to import."""
        from rubric_studio.files.review_xlsx import write_review_sheet

        write_review_sheet(path, sheet)

    def read_sheet(self, path: Path) -> FilledSheet:
        """Read such a workbook that came back."""
        from rubric_studio.files.review_xlsx_reading import read_review_sheet

        return read_review_sheet(path)

    def is_sheet(self, path: Path) -> bool:
        """Whether a file is such a workbook, told at a glance."""
        return is_review_sheet(path)

    def report_page(self, report: RoundReport) -> bytes:
        """The report on rounds as an HTML page."""
        from rubric_studio.targets.agreement_page import agreement_page

        return agreement_page(report)

    def write_report(self, path: Path, report: RoundReport) -> None:
        """Write that page."""
        from rubric_studio.files.atomic_write import written_atomically

        page = self.report_page(report)
        with written_atomically(path) as beside:
            beside.write_bytes(page)
