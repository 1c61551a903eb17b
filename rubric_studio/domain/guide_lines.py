"""A rubric as lines of a sheet, for Excel and CSV: one for the guide, each part, each point and each grade.

Reading such lines, and those of sheets that people made themselves, is in `services/rubric_exchange_lines`.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from rubric_studio.domain.canonical import canonical_json
from rubric_studio.domain.rubric import Criterion, Level, Rubric, Stratum
from rubric_studio.domain.rubric_field import FieldName, FieldPlace, own_strata
from rubric_studio.domain.values import Json, JsonObject

COLUMNS = ("key", "what", "part", "point", "wording", "weight", "grade", "value", "text", "how", "settings")
What = Literal["guide", "part", "point", "grade"]
SEPARATOR = " / "
"""Between the keys of a point and of its grade; it is in no key of a point."""

FIELD_COLUMNS: dict[What, dict[str, FieldName]] = {
    "guide": {"part": "name"},
    "part": {"part": "title", "weight": "weight"},
    "point": {"point": "title", "wording": "wording", "weight": "weight"},
    "grade": {"value": "value", "text": "text"},
}
"""Which column of which kind of line holds which field."""


class GuideLine(NamedTuple):
    """One line: what it is about, and its values by column; numbers are numbers."""

    what: What
    values: dict[str, str | float]


def guide_lines(rubric: Rubric, how: dict[str, str]) -> Iterator[GuideLine]:
    """The lines of a rubric; nothing of it is left out, since `settings` holds what has no column as JSON."""
    settings: JsonObject = {"aggregation": rubric.aggregation, "row_criteria": rubric.row_criteria}
    if rubric.formula is not None:
        settings |= {"formula": rubric.formula, "graders": rubric.graders}
    yield GuideLine("guide", {"what": "guide", "part": rubric.name, "settings": canonical_json(settings)})
    for stratum in own_strata(rubric):
        yield _part(stratum)
        for criterion in stratum.criteria:
            yield _point(criterion, how.get(criterion.key, ""))
            for level in criterion.levels:
                yield _grade(criterion, level)


def place_of(what: str, key: str, column: str) -> FieldPlace | None:
    """The field that a cell of such a line holds, None where it holds none."""
    kinds: dict[str, dict[str, FieldName]] = {**FIELD_COLUMNS}
    field = kinds.get(what, {}).get(column)
    if field is None:
        return None
    if what == "guide":
        return FieldPlace(field=field)
    if what == "part":
        return FieldPlace(field=field, stratum=key)
    criterion, _, level = key.partition(SEPARATOR)
    return FieldPlace(field=field, criterion=criterion, level=level if what == "grade" else "")


def _part(stratum: Stratum) -> GuideLine:
    settings = stratum.model_dump(mode="json", by_alias=True, include={"gate", "when"})
    values = {"key": stratum.key, "what": "part", "part": stratum.title, "weight": stratum.weight}
    return GuideLine("part", {**values, "settings": _json(settings)})


def _point(criterion: Criterion, how: str) -> GuideLine:
    data = criterion.model_dump(mode="json", by_alias=True, include={"kind", "when", "allow_na"})
    values = {
        "key": criterion.key,
        "what": "point",
        "point": criterion.title,
        "wording": criterion.wording,
        "weight": criterion.weight,
        "how": how,
    }
    return GuideLine("point", {**values, "settings": _json(data)})


def _grade(criterion: Criterion, level: Level) -> GuideLine:
    data = level.model_dump(mode="json", include={"anchors"})
    values = {
        "key": f"{criterion.key}{SEPARATOR}{level.key}",
        "what": "grade",
        "grade": level.key,
        "value": level.value,
        "text": level.text,
    }
    return GuideLine("grade", {**values, "settings": _json(data)})


def _json(settings: JsonObject) -> str:
    """What is not as usual, as JSON; "" where everything is."""
    usual: tuple[Json, ...] = ({"type": "judged", "reads": None}, None, False, [])
    kept = {name: value for name, value in settings.items() if value not in usual}
    return canonical_json(kept) if kept else ""
