"""Answer files that somebody with a packet and time could write: refused in words, with nothing changed."""

import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.handed_in import HandedIn
from rubric_studio.domain.ids import PersonId, RecordId
from rubric_studio.domain.packet import Packet
from rubric_studio.domain.record import RecordKind
from rubric_studio.services.answers import answer_file, take_in
from rubric_studio.services.closing_rounds import close_round
from rubric_studio.services.edits import Author, FlagRows, NoteOnRow, perform
from rubric_studio.services.handing_in import the_packet
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.services.rounds import round_of
from rubric_studio.services.workload import earlier_paces
from rubric_studio.store.project_file import ProjectFile, create_project

from .conftest import ANNA, BRUNO, TickingClock
from .judged_project import fill
from .packet_room import at_work, everything, mark, packet_at, sent
from .round_room import FOUR, begin

START = RoundStart(experts=FOUR[:2], pick=Pick(count=5), repeats=1, title="Before the summer")
Told = dict[str, Any]


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    with create_project(tmp_path / "rounds.rubric") as project:
        fill(project, author)
        yield project


@pytest.fixture
def round(store: ProjectFile, author: Author) -> RecordId:
    return begin(store, author, START)[0]


def marked_by(
    store: ProjectFile, round: str, person: PersonId, clock: TickingClock, folder: Path
) -> tuple[Packet, bytes]:
    """Every point marked, a note and a flag, handed in."""
    path = packet_at(store, folder / f"{person} {clock.milliseconds()}.review", round, person)
    author = Author(person, clock)
    with at_work(path) as (packet, review):
        for task in review.tasks:
            for point in review.points(task):
                mark(packet, review, task, point, author)
        perform(packet, NoteOnRow(row=review.tasks[0].row, text="A note"), author)
        perform(packet, FlagRows(rows=(review.tasks[0].row,), reason="Wrong year"), author)
        return the_packet(packet), sent(packet, clock, finished=True)


def signed(content: bytes, change: Callable[[Told], None], key: str) -> bytes:
    told = json.loads(content)["answers"]
    change(told)
    return answer_file(HandedIn.model_validate(told), key)


def refused(store: ProjectFile, content: bytes, words: str = "[a-z]") -> StudioError:
    before = everything(store)
    with pytest.raises(StudioError, match=words) as told:
        take_in(store, content, "Bruno.answers")
    assert "Nothing was changed" in told.value.message
    assert told.value.hint
    assert told.value.file == "Bruno.answers"
    assert len(str(told.value)) < 700
    assert everything(store) == before
    return told.value


def first(told: Told, kind: str) -> Told:
    return next(record for record in told["records"] if record["kind"] == kind)


# ---- one field, signed with the right key

HALF = "\ud83d"
CHANGES: dict[str, tuple[Callable[[Told], Any], str]] = {
    "made on no day": (lambda t: t.update(made_at="2026-99-99T12:00:00.000Z"), "time at which they were made"),
    "said on no day": (lambda t: first(t, "verdict").update(at="2026-02-30T12:00:00.000Z"), "as the program"),
    "in other figures": (lambda t: first(t, "verdict").update(at="٢٠٢٦-11-23T12:00:00.000Z"), "as the program"),
    "step on no day": (lambda t: t["edits"][0].update(at="2026-11-23T99:00:00.000Z"), "step in them is not"),
    "half a target": (lambda t: t["edits"][0].update(role="undo", target=HALF), "step in them is not"),
    "half a label": (lambda t: t["edits"][0].update(label=HALF), "step in them is not"),
    "replaces half": (lambda t: first(t, "verdict").update(replaces=[HALF]), "what has no name"),
    "replaces a book": (lambda t: first(t, "verdict").update(replaces=["A" * 99_999]), "what has no name"),
    "a true repeat": (lambda t: _at(t, 1).update(repeat=True), "contradicts itself"),
    "a broken repeat": (lambda t: _at(t, 0).update(repeat=0.0), "contradicts itself"),
    "no criterion": (lambda t: first(t, "verdict")["body"].update(criterion=None), "no point"),
    "a list of criteria": (lambda t: first(t, "verdict")["body"].update(criterion=["good"]), "no point"),
    "a list of grades": (lambda t: first(t, "verdict")["body"].update(level=["fully"]), "no grade"),
    "an object of a value": (lambda t: first(t, "verdict")["body"].update(value={"a": 1}), "value of the mark"),
    "evidence none": (lambda t: first(t, "verdict")["body"].update(evidence=None), "passages"),
    "evidence named": (lambda t: first(t, "verdict")["body"].update(evidence={"start": 0}), "passages"),
    "too many passages": (
        lambda t: first(t, "verdict")["body"].update(evidence=[{"start": 0, "end": 1}] * 1_001),
        "more than 1000 passages",
    ),
    "a long passage": (
        lambda t: first(t, "verdict")["body"].update(evidence=[{"start": 0, "end": 1, "quote": "x" * 999}]),
        "not in the answer",
    ),
    "a note of nothing": (lambda t: first(t, "note").update(body={}), "no text"),
    "a note of numbers": (lambda t: first(t, "note").update(body={"text": 5}), "no text"),
    "a book of a note": (lambda t: first(t, "note").update(body={"text": "x" * 1_000_001}), "no text"),
    "a flag elsewhere": (lambda t: first(t, "flag").update(body={"row": "r9"}), "contradicts itself"),
    "seconds in words": (lambda t: first(t, "handing_in")["body"].update(seconds="many"), "as the program"),
    "seconds backwards": (lambda t: first(t, "handing_in")["body"].update(seconds=-5), "as the program"),
    "seconds for ever": (lambda t: t.update(seconds=1e300), "time that they took"),
    "perhaps finished": (lambda t: first(t, "handing_in")["body"].update(finished="yes"), "as the program"),
    "more than was sent": (lambda t: t.update(done=7, total=7), "more answers than"),
}  # fmt: skip


