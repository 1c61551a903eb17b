"""Find a field's value on a line: by the column's exact name, else along a path."""

from rubric_studio.domain.table import TableLine
from rubric_studio.domain.values import Json
from rubric_studio.grader.measures import field_values
from rubric_studio.services.mapping import Mapping


class LineValues:
    """Reads lines under one mapping. `met` are the columns found so far: a mistyped name must not pass."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self.met: set[str] = set()

    def value(self, line: TableLine, name: str) -> Json:
        """The value of a field on a line; None where there is none. What holds for every line comes last."""
        column = self._mapping.column(name)
        found = self.at(line, column) if column else None
        return self._mapping.fixed.get(name) if found is None else found

    def at(self, line: TableLine, column: str) -> Json:
        """The value of a column, or of a path; a path that spreads with [*] gives a list."""
        if column in line.values:
            self.met.add(column)
            return line.values[column]
        found = field_values(column, line.values)
        if found:
            self.met.add(column)
        if "[*]" in column:
            return found or None
        return found[0] if found else None

    def has(self, line: TableLine, name: str) -> bool:
        """Whether the line has the column of a field at all, be it empty."""
        column = self._mapping.column(name)
        return column in line.values or (bool(column) and self.at(line, column) is not None)
