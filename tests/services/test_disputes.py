"""Where experts differ, found in closed rounds and in projects without any. Numbers derived by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rubric_studio.domain.ids import PersonId
from rubric_studio.domain.record import RecordKind
from rubric_studio.services.disputes import DisputeFilter, disputes
from rubric_studio.services.edits import Author, DecideRows, Proposal, perform, write
from rubric_studio.services.settling_disputes import LeaveOpen, Settle
from rubric_studio.store.project_file import ProjectFile, create_project
from tests.services.conftest import ANNA, BRUNO
from tests.services.disputed_project import CARA, blind_round, give, people
from tests.services.judged_project import GUIDE, answers, judge_says


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ProjectFile]:
    project = create_project(tmp_path / "small.rubric")
    yield project
    project.close()


@pytest.fixture
def team(store: ProjectFile, author: Author) -> dict[PersonId, Author]:
    return people(store, author)


def test_without_rounds_all_marks_are_compared_the_worst_first(
    store: ProjectFile, team: dict[PersonId, Author]
) -> None:
    give(store, team[ANNA], {"good": [1, 1, 1, 0.5]})
    give(store, team[BRUNO], {"good": [1, 0, 0.5, 0.5]})
    found = disputes(store, GUIDE)
    assert [(each.sample.key, each.size) for each in found] == [
        (answers()[1].key, 1.0),  # fully against no
        (answers()[2].key, 0.5),  # fully against partly
    ]
    assert (found.basis, found.compared, found.undisputed, found.held_out) == ("all", 4, 2, 0)


def test_of_two_differences_of_one_size_the_one_that_moves_the_total_more_comes_first(
    store: ProjectFile, team: dict[PersonId, Author]
) -> None:
    give(store, team[ANNA], {"good": [1], "bad": [1]})
    give(store, team[BRUNO], {"good": [0], "bad": [0]})
    # "good" is all of the one part: it moves the total by 1; the fault "bad" costs 0.25.
    assert [(each.key, each.moves) for each in disputes(store, GUIDE)] == [("good", 1.0), ("bad", 0.25)]


def test_does_not_apply_against_a_grade_is_a_whole_difference(
    store: ProjectFile, team: dict[PersonId, Author]
) -> None:
    give(store, team[ANNA], {"good": [0.5, "absent"]})
    give(store, team[BRUNO], {"good": ["absent", "absent"]})
    assert [each.size for each in disputes(store, GUIDE)] == [1.0]


def test_a_dispute_tells_who_said_what_and_what_judges_said(
    store: ProjectFile, team: dict[PersonId, Author]
) -> None:
    give(store, team[ANNA], {"good": [1]})
    give(store, team[BRUNO], {"good": [0]})
    judge_says(store, {"good": [0.5] + [None] * 11})
    head = store.heads(RecordKind.VERDICT)[0]
    write(
        store, "Unsure", [Proposal(RecordKind.DOUBT, head.subject, {"unsure": True}, head.scope)], team[ANNA]
    )
    dispute = next(iter(disputes(store, GUIDE)))
    told = [(each.name, each.verdict.level, each.verdict.reason, each.unsure) for each in dispute.said]
    assert told == [("Anna", "fully", "Anna thinks 1", True), ("Bruno", "no", "Bruno thinks 0", False)]
    assert [(each.name, each.verdict.level) for each in dispute.judges] == [("judge", "partly")]


def test_only_what_counts_in_a_closed_round_is_compared(
    store: ProjectFile, team: dict[PersonId, Author]
) -> None:
    give(store, team[CARA], {"good": [0, 0]})  # in the open, not blind: it counts nowhere
    round = blind_round(store, team[ANNA], {team[ANNA]: {"good": [1, 1]}, team[BRUNO]: {"good": [1, 0.5]}})
    found = disputes(store, GUIDE)
    assert [(each.sample.key, each.round) for each in found] == [(answers()[1].key, round)]
    assert (found.basis, found.rounds[round]) == ("rounds", "Round 1")


def test_an_open_round_shows_nothing(store: ProjectFile, team: dict[PersonId, Author]) -> None:
    marks = {team[ANNA]: {"good": [1]}, team[BRUNO]: {"good": [0]}}
    blind_round(store, team[ANNA], marks, closed=False)
    found = disputes(store, GUIDE)
    assert (len(found), found.compared) == (0, 0)


def test_what_lies_in_the_held_out_part_is_counted_and_not_shown(
    store: ProjectFile, team: dict[PersonId, Author]
) -> None:
    marks = {team[ANNA]: {"good": [1] * 12}, team[BRUNO]: {"good": [0] * 12}}
    blind_round(store, team[ANNA], marks, held_out=["r1"])
    found = disputes(store, GUIDE)
    assert {each.row.id for each in found} == {"r0", "r2"}
    assert (len(found), found.held_out, found.undisputed) == (8, 4, 0)


def test_the_hidden_second_time_is_no_difference(store: ProjectFile, team: dict[PersonId, Author]) -> None:
    give(store, team[ANNA], {"good": [1]})
    give(store, team[BRUNO], {"good": [1]})
    give(store, team[BRUNO], {"good": [0]}, repeat=1)
    assert len(disputes(store, GUIDE)) == 0


def test_marks_on_old_words_are_not_compared(store: ProjectFile, team: dict[PersonId, Author]) -> None:
    from rubric_studio.domain.rubric_edits import with_criterion

    give(store, team[ANNA], {"good": [1]})
    give(store, team[BRUNO], {"good": [0]})
    assert disputes(store, with_criterion(GUIDE, "good", wording="Sees the debt")).compared == 0


def test_disputes_are_found_by_criterion_pair_standing_and_cause(
    store: ProjectFile, team: dict[PersonId, Author]
) -> None:
    give(store, team[ANNA], {"good": [1, 1, 1, 1], "bad": [1]})
    give(store, team[BRUNO], {"good": [0, 0, 0, 0], "bad": [1]})
    give(store, team[CARA], {"good": [1, None, None, 0.5], "bad": [0]})
    every = list(disputes(store, GUIDE))
    first, second, third = (
        next(each for each in every if each.sample.key == answers()[at].key and each.key == "good")
        for at in (0, 1, 2)
    )
    place = {"sample": first.sample.key, "criterion": "good", "question": first.question}
    perform(store, Settle(**place, level="fully", value=1.0, cause="slip"), team[ANNA])
    opened = {"sample": second.sample.key, "criterion": "good", "question": second.question}
    perform(store, LeaveOpen(**opened, opinions=()), team[ANNA])
    perform(store, DecideRows(rows=(third.row.id,), decision=None), team[ANNA])
    every = list(disputes(store, GUIDE))

    def count(**wanted: object) -> int:
        return sum(map(DisputeFilter.model_validate(wanted).passes, every))

    assert [count(), count(criterion="bad"), count(pair=(ANNA, CARA))] == [
        5,
        1,
        2,
    ]  # answers 0 (bad), 3 (good)
    assert [count(standing="decided"), count(standing="open"), count(standing="undecided")] == [1, 1, 3]
    assert [count(cause="slip"), count(cause="law"), count(cause="wording")] == [1, 1, 0]
    assert count(search="case 0") == 5


def test_a_dispute_on_a_dropped_question_is_ended(store: ProjectFile, team: dict[PersonId, Author]) -> None:
    give(store, team[ANNA], {"good": [1]})
    give(store, team[BRUNO], {"good": [0]})
    perform(store, DecideRows(rows=(answers()[0].row,), decision="drop", reason="bad law"), team[ANNA])
    assert [each.is_decided for each in disputes(store, GUIDE)] == [True]
