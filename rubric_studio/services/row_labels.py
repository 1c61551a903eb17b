"""The reference fields by which rows can be put together: few values, short, each on several rows."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from rubric_studio.domain.ids import RowId
from rubric_studio.domain.values import JsonObject
from rubric_studio.services.ports import Progress, Store, no_progress

MOST_VALUES = 40
LONGEST = 60
REPORT_EVERY = 1000

Labels = Mapping[RowId, tuple[str, ...]]


def row_labels(store: Store, progress: Progress = no_progress) -> dict[str, Labels]:
    """For each field worth comparing by (name, or name.inner of an object) what each row says there.

    A field is worth it when it takes 2 to 40 short values and each, on average, stands on two rows or more.
    """
    found: dict[str, dict[RowId, tuple[str, ...]]] = {}
    values: dict[str, set[str]] = {}
    dropped: set[str] = set()
    total = store.counts().rows
    for at, row in enumerate(store.rows(), 1):
        for name, labels in _fields(row.reference):
            if name in dropped:
                continue
            known = values.setdefault(name, set())
            known.update(labels or ())
            if labels is None or len(known) > MOST_VALUES:
                dropped.add(name)
                found.pop(name, None)
            else:
                found.setdefault(name, {})[row.id] = labels
        if at % REPORT_EVERY == 0 or at == total:
            progress(at, total, "reading fields")
    return {name: labels for name, labels in found.items() if 2 <= len(values[name]) <= len(labels) / 2}


def _fields(reference: JsonObject) -> Iterator[tuple[str, tuple[str, ...] | None]]:
    for name, value in reference.items():
        if isinstance(value, dict):
            inside = cast("JsonObject", value)
            for inner, below in inside.items():
                yield f"{name}.{inner}", _labels(below)
        else:
            yield name, _labels(value)


def _labels(value: Any) -> tuple[str, ...] | None:
    """The values as labels; None where they are no labels at all."""
    items: list[Any] = [] if value is None else [value]
    if isinstance(value, list):
        items = cast("list[Any]", value)
    if not all(isinstance(item, str | int | float | bool) for item in items):
        return None
    texts = tuple(str(item) for item in items)
    return texts if all(len(text) <= LONGEST for text in texts) else None
