"""A round's sheet: what can be changed, what can be chosen, and what comes back."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import PersonId, RecordId
from rubric_studio.domain.review_sheet import (
    ReviewSheet,
    SheetAnswer,
    SheetGrade,
    SheetPoint,
    choices,
    chosen,
)
from rubric_studio.files.review_xlsx import GRADE, ID, REASON, SCORE, pieces, write_review_sheet
from rubric_studio.files.review_xlsx_reading import read_review_sheet

FULLY, PARTLY, NO = (SheetGrade(key=key, text=f"When it is {key}.") for key in ("fully", "partly", "no"))


def point(id: str, **more: object) -> SheetPoint:
    return SheetPoint.model_validate(
        {"id": id, "title": "Names the rule", "wording": "Is it named?", "grades": (FULLY, PARTLY, NO)} | more
    )


def review(*answers: SheetAnswer) -> ReviewSheet:
    return ReviewSheet(
        title="Round 1", round=RecordId("01R"), person=PersonId("01ANNA"), name="Anna Berg", answers=answers
    )


def answer(number: int, text: str, *points: SheetPoint, **more: object) -> SheetAnswer:
    return SheetAnswer.model_validate({"number": number, "answer": text, "points": points} | more)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Round 1 - Anna Berg.xlsx"


def test_what_was_given_already_comes_back_as_it_was(path: Path):
    given = point("s1/0/rule", given="partly", reason="=only the article")
    absent = point("s1/0/year", given="n", allow_na=True)
    write_review_sheet(
        path, review(answer(1, "Art. 5", given, absent, question="Which?", reference="Art. 5"))
    )
    found = read_review_sheet(path)
    assert (found.round, found.person, found.complaints) == ("01R", "01ANNA", ())
    assert [(line.id, line.grade, line.reason) for line in found.lines] == [
        ("s1/0/rule", "2 partly", "=only the article"),
        ("s1/0/year", "N does not apply", ""),
    ]
    assert chosen(given, found.lines[0].grade) == "partly"
    assert chosen(absent, found.lines[1].grade) == "n"


def test_only_grades_and_reasons_can_be_changed(path: Path):
    write_review_sheet(path, review(answer(1, "one\ntwo", point("s1/0/rule"))))
    sheet = load_workbook(path)[SCORE]
    assert sheet.protection.sheet
    unlocked = {cell.column for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == {GRADE, REASON}
    assert sheet.column_dimensions["F"].hidden


def test_a_grade_is_chosen_from_a_list(path: Path):
    write_review_sheet(path, review(answer(1, "a", point("s1/0/a"), point("s1/0/b", allow_na=True))))
    book = load_workbook(path)
    rules = book[SCORE].data_validations.dataValidation
    assert [(rule.type, rule.formula1) for rule in rules] == [
        ("list", "Grades!$A$1:$A$3"),
        ("list", "Grades!$B$1:$B$4"),
    ]
    offered = [[cell.value for cell in column if cell.value] for column in book["Grades"].iter_cols()]
    assert offered == [["1 fully", "2 partly", "3 no"], ["1 fully", "2 partly", "3 no", "N does not apply"]]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("2", "partly"), ("2 partly", "partly"), (" PARTLY ", "partly"), ("4", None), ("n", None), ("", None)],
)
def test_a_grade_may_be_written_as_its_number_its_key_or_both(written: str, meant: str | None):
    assert chosen(point("s1/0/a"), written) == meant


def test_not_applicable_is_a_choice_where_the_point_allows_it():
    assert chosen(point("s1/0/a", allow_na=True), "does not apply") == "n"
    assert choices(point("s1/0/a")) == ("1 fully", "2 partly", "3 no")


def test_a_long_text_goes_on_row_after_row_and_loses_nothing(path: Path):
    text = "\n".join(f"Paragraph {at} " + "words and more words " * 120 for at in range(15)) + "x" * 9_000
    write_review_sheet(path, review(answer(1, text, point("s1/0/a"))))
    sheet = load_workbook(path)[SCORE]
    shown = "".join(str(row[1].value or "") for row in sheet.iter_rows())
    assert "".join(text.split()) in "".join(shown.split())
    assert max(len(piece) for piece in pieces(text)) <= 1_500
    assert all((height.height or 0) <= 405 for height in sheet.row_dimensions.values())


def test_a_line_that_was_copied_is_complained_about_with_its_cell(path: Path):
    write_review_sheet(path, review(answer(1, "a", point("s1/0/a", given="no"))))
    book = load_workbook(path)
    sheet = book[SCORE]
    (line,) = (cell.row for cell in sheet["F"] if cell.value == "s1/0/a")
    sheet.cell(line + 1, ID, "s1/0/a")
    sheet.cell(line + 1, GRADE, "1 fully")
    book.save(path)
    found = read_review_sheet(path)
    assert [each.grade for each in found.lines] == ["3 no"]
    assert [(each.cell, each.sheet) for each in found.complaints] == [(f"D{line + 1}", SCORE)]


def test_another_workbook_is_refused(tmp_path: Path):
    from openpyxl import Workbook

    Workbook().save(tmp_path / "other.xlsx")
    with pytest.raises(StudioError, match="no sheet of a round"):
        read_review_sheet(tmp_path / "other.xlsx")
    (tmp_path / "damaged.xlsx").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(StudioError, match="cannot be read"):
        read_review_sheet(tmp_path / "damaged.xlsx")
