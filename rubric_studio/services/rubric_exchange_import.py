"""Read a rubric from whatever file it comes in: our JSON, a sheet of points, a benchmark's list. Saves nothing."""

from pathlib import Path
from typing import cast

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.table import TableLine
from rubric_studio.domain.values import Json, JsonObject
from rubric_studio.services.rubric_exchange import GuideFiles
from rubric_studio.services.rubric_exchange_lines import SheetGuide, guide_from_lines
from rubric_studio.services.rubric_exchange_shapes import (
    entries_in,
    guide_from_entries,
    rows_with_lists,
)
from rubric_studio.services.versions import read_rubric, refuse_half_characters

SHEETS = (".csv", ".tsv", ".xlsx", ".txt")
OWN_FIELDS = {"strata", "aggregation", "row_criteria"}


def read_guide_file(path: Path, files: GuideFiles) -> SheetGuide:
    """Read a rubric; complaints that are errors leave it None.

    Raises:
        StudioError: the file cannot be read, or is no rubric; names file, line and field.
    """
    suffix = path.suffix.lower()
    if suffix in (".docx", ".docm", ".odt", ".doc"):
        raise StudioError(
            "A guide does not begin in Word",
            "A Word file that was given out from here is brought back into the guide it came from.",
            "Use “Bring back from Word or Excel” on the scoring guide's page.",
            file=path.name,
        )
    if suffix in SHEETS:
        return guide_from_lines(files.read_table(path), path.stem)
    if suffix == ".jsonl":
        return _from_json([line.values for line in _lines(files, path)], path)
    return _from_json(files.read_json(path), path)


def guide_from_value(data: Json, name: str) -> SheetGuide | None:
    """Read a rubric from a benchmark's list of criteria; None where the value is none."""
    if isinstance(data, dict) and OWN_FIELDS & set(cast(JsonObject, data)):
        return None
    entries = entries_in(data)
    return None if entries is None else guide_from_entries(entries, name)


def guide_or_stop(read: SheetGuide, path: Path) -> Rubric:
    """The rubric that was read.

    Raises:
        StudioError: the first complaint that stops it from coming in, and how many more there are.
    """
    if read.rubric is not None:
        return read.rubric
    errors = [complaint for complaint in read.complaints if complaint.is_error]
    first, more = errors[0], f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
    raise StudioError(
        "Nothing was brought in",
        first.message + more,
        first.hint or "Mend the file and try again.",
        file=path.name,
        line=first.line,
        field=first.column,
    )


def _from_json(data: Json, path: Path) -> SheetGuide:
    refuse_half_characters(data, path.name)
    found = guide_from_value(data, path.stem)
    if found is not None:
        return found
    rows = rows_with_lists(data)
    if rows > 1:
        raise StudioError(
            "These are questions with points of their own",
            f"The file holds {rows} questions, each with its own list of points: not one guide for all.",
            "Bring it in as questions; the points come along.",
            file=path.name,
        )
    return SheetGuide(read_rubric(data, path.name))


def _lines(files: GuideFiles, path: Path) -> list[TableLine]:
    """The lines of a JSONL file; the first that cannot be read stops it."""
    found: list[TableLine] = []
    for item in files.read_table(path):
        if isinstance(item, TableLine):
            found.append(item)
        elif item.is_error:
            raise StudioError(
                "Nothing was brought in", item.message, item.hint, file=path.name, line=item.line
            )
    return found