def _at(told: Told, repeat: int) -> Told:
    marks = (record["body"] for record in told["records"] if record["kind"] == "verdict")
    return next(body for body in marks if body["repeat"] == repeat)


@pytest.mark.parametrize("name", CHANGES)
def test_a_field_that_the_program_never_writes_is_refused(
    store: ProjectFile, round: RecordId, clock: TickingClock, tmp_path: Path, name: str
):
    packet, content = marked_by(store, round, BRUNO, clock, tmp_path)
    change, words = CHANGES[name]
    refused(store, signed(content, change, packet.key), words)


# ---- the file itself


@pytest.mark.parametrize(
    "hole",
    [
        b'"seconds":1' + b"0" * 5_000,
        b'"seconds":1' + b"0" * 500,
        b'"seconds":1e999',
        b'"seconds":"Infinity"',
        b'"seconds":"nan"',
        b'"seconds":-0.5',
        b'"done":true,"done":1',
        b'"done":1' + b"0" * 40,
        b'"records":[[[[]]]]',
        b'"records":[{}]',
        b'"records":{"a":1}',
        b'"edits":"' + b"x" * 100_000 + b'"',
        b'"name":"\\ud83d"',
        b'"round":"\\ud83d"',
        b'"person":"\\u0000"',
        b'"project":null',
        b'"more":1',
        b'"name":"\xff\xfe"',
    ],
)
def test_numbers_and_texts_that_are_none_are_refused(
    store: ProjectFile, round: RecordId, clock: TickingClock, tmp_path: Path, hole: bytes
):
    _, content = marked_by(store, round, BRUNO, clock, tmp_path)
    name = hole.split(b":")[0]
    begin_at = content.index(b'"answers":{') + len(b'"answers":{')
    broken = content[:begin_at] + hole + b"," + content[begin_at:]
    refused(store, broken)  # the name stands twice
    told = json.loads(content)
    told["answers"].pop(json.loads(name), None)
    text = json.dumps(told, separators=(",", ":")).encode()
    at = text.index(b'"answers":{') + len(b'"answers":{')
    refused(store, text[:at] + hole + b"," + text[at:])


def test_a_name_out_of_a_file_is_told_short_and_on_one_line(
    store: ProjectFile, round: RecordId, clock: TickingClock, tmp_path: Path
):
    packet, content = marked_by(store, round, BRUNO, clock, tmp_path)
    name = "<img src=x>\u202e\x00\n" + "long " * 200_000

    def elsewhere(told: Told) -> None:
        told.update(name=name, round="01AAAAAAAAAAAAAAAAAAAAAAAA", project="another")

    error = refused(store, signed(content, elsewhere, packet.key), "another project")
    assert error.message.startswith("<img src=x> long long")
    assert not any(letter in error.message for letter in "\u202e\x00\n")


