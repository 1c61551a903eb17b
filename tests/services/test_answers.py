"""Answers come back: sealed while the round is open, refused with nothing changed where they are not genuine."""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.handed_in import HandedIn
from rubric_studio.domain.ids import PersonId, RecordId, RowId, ulid
from rubric_studio.domain.packet import Packet
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.round import RoundPlan, expert_key
from rubric_studio.domain.row import Row, user_prompt
from rubric_studio.domain.source import Source
from rubric_studio.services.answers import answer_file, open_sealed, read_answer_file, take_in
from rubric_studio.services.closing_rounds import close_round
from rubric_studio.services.edits import Author, ChangeRow, NoteOnRow, perform
from rubric_studio.services.handing_in import the_packet
from rubric_studio.services.history import undo
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.services.rounds import reopen, round_of
from rubric_studio.store.project_file import ProjectFile, create_project

from .conftest import ANNA, BRUNO, TickingClock
from .judged_project import answers, fill
from .packet_room import at_work, everything, mark, packet_at, sent
from .round_room import FOUR, begin

START = RoundStart(experts=FOUR[:2], pick=Pick(count=5), repeats=1, title="Before the summer")


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    with create_project(tmp_path / "rounds.rubric") as project:
        fill(project, author)
        yield project


@pytest.fixture
def round(store: ProjectFile, author: Author) -> RecordId:
    return begin(store, author, START)[0]


@pytest.fixture
def bruno_marks(
    store: ProjectFile, round: RecordId, clock: TickingClock, tmp_path: Path
) -> tuple[Packet, bytes]:
    """Bruno's packet, and his answers with every point of every task marked."""
    return marked_by(store, round, BRUNO, clock, tmp_path)


def marked_by(
    store: ProjectFile, round: str, person: PersonId, clock: TickingClock, folder: Path
) -> tuple[Packet, bytes]:
    path = packet_at(store, folder / f"{person} {clock.milliseconds()}.review", round, person)
    with at_work(path) as (packet, review):
        for task in review.tasks:
            for point in review.points(task):
                mark(packet, review, task, point, Author(person, clock), reason="Nennt § 7")
        return the_packet(packet), sent(packet, clock, finished=True)


def verdicts(store: ProjectFile) -> list[Any]:
    return [head.body for head in store.heads(RecordKind.VERDICT) if head.body is not None]


# ---- the usual way


def test_while_the_round_is_open_nothing_but_progress_is_told(
    store: ProjectFile, round: RecordId, bruno_marks: tuple[Packet, bytes]
):
    taken = take_in(store, bruno_marks[1], "Bruno.answers")
    assert (taken.name, taken.done, taken.total, taken.finished) == ("Bruno", 6, 6, True)
    assert (taken.was_known, taken.late) == (False, False)
    assert verdicts(store) == []
    assert [each.done for each in round_of(store, round).progress] == [0, 6]


def test_twice_is_once(store: ProjectFile, bruno_marks: tuple[Packet, bytes]):
    take_in(store, bruno_marks[1])
    before = everything(store)
    assert take_in(store, bruno_marks[1]).was_known
    assert everything(store) == before


def test_a_later_file_takes_the_place_of_an_earlier_one(
    store: ProjectFile, round: RecordId, clock: TickingClock, tmp_path: Path
):
    with at_work(packet_at(store, tmp_path / "b.review", round, BRUNO)) as (packet, review):
        files: list[bytes] = []
        for task in review.tasks[:3]:
            for point in review.points(task):
                mark(packet, review, task, point, Author(BRUNO, clock))
            files.append(sent(packet, clock))
    assert [take_in(store, file).done for file in (files[0], files[2])] == [1, 3]
    assert take_in(store, files[1]).was_known  # it says nothing beyond the third
    assert [(each.done, each.total) for each in store.sealed(round)] == [(3, 6)]


def test_opened_marks_stand_on_the_projects_own_samples(
    store: ProjectFile, round: RecordId, bruno_marks: tuple[Packet, bytes]
):
    take_in(store, bruno_marks[1])
    counted = open_sealed(store, round)
    plan = round_of(store, round).plan
    assert {body["sample"] for body in verdicts(store)} == set(plan.assigned[BRUNO])
    assert {body["round"] for body in verdicts(store)} == {round}
    # Five samples and one again, two points each.
    assert len(counted[BRUNO]) == len(verdicts(store)) == 12
    assert {head.reason for head in store.heads(RecordKind.VERDICT)} == {"Nennt § 7"}
    before = everything(store)
    assert open_sealed(store, round) == counted
    assert everything(store) == before


