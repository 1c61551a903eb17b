"""Sheets among answer files: twice is once, also late and in two copies of the project; keys of any text come back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rubric_studio import wiring
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import PersonId, RecordId, RowId
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.review_sheet import FilledLine, FilledSheet, ReviewSheet
from rubric_studio.domain.row import Row, RowCriterion, user_prompt
from rubric_studio.domain.rubric import Rubric
from rubric_studio.domain.source import Source
from rubric_studio.files.review_xlsx import write_review_sheet
from rubric_studio.files.review_xlsx_reading import read_review_sheet
from rubric_studio.services.closing_rounds import close_round, open_what_is_closed
from rubric_studio.services.edits import Author, SaveVersion, perform
from rubric_studio.services.expert_ratings import counted_verdicts
from rubric_studio.services.review_sheet import take_in_sheet
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.services.rounds import round_of
from rubric_studio.store.copies import copy_to
from rubric_studio.store.merge import merge
from rubric_studio.store.project_file import ProjectFile, open_project

from .conftest import ANNA, BRUNO, TickingClock
from .judged_project import GUIDE, fill
from .packet_room import everything
from .round_room import FOUR, begin
from .test_review_sheet import sheet

FILES = wiring.round_files()
START = RoundStart(pick=Pick(count=4), experts=FOUR[:2], repeats=1)


@pytest.fixture
def round(store: ProjectFile, author: Author) -> RecordId:
    fill(store, author)
    return begin(store, author, START)[0]


@pytest.fixture
def author_of(clock: TickingClock) -> Callable[[PersonId], Author]:
    return lambda person: Author(person, clock)


def graded(review: ReviewSheet, grade: str = "1") -> FilledSheet:
    points = [point for answer in review.answers for point in answer.points]
    lines = tuple(FilledLine(point.id, grade, "", f"D{at}") for at, point in enumerate(points, start=10))
    return FilledSheet("Bruno.xlsx", review.round, review.person, lines)


def marks(store: ProjectFile) -> list[str]:
    return [head.id for head in store.heads(RecordKind.VERDICT) if head.body is not None]


def test_a_sheet_that_comes_late_and_twice_adds_nothing_the_second_time(store, round, author, author_of):
    filled = graded(sheet(store, round, BRUNO, author))
    take_in_sheet(store, FILES, filled, author_of)
    close_round(store, round, author)
    before = everything(store)
    again = take_in_sheet(store, FILES, filled, author_of)
    assert again.taken is not None
    assert (again.marks, again.taken.late, again.taken.was_known) == (0, True, True)
    assert everything(store) == before


def test_a_late_sheet_is_kept_and_does_not_count(store, round, author, author_of):
    filled = graded(sheet(store, round, BRUNO, author))
    close_round(store, round, author)
    taken = take_in_sheet(store, FILES, filled, author_of).taken
    assert taken is not None
    assert taken.late
    assert len(marks(store)) == 10  # four answers and one again, two points each
    assert round_of(store, round).counted == {}


def test_one_sheet_in_two_copies_of_the_project_is_one_mark_for_each_point(
    store: ProjectFile,
    round: RecordId,
    author: Author,
    clock: TickingClock,
    author_of: Callable[[PersonId], Author],
    tmp_path: Path,
):
    """Each copy writes marks of its own, as sheets know no ids; where both count, one of each point does."""
    filled = graded(sheet(store, round, BRUNO, author))
    copy_to(store.connection.raw, store.path, tmp_path / "copy.rubric")
    with open_project(tmp_path / "copy.rubric") as other:
        for each in (store, other):
            take_in_sheet(each, FILES, filled, author_of)
            close_round(each, round, Author(ANNA, clock))
    merge(store, tmp_path / "copy.rubric")
    open_what_is_closed(store, author)
    assert len(round_of(store, round).counted[BRUNO]) == 10
    told = counted_verdicts(store, [round]) + counted_verdicts(store, [round], repeat=1)
    assert len({(each.sample, each.question, each.repeat) for each in told}) == len(told) == 10
    assert store.conflicts() == []
    assert open_what_is_closed(store, author).topics == frozenset()


def test_a_sheet_of_another_round_names_its_file(store, round, author, author_of):
    filled = graded(sheet(store, round, BRUNO, author))._replace(round="01ELSEWHERE")
    with pytest.raises(StudioError, match="Nothing was changed") as error:
        take_in_sheet(store, FILES, filled, author_of)
    assert (error.value.file, bool(error.value.hint)) == ("Bruno.xlsx", True)


def test_what_was_written_for_a_grade_is_told_short(store, round, author, author_of):
    filled = graded(sheet(store, round, BRUNO, author), "x\u202e\n" * 9_000)
    found = take_in_sheet(store, FILES, filled, author_of)
    assert all(len(each.message) < 120 and "\u202e" not in each.message for each in found.complaints)
    assert found.taken is None


def test_points_whose_keys_are_any_text_come_back(
    store: ProjectFile, author: Author, author_of: Callable[[PersonId], Author], tmp_path: Path
):
    fill(store, author)
    keys = (" a/b\tc ", "_x0041_", "\x07", "ü" * 300)
    own = tuple(RowCriterion(key=key, text="Own point") for key in keys)
    with store.writing() as writer:
        writer.source(Source(id="anew", kind="rows", name="anew"))
        writer.rows([Row(id=RowId(f"r{at}"), prompt=user_prompt("?"), criteria=own) for at in range(3)])
    told = GUIDE.to_json() | {"row_criteria": "case"}
    perform(store, SaveVersion(rubric=Rubric.model_validate(told), number=2), author)
    round, _ = begin(store, author, START)
    review = sheet(store, round, BRUNO, author)
    path = tmp_path / "Bruno.xlsx"
    write_review_sheet(path, review)
    came = read_review_sheet(path)
    filled = came._replace(lines=tuple(line._replace(grade="1") for line in came.lines))
    found = take_in_sheet(store, FILES, filled, author_of)
    assert found.complaints == ()
    own_points = sum(point.title == "Own point" for answer in review.answers for point in answer.points)
    assert own_points >= 2 * len(keys)  # of the rows that were brought in anew
    assert found.marks == own_points + 5 * 2
