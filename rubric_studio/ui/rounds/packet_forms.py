"""The forms in which a round goes to an expert: a file for this program, and whatever else is added to the list."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rubric_studio.domain.packet import PACKET_ENDING
from rubric_studio.services.packets import fill_packet
from rubric_studio.services.ports import Store
from rubric_studio.services.review_sheet import sheet_of
from rubric_studio.services.round_files import RoundFiles
from rubric_studio.services.round_letter import Form
from rubric_studio.ui.rounds.round_words import tr

SHEET_ENDING = ".xlsx"

Make = Callable[[RoundFiles, Store, str, str, str, Path], int]
"""make(files, store, round, person, now, path): the size in bytes of what was written. Runs in a job's thread."""


class PacketForm(NamedTuple):
    """One form: what people see, how its files end, and who writes them."""

    key: Form
    words: str
    hint: str
    ending: str
    make: Make


def packet_forms() -> tuple[PacketForm, ...]:
    """Every form there is, the usual one first."""
    return (
        PacketForm(
            "program",
            tr("File for this program"),
            tr("She opens it with Rubric Studio; only her own part is in it."),
            PACKET_ENDING,
            _packet,
        ),
        PacketForm(
            "sheet",
            tr("Excel sheet"),
            tr("For those who cannot install anything: grades are chosen from lists, all else is locked."),
            SHEET_ENDING,
            _sheet,
        ),
    )


def _sheet(files: RoundFiles, store: Store, round: str, person: str, now: str, path: Path) -> int:
    with TemporaryDirectory(prefix="rubric-packet-") as folder:
        packet = Path(folder) / f"sheet{PACKET_ENDING}"
        files.make_packet(packet, fill_packet(store, round, person, now))
        opened = files.open_packet(packet, "")
        try:
            sheet = sheet_of(opened)
        finally:
            opened.close()
    files.write_sheet(path, sheet)
    return path.stat().st_size


def _packet(files: RoundFiles, store: Store, round: str, person: str, now: str, path: Path) -> int:
    return files.make_packet(path, fill_packet(store, round, person, now))
