"""The questions that go into a packet: whole, but for reference fields that would say which model wrote what."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.question import EVERY_FIELD, REFERENCE_FIELD, fields_of_reference, fields_read
from rubric_studio.domain.row import Row
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.ports import Store

SHORTEST = 4
"""Letters. A shorter name of a model ("A", "yes") may be anything."""


def packed_rows(store: Store, rubric: Rubric, ids: Iterable[RowId]) -> list[Row]:
    """Those rows; a field that names a model of this project is left out, unless the guide reads it.

    Tables with a column for each model, or with the model of a line, come in as such fields. No judged question
    reads what is left out, so its hash is the same with and without.
    """
    models = {name for info in store.sample_infos() if len(name := info.model.strip().casefold()) >= SHORTEST}
    read = _read_by(rubric)
    return [_without(row, models, read) for row in store.rows(dict.fromkeys(ids))]


def _read_by(rubric: Rubric) -> list[str]:
    named = [name for criterion in rubric.criteria() for name in fields_read(criterion)]
    conditions = [each.when for each in (*rubric.strata, *rubric.criteria()) if each.when is not None]
    return [REFERENCE_FIELD, *named, *(when.field for when in conditions)]


def _without(row: Row, models: set[str], read: list[str]) -> Row:
    kept = fields_of_reference(row.reference, [name for name in read if name != EVERY_FIELD])
    told = {
        name: value
        for name, value in row.reference.items()
        if name in kept or not any(text.strip().casefold() in models for text in (name, *_texts(value)))
    }
    return row if len(told) == len(row.reference) else row.model_copy(update={"reference": told})


def _texts(value: Any) -> Iterator[str]:
    """Every text and every name in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in cast("dict[str, Any]", value).items():
            yield name
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in cast("list[Any]", value):
            yield from _texts(inner)