def test_a_large_file_of_nothing_takes_no_more_memory_than_it_may(store: ProjectFile):
    tracemalloc.start()
    refused(store, b'{"answers":{"records":[' + b"0," * 2_000_000 + b'0]},"sha256":"","signature":""}')
    assert tracemalloc.get_traced_memory()[1] < 200 * 2**20
    tracemalloc.stop()
    refused(store, b'{"answers":' + b" " * 64 * 2**20, "larger than 64 MB")


# ---- ids of others


def test_what_is_sealed_cannot_be_replaced_by_somebody_else(
    store: ProjectFile, round: RecordId, author: Author, clock: TickingClock, tmp_path: Path
):
    """Nobody can know such an id; should she, it is of no use, whichever file comes first."""
    _, annas = marked_by(store, round, ANNA, clock, tmp_path)
    packet, brunos = marked_by(store, round, BRUNO, clock, tmp_path)
    anna = next(each for each in json.loads(annas)["answers"]["records"] if each["kind"] == "verdict")

    def replaces(told: Told) -> None:
        first(told, "verdict")["replaces"] = [anna["id"]]

    def is_the_same(told: Told) -> None:
        first(told, "verdict")["id"] = anna["id"]

    def same_step(told: Told) -> None:
        old = told["edits"][0]["id"]
        told["edits"][0]["id"] = anna["edit"]
        for record in told["records"]:
            record["edit"] = anna["edit"] if record["edit"] == old else record["edit"]

    take_in(store, annas)
    for change in (replaces, is_the_same, same_step):
        refused(store, signed(brunos, change, packet.key), "belong to other answers")
    close_round(store, round, author)
    assert sum(head.person == ANNA for head in store.heads(RecordKind.VERDICT)) == 12
    for change in (replaces, is_the_same, same_step):
        refused(store, signed(brunos, change, packet.key))


def test_whoever_comes_second_is_refused_where_the_first_claimed_her_ids(
    store: ProjectFile, round: RecordId, clock: TickingClock, tmp_path: Path
):
    _, annas = marked_by(store, round, ANNA, clock, tmp_path)
    packet, brunos = marked_by(store, round, BRUNO, clock, tmp_path)
    anna = next(each for each in json.loads(annas)["answers"]["records"] if each["kind"] == "verdict")

    def replaces(told: Told) -> None:
        first(told, "verdict")["replaces"] = [anna["id"]]

    take_in(store, signed(brunos, replaces, packet.key))
    refused(store, annas, "belong to other answers")  # and the lead is told, before anything is opened


def test_two_rounds_of_one_person_do_not_disturb_each_other(
    store: ProjectFile, round: RecordId, author: Author, clock: TickingClock, tmp_path: Path
):
    second, _ = begin(store, author, START)
    for each in (round, second, round):
        take_in(store, marked_by(store, each, BRUNO, clock, tmp_path)[1])
    for each in (round, second):
        close_round(store, each, author)
    assert [len(round_of(store, each).counted[BRUNO]) for each in (round, second)] == [12, 12]


# ---- clocks


def test_a_clock_that_was_ahead_for_a_while_does_not_hide_what_came_later(
    store: ProjectFile, round: RecordId, clock: TickingClock, tmp_path: Path
):
    path = packet_at(store, tmp_path / "b.review", round, BRUNO)
    bruno, files = Author(BRUNO, clock), list[bytes]()
    with at_work(path) as (packet, review):
        for task in review.tasks[:2]:
            for point in review.points(task):
                mark(packet, review, task, point, bruno)
            files.append(sent(packet, clock))
        key = the_packet(packet).key
    ahead = signed(files[0], lambda told: told.update(made_at="2099-01-01T00:00:00.000Z"), key)
    for order in ([ahead, files[1]], [files[1], ahead]):
        for file in order:
            take_in(store, file)
        assert [each.done for each in store.sealed(round)] == [2]
        assert round_of(store, round).progress[1].done == 2
        store.drop_sealed(round)


def test_marks_of_1970_and_of_2999_are_marks(
    store: ProjectFile, round: RecordId, author: Author, clock: TickingClock, tmp_path: Path
):
    packet, content = marked_by(store, round, BRUNO, clock, tmp_path)

    def long_ago(told: Told) -> None:
        for at, record in enumerate(told["records"]):
            record["at"] = ("1970-01-01T00:00:00.000Z", "2999-12-31T23:59:59.999Z")[at % 2]

    take_in(store, signed(content, long_ago, packet.key))
    close_round(store, round, author)
    assert len(round_of(store, round).counted[BRUNO]) == 12
    assert earlier_paces(store, [BRUNO]) == {}
