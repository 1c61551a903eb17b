"""Read JSONL: one object per line. A line that is no object is complained about, the others go on."""

from collections.abc import Iterator
from pathlib import Path

from rubric_studio.domain.table import Complaint, Progress, ReadItem, TableLine
from rubric_studio.files.characters import character_complaints
from rubric_studio.files.json_values import NotJson, parse_whole
from rubric_studio.files.streaming import text_lines


def read_jsonl(path: Path, encoding: str, progress: Progress) -> Iterator[ReadItem]:
    """Yield each line's values, and complaints before the line they speak of. Empty lines are passed over."""
    for number, text in enumerate(text_lines(path, encoding, progress), start=1):
        if text.strip("\ufeff \t\r\n"):
            yield from _line(number, text, path.name)


def _line(number: int, text: str, file: str) -> Iterator[ReadItem]:
    try:
        values = parse_whole(text)
    except NotJson as error:
        place = None if error.position is None else f"character {error.position + 1}"
        yield Complaint(number, place, error.message, error.hint, file=file)
        return
    if not isinstance(values, dict):
        yield Complaint(
            number, None, "This line is no object.", 'Each line must look like {"name": value}.', file=file
        )
        return
    line = TableLine(number, values, file)
    yield from character_complaints(line)
    yield line
