"""A round as a sheet, filled in with LibreOffice, and back: by the way of answer files, complaints by cell."""

from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

import pytest

from rubric_studio import wiring
from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import PersonId, RecordId
from rubric_studio.domain.record import RecordKind
from rubric_studio.domain.review_sheet import FilledLine, FilledSheet, ReviewSheet
from rubric_studio.files.review_xlsx import GRADE, ID, REASON, SCORE, write_review_sheet
from rubric_studio.files.review_xlsx_reading import read_review_sheet
from rubric_studio.services.closing_rounds import close_round
from rubric_studio.services.edits import Author
from rubric_studio.services.marks import expert_verdict
from rubric_studio.services.packets import fill_packet
from rubric_studio.services.review_sheet import sheet_of, take_in_sheet
from rubric_studio.services.round_start import Pick, RoundStart
from rubric_studio.store.project_file import ProjectFile
from tests.files.libre_office import LibreOffice, office  # noqa: F401 - a fixture

from .conftest import TickingClock
from .judged_project import fill
from .round_room import begin, expert

ANNA, BRUNO = expert("Anna"), expert("Bruno")
FILES = wiring.round_files()


@pytest.fixture
def round(store: ProjectFile, author: Author) -> RecordId:
    fill(store, author)
    id, _ = begin(store, author, RoundStart(pick=Pick(count=4), experts=(ANNA, BRUNO), repeats=1))
    return id


@pytest.fixture
def author_of(clock: TickingClock) -> Callable[[PersonId], Author]:
    return lambda person: Author(person, clock)


def sheet(store: ProjectFile, round: str, person: str, author: Author) -> ReviewSheet:
    path = Path(mkdtemp(prefix="rubric-test-")) / "packet.review"
    FILES.make_packet(path, fill_packet(store, round, person, author.now()))
    packet_store = FILES.open_packet(path, "Anna")
    try:
        return sheet_of(packet_store)
    finally:
        packet_store.close()


def filled(review: ReviewSheet, *grades: tuple[str, str]) -> FilledSheet:
    points = [point for answer in review.answers for point in answer.points]
    lines = [
        FilledLine(point.id, grade, reason, f"D{at}")
        for at, (point, (grade, reason)) in enumerate(zip(points, grades, strict=False), start=10)
    ]
    return FilledSheet("Anna.xlsx", review.round, review.person, tuple(lines))


def said(store: ProjectFile, person: str) -> list[tuple[str | None, str, int]]:
    verdicts = [expert_verdict(head) for head in store.heads(RecordKind.VERDICT) if head.body is not None]
    return sorted(
        ((each.level, each.reason, each.repeat) for each in verdicts if each.rater.name == person), key=str
    )


def test_a_sheet_asks_what_the_packet_asks_and_names_no_model(store, round, author):
    review = sheet(store, round, ANNA.person, author)
    assert [answer.number for answer in review.answers] == [1, 2, 3, 4, 5]  # four, and one that comes again
    assert [point.title for point in review.answers[0].points] == ["Sees it", "Invents"]
    good, invents = review.answers[0].points
    assert [grade.key for grade in good.grades] == ["fully", "partly", "no"]
    assert [grade.key for grade in invents.grades] == ["no", "yes"]  # of a fault the least is the best
    told = review.model_dump_json()
    assert "alder" not in told
    assert "birch" not in told


def test_a_sheet_comes_back_sealed_and_is_opened_with_the_round(store, round, author, author_of):
    review = sheet(store, round, ANNA.person, author)
    came = filled(review, ("1 fully", "clear"), ("1 no", ""))
    found = take_in_sheet(store, FILES, came, author_of)
    assert (found.marks, found.complaints) == (2, ())
    assert found.taken is not None
    assert (found.taken.done, found.taken.total, found.taken.finished) == (1, 5, False)
    assert said(store, ANNA.person) == []
    close_round(store, round, author)
    assert said(store, ANNA.person) == [("fully", "clear", 0), ("no", "", 0)]


