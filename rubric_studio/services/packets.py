"""A packet of a round: what one expert needs to score, as a file of its own. Its files are an adapter's work.

Nothing of others is taken out: a packet is not a project with things removed, it is an empty one into which only
the expert's own part is written. What makes up that part is read first, so that reading can be stopped.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import NamedTuple

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import PersonId, QuestionHash, RecordId, RowId, SampleKey
from rubric_studio.domain.packet import PACKET_SUBJECT, Packet
from rubric_studio.domain.record import EditEntry, Person, Record, RecordKind
from rubric_studio.domain.round import Block, RoundExpert, RoundPlan, Task, aliases, blocks_for, expert_key
from rubric_studio.domain.row import Row
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.domain.verdict import CheckColumn
from rubric_studio.services.asked import questionnaire
from rubric_studio.services.packet_guide import guide_records, rubric_of
from rubric_studio.services.packet_ids import PackedIds
from rubric_studio.services.packet_names import her_samples
from rubric_studio.services.packet_past import Past, past_of
from rubric_studio.services.packet_rows import packed_rows
from rubric_studio.services.person_names import person_name
from rubric_studio.services.ports import Store
from rubric_studio.services.rounds import Round, round_of
from rubric_studio.services.workload import usual_workloads

Checked = dict[
    tuple[RowId, QuestionHash], list[tuple[SampleKey, float | None, str, tuple[tuple[int, int], ...]]]
]


class _Part(NamedTuple):
    """Everything that goes into one packet."""

    packet: Packet
    people: tuple[Person, ...]
    source: Source
    rows: Sequence[Row]
    samples: Sequence[Sample]
    entry: EditEntry
    records: Sequence[Record]
    checked: Checked


def fill_packet(store: Store, round: str, person: str, made_at: str) -> Callable[[Store], None]:
    """Read an expert's part of a round; what is given back writes it into an empty store, whole or not at all.

    Args:
        round: the round's id.
        person: the expert's id.
        made_at: now, in ISO 8601; two packets of one expert differ in it.

    Raises:
        StudioError: the round is not here, the person does not score in it, or its wording or answers are gone.
    """
    part = _part(store, round_of(store, round), PersonId(person), made_at)
    return lambda packet_store: _write(packet_store, part)


# ---- reading


def _part(store: Store, round: Round, person: PersonId, made_at: str) -> _Part:
    plan = round.plan
    expert = plan.expert(person)
    if expert is None:
        raise StudioError("Not in this round", "That person does not score in this round.")
    own = her_samples(store, plan, person)
    if not own:
        raise _nothing_to_score(expert.name)
    named = aliases(plan, person, [sample for _, sample in own])
    ids = PackedIds(round.id, person, made_at)
    past = past_of(store, round, expert, named, ids)
    rows = packed_rows(
        store, rubric_of(store, plan), [sample.row for sample in (*named.values(), *past.samples)]
    )
    lead = Person(id=plan.lead, name=person_name(store, plan.lead))
    packet = _packet(store, round, expert, lead, own, named, past, made_at)
    return _Part(
        packet=packet,
        people=(lead, Person(id=expert.person, name=expert.name)),
        source=Source(id=ids.source, kind="mixed", name=plan.title, person=plan.lead, at=made_at),
        rows=rows,
        samples=(*named.values(), *past.samples),
        entry=ids.entry(plan.lead),
        records=(*guide_records(store, plan, ids), *past.records, _record(packet, ids)),
        checked=_checked(store, plan, own, named, rows),
    )


def _packet(
    store: Store,
    round: Round,
    expert: RoundExpert,
    lead: Person,
    own: Sequence[tuple[int, Sample]],
    named: dict[SampleKey, Sample],
    past: Past,
    made_at: str,
) -> Packet:
    plan = round.plan
    return Packet(
        round=round.id,
        project=store.first_edit(),
        project_name=store.name,
        title=plan.title,
        number=plan.number,
        expert=expert,
        lead=plan.lead,
        lead_name=lead.name,
        version=plan.version,
        version_number=plan.version_number,
        blocks=_named_blocks(plan, expert.person, own, named),
        tells_lead=plan.tells_lead,
        told=past.told,
        key=expert_key(plan, round.id, expert.person),
        made_at=made_at,
        words=_words(store, plan, expert),
    )


def _named_blocks(
    plan: RoundPlan, person: PersonId, own: Sequence[tuple[int, Sample]], named: dict[SampleKey, Sample]
) -> tuple[Block, ...]:
    rows = {sample.key: sample.row for _, sample in own}
    return tuple(
        Block(
            row=block.row,
            tasks=tuple(Task(sample=named[task.sample].key, repeat=task.repeat) for task in block.tasks),
        )
        for block in blocks_for(plan, person, rows)
    )


def _words(store: Store, plan: RoundPlan, expert: RoundExpert) -> int:
    """How many words there are to read, as the round's start counted them."""
    own = {expert.person: plan.assigned.get(expert.person, ())}
    alone = plan.model_copy(update={"experts": (expert,), "assigned": own})
    return sum(work.words for work in usual_workloads(store, rubric_of(store, plan), alone))


def _checked(
    store: Store,
    plan: RoundPlan,
    own: Sequence[tuple[int, Sample]],
    named: dict[SampleKey, Sample],
    rows: Sequence[Row],
) -> Checked:
    """What the cache knows of the guide's own checks on these samples."""
    asking = questionnaire(store, rubric_of(store, plan))
    asked = {(row.id, hash) for row in rows for each in asking.on(row) for hash in each.accepted_on(row)}
    samples = dict(own)
    found: Checked = defaultdict(list)
    for verdict in store.check_verdicts(list(samples)):
        sample = samples[verdict.sample]
        if (sample.row, verdict.question) in asked:
            line = (named[sample.key].key, verdict.value, verdict.reason, verdict.spans)
            found[(sample.row, verdict.question)].append(line)
    return found


def _record(packet: Packet, ids: PackedIds) -> Record:
    return Record(
        id=RecordId(ids.of("packet")),
        kind=RecordKind.PACKET,
        subject=PACKET_SUBJECT,
        person=packet.lead,
        at=packet.made_at,
        body=packet.model_dump(mode="json"),
        edit=ids.edit,
    )


def _nothing_to_score(name: str) -> StudioError:
    return StudioError(
        "There is nothing to score",
        f"None of the answers that {name} is to score is in this project any more.",
        "Bring the answers in again, then make the packet.",
    )


# ---- writing


def _write(store: Store, part: _Part) -> None:
    with store.writing() as writer:
        for person in part.people:
            store.add_person(person)
        writer.source(part.source)
        writer.rows(part.rows)
        writer.samples(part.samples)
        writer.records(part.entry, part.records)
        ids = {info.key: info.id for info in store.sample_infos()}
        store.put_check_verdicts(_columns(part.checked, ids))


def _columns(checked: Checked, ids: dict[SampleKey, int]) -> list[CheckColumn]:
    found: list[CheckColumn] = []
    for (row, question), lines in checked.items():
        samples, values, reasons, spans = zip(*lines, strict=True)
        found.append(CheckColumn(row, question, [ids[key] for key in samples], values, reasons, spans))
    return found
