"""Make a rubric of the lines of a sheet: our own, or one that people made with a line per point or per grade.

Every complaint names its line and column. Nothing is written.
"""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from pydantic import ValidationError

from rubric_studio.domain.guide_lines import SEPARATOR
from rubric_studio.domain.rubric import Criterion, Rubric, Stratum, checked_key
from rubric_studio.domain.rubric_edits import key_from
from rubric_studio.domain.rubric_field import number_in
from rubric_studio.domain.table import Complaint, ReadItem, TableLine
from rubric_studio.domain.values import Json, JsonObject
from rubric_studio.services.header_words import plain_name

COLUMN_WORDS: dict[str, tuple[str, ...]] = {
    "key": ("key", "id", "point key", "criterion id", "schlussel", "cle"),
    "what": ("what",),
    "part": ("part", "section", "stratum", "category", "axis", "teil", "abschnitt", "kategorie", "partie"),
    "point": ("point", "criterion", "title", "punkt", "kriterium", "titel", "critere", "titre"),
    "wording": ("wording", "description", "question", "wortlaut", "beschreibung", "frage", "libelle"),
    "weight": ("weight", "points", "gewicht", "punkte", "poids"),
    "grade": ("grade", "level", "grade name", "stufe", "note", "niveau"),
    "value": ("value", "worth", "grade value", "wert", "valeur"),
    "text": ("text", "grade text", "level text", "when", "stufentext", "texte"),
    "settings": ("settings",),
}
LONGEST_TITLE = 70
DEFAULT_PART = "Points"
KEY_HINT = "Small letters, digits and _, beginning with a letter; or leave it empty."


class SheetGuide(NamedTuple):
    """The rubric that a file holds, None where complaints stop it; and sentences on what was assumed."""

    rubric: Rubric | None
    complaints: tuple[Complaint, ...] = ()
    notes: tuple[str, ...] = ()


def guide_from_lines(items: Iterable[ReadItem], name: str) -> SheetGuide:
    """Understand a whole sheet; `name` is the rubric's where the sheet does not say."""
    gathering = _Gathering(name)
    for item in items:
        gathering.take(item)
    return gathering.result()


def short_title(text: str) -> str:
    """The first words of a text, as a title."""
    line = " ".join(text.split())
    return (
        line
        if len(line) <= LONGEST_TITLE
        else f"{line[:LONGEST_TITLE].rpartition(' ')[0] or line[:LONGEST_TITLE]}…"
    )


class _Point:
    """A point while its lines are read."""

    def __init__(self, line: TableLine, data: JsonObject) -> None:
        self.line, self.data = line, data
        self.levels: list[JsonObject] = []


class _Part:
    """A part while its lines are read."""

    def __init__(self, line: TableLine | None, data: JsonObject) -> None:
        self.line, self.data = line, data
        self.points: list[_Point] = []


