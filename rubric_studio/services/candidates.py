"""The samples a round can choose from, and why the others are not among them. Which are chosen is in `picking.py`."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from rubric_studio.domain.ids import PersonId, QuestionHash, RowId, SampleKey
from rubric_studio.domain.listing import RowQuery, SampleInfo
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.rubric import Rubric
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.ports import Progress, Store, no_progress

SLICE = 400

Said = dict[tuple[SampleKey, str], set[QuestionHash]]
"""Which questions a person has answered blind, by sample and person."""


class Candidates(NamedTuple):
    """What can be chosen; how many are left out as dropped, without a judged point, or scored blind before."""

    samples: tuple[SampleInfo, ...]
    dropped: int
    no_point: int
    scored: int


def candidates(
    store: Store,
    rubric: Rubric,
    people: Collection[PersonId],
    *,
    again: bool = False,
    only: Collection[SampleKey] | None = None,
    progress: Progress = no_progress,
) -> Candidates:
    """Every sample, or every one of `only`, that those people can usefully score under the rubric.

    Left out are samples of dropped rows, of rows on which no judged criterion applies, and, unless `again`, those
    that one of the people has scored whole, blind and under this wording.
    """
    asking = questionnaire(store, rubric)
    by_row: dict[RowId, list[SampleInfo]] = defaultdict(list)
    for info in store.sample_infos():
        if only is None or info.key in only:
            by_row[info.row].append(info)
    gone = set(store.row_ids(RowQuery(decision="drop")))
    said = {} if again else blind_marks(store, people)
    rows = [row for row in by_row if row not in gone]
    found: list[SampleInfo] = []
    no_point = scored = 0
    for start in range(0, len(rows), SLICE):
        for row in store.rows(rows[start : start + SLICE]):
            judged = [set(each.accepted_on(row)) for each in asking.on(row) if each.is_judged]
            fresh = [info for info in by_row[row.id] if not _is_scored(info, judged, people, said)]
            if judged:
                found += fresh
                scored += len(by_row[row.id]) - len(fresh)
            else:
                no_point += len(by_row[row.id])
        progress(min(start + SLICE, len(rows)), len(rows), "looking for answers to score")
    dropped = sum(len(by_row[row]) for row in gone if row in by_row)
    return Candidates(tuple(found), dropped, no_point, scored)


def blind_marks(store: Store, people: Collection[PersonId]) -> Said:
    """What those people answered blind, in whatever round."""
    found: Said = defaultdict(set)
    for head in store.heads(RecordKind.VERDICT):
        if head.person in people and head.body is not None and head.body.get("round"):
            key = (SampleKey(head.body["sample"]), head.person)
            found[key].add(QuestionHash(head.body["question"]))
    return found


def _is_scored(
    info: SampleInfo, judged: Sequence[set[QuestionHash]], people: Collection[PersonId], said: Said
) -> bool:
    return any(
        (answered := said.get((info.key, person))) is not None
        and all(not questions.isdisjoint(answered) for questions in judged)
        for person in people
    )
