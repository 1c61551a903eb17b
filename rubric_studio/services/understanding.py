"""Understand the lines of a file: the rows, samples and marks in it, and every complaint. Writes nothing."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rubric_studio.domain.row import Row
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.table import Complaint, ReadItem, TableLine
from rubric_studio.services.mapping import FIELDS, AnswerColumns, Mapping, Shape
from rubric_studio.services.understood_lines import ImportedMark, LineReader, Thing

__all__ = [
    "AnswerColumns",
    "ImportedMark",
    "Mapping",
    "PreviewLine",
    "Shape",
    "Understood",
    "preview",
    "understand",
]

PREVIEW_LINES = 10


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file holds once its faulty lines are left out, and why they are.

    `row_lines` and `sample_lines` tell the line of each row and sample. `lines` counts all lines
    that were read, faulty ones included; `notes` are sentences about what was made or assumed.
    """

    rows: tuple[Row, ...] = ()
    samples: tuple[Sample, ...] = ()
    marks: tuple[ImportedMark, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    notes: tuple[str, ...] = ()
    row_lines: tuple[int, ...] = ()
    sample_lines: tuple[int, ...] = ()
    lines: int = 0

    def everything(self) -> list[Sequence[object]]:
        """Return what it holds, to be let go of where it is no longer wanted."""
        return [self.rows, self.samples, self.marks, self.complaints]

    @property
    def left_out(self) -> tuple[int, ...]:
        """The lines that cannot come in, in order."""
        return tuple(sorted(_faulty_lines(self.complaints)))

    @property
    def stops(self) -> tuple[Complaint, ...]:
        """The errors that are about the whole file: leaving lines out does not cure them."""
        return tuple(
            complaint for complaint in self.complaints if complaint.is_error and complaint.line is None
        )


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One line as it was understood by itself."""

    line: TableLine
    rows: tuple[Row, ...]
    samples: tuple[Sample, ...]
    marks: tuple[ImportedMark, ...]
    complaints: tuple[Complaint, ...]


def understand(items: Iterable[ReadItem], mapping: Mapping) -> Understood:
    """Understand a whole file in one pass over what its reader yields."""
    gathering = _Gathering(mapping)
    try:
        for item in items:
            gathering.take(item)
        return gathering.result()
    finally:
        gathering.let_go()


def preview(lines: Iterable[TableLine], mapping: Mapping) -> tuple[PreviewLine, ...]:
    """Show the first ten lines as understood, each by itself."""
    reader = LineReader(mapping)
    shown: list[PreviewLine] = []
    for line, _ in zip(lines, range(PREVIEW_LINES), strict=False):
        things = list(reader.things(line))
        shown.append(
            PreviewLine(
                line,
                tuple(thing for thing in things if isinstance(thing, Row)),
                tuple(thing for thing in things if isinstance(thing, Sample)),
                tuple(thing for thing in things if isinstance(thing, ImportedMark)),
                tuple(thing for thing in things if isinstance(thing, Complaint)),
            )
        )
    return tuple(shown)


class _Gathering:
    """Collects what lines hold and compares each thing with those of earlier lines."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self._reader = LineReader(mapping)
        self._things: dict[Hashable, tuple[int, Thing]] = {}
        self._complaints: list[Complaint] = []
        self._from_reading: list[Complaint] = []
        self._lines: set[int] = set()

    def take(self, item: ReadItem) -> None:
        """Take a line, or a complaint of the reader."""
        if isinstance(item, Complaint):
            self._from_reading.append(item)
            return
        self._lines.add(item.number)
        for thing in self._reader.things(item):
            if isinstance(thing, Complaint):
                self._complaints.append(thing)
            else:
                self._add(item, thing)

    def _add(self, line: TableLine, thing: Thing) -> None:
        key = _identity(thing)
        first = self._things.setdefault(key, (line.number, thing))
        if first[1] is thing:
            return
        if not _says_the_same(first[1], thing):
            column, message, hint = _contradiction(first[0], thing)
            name = self._mapping.column(column)
            place = name if name in self._reader.values.met else None
            self._complaints.append(line.complaint(place, message, hint))
        elif not (isinstance(thing, Row) and self._mapping.shape in ("answer", "question_with_answers")):
            message = f"This line says the same as line {first[0]}; it is taken once."
            self._complaints.append(line.complaint(None, message, severity="warning"))

    def let_go(self) -> None:
        """Forget everything, also where the reading was stopped half way.

        One by one: freeing 100,000 things in one step would keep the window waiting.
        """
        while self._things:
            self._things.popitem()

    def result(self) -> Understood:
        """Leave out what stands on faulty lines."""
        missing = self._missing_columns()
        complaints = (
            *self._settled_reading(),
            *self._about_lines(missing),
            *self._about_the_file(missing),
        )
        faulty = _faulty_lines(complaints)
        good = [(line, thing) for line, thing in self._things.values() if line not in faulty]
        rows = [(line, thing) for line, thing in good if isinstance(thing, Row)]
        samples = [(line, thing) for line, thing in good if isinstance(thing, Sample)]
        return Understood(
            rows=tuple(row for _, row in rows),
            samples=tuple(sample for _, sample in samples),
            marks=tuple(mark for _, mark in good if isinstance(mark, ImportedMark)),
            complaints=tuple(sorted(complaints, key=lambda complaint: complaint.line or 0)),
            notes=tuple(self._notes()),
            row_lines=tuple(line for line, _ in rows),
            sample_lines=tuple(line for line, _ in samples),
            lines=len(self._lines | faulty),
        )

    def _settled_reading(self) -> Iterator[Complaint]:
        """A fault in a column that nothing is taken from must not cost its line."""
        for complaint in self._from_reading:
            matters = complaint.line not in self._lines or self._is_read(complaint.column)
            yield complaint if matters else replace(complaint, severity="warning")

    def _is_read(self, column: str | None) -> bool:
        if column is None or self._mapping.shape in ("question", "question_with_answers"):
            return True  # what no field takes stays a reference field
        own = {self._mapping.column(name) for name in FIELDS[self._mapping.shape]}
        return any(
            column == name or name.startswith((f"{column}.", f"{column}["))
            for name in own | self._mapping.named_columns()
        )

    def _about_lines(self, missing: set[str]) -> Iterator[Complaint]:
        """What lines lack because the whole file has no such column is said once, about the file."""
        return (complaint for complaint in self._complaints if complaint.column not in missing)

    def _about_the_file(self, missing: set[str]) -> Iterator[Complaint]:
        if not self._lines and not self._from_reading:
            yield Complaint(None, None, "There are no lines in this file.")
        for column in sorted(missing):
            hint = "Say which column holds it."
            yield Complaint(None, column, f'No line has a column "{column}".', hint)

    def _missing_columns(self) -> set[str]:
        lacked = {complaint.column for complaint in self._complaints if complaint.column}
        return (lacked | self._mapping.named_columns()) - self._reader.values.met if self._lines else set()

    def _notes(self) -> Iterator[str]:
        reader = self._reader
        if reader.made_ids:
            example = f"such as {reader.last_made_id}"
            yield f"{reader.made_ids} lines have no id; theirs was made from the question's text, {example}."
        if reader.without_prompt:
            yield f"{reader.without_prompt} lines have no question, only fields beside it."
        if reader.unnamed_model:
            yield f'{reader.unnamed_model} answers do not say which model gave them; it is called "unnamed".'
        for model, count in reader.empty_answers.items():
            yield f"{count} lines have no answer of {model}."


def _faulty_lines(complaints: Iterable[Complaint]) -> set[int]:
    return {complaint.line for complaint in complaints if complaint.is_error and complaint.line is not None}


def _identity(thing: Thing) -> Hashable:
    match thing:
        case Row():
            return ("row", thing.id)
        case Sample():
            return ("sample", *thing.place)
        case ImportedMark():
            return ("mark", thing.row, thing.model, thing.run, thing.criterion, thing.rater)


def _says_the_same(one: Thing, other: Thing) -> bool:
    match one, other:
        case ImportedMark(), ImportedMark():
            return (one.value, one.reason) == (other.value, other.reason)
        case Sample(), Sample():
            return one.text == other.text
        case _:
            return one == other


def _contradiction(first: int, thing: Thing) -> tuple[str, str, str]:
    """The field, a message and a hint for a thing that an earlier line tells otherwise."""
    match thing:
        case Row():
            message = (
                f'The id "{thing.id}" stands on line {first} too, with another question or other fields.'
            )
            return "id", message, "Give one of them another id, or leave this line out."
        case Sample():
            message = f"{thing.model}, run {thing.run}, has another answer to {thing.row} on line {first}."
            return "text", message, "Map a column that counts the runs, or leave this line out."
        case ImportedMark():
            message = f'"{thing.criterion}" was marked otherwise for the same answer on line {first}.'
            return "value", message, "Leave one of the two lines out."
