"""Tell at a glance whether a workbook is the sheet of a round. Reads two of its parts and none of its cells."""

import re
import zipfile
import zlib
from pathlib import Path

SHEETS = frozenset({b"Score", b"Grades", b"About"})
"""As `review_xlsx.py` names them; that module is slow to import, and this answers while a file is being dropped."""
LABELS = (b">Round<", b">Expert<")
"""What stands on the last of them: in its own part, or among the texts that a workbook's sheets share."""
LARGEST, LARGEST_ABOUT = 64 << 20, 64 << 10
_WORKBOOK, _TEXTS, _SHEET_PARTS = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/"
_SHEET_NAME = re.compile(rb"<(?:\w+:)?sheet\s[^>]*?\bname=\"([^\"]*)\"")


def is_review_sheet(path: Path) -> bool:
    """Whether a workbook was given out for a round; one that cannot be read is taken for another."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(_SHEET_NAME.findall(_part(archive, _WORKBOOK)))
            return names >= SHEETS and any(_has_labels(archive, part) for part in archive.infolist())
    except (OSError, KeyError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return False
    except (zipfile.BadZipFile, zlib.error):
        return False


def _has_labels(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    is_small_sheet = part.filename.startswith(_SHEET_PARTS) and part.file_size <= LARGEST_ABOUT
    if not is_small_sheet and part.filename != _TEXTS:
        return False
    texts = _part(archive, part.filename)
    return all(label in texts for label in LABELS)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(LARGEST)
