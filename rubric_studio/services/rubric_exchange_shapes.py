"""Make a rubric of the lists of criteria that benchmarks publish: HealthBench's points, PRBench's weights.

HealthBench clips a sum of points, PRBench stretches it over what faults can cost (design section 3).
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, cast

from rubric_studio.domain.rubric import Criterion, Rubric, Stratum
from rubric_studio.domain.rubric_edits import key_from
from rubric_studio.domain.table import Complaint
from rubric_studio.domain.values import Json, JsonObject
from rubric_studio.services.rubric_exchange_lines import SheetGuide, short_title

LISTS = ("rubrics", "rubric", "criteria")
TEXTS = ("criterion", "title", "text", "description")
NUMBERS = ("points", "weight")
GENERAL = "Points"


class Entry(NamedTuple):
    """One criterion of a list: where it stands (counted from 1), and what it says."""

    number: int
    data: JsonObject


def entries_in(data: Json) -> list[Entry] | None:
    """The criteria in a file's value: a list, or one row that holds a list; None where it is none of these."""
    if isinstance(data, dict):
        found = _list_of(cast(JsonObject, data))
        return None if found is None else entries_in(found)
    objects = _objects(data)
    if not objects:
        return None
    if _is_criterion(objects[0]):
        return [Entry(number, each) for number, each in enumerate(objects, start=1)]
    return entries_in(objects[0]) if len(objects) == 1 else None


def rows_with_lists(data: Json) -> int:
    """How many rows with criteria of their own a file's value holds."""
    return sum(_list_of(row) is not None for row in _objects(data))


def guide_from_entries(entries: Sequence[Entry], name: str) -> SheetGuide:
    """Understand a list of criteria; a complaint's line is the entry's number."""
    is_healthbench = any("points" in entry.data for entry in entries)
    complaints: list[Complaint] = []
    parts: dict[str, list[Criterion]] = {}
    taken = {GENERAL.lower()}
    for entry in entries:
        criterion = _criterion(entry, taken, complaints)
        if criterion is not None:
            taken.add(criterion.key)
            parts.setdefault(_part(entry.data), []).append(criterion)
    if complaints:
        return SheetGuide(None, tuple(complaints))
    rubric = Rubric(
        name=name,
        aggregation="points_clipped" if is_healthbench else "points_shifted",
        strata=tuple(_strata(parts, taken)),
    )
    return SheetGuide(rubric)


def _objects(data: Json) -> list[JsonObject]:
    """The entries of a list of objects; [] where the value is something else."""
    entries = cast(list[Any], data) if isinstance(data, list) else []
    return entries if all(isinstance(each, dict) for each in entries) else []


def _list_of(row: JsonObject) -> list[Any] | None:
    """The list of criteria that a row holds, None where it holds none."""
    return next((row[name] for name in LISTS if isinstance(row.get(name), list)), None)


def _is_criterion(data: JsonObject) -> bool:
    return any(name in data for name in TEXTS) and any(name in data for name in NUMBERS)


def _criterion(entry: Entry, taken: set[str], complaints: list[Complaint]) -> Criterion | None:
    texts = [str(entry.data[name]).strip() for name in TEXTS if entry.data.get(name)]
    weight = _weight(entry, complaints)
    if not texts:
        complaints.append(Complaint(entry.number, TEXTS[0], "This entry has no words.", "Give it some."))
    if not texts or weight is None:
        return None
    title = short_title(texts[0])
    wording = "\n".join(dict.fromkeys(texts))
    key = key_from(title.rstrip("…"), taken, "point")
    return Criterion.model_validate({"key": key, "title": title, "wording": wording, "weight": weight})


def _weight(entry: Entry, complaints: list[Complaint]) -> float | None:
    name = next((name for name in NUMBERS if name in entry.data), NUMBERS[0])
    value = entry.data.get(name)
    try:
        if value is None or isinstance(value, bool):
            raise ValueError
        number = float(value)
        if not math.isfinite(number):
            raise ValueError
    except (TypeError, ValueError):
        shown = "nothing" if value is None else f"“{value}”"
        complaints.append(Complaint(entry.number, name, f"{shown} is not a number.", "Write a number."))
        return None
    return number


def _part(data: JsonObject) -> str:
    """HealthBench tags an axis ("axis:accuracy"), PRBench names a category."""
    tags: Iterable[Any] = data.get("tags") or ()
    axis = next((str(tag)[5:] for tag in tags if str(tag).startswith("axis:")), "")
    name = axis.replace("_", " ") or str(data.get("category") or data.get("annotations_category") or "")
    return (name[:1].upper() + name[1:]) or GENERAL


def _strata(parts: dict[str, list[Criterion]], taken: set[str]) -> Iterable[Stratum]:
    used = set(taken) - {GENERAL.lower()}
    for title, criteria in parts.items():
        key = key_from(title, used, "part")
        used.add(key)
        yield Stratum.model_validate({"key": key, "title": title, "criteria": criteria})
