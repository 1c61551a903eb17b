"""Whatever goes to an expert holds nothing of anybody else, wherever in the project it stands."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.domain.ids import RowId, SampleKey
from rubric_studio.domain.record import EditEntry, Person, Record, RecordKind
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.rubric import Anchor, Rubric
from rubric_studio.domain.sample import Sample
from rubric_studio.domain.source import Source
from rubric_studio.files.review_xlsx import write_review_sheet
from rubric_studio.services.answers import take_in
from rubric_studio.services.edits import Author, SaveVersion, perform
from rubric_studio.services.packet_guide import HIDDEN_MARKER, guide_records
from rubric_studio.services.packet_ids import PackedIds
from rubric_studio.services.review_sheet import sheet_of
from rubric_studio.services.round_letter import round_letter
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.services.workload import workloads
from rubric_studio.store.project_file import ProjectFile, create_project, open_project

from .conftest import ANNA, BRUNO, TickingClock
from .judged_project import GUIDE, JUDGE_GOOD, answers, fill, judge_says
from .packet_room import at_work, mark, packet_at, sent
from .round_room import FOUR, NOON, begin

MARK = "QXPLANTEDQX"
CLARA = FOUR[2].person
MODEL = f"{MARK}-9b"
READ_ON_THE_WAY = {
    RecordKind.ROUND, RecordKind.CLOSING, RecordKind.PACKET, RecordKind.VERSION, RecordKind.VERDICT,
    RecordKind.SETTLEMENT, RecordKind.CURE, RecordKind.SAME_MEANING, RecordKind.HANDING_IN, RecordKind.ROW_EDIT,
}  # fmt: skip
"""Kinds whose bodies must make sense; `test_packets.py` plants in those."""


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    with create_project(tmp_path / "rounds.rubric") as project:
        fill(project, author)
        yield project


def plant(store: ProjectFile, author: Author, clock: TickingClock) -> None:
    """Put marks of others everywhere: models in fields and examples, and a record of every kind."""
    for person in (CLARA, FOUR[3].person):
        store.add_person(Person(id=person, name=f"{MARK} {person}"))
    store.add_person(Person(id=BRUNO, name="Bruno"))
    told = Sample(
        row=RowId("r0"), model=MODEL, run=3, text="z" * 30, facts={"answered_as": MODEL, "prompt": MARK}
    )
    with store.writing() as writer:
        writer.source(Source(id="planted", kind="mixed", name=f"{MARK}.xlsx", facts={"file": MARK}))
        fields: dict[str, Any] = {
            "model": MODEL,
            MODEL: "its answer",
            "outputs": [{"by": MODEL.upper()}],
            "year": 2024,
        }
        rows = [
            Row(id=RowId(f"r{at}"), prompt=user_prompt(f"Case {at}?"), reference=fields) for at in range(3)
        ]
        writer.rows(rows)
        writer.samples([told])
    judge_says(store, {"good": JUDGE_GOOD}, judge=f"{MARK} judge")
    clara = Author(CLARA, clock)
    entry = EditEntry(id=clara.new_id(), label=MARK, person=CLARA, at=NOON)  # type: ignore[arg-type]
    with store.writing() as writer:
        records = [_planted(kind, clara, entry) for kind in RecordKind if kind not in READ_ON_THE_WAY]
        writer.records(entry, records)
    perform(store, SaveVersion(rubric=_with_examples(told), number=2, note=MARK), clara)


def _planted(kind: RecordKind, clara: Author, entry: EditEntry) -> Record:
    scope = {RecordKind.DOUBT: answers()[0].key}.get(kind, "r0")
    body = {"text": MARK, "value": MARK, MARK: MARK, "round": ""}
    id, subject = clara.new_id(), f"{MARK} {kind}"
    told = {"id": id, "kind": kind, "subject": subject, "scope": scope, "person": CLARA, "at": NOON}
    return Record.model_validate({**told, "reason": MARK, "body": body, "edit": entry.id})


def _with_examples(sample: Sample) -> Rubric:
    told = GUIDE.to_json()
    anchor = Anchor(row=RowId(f"{MARK} row"), sample=sample.key, text="z" * 20, note="As in the lecture")
    told["strata"][0]["criteria"][0]["levels"][0]["anchors"] = [anchor.model_dump(mode="json")]
    return Rubric.model_validate(told)


def ids_of_others(store: ProjectFile) -> set[str]:
    """Every id in the project that is not Bruno's, the lead's, or the guide's."""
    db = store.connection
    own = (ANNA, BRUNO)
    found = {id for table in ("record", "edit") for (id, person) in db.all(f"select id, person from {table}")
             if person not in own}  # fmt: skip
    found |= {id for (id,) in db.all("select id from person") if id not in own}
    found |= {id for (id,) in db.all("select id from source")} - {"answers"}
    return found | {info.key for info in store.sample_infos()}


def assert_blind(content: bytes, forbidden: set[str]) -> None:
    for word in (MARK, "alder", "birch", *forbidden):
        assert word.encode() not in content, f"{word} stands in there"