def test_after_closing_answers_come_in_late_and_do_not_count(
    store: ProjectFile, round: RecordId, author: Author, clock: TickingClock, tmp_path: Path
):
    _, annas = marked_by(store, round, ANNA, clock, tmp_path)
    _, brunos = marked_by(store, round, BRUNO, clock, tmp_path)
    take_in(store, annas)
    close_round(store, round, author)
    assert take_in(store, brunos).late
    assert len(verdicts(store)) == 24
    assert set(round_of(store, round).counted) == {ANNA}
    assert store.sealed(round) == []
    assert take_in(store, brunos).was_known


def test_a_packet_that_was_sent_twice_can_be_answered_from_both(
    store: ProjectFile, round: RecordId, author: Author, clock: TickingClock, tmp_path: Path
):
    """The same mark given in both is two heads of one subject, and the later one counts."""
    for level in (0, 1):
        path = packet_at(store, tmp_path / f"{level}.review", round, BRUNO, f"2026-11-2{level}T12:00:00.000Z")
        with at_work(path) as (packet, review):
            task = review.tasks[0]
            mark(packet, review, task, review.points(task)[0], Author(BRUNO, clock), level)
            take_in(store, sent(packet, clock))
    assert len(store.sealed(round)) == 2
    counted = open_sealed(store, round)
    assert [body["level"] for body in verdicts(store)] == ["fully", "partly"]
    (stands,) = store.records(counted[BRUNO])
    assert stands.body
    assert stands.body["level"] == "partly"


def test_what_was_sent_too_early_can_be_gone_on_with(
    store: ProjectFile, round: RecordId, bruno_marks: tuple[Packet, bytes]
):
    take_in(store, bruno_marks[1])
    reopen(store, round, BRUNO)
    assert take_in(store, bruno_marks[1]).was_known  # the same file does not finish it again
    assert not round_of(store, round).progress[1].finished


def test_a_mark_on_an_old_wording_is_kept_with_it(
    store: ProjectFile, round: RecordId, author: Author, bruno_marks: tuple[Packet, bytes]
):
    """The question was edited, and brought in anew, after the packets had gone out."""
    with store.writing() as writer:
        writer.source(Source(id="anew", kind="rows", name="anew"))
        writer.rows([Row(id=RowId("r0"), prompt=user_prompt("Case 0, as imported anew?"))])
    perform(store, ChangeRow(row=Row(id=RowId("r1"), prompt=user_prompt("Case 1, mended?"))), author)
    take_in(store, bruno_marks[1])
    open_sealed(store, round)
    asked = {task["question"] for task in verdicts(store)}
    old = {record.body["question"] for record in read_answer_file(bruno_marks[1]).handed_in.records
           if record.kind is RecordKind.VERDICT and record.body}  # fmt: skip
    assert asked == old


def test_undoing_a_change_of_an_earlier_mark_can_be_sent(
    store: ProjectFile, round: RecordId, author: Author, clock: TickingClock, tmp_path: Path
):
    _, file = marked_by(store, round, BRUNO, clock, tmp_path)
    take_in(store, file)
    close_round(store, round, author)
    samples = round_of(store, round).plan.samples()
    again, _ = begin(store, author, RoundStart(experts=FOUR[:2], pick=Pick(how="chosen", samples=samples)))
    bruno = Author(BRUNO, clock)
    with at_work(packet_at(store, tmp_path / "again.review", again, BRUNO)) as (packet, review):
        task = review.tasks[0]
        mark(packet, review, task, review.points(task)[0], bruno, 1)
        assert undo(packet, bruno)
        take_in(store, sent(packet, clock))
    assert open_sealed(store, again) == {BRUNO: []}  # an earlier round's mark is none of this one
    assert {body["level"] for body in verdicts(store)} == {"fully", "yes"}


# ---- refused, with nothing changed

Changed = Callable[[dict[str, Any]], None]


def refused(store: ProjectFile, content: bytes, words: str) -> None:
    before = everything(store)
    with pytest.raises(StudioError, match=words) as told:
        take_in(store, content, "Bruno.answers")
    assert "Nothing was changed" in told.value.message
    assert told.value.hint
    assert everything(store) == before


def test_a_damaged_file_is_refused(store: ProjectFile, bruno_marks: tuple[Packet, bytes]):
    content, chance = bruno_marks[1], random.Random(5)
    before = everything(store)
    places = [0, 1, len(content) - 1, *(chance.randrange(len(content)) for _ in range(150))]
    for place in places:
        for flip in (1, 0x20, 0x80):
            broken = content[:place] + bytes([content[place] ^ flip]) + content[place + 1 :]
            with pytest.raises(StudioError):
                take_in(store, broken)
    assert everything(store) == before


