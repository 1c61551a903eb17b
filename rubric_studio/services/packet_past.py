"""What an expert knows already and takes along in a packet: her earlier marks and notes, and what became of them.

Only her own records go in. They keep their ids, so that what she says anew replaces what she said before.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from rubric_studio.domain.ids import PersonId, RowId, SampleKey, is_row_criterion
from rubric_studio.domain.packet import Told
from rubric_studio.domain.record import Record, RecordKind
from rubric_studio.domain.round import HIDDEN_MODEL, RoundExpert, RoundPlan
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.services.edits import MARK_FIELDS
from rubric_studio.services.packet_guide import rubric_of
from rubric_studio.services.packet_ids import PackedIds
from rubric_studio.services.packet_names import known_samples
from rubric_studio.services.person_names import person_name
from rubric_studio.services.ports import Store
from rubric_studio.services.rounds import Round, rounds
from rubric_studio.services.told_afterwards import decided_on

KEPT_FIELDS = MARK_FIELDS | {"round"}


class Past(NamedTuple):
    """Samples of earlier marks under names of their own, her records, and what was decided on her marks."""

    samples: tuple[Sample, ...]
    records: tuple[Record, ...]
    told: tuple[Told, ...]


def past_of(
    store: Store, round: Round, expert: RoundExpert, named: Mapping[SampleKey, Sample], ids: PackedIds
) -> Past:
    """What one expert takes along. `named` are this round's samples under their names in the packet."""
    marks = _earlier_marks(store, expert.person, rubric_of(store, round.plan))
    earlier = _earlier_names(store, round.plan, expert.person, marks, named)
    names = {**named, **earlier}
    marks = [mark for mark in marks if mark.scope in names]
    rows = {sample.row for sample in names.values()}
    records = [_renamed(mark, names[SampleKey(mark.scope)].key, ids) for mark in marks]
    records += _said_of_rows(store, expert.person, rows, ids)
    return Past(tuple(earlier.values()), tuple(records), _told(store, round, expert, marks, earlier))


def _earlier_marks(store: Store, person: PersonId, rubric: Rubric) -> list[Record]:
    """Her marks as they stand on points that are still in the guide."""
    keys = {str(criterion.key) for criterion in rubric.criteria()}
    return [
        head
        for head in store.heads(RecordKind.VERDICT)
        if head.person == person
        and head.body is not None
        and (head.body["criterion"] in keys or is_row_criterion(head.body["criterion"]))
    ]


def _earlier_names(
    store: Store,
    plan: RoundPlan,
    person: PersonId,
    marks: Iterable[Record],
    named: Mapping[SampleKey, Sample],
) -> dict[SampleKey, Sample]:
    """Names for the samples of earlier marks: places in their rows behind those of this round."""
    wanted = {SampleKey(mark.scope) for mark in marks} - named.keys()
    by_row: dict[RowId, list[Sample]] = defaultdict(list)
    for _, sample in known_samples(store, wanted):
        by_row[sample.row].append(sample)
    taken: dict[RowId, int] = defaultdict(int)
    for sample in named.values():
        taken[sample.row] += 1
    found: dict[SampleKey, Sample] = {}
    for row, samples in by_row.items():
        # In no order that would tell which model stands where.
        for place, sample in enumerate(sorted(samples, key=lambda each: _lot(plan, person, each.key))):
            alias = Sample(row=row, model=HIDDEN_MODEL, run=taken[row] + place, text=sample.text)
            found[sample.key] = alias
    return found


def _lot(plan: RoundPlan, person: PersonId, key: SampleKey) -> str:
    return hashlib.sha256(f"{plan.seed}/{person}/{key}".encode()).hexdigest()


def _renamed(mark: Record, name: SampleKey, ids: PackedIds) -> Record:
    body = {field: value for field, value in (mark.body or {}).items() if field in KEPT_FIELDS}
    said = mark.subject.partition("/")[2]
    changed = {"subject": f"{name}/{said}", "scope": name, "body": {**body, "sample": name}}
    return mark.model_copy(update={**changed, "replaces": (), "edit": ids.edit})


def _said_of_rows(store: Store, person: PersonId, rows: Iterable[RowId], ids: PackedIds) -> list[Record]:
    """Her notes and flags on these rows, none that somebody else had a hand in."""
    wanted = sorted(rows)
    return [
        head.model_copy(update={"replaces": (), "edit": ids.edit})
        for kind in (RecordKind.NOTE, RecordKind.FLAG)
        for head in store.heads(kind, scopes=wanted)
        if head.person == person and head.body is not None
        if all(each.person == person for each in store.history(kind, head.subject))
    ]


# ---- what became of them


def _told(
    store: Store,
    round: Round,
    expert: RoundExpert,
    marks: Sequence[Record],
    earlier: Mapping[SampleKey, Sample],
) -> tuple[Told, ...]:
    """What was decided on her marks of closed rounds; not of what she is about to score again."""
    still_open = {each.id for each in rounds(store) if not each.is_closed}
    own = {
        (mark.scope, (mark.body or {})["question"])
        for mark in marks
        if mark.scope in earlier and (mark.body or {}).get("round") not in still_open
    }
    named = {expert.name, person_name(store, round.plan.lead)}
    return tuple(
        _renamed_told(each, earlier[each.sample].key, named)
        for each in decided_on(store, expert.person)
        if (each.sample, each.question) in own
    )


def _renamed_told(told: Told, name: SampleKey, named: Collection[str]) -> Told:
    """Who decided is named where it was the lead, or the expert herself: a packet names nobody else."""
    return told.model_copy(update={"sample": name, "by": told.by if told.by in named else ""})
