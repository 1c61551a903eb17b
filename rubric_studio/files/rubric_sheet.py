"""Read a sheet of points line by line, what Excel's cells escape undone. What the lines mean is not its affair."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rubric_studio.domain.table import Complaint, ReadItem
from rubric_studio.files.reader import read
from rubric_studio.files.rubric_cell_text import text_of_cell


def read_sheet(path: Path) -> Iterator[ReadItem]:
    """Yield the lines of a CSV, XLSX or JSONL file, and complaints between them.

    Raises:
        StudioError: the file cannot be opened, or is no table.
    """
    is_workbook = path.suffix.lower() == ".xlsx"
    for item in read(path):
        if isinstance(item, Complaint) or not is_workbook:
            yield item
        else:
            values = {name: text_of_cell(v) if isinstance(v, str) else v for name, v in item.values.items()}
            yield replace(item, values=values)