def test_a_file_that_is_cut_off_is_refused(store: ProjectFile, bruno_marks: tuple[Packet, bytes]):
    content = bruno_marks[1]
    before = everything(store)
    for length in {
        0,
        1,
        5,
        11,
        *range(0, len(content), len(content) // 60),
        len(content) - 2,
        len(content) - 1,
    }:
        with pytest.raises(StudioError):
            take_in(store, content[:length])
    assert everything(store) == before
    refused(store, content[:-40], "cut off")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"SQLite format 3\0" * 9, "no answer file"),
        (b'{"a": 1}', "no answer file"),
        (b"[" * 100_000, "no answer file"),
        (b'{"answers":' + b"[" * 100_000, "cut off"),
        (b'{"answers":{},"answers":{},"sha256":"","signature":""}', "damaged"),
        (b'{"answers":{"done":NaN},"sha256":"","signature":""}', "damaged"),
        (
            b'{"answers":{"format":"rubric-studio answers 2"},"sha256":"","signature":""}',
            "newer Rubric Studio",
        ),
        (b'{"answers":{"format":"rubric-studio answers 1"},"sha256":"","signature":""}', "damaged"),
    ],
)
def test_something_else_is_refused(store: ProjectFile, content: bytes, words: str):
    refused(store, content, words)


def signed(content: bytes, change: Changed, key: str) -> bytes:
    """The answers with something changed, hash and signature made anew with that key."""
    told = json.loads(content)["answers"]
    change(told)
    return answer_file(HandedIn.model_validate(told), key)


def best(told: dict[str, Any]) -> None:
    marks = [record for record in told["records"] if record["kind"] == "verdict"]
    marks[0]["body"] |= {"level": "no", "value": 0.0}


def test_a_changed_mark_with_its_hash_made_anew_is_refused(
    store: ProjectFile, bruno_marks: tuple[Packet, bytes]
):
    packet, content = bruno_marks
    guessed = signed(content, best, "00" * 32)
    refused(store, guessed, "not genuine")
    told = json.loads(content)
    best(told["answers"])
    told["sha256"] = HandedIn.model_validate(told["answers"]).hash
    refused(store, json.dumps(told).encode(), "not genuine")
    assert not take_in(store, signed(content, best, packet.key)).was_known  # with the right key it may go


def test_somebody_elses_key_is_refused(
    store: ProjectFile, round: RecordId, bruno_marks: tuple[Packet, bytes]
):
    def as_anna(told: dict[str, Any]) -> None:
        told["person"] = ANNA

    refused(store, signed(bruno_marks[1], as_anna, bruno_marks[0].key), "not genuine")
    key = expert_key(round_of(store, round).plan, round, ANNA)
    refused(store, signed(bruno_marks[1], lambda told: None, key), "not genuine")
    refused(store, signed(bruno_marks[1], as_anna, key), "by somebody else")


def test_another_projects_answers_are_refused(
    bruno_marks: tuple[Packet, bytes], clock: TickingClock, tmp_path: Path
):
    with create_project(tmp_path / "other.rubric") as other:
        fill(other, Author(ANNA, clock))
        refused(other, bruno_marks[1], "another project")


def test_another_rounds_answers_are_refused(
    store: ProjectFile, author: Author, bruno_marks: tuple[Packet, bytes]
):
    other, plan = begin(store, author, RoundStart(experts=FOUR[:2], pick=Pick(count=5)))

    def moved(told: dict[str, Any]) -> None:
        told["round"] = other

    refused(store, signed(bruno_marks[1], moved, bruno_marks[0].key), "not genuine")
    refused(store, signed(bruno_marks[1], moved, expert_key(plan, other, BRUNO)), "not taken in")

    def unknown(told: dict[str, Any]) -> None:
        told["round"] = ulid(5, bytes(10))

    refused(store, signed(bruno_marks[1], unknown, bruno_marks[0].key), "a round that is not here")


def test_whoever_does_not_score_in_the_round_is_refused(
    store: ProjectFile, bruno_marks: tuple[Packet, bytes]
):
    def by_clara(told: dict[str, Any]) -> None:
        told["person"] = "01CLARA"

    refused(store, signed(bruno_marks[1], by_clara, bruno_marks[0].key), "of somebody else")


def _first(told: dict[str, Any], kind: str = "verdict") -> dict[str, Any]:
    return next(record for record in told["records"] if record["kind"] == kind)


def _by_anna(told: dict[str, Any]) -> None:
    _first(told)["person"] = ANNA


def _step_by_anna(told: dict[str, Any]) -> None:
    told["edits"][0]["person"] = ANNA


def _settles(told: dict[str, Any]) -> None:
    _first(told)["kind"] = "settlement"


def _too_good(told: dict[str, Any]) -> None:
    _first(told)["body"] |= {"level": None, "value": 1.5}


def _not_a_number(told: dict[str, Any]) -> None:
    _first(told)["body"] |= {"level": None, "value": True}


