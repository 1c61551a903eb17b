"""Round sheets that come back odd: swollen, with formulas, with lines of their own, saved as something else."""

import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.ids import PersonId, RecordId
from rubric_studio.domain.review_sheet import ReviewSheet, SheetAnswer, SheetGrade, SheetPoint, chosen
from rubric_studio.files.review_xlsx import GRADE, ID, REASON, SCORE, WORDS, write_review_sheet
from rubric_studio.files.review_xlsx_reading import read_review_sheet
from tests.files.libre_office import LibreOffice, office  # noqa: F401 - a fixture

GRADES = tuple(SheetGrade(key=key, text=f"When it is {key}.") for key in ("fully", "partly", "no"))


def review(points: int = 4, **more: object) -> ReviewSheet:
    told = {"title": "Names the rule", "wording": "Is it named?", "grades": GRADES} | more
    asked = tuple(SheetPoint.model_validate({"id": f"s{at}/0/rule"} | told) for at in range(points))
    answer = SheetAnswer(number=1, question="Which?", answer="Art. 5", points=asked)
    return ReviewSheet(
        title="Round 1", round=RecordId("01R"), person=PersonId("01ANNA"), name="Anna Berg", answers=(answer,)
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "Round 1 - Anna Berg.xlsx"
    write_review_sheet(path, review())
    return path


def opened(path: Path) -> tuple[Worksheet, list[int]]:
    """The sheet, and the numbers of its lines to be filled in."""
    sheet = load_workbook(path)[SCORE]
    return sheet, [row for row in range(1, sheet.max_row + 1) if "/" in str(sheet.cell(row, ID).value)]


def saved(sheet: Worksheet, path: Path) -> Path:
    assert sheet.parent is not None
    sheet.parent.save(path)
    return path


def told(path: Path) -> tuple[list[tuple[str, str, str]], list[tuple[str, str]]]:
    found = read_review_sheet(path)
    complaints = [(each.cell or "", each.message) for each in found.complaints]
    return [(line.id, line.grade, line.reason) for line in found.lines], complaints


def test_a_cell_a_million_rows_down_costs_nothing(path: Path):
    sheet, rows = opened(path)
    sheet.cell(rows[0], GRADE, "1 fully")
    sheet.cell(1_048_576, 16_384, "x")
    saved(sheet, path)
    before = time.monotonic()
    lines, complaints = told(path)
    assert time.monotonic() - before < 10
    assert lines[0] == ("s0/0/rule", "1 fully", "")
    assert complaints == []


def test_ranges_that_claim_the_whole_sheet_cost_nothing(path: Path):
    """Read whole, a merged range or a link would be made into as many cells as it covers: 17 thousand million."""
    everywhere = b"A1:XFD1048576"
    more = (
        b'<mergeCells count="1"><mergeCell ref="%s"/></mergeCells>' % everywhere,
        b'<hyperlinks><hyperlink ref="%s" location="A1"/></hyperlinks>' % everywhere,
    )
    bomb = rewritten(path, lambda sheet: sheet.replace(b"</sheetData>", b"</sheetData>" + b"".join(more)))
    before = time.monotonic()
    assert len(told(bomb)[0]) == 4
    assert time.monotonic() - before < 5


def test_a_row_that_no_sheet_has_is_damage(path: Path):
    row = b'<row r="99999999999"><c r="D99999999999"><v>1</v></c></row></sheetData>'
    bomb = rewritten(path, lambda sheet: sheet.replace(b"</sheetData>", row))
    with pytest.raises(StudioError, match="more rows than a sheet can have"):
        read_review_sheet(bomb)


def test_a_workbook_that_unpacks_to_far_too_much_is_refused(path: Path):
    bomb = rewritten(path, lambda sheet: sheet.replace(b"</sheetData>", b" " * (130 << 20) + b"</sheetData>"))
    assert bomb.stat().st_size < 1 << 20
    before = time.monotonic()
    with pytest.raises(StudioError, match="more than 128 MB") as error:
        read_review_sheet(bomb)
    assert error.value.hint
    assert time.monotonic() - before < 5


def rewritten(path: Path, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with its first sheet's part changed."""
    other = path.with_name(f"x{path.name}")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as out:
        for name in archive.namelist():
            content = archive.read(name)
            out.writestr(name, change(content) if name == "xl/worksheets/sheet1.xml" else content)
    return other


def test_a_formula_that_no_program_worked_out_is_complained_of(path: Path):
    """What a program without a calculator saves has no values; read as empty, a grade would be lost."""
    sheet, rows = opened(path)
    sheet.cell(rows[0], GRADE, '=HYPERLINK("http://example.org/?","1 fully")')
    sheet.cell(rows[1], GRADE, "1 fully")
    sheet.cell(rows[1], REASON, "=D1")
    saved(sheet, path)
    lines, complaints = told(path)
    assert [line[0] for line in lines] == ["s2/0/rule", "s3/0/rule"]
    assert [cell for cell, _ in complaints] == [f"D{rows[0]}", f"E{rows[1]}"]
    assert "formula" in complaints[0][1]


def test_a_grade_beside_nothing_is_complained_of(path: Path):
    sheet, rows = opened(path)
    sheet.insert_rows(rows[1])
    sheet.cell(rows[1], GRADE, "1 fully")
    sheet.cell(rows[0], GRADE, "2")
    saved(sheet, path)
    lines, complaints = told(path)
    assert lines[0] == ("s0/0/rule", "2", "")
    assert complaints == [(f"D{rows[1]}", "This line belongs to no point; its grade was not read.")]


def test_lines_in_another_order_and_lines_that_are_hidden_are_read(path: Path):
    sheet, rows = opened(path)
    for at, row in enumerate(rows):
        sheet.cell(row, GRADE, f"{at % 3 + 1}")
    upside_down = [[sheet.cell(row, column).value for column in range(1, ID + 1)] for row in reversed(rows)]
    for row, values in zip(rows, upside_down, strict=True):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value)
        sheet.row_dimensions[row].hidden = True
    saved(sheet, path)
    lines, complaints = told(path)
    assert sorted(lines) == [(f"s{at}/0/rule", f"{at % 3 + 1}", "") for at in range(4)]
    assert complaints == []


def test_a_sheet_under_another_name_is_found_by_what_is_in_it(path: Path):
    sheet, rows = opened(path)
    sheet.cell(rows[0], GRADE, "1 fully")
    sheet.title = "Tabelle1"
    saved(sheet, path)
    lines, _ = told(path)
    assert lines[0][1] == "1 fully"


@pytest.mark.parametrize("ending", ["ods", "xls", "csv"])
def test_a_sheet_saved_as_something_else_is_refused_with_what_to_do(
    path: Path,
    office: LibreOffice,  # noqa: F811
    ending: str,
):
    other = office.through(path, ending)
    renamed = other.with_name("Round 1.xlsx")
    renamed.write_bytes(other.read_bytes())
    for file in (other, renamed):
        with pytest.raises(StudioError) as error:
            read_review_sheet(file)
        assert ".xlsx" in error.value.hint
        assert error.value.file == file.name


def test_a_grade_that_is_one_numbers_and_anothers_name_is_not_guessed_at():
    """Keys 0 to 3, best first: "1 3", "2 2", "3 1", "4 0". Somebody who writes 1 may mean either."""
    point = SheetPoint(id="s/0/a", title="a", grades=tuple(SheetGrade(key=key) for key in "3210"))
    assert [chosen(point, said) for said in ("1 3", "2 2", "3 1", "4 0")] == ["3", "2", "1", "0"]
    assert [chosen(point, said) for said in ("1", "3")] == [None, None]
    assert [chosen(point, said) for said in ("2", "0", "4")] == ["2", "0", "0"]


def test_long_words_of_a_point_are_all_there(path: Path):
    words = "\n".join(f"Paragraph {at}: " + "the wording goes on and on " * 20 for at in range(12))
    grades = tuple(SheetGrade(key=key, text=f"{key} when " + "so " * 400 + "END") for key in ("yes", "no"))
    write_review_sheet(path, review(1, wording=words, grades=grades))
    sheet, _ = opened(path)
    shown = " ".join(
        str(cell.value or "") for row in sheet.iter_rows() for cell in row if cell.column in (2, WORDS)
    )
    assert "Paragraph 11:" in shown
    assert shown.count("END") == 2
    cells = [
        str(cell.value) for row in sheet.iter_rows() for cell in row if cell.column == WORDS and cell.value
    ]
    assert max(map(len, cells)) <= 1_600
