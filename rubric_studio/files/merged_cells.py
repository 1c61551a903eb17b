"""Give the lines below a cell merged downward its value, as a person reads the sheet."""

from collections.abc import Iterable, Iterator

from rubric_studio.domain.table import Complaint
from rubric_studio.domain.values import Json
from rubric_studio.files.sheet_layout import Merge


class FilledMerges:
    """Walks down a sheet and fills what a merged range covers; rows must come from top to bottom."""

    def __init__(self, merges: Iterable[Merge]) -> None:
        downward = (merge for merge in merges if merge.last_row > merge.first_row)
        self._coming = sorted(downward, key=lambda merge: -merge.first_row)
        self._open: dict[int, tuple[Merge, Json]] = {}

    def fill(self, row: int, cells: list[Json]) -> None:
        """Write into a row the values of the ranges that began above; remember those beginning here."""
        while self._coming and self._coming[-1].first_row <= row:
            merge = self._coming.pop()
            column = merge.first_column - 1
            value = cells[column] if merge.first_row == row and column < len(cells) else None
            self._open[column] = (merge, value)
        for column, (merge, value) in list(self._open.items()):
            if merge.last_row < row:
                del self._open[column]
            elif merge.first_row < row and value is not None:
                cells.extend([None] * (column + 1 - len(cells)))
                cells[column] = value


def merge_complaints(merges: Iterable[Merge], header_row: int, file: str, sheet: str) -> Iterator[Complaint]:
    """Name every merged range below the header, and say what was made of it."""
    for merge in merges:
        if merge.last_row <= header_row:
            continue
        if merge.first_column == merge.last_column:
            hint = "Its text was taken for every line it covers."
        else:
            hint = "Its text was taken for its first column only; the other columns are empty."
        message = f"The cells {merge.address} are merged."
        yield Complaint(
            merge.first_row, None, message, hint, "warning", file=file, sheet=sheet, cell=merge.address
        )