def _unknown_grade(told: dict[str, Any]) -> None:
    _first(told)["body"]["level"] = "superb"


def _does_not_apply(told: dict[str, Any]) -> None:
    _first(told)["body"] |= {"state": "not_applicable", "level": None, "value": None}


def _other_point(told: dict[str, Any]) -> None:
    _first(told)["body"]["criterion"] = "style"


def _other_question(told: dict[str, Any]) -> None:
    record = _first(told)
    old, new = record["body"]["question"], "ab" * 32
    record["body"]["question"], record["subject"] = new, record["subject"].replace(old, new)


def _other_sample(told: dict[str, Any]) -> None:
    record = _first(told)
    old, new = record["scope"], answers()[0].key
    record["scope"], record["subject"] = new, record["subject"].replace(old, new)
    record["body"]["sample"] = new


def _other_round(told: dict[str, Any]) -> None:
    _first(told)["body"]["round"] = ""


def _never_again(told: dict[str, Any]) -> None:
    records = [each for each in told["records"] if each["kind"] == "verdict"]
    again = {each["scope"] for each in records if each["body"]["repeat"]}
    record = next(each for each in records if each["scope"] not in again)
    record["body"]["repeat"], record["subject"] = 1, record["subject"][:-1] + "1"


def _beyond_the_text(told: dict[str, Any]) -> None:
    _first(told)["body"]["evidence"] = [{"start": 0, "end": 5000, "quote": "x"}]


def _more_fields(told: dict[str, Any]) -> None:
    _first(told)["body"]["weight"] = 9


def _no_id(told: dict[str, Any]) -> None:
    _first(told)["id"] = "../x"


def _lost_step(told: dict[str, Any]) -> None:
    told["edits"] = told["edits"][1:]


def _twice(told: dict[str, Any]) -> None:
    told["records"].append(_first(told))


def _other_row(told: dict[str, Any]) -> None:
    note = {
        **_first(told),
        "kind": "note",
        "subject": ulid(5, bytes(10)),
        "scope": "r9",
        "body": {"text": "x"},
    }
    told["records"].append(note | {"id": ulid(6, bytes(10)), "replaces": []})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_by_anna, "made by somebody else"),
        (_step_by_anna, "done by somebody else"),
        (_settles, "no expert sends"),
        (_too_good, "value of the mark"),
        (_not_a_number, "value of the mark"),
        (_unknown_grade, "no grade of"),
        (_does_not_apply, "does not apply"),
        (_other_point, "no point that question"),
        (_other_question, "a wording that this round never had"),
        (_other_sample, "no longer, this expert's"),
        (_other_round, "another round"),
        (_never_again, "does not come again"),
        (_beyond_the_text, "not in the answer"),
        (_more_fields, "unknown fields"),
        (_no_id, "not as the program writes it"),
        (_lost_step, "do not belong together"),
        (_twice, "stands twice"),
        (_other_row, "not this expert's"),
    ],
)
def test_what_its_sender_cannot_have_said_is_refused(
    store: ProjectFile, bruno_marks: tuple[Packet, bytes], change: Changed, words: str
):
    """Signed with the right key: whoever has a packet can write anything into a file."""
    packet, content = bruno_marks
    refused(store, signed(content, change, packet.key), words)


def test_nobody_replaces_what_somebody_else_said(
    store: ProjectFile, author: Author, bruno_marks: tuple[Packet, bytes]
):
    perform(store, NoteOnRow(row=RowId("r0"), text="Anna's"), author)
    (note,) = store.heads(RecordKind.NOTE)

    def replaces(told: dict[str, Any]) -> None:
        _first(told)["replaces"] = [note.id]

    refused(store, signed(bruno_marks[1], replaces, bruno_marks[0].key), "what somebody else said")


def test_a_record_that_tells_an_old_one_differently_is_refused(
    store: ProjectFile, bruno_marks: tuple[Packet, bytes]
):
    packet, content = bruno_marks
    take_in(store, content)
    refused(store, signed(content, best, packet.key), "contradict earlier ones")


def test_answers_to_samples_that_are_gone_wait_for_them(
    store: ProjectFile, round: RecordId, bruno_marks: tuple[Packet, bytes]
):
    take_in(store, bruno_marks[1])
    assert store.delete_source("answers")
    before = everything(store)
    with pytest.raises(StudioError, match="Bring them in again"):
        open_sealed(store, round)
    assert everything(store) == before


def test_a_key_tells_nothing_of_the_others(store: ProjectFile, round: RecordId):
    plan: RoundPlan = round_of(store, round).plan
    keys = {expert_key(plan, round, each.person) for each in plan.experts}
    assert len(keys) == 2
    assert plan.secret not in keys
