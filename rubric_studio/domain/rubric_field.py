"""The fields of a rubric that people may reword in Word or Excel: where each is, what it says, how it is changed.

A field's `id` is made of the permanent keys only: it survives rewording and moving.
"""

import math
import re
from collections.abc import Iterator
from typing import Literal

from rubric_studio.domain.canonical import canonical_json, sha256_hex
from rubric_studio.domain.rubric import GRADERS_KEY, Criterion, Level, Rubric, Stratum
from rubric_studio.domain.rubric_edits import changed, with_criterion, with_level, with_stratum
from rubric_studio.domain.safe_text import safe_text
from rubric_studio.domain.values import Value

FieldName = Literal["name", "title", "wording", "weight", "value", "text"]
NUMBERS = frozenset({"weight", "value"})
ONE_LINE = frozenset({"name", "title"})
OWNER_LENGTH = 20
UNNAMED = "Scoring guide"
_MINUS = re.compile("[\u2010-\u2015\u2212]")


class FieldPlace(Value):
    """A field by the keys of what it belongs to; without any key it is the rubric's own name."""

    field: FieldName
    stratum: str = ""
    criterion: str = ""
    level: str = ""

    @property
    def owner(self) -> str:
        """20 hex digits that stand for what the field belongs to.

        The stratum of a criterion is left out, since criteria move.
        """
        stratum = "" if self.criterion else self.stratum
        return sha256_hex(canonical_json([stratum, self.criterion, self.level]))[:OWNER_LENGTH]

    @property
    def id(self) -> str:
        """What stands for this field in files: letters, digits and _, no longer than a bookmark may be."""
        return f"{self.owner}_{self.field}"

    @property
    def is_number(self) -> bool:
        """Whether the field holds a number."""
        return self.field in NUMBERS


def field_places(rubric: Rubric) -> Iterator[FieldPlace]:
    """Every field that can be reworded, in the order of the rubric."""
    yield FieldPlace(field="name")
    for stratum in own_strata(rubric):
        yield FieldPlace(field="title", stratum=stratum.key)
        yield FieldPlace(field="weight", stratum=stratum.key)
        for criterion in stratum.criteria:
            yield from _criterion_places(stratum, criterion)


def own_strata(rubric: Rubric) -> tuple[Stratum, ...]:
    """The strata that people write; the one made of imported graders says what the graders say."""
    if not rubric.graders:
        return rubric.strata
    return tuple(stratum for stratum in rubric.strata if stratum.key != GRADERS_KEY)


def _criterion_places(stratum: Stratum, criterion: Criterion) -> Iterator[FieldPlace]:
    keys = {"stratum": str(stratum.key), "criterion": str(criterion.key)}
    for field in ("title", "wording", "weight"):
        yield FieldPlace(field=field, **keys)
    for level in criterion.levels:
        yield FieldPlace(field="value", level=level.key, **keys)
        yield FieldPlace(field="text", level=level.key, **keys)


def field_text(rubric: Rubric, place: FieldPlace) -> str | None:
    """What the field says as text (numbers as `number_words` writes them); None where there is no such field."""
    owner = _owner(rubric, place)
    if owner is None:
        return None
    found = getattr(owner, place.field)
    return number_words(found) if place.is_number else str(found)


def shown_text(rubric: Rubric, place: FieldPlace) -> str:
    """What a page for people shows of the field: a key stands in for a title that nobody has written yet."""
    text = field_text(rubric, place) or ""
    if text.strip() or place.field not in ONE_LINE:
        return text
    return place.criterion or place.stratum or UNNAMED


def with_field(rubric: Rubric, place: FieldPlace, text: str) -> Rubric:
    """Let the field say something else.

    Raises:
        ValueError: there is no such field, or it cannot say that (ValidationError is one too).
    """
    if _owner(rubric, place) is None:
        raise ValueError("This is not in the scoring guide any more")
    value = number_in(text) if place.is_number else plain_field(place, text)
    fields = {place.field: value}
    if place.level:
        criterion = rubric.criterion(place.criterion)
        keys = [level.key for level in criterion.levels] if criterion else []
        return with_level(rubric, place.criterion, keys.index(place.level), **fields)
    if place.criterion:
        return with_criterion(rubric, place.criterion, **fields)
    return with_stratum(rubric, place.stratum, **fields) if place.stratum else changed(rubric, **fields)


def same_text(place: FieldPlace, one: str, other: str) -> bool:
    """Whether two texts say the same in that field: numbers by value, titles without regard to spacing.

    A tab is as good as four spaces, as which a cell of Excel holds it, and what XML forbids as the sign for it.
    """
    if place.is_number:
        try:
            return number_in(one) == number_in(other)
        except ValueError:
            return one.strip() == other.strip()
    return _in_files(plain_field(place, one)) == _in_files(plain_field(place, other))


def plain_field(place: FieldPlace, text: str) -> str:
    """The text as the field keeps it: titles on one line, no space at the ends of lines, no empty end."""
    if place.field in ONE_LINE:
        return " ".join(text.split())
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _in_files(text: str) -> str:
    return safe_text(text).replace("\t", "    ")


def number_in(text: str) -> float:
    """Read a number as people write it: "0,5", "−0.2".

    Raises:
        ValueError: it is no number.
    """
    plain = _MINUS.sub("-", "".join(text.split()))
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        number = float(plain) if "_" not in plain else math.nan
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f'"{text.strip()}" is not a number')
    return number


def number_words(number: float) -> str:
    """Write a number so that nothing of it is lost: 5, 0.25."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _owner(rubric: Rubric, place: FieldPlace) -> Rubric | Stratum | Criterion | Level | None:
    if place.criterion:
        criterion = rubric.criterion(place.criterion)
        if criterion is None or not place.level:
            return criterion
        return next((level for level in criterion.levels if level.key == place.level), None)
    if place.stratum:
        return next((stratum for stratum in rubric.strata if stratum.key == place.stratum), None)
    return rubric