def test_nothing_that_goes_to_an_expert_tells_of_others(
    store: ProjectFile, author: Author, clock: TickingClock, tmp_path: Path
):
    plant(store, author, clock)
    start = RoundStart(experts=(FOUR[0], FOUR[1], FOUR[2]), pick=Pick(count=13), repeats=2, title="Blind")
    round, plan = begin(store, author, start)
    with at_work(packet_at(store, tmp_path / "clara.review", round, CLARA)) as (packet, review):
        for task in review.tasks:
            mark(packet, review, task, review.points(task)[0], Author(CLARA, clock), reason=MARK)
        take_in(store, sent(packet, clock, finished=True))
    path = packet_at(store, tmp_path / "bruno.review", round, BRUNO)
    forbidden = ids_of_others(store) - {plan.version} | {plan.secret, CLARA, "Clara"}
    assert_blind(path.read_bytes(), forbidden)
    with at_work(path) as (packet, review):
        assert {tuple(row.reference) for row in packet.rows()} == {("year",)}
        assert all(review.points(task) for task in review.tasks)
        sheet = tmp_path / "bruno.xlsx"
        write_review_sheet(sheet, sheet_of(packet))
        for task in review.tasks:
            mark(packet, review, task, review.points(task)[0], Author(BRUNO, clock))
        file = sent(packet, clock, finished=True)
    with zipfile.ZipFile(sheet) as archive:
        assert_blind(b"".join(archive.read(name) for name in archive.namelist()), forbidden)
    assert_blind(file, forbidden)
    assert take_in(store, file).finished  # and what was left out was not needed to understand the marks
    work = next(each for each in workloads(store, _with_examples(answers()[0]), plan) if each.person == BRUNO)
    letter = round_letter(plan, work, project="P", lead="Anna", file="bruno.review", size=9)
    assert_blind(f"{letter}".encode(), forbidden)
    with open_project(path) as packet:
        assert packet.problem() is None


def test_a_field_that_the_guide_reads_goes_along_even_where_it_names_a_model(
    store: ProjectFile, author: Author, tmp_path: Path
):
    told = GUIDE.to_json()
    told["strata"][0]["criteria"][0]["kind"]["reads"] = ["prompt", "model.name"]
    told["strata"][0]["criteria"][1]["when"] = {"field": "source", "in": ["alder"]}
    with store.writing() as writer:
        writer.source(Source(id="more", kind="rows", name="more"))
        fields = {"model": {"name": "alder"}, "source": "alder", "other": "alder", "grade": "A"}
        writer.rows([Row(id=RowId(f"r{at}"), prompt=user_prompt("?"), reference=fields) for at in range(3)])
    perform(store, SaveVersion(rubric=Rubric.model_validate(told), number=2), author)
    round, _ = begin(store, author, RoundStart(experts=FOUR[:2], pick=Pick(count=6)))
    with at_work(packet_at(store, tmp_path / "b.review", round, BRUNO)) as (packet, _):
        assert {tuple(row.reference) for row in packet.rows()} == {("model", "source", "grade")}


def test_an_imported_grader_goes_along_without_the_model_that_it_asks(store: ProjectFile, author: Author):
    grader = {
        "type": "score_model",
        "name": "Quality",
        "model": f"{MARK}-mini",
        "input": [{"role": "user", "content": "Rate {{ sample.output_text }}"}],
        "range": [0, 1],
    }
    told = {"aggregation": "formula", "formula": "quality", "graders": {"quality": grader}, "strata": []}
    perform(store, SaveVersion(rubric=Rubric.model_validate(told), number=2), author)
    round, plan = begin(store, author, RoundStart(experts=FOUR[:2], pick=Pick(count=6)))
    version, *_ = guide_records(store, plan, PackedIds(round, BRUNO, NOON))
    assert version.body is not None
    assert MARK not in json.dumps(version.body)
    packed = Rubric.model_validate(version.body["rubric"])
    assert packed.graders is not None
    assert packed.graders["quality"]["model"] == HIDDEN_MARKER
    kept = Rubric.model_validate(told).criterion("quality")
    assert packed.criterion("quality") == kept


def test_examples_keep_their_words_and_not_where_they_come_from(store: ProjectFile, author: Author):
    sample = answers()[0]
    perform(store, SaveVersion(rubric=_with_examples(sample), number=2), author)
    round, plan = begin(store, author, RoundStart(experts=FOUR[:2], pick=Pick(count=6)))
    version, *_ = guide_records(store, plan, PackedIds(round, BRUNO, NOON))
    assert version.body is not None
    criterion = Rubric.model_validate(version.body["rubric"]).criterion("good")
    assert criterion is not None
    (anchor,) = criterion.levels[0].anchors
    assert (anchor.row, anchor.sample) == (RowId(""), SampleKey(""))
    assert (anchor.text, anchor.note) == ("z" * 20, "As in the lecture")
