"""Read the physical lines of a text file one by one and say how far the reading is."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from rubric_studio.domain.table import Progress
from rubric_studio.files.sniff import open_text

_LINES_BETWEEN_REPORTS = 500


def text_lines(path: Path, encoding: str, progress: Progress) -> Iterator[str]:
    """Yield lines with their ends; progress counts bytes."""
    total = path.stat().st_size
    message = f"Reading {path.name}"
    with open_text(path, encoding) as file:
        for number, line in enumerate(file):
            if number % _LINES_BETWEEN_REPORTS == 0:
                progress(min(cast(BinaryIO, file.buffer).tell(), total), total, message)
            yield line
    progress(total, total, message)