def test_a_sheet_that_is_brought_in_twice_adds_nothing(store, round, author, author_of):
    came = filled(sheet(store, round, ANNA.person, author), ("1", ""))
    take_in_sheet(store, FILES, came, author_of)
    again = take_in_sheet(store, FILES, came, author_of)
    assert again.marks == 0
    assert again.taken is not None
    close_round(store, round, author)
    assert said(store, ANNA.person) == [("fully", "", 0)]


def test_a_corrected_sheet_replaces_what_it_changes_and_keeps_the_rest(store, round, author, author_of):
    review = sheet(store, round, ANNA.person, author)
    take_in_sheet(store, FILES, filled(review, ("fully", ""), ("no", "invented nothing")), author_of)
    take_in_sheet(store, FILES, filled(review, ("partly", "only half"), ("", "")), author_of)
    close_round(store, round, author)
    assert said(store, ANNA.person) == [("no", "invented nothing", 0), ("partly", "only half", 0)]
    assert store.conflicts() == []


def test_complaints_name_the_cell_and_keep_everything_out(store, round, author, author_of):
    review = sheet(store, round, ANNA.person, author)
    came = filled(review, ("1 fully", ""), ("perhaps", ""), ("", "why?"))
    came = came._replace(lines=(*came.lines, FilledLine("gone/0/good", "1 fully", "", "D99")))
    found = take_in_sheet(store, FILES, came, author_of)
    assert found.taken is None
    assert [(each.cell, each.message) for each in found.complaints] == [
        ("D11", "“perhaps” is no grade here."),
        ("D12", "There is a reason, and no grade."),
        ("D99", "This point is not asked in the round."),
    ]
    assert store.sealed() == []
    despite = take_in_sheet(store, FILES, came, author_of, without_faulty=True)
    assert (despite.marks, len(despite.complaints)) == (1, 3)
    assert despite.taken is not None


def test_a_sheet_of_somebody_else_is_refused(store, round, author, author_of):
    came = filled(sheet(store, round, ANNA.person, author), ("1", ""))._replace(person="01NOBODY")
    with pytest.raises(StudioError, match="somebody else"):
        take_in_sheet(store, FILES, came, author_of)


def test_a_sheet_filled_in_with_libreoffice_comes_back_right(
    store,
    round,
    author,
    author_of,
    office: LibreOffice,  # noqa: F811
    tmp_path: Path,
):
    review = sheet(store, round, ANNA.person, author)
    path = tmp_path / "Round 1 - Anna.xlsx"
    write_review_sheet(path, review)
    cells = _cells(path)
    points = [point.id for answer in review.answers for point in answer.points]
    typed = {f"D{cells[id]}": "2 partly" if id.endswith("good") else "1" for id in points}
    typed[f"D{cells[points[0]]}"] = "so so"
    typed[f"E{cells[points[2]]}"] = "only the article"
    typed["A1"] = "typed into a locked cell"
    back = office.filled(path, SCORE, typed)
    found = take_in_sheet(store, FILES, read_review_sheet(back), author_of)
    assert [(each.cell, each.message) for each in found.complaints] == [
        (f"D{cells[points[0]]}", "“so so” is no grade here.")
    ]
    whole = take_in_sheet(store, FILES, read_review_sheet(back), author_of, without_faulty=True)
    assert whole.marks == len(points) - 1
    close_round(store, round, author)
    # Five answers with two points each, of which the first point has no grade; one answer comes again.
    told = said(store, ANNA.person)
    assert [level for level, _, _ in told].count("partly") == 4
    assert [level for level, _, _ in told].count("no") == 5
    assert ("partly", "only the article", 0) in told


def _cells(path: Path) -> dict[str, int]:
    from openpyxl import load_workbook

    lines = load_workbook(path)[SCORE].iter_rows(max_col=ID)
    found = {
        str(row[ID - 1].value): int(row[GRADE - 1].row or 0) for row in lines if "/" in str(row[ID - 1].value)
    }
    assert GRADE == 4
    assert REASON == 5
    return found