class _Gathering:
    """Collects parts, points and grades from line to line."""

    def __init__(self, name: str) -> None:
        self._head: JsonObject = {"name": name}
        self._parts: list[_Part] = []
        self._point: _Point | None = None
        self._taken: set[str] = set()
        self._complaints: list[Complaint] = []
        self._lines = 0

    def take(self, item: ReadItem) -> None:
        """Take a line, or a complaint of the reader."""
        if isinstance(item, Complaint):
            self._complaints.append(item)
            return
        self._lines += 1
        cells = _cells(item)
        what = _text(cells, "what").lower()
        match what:
            case "guide":
                self._take_head(item, cells)
            case "part":
                self._begin_part(item, cells)
            case "point":
                self._begin_point(item, cells)
            case "grade":
                self._add_grade(item, cells)
            case "":
                self._take_plain(item, cells)
            case _:
                self._complain(item, "what", f"“{what}” is neither guide, part, point nor grade.")

    def result(self) -> SheetGuide:
        """The rubric, checked point by point so that each complaint has its line."""
        strata = [stratum for part in self._parts if (stratum := self._stratum(part)) is not None]
        is_bare = not any(part.points for part in self._parts) and not self._head.get("graders")
        if is_bare and not self._errors():
            message = "No points were found in it." if self._lines else "It is empty."
            hint = "A column “point” is needed, or “criterion”, “title” or “wording”."
            self._complaints.append(Complaint(None, None, message, hint))
        rubric, notes = (None, ()) if self._errors() else self._whole(strata)
        return SheetGuide(rubric, tuple(self._complaints), notes)

    # ---- lines

    def _take_head(self, line: TableLine, cells: dict[str, Json]) -> None:
        name = _text(cells, "part")
        self._head |= {"name": name} if name else {}
        self._head |= self._settings(line, cells)

    def _take_plain(self, line: TableLine, cells: dict[str, Json]) -> None:
        """A line of a sheet that people made: a new part, a new point, a grade of the point, or all at once."""
        title = _text(cells, "point") or short_title(_text(cells, "wording"))
        begins = bool(title) and not self._is_same_point(cells, title)
        part = _text(cells, "part")
        if part and (not title or begins):
            self._find_part(line, part, {} if title else cells)
        if begins:
            self._begin_point(line, cells)
        if any(_text(cells, name) for name in ("grade", "value", "text")):
            self._add_grade(line, cells)

    def _is_same_point(self, cells: dict[str, Json], title: str) -> bool:
        """Whether a line repeats the title of the point above it to add a grade."""
        if self._point is None:
            return False
        key = _text(cells, "key")
        if key:
            return key == self._point.data["key"]
        has_grade = any(_text(cells, name) for name in ("grade", "value", "text"))
        return has_grade and title == self._point.data["title"] and bool(self._point.levels)

    def _find_part(self, line: TableLine, title: str, cells: dict[str, Json]) -> None:
        """Go on with the part of that title, or begin it."""
        known = next((part for part in self._parts if part.data["title"] == title), None)
        if known is not None:
            self._parts.append(self._parts.pop(self._parts.index(known)))
        else:
            self._begin_part(line, {**cells, "part": title})

    def _begin_part(self, line: TableLine, cells: dict[str, Json]) -> None:
        title = _text(cells, "part")
        data: JsonObject = {"key": self._key(line, cells, title or DEFAULT_PART, "part"), "title": title}
        data |= self._number(line, cells, "weight") | self._settings(line, cells)
        self._parts.append(_Part(line, data))
        self._point = None

    def _begin_point(self, line: TableLine, cells: dict[str, Json]) -> None:
        wording = _text(cells, "wording")
        title = _text(cells, "point")
        if not wording and len(title) > LONGEST_TITLE and not _text(cells, "what"):
            title, wording = short_title(title), title
        title = title if title or _text(cells, "what") else short_title(wording)
        data: JsonObject = {"key": self._key(line, cells, title or wording, "point")}
        data |= {"title": title, "wording": wording}
        data |= self._number(line, cells, "weight") | self._settings(line, cells)
        if not self._parts:
            key = key_from(DEFAULT_PART, self._taken, "part")
            self._taken.add(key)
            self._parts.append(_Part(None, {"key": key, "title": DEFAULT_PART}))
        self._point = _Point(line, data)
        self._parts[-1].points.append(self._point)

    def _add_grade(self, line: TableLine, cells: dict[str, Json]) -> None:
        if self._point is None:
            self._complain(line, "grade", "This grade stands before any point.", "Put its point above it.")
            return
        levels = self._point.levels
        text = _text(cells, "text")
        named = _text(cells, "grade") or _text(cells, "key").partition(SEPARATOR)[2]
        key = named or key_from("grade", {str(level["key"]) for level in levels}, "grade")
        if any(level["key"] == key for level in levels):
            self._complain(line, "grade", f"The point has a grade “{key}” already.")
            return
        number = self._number(line, cells, "value")
        value = number.get("value")
        if value is None and not self._was_named(line, "value"):
            self._complain(line, "value", f"The grade “{key}” has no value.", "Write a number from 0 to 1.")
        elif value is not None and not 0 <= value <= 1:
            self._complain(
                line, "value", f"{cells['value']} is not from 0 to 1.", "Write a number from 0 to 1."
            )
        levels.append({"key": key, "value": value, "text": text, **self._settings(line, cells)})

    # ---- cells

    def _key(self, line: TableLine, cells: dict[str, Json], title: str, otherwise: str) -> str:
        named = _text(cells, "key")
        key = named or key_from(title, self._taken, otherwise)
        try:
            checked_key(key)
        except ValueError as error:
            if _text(cells, "what"):
                self._complain(line, "key", f"{error}.", KEY_HINT)
            key = key_from(title, self._taken, otherwise)  # somebody's own numbering is no key of ours
        if key in self._taken:
            self._complain(line, "key", f"The key {key} is used twice.", KEY_HINT)
            key = key_from(key, self._taken, otherwise)
        self._taken.add(key)
        return key

    def _number(self, line: TableLine, cells: dict[str, Json], name: str) -> dict[str, float]:
        """{name: number}, or nothing where the cell is empty or, with a complaint, holds no number."""
        value = cells.get(name)
        if value is None or value == "":
            return {}
        try:
            if isinstance(value, bool):
                raise ValueError(f'"{value}" is not a number')
            return {name: number_in(str(value))}
        except ValueError as error:
            self._complain(line, name, f"{error}.", "Write a number.")
            return {}

    def _settings(self, line: TableLine, cells: dict[str, Json]) -> JsonObject:
        text = cells.get("settings")
        if text is None or text == "":
            return {}
        try:
            data = json.loads(text) if isinstance(text, str) else text
        except (ValueError, RecursionError):
            data = None
        if isinstance(data, dict):
            return cast(JsonObject, data)
        self._complain(line, "settings", "This is not what was written there.", "Leave the cell empty.")
        return {}

    # ---- the whole

    def _stratum(self, part: _Part) -> JsonObject | None:
        criteria = [self._criterion(point) for point in part.points]
        self._check(Stratum, part.data, part.line)
        return {**part.data, "criteria": criteria}

    def _criterion(self, point: _Point) -> JsonObject:
        data = {**point.data, "levels": point.levels}
        if not any(complaint.line == point.line.number for complaint in self._errors()):
            self._check(Criterion, data, point.line)
        return data

    def _check(self, kind: type[Criterion] | type[Stratum], data: JsonObject, line: TableLine | None) -> None:
        try:
            kind.model_validate(data)
        except ValidationError as error:
            first = error.errors()[0]
            column = str(first["loc"][0]) if first["loc"] else None
            if line is not None and not (column == "levels" and self._errors()):
                self._complain(line, column, first["msg"].removeprefix("Value error, ") + ".")

    def _whole(self, strata: list[JsonObject]) -> tuple[Rubric | None, tuple[str, ...]]:
        data, notes = {**self._head, "strata": strata}, ()
        heavy = any(point.get("weight", 1) < -1 for part in strata for point in part["criteria"])
        if heavy and "aggregation" not in self._head:
            data["aggregation"] = "points_clipped"
            notes = ("Some faults cost more than 1: the guide counts points.",)
        try:
            return Rubric.model_validate(data), notes
        except ValidationError as error:
            message = error.errors()[0]["msg"].removeprefix("Value error, ")
            self._complaints.append(Complaint(None, None, f"{message}."))
            return None, ()

    def _errors(self) -> list[Complaint]:
        return [complaint for complaint in self._complaints if complaint.is_error]

    def _was_named(self, line: TableLine, field: str) -> bool:
        return any(each.line == line.number and each.column == field for each in self._complaints)

    def _complain(self, line: TableLine, column: str | None, message: str, hint: str = "") -> None:
        self._complaints.append(line.complaint(column, message, hint))


def _cells(line: TableLine) -> dict[str, Json]:
    """The values of a line by what they mean; of two columns for one meaning the likelier one counts."""
    names = {plain_name(header): value for header, value in line.values.items()}
    found: dict[str, Json] = {}
    for field, words in COLUMN_WORDS.items():
        name = next((word for word in words if word in names), None)
        if name is not None:
            found[field] = names[name]
    return found


def _text(cells: dict[str, Any], name: str) -> str:
    value = cells.get(name)
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\r\n", "\n").strip()
