"""Which experts can read which rows: what a row's field says of its language against what each expert reads."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from rubric_studio.domain.ids import PersonId, RowId
from rubric_studio.domain.round import RoundExpert
from rubric_studio.grader.measures import field_values
from rubric_studio.services.ports import Store

Readers = dict[RowId, tuple[PersonId, ...]]


def row_languages(store: Store, rows: Iterable[RowId], field: str) -> dict[RowId, tuple[str, ...]]:
    """What each row's field says: one language or several; () where it says none, or no field is named."""
    if not field:
        return dict.fromkeys(rows, ())
    return {row: _languages(field_values(field, reference)) for row, reference in store.references(rows)}


def readers(languages: dict[RowId, tuple[str, ...]], experts: Sequence[RoundExpert]) -> Readers:
    """Who can read each row: whoever reads every language in it. An expert without languages reads all.

    A row that tells no language is read by everybody.
    """
    known = {expert.person: {_plain(language) for language in expert.languages} for expert in experts}
    return {
        row: tuple(person for person, reads in known.items() if not reads or reads.issuperset(found))
        for row, found in languages.items()
    }


def _languages(values: Sequence[Any]) -> tuple[str, ...]:
    found: list[str] = []
    for value in values:
        several = cast("list[Any]", value) if isinstance(value, list) else [value]
        found += [_plain(each) for each in several if isinstance(each, str) and each.strip()]
    return tuple(dict.fromkeys(found))


def _plain(language: str) -> str:
    return language.strip().casefold()
