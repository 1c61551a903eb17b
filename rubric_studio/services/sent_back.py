"""Which files are answers that a colleague sent back: answer files, and filled sheets of a round. Takes none in."""

from pathlib import Path

from rubric_studio.domain.packet import ANSWERS_ENDING
from rubric_studio.services.round_files import RoundFiles

SHEET_ENDING = ".xlsx"


def is_sent_back(files: RoundFiles | None, path: Path) -> bool:
    """Whether a file goes to the answers of rounds and not into an import; a workbook tells by what is in it."""
    ending = path.suffix.lower()
    if ending == ANSWERS_ENDING:
        return True
    return files is not None and ending == SHEET_ENDING and files.is_sheet(path)
