"""Write a rubric as a CSV file that Excel opens as it is. Such a file comes in again as any sheet of points does."""

import csv
from pathlib import Path

from rubric_studio.domain.exported_guide import ExportedGuide
from rubric_studio.domain.guide_lines import COLUMNS, guide_lines
from rubric_studio.domain.rubric_field import number_words
from rubric_studio.domain.safe_text import safe_text
from rubric_studio.files.atomic_write import written_atomically


def write_csv(path: Path, guide: ExportedGuide) -> None:
    """Write the file, whole or not at all.

    Raises:
        StudioError: the file cannot be written.
    """
    with (
        written_atomically(path) as beside,
        beside.open("w", encoding="utf-8-sig", newline="") as file,
    ):
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for line in guide_lines(guide.rubric, guide.how):
            writer.writerow([_written(line.values.get(column, "")) for column in COLUMNS])


def _written(value: str | float) -> str:
    return safe_text(value) if isinstance(value, str) else number_words(float(value))
