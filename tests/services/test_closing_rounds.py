"""Closing opens what was sent and says what counts; again and after merges it only tidies up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import RecordId
from rubric_studio.domain.record import RecordKind
from rubric_studio.services.answers import take_in
from rubric_studio.services.closing_rounds import close_round, open_what_is_closed
from rubric_studio.services.edits import Author
from rubric_studio.services.history import stacks
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.services.rounds import round_of
from rubric_studio.services.workload import earlier_paces, usual_workloads
from rubric_studio.store.copies import copy_to
from rubric_studio.store.merge import merge
from rubric_studio.store.project_file import ProjectFile, create_project, open_project

from .conftest import ANNA, BRUNO, TickingClock
from .judged_project import GUIDE, fill
from .round_room import FOUR, begin, scores_all

START = RoundStart(experts=FOUR[:2], pick=Pick(count=5), repeats=1)


@pytest.fixture
def store(tmp_path: Path, author: Author) -> Iterator[ProjectFile]:
    with create_project(tmp_path / "rounds.rubric") as project:
        fill(project, author)
        yield project


@pytest.fixture
def round(store: ProjectFile, author: Author) -> RecordId:
    return begin(store, author, START)[0]


def verdicts(store: ProjectFile) -> set[str]:
    return {head.id for head in store.heads(RecordKind.VERDICT) if head.body is not None}


def copied(store: ProjectFile, path: Path) -> ProjectFile:
    copy_to(store.connection.raw, store.path, path)
    return open_project(path)


def test_what_was_sent_counts_and_nothing_stays_sealed(
    store: ProjectFile, author: Author, clock: TickingClock, round: RecordId, tmp_path: Path
) -> None:
    for person in (ANNA, BRUNO):
        take_in(store, scores_all(store, tmp_path, round, person, clock))
    assert verdicts(store) == set()
    close_round(store, round, author)
    found = round_of(store, round)
    # Five samples and one of them again, two points each: twelve marks a person.
    assert {person: len(ids) for person, ids in found.counted.items()} == {ANNA: 12, BRUNO: 12}
    assert {id for ids in found.counted.values() for id in ids} == verdicts(store)
    assert store.sealed(round) == []


def test_closing_again_changes_nothing(
    store: ProjectFile, author: Author, clock: TickingClock, round: RecordId, tmp_path: Path
) -> None:
    take_in(store, scores_all(store, tmp_path, round, BRUNO, clock))
    close_round(store, round, author)
    before = round_of(store, round)
    assert close_round(store, round, author).topics == frozenset()
    assert round_of(store, round) == before


def test_answers_that_cannot_be_opened_leave_the_round_open(
    store: ProjectFile, author: Author, clock: TickingClock, round: RecordId, tmp_path: Path
) -> None:
    take_in(store, scores_all(store, tmp_path, round, BRUNO, clock))
    store.delete_source("answers")
    with pytest.raises(StudioError):
        close_round(store, round, author)
    assert not round_of(store, round).is_closed
    assert len(store.sealed(round)) == 1


def test_a_round_that_nobody_answered_can_be_closed(
    store: ProjectFile, author: Author, round: RecordId
) -> None:
    close_round(store, round, author)
    assert round_of(store, round).is_closed
    assert round_of(store, round).counted == {}


def test_blind_marks_are_not_undone_once_they_were_seen(
    store: ProjectFile, author: Author, clock: TickingClock, round: RecordId, tmp_path: Path
) -> None:
    before = [entry.label for entry in stacks(store, author).undo]
    take_in(store, scores_all(store, tmp_path, round, ANNA, clock))
    close_round(store, round, author)
    assert [entry.label for entry in stacks(store, author).undo] == before
    assert stacks(store, author).redo == ()


def test_a_doubt_that_was_told_blind_is_not_undone_once_it_was_seen(
    store: ProjectFile, author: Author, clock: TickingClock, round: RecordId, tmp_path: Path
) -> None:
    before = [entry.label for entry in stacks(store, author).undo]
    take_in(store, scores_all(store, tmp_path, round, ANNA, clock, doubts=True))
    close_round(store, round, author)
    assert store.heads(RecordKind.DOUBT)
    assert [entry.label for entry in stacks(store, author).undo] == before


def test_the_wording_of_a_round_cannot_be_undone_from_under_it(
    store: ProjectFile, author: Author, round: RecordId
) -> None:
    version = round_of(store, round).plan.version
    wrote = next(record.edit for record in store.records([version]))
    assert wrote not in [entry.id for entry in stacks(store, author).undo]


def test_of_two_marks_for_one_thing_that_two_copies_counted_the_later_counts(
    store: ProjectFile, author: Author, clock: TickingClock, round: RecordId, tmp_path: Path
) -> None:
    first = scores_all(store, tmp_path, round, ANNA, clock)
    with copied(store, tmp_path / "copy.rubric") as other:
        take_in(other, first)
        close_round(other, round, Author(BRUNO, clock))
    take_in(store, scores_all(store, tmp_path, round, ANNA, clock, grade=lambda _: 1))  # from a second packet
    close_round(store, round, author)
    later = set(round_of(store, round).counted[ANNA])
    merge(store, tmp_path / "copy.rubric")
    open_what_is_closed(store, author)
    assert set(round_of(store, round).counted[ANNA]) == later


def test_what_another_copy_had_sealed_is_opened_after_the_merge_and_does_not_count(
    store: ProjectFile, author: Author, clock: TickingClock, round: RecordId, tmp_path: Path
) -> None:
    sent = [scores_all(store, tmp_path, round, person, clock) for person in (ANNA, BRUNO)]
    with copied(store, tmp_path / "copy.rubric") as other:
        take_in(other, sent[1])
    take_in(store, sent[0])
    close_round(store, round, author)
    merge(store, tmp_path / "copy.rubric")
    assert len(store.sealed(round)) == 1
    open_what_is_closed(store, author)
    assert store.sealed() == []
    assert len(verdicts(store)) == 24
    assert set(round_of(store, round).counted) == {ANNA}
    assert open_what_is_closed(store, author).topics == frozenset()


def test_two_copies_that_both_closed_come_to_one_closing_that_counts_what_either_counted(
    store: ProjectFile, author: Author, clock: TickingClock, round: RecordId, tmp_path: Path
) -> None:
    sent = [scores_all(store, tmp_path, round, person, clock) for person in (ANNA, BRUNO)]
    with copied(store, tmp_path / "copy.rubric") as other:
        take_in(other, sent[1])
        close_round(other, round, Author(BRUNO, clock))
    take_in(store, sent[0])
    close_round(store, round, author)
    merge(store, tmp_path / "copy.rubric")
    assert len(store.conflicts()) == 1
    open_what_is_closed(store, author)
    assert store.conflicts() == []
    assert {person: len(ids) for person, ids in round_of(store, round).counted.items()} == {
        ANNA: 12,
        BRUNO: 12,
    }


def test_who_took_twice_as_long_is_reckoned_so_next_time(
    store: ProjectFile, author: Author, clock: TickingClock, round: RecordId, tmp_path: Path
) -> None:
    usual = usual_workloads(store, GUIDE, round_of(store, round).plan)[1].minutes * 60
    take_in(store, scores_all(store, tmp_path, round, BRUNO, clock, seconds=2 * usual))
    assert earlier_paces(store, [ANNA, BRUNO]) == {}
    close_round(store, round, author)
    assert earlier_paces(store, [ANNA, BRUNO]) == {BRUNO: pytest.approx(2, abs=0.01)}
