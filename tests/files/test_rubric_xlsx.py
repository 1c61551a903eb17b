"""A rubric in Excel: what people get to fill in, and what is read of their changes and notes."""

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.returned_guide import ReturnedGuide
from rubric_studio.domain.rubric_field import FieldPlace, field_places, field_text
from rubric_studio.domain.safe_text import safe_text
from rubric_studio.files.rubric_csv import write_csv
from rubric_studio.files.rubric_sheet import read_sheet
from rubric_studio.files.rubric_xlsx import write_xlsx
from rubric_studio.files.rubric_xlsx_reading import read_xlsx_back
from rubric_studio.services.rubric_exchange_lines import guide_from_lines
from tests.files.guides import RECORD, given, guide_rubric, point
from tests.files.libre_office import LibreOffice, office  # noqa: F401 - a fixture


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The rubric as a workbook."""
    target = tmp_path / "guide.xlsx"
    write_xlsx(target, given())
    return target


class Book:
    """A workbook that a person opened in Excel."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.book = load_workbook(path)
        self.sheet: Worksheet = self.book["Points"]
        self._columns = {cell.value: at for at, cell in enumerate(self.sheet[1], start=1)}

    def cell(self, key: str, column: str) -> Cell:
        rows = (at for at, row in enumerate(self.sheet.iter_rows(min_row=2), start=2) if row[0].value == key)
        found = self.sheet.cell(next(rows), self._columns[column])
        assert isinstance(found, Cell)
        return found

    def save(self, by: str = "") -> Path:
        self.book.properties.lastModifiedBy = by or None
        self.book.save(self._path)
        return self._path


def texts(returned: ReturnedGuide) -> dict[str, str]:
    return {field.id: field.after for field in returned.fields}


def expected() -> dict[str, str]:
    rubric = guide_rubric()
    return {place.id: in_cells(field_text(rubric, place) or "") for place in field_places(rubric)}


def in_cells(text: str) -> str:
    """A text as a cell holds it: no character that XML forbids, four spaces for a tab."""
    return safe_text(text).replace("\t", "    ")


def test_every_field_comes_back_as_it_was_written(path):
    returned = read_xlsx_back(path)
    assert texts(returned) == expected()
    assert (returned.base, returned.notes, returned.complaints, returned.comments) == (RECORD, (), (), ())


def test_the_sheet_is_made_to_be_filled_in(path):
    sheet = Book(path).sheet
    assert sheet.freeze_panes == "E2"
    assert sheet.protection.sheet
    assert all(cell.comment is not None for cell in sheet[1])
    key, wording = Book(path).cell("year", "key"), Book(path).cell("year", "wording")
    assert (key.protection.locked, wording.protection.locked) == (True, False)
    assert wording.alignment.wrap_text
    kinds = {rule.type for rule in sheet.data_validations.dataValidation}
    assert kinds == {"decimal", "list"}


def test_a_text_that_begins_like_a_formula_stays_a_text(path):
    cell = Book(path).cell("untitled", "wording")
    assert cell.data_type == "s"
    assert str(cell.value).startswith("=SUM(A1)")


def test_changed_cells_are_read_with_who_saved_the_file(path):
    book = Book(path)
    book.cell("year", "wording").value = "Names the year."
    book.cell("year", "weight").value = "2,5"
    book.cell("year / partly", "value").value = 0.5
    returned = read_xlsx_back(book.save("Carla Lux"))
    found = texts(returned)
    assert returned.author == "Carla Lux"
    assert found[point("year", "wording").id] == "Names the year."
    assert found[point("year", "weight").id] == "2.5"
    assert found[point("year", "value", "partly").id] == "0.5"


def test_what_cannot_be_is_complained_of_by_cell(path):
    book = Book(path)
    book.cell("year", "weight").value = "many"
    book.cell("year / partly", "value").value = 1.5
    book.cell("form", "weight").value = None
    returned = read_xlsx_back(book.save())
    said = [(each.cell, each.message) for each in returned.complaints]
    # Lines: 1 the columns, 2 the guide, 3 issue, 4 year, 5 to 7 its grades, 8 untitled, 9 form.
    assert said == [
        ("F4", "The weight of year is “many”, which is no number."),
        ("H6", "The value of year / partly is 1.5."),
        ("F9", "The weight of form is empty."),
    ]
    assert point("year", "weight").id not in texts(returned)


def test_copied_keys_and_new_lines_are_told(path):
    book = Book(path)
    book.sheet.append(["year", "point", "", "Again"])
    book.sheet.append(["", "", "", "A point of my own", "Does it cite?"])
    book.sheet.append(["x", "chapter"])
    returned = read_xlsx_back(book.save())
    assert [each.message for each in returned.complaints] == [
        "The key year stands on line 4 already; this line was not read.",
        "“chapter” is neither guide, part, point nor grade.",
    ]
    note = "Line 13 was added, to be done in the guide itself: “A point of my own · Does it cite?”"
    assert returned.notes == (note,)
    assert texts(returned)[point("year", "title").id] == "Right tax year"


def test_notes_on_cells_are_comments_of_their_authors(path):
    book = Book(path)
    book.cell("year", "wording").comment = Comment("Ben Roth:\nWhich year?", "Ben Roth")
    thread = (
        "[Threaded comment]\n\nYour version of Excel ...\n\nComment:\n    Why 0.45?\nReply:\n    Tradition."
    )
    book.cell("year / partly", "value").comment = Comment(thread, "tc={0A1B}")
    returned = read_xlsx_back(book.save("Carla Lux"))
    by_id = {field.id: field.comments for field in returned.fields}
    (note,) = by_id[point("year", "wording").id]
    assert (note.author, note.text) == ("Ben Roth", "Which year?")
    said = [(each.author, each.text, each.is_reply) for each in by_id[point("year", "value", "partly").id]]
    assert said == [("Carla Lux", "Why 0.45?", False), ("Carla Lux", "Tradition.", True)]


def test_damaged_locked_macro_and_foreign_workbooks_are_refused(tmp_path, path):
    from openpyxl import Workbook

    damaged, locked, macros = (tmp_path / f"{name}.xlsx" for name in ("damaged", "locked", "macros"))
    damaged.write_bytes(path.read_bytes()[:3000])
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    macros.write_bytes(path.read_bytes())
    with zipfile.ZipFile(macros, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"code")
    foreign = tmp_path / "foreign.xlsx"
    Workbook().save(foreign)
    for file, title in (
        (damaged, "This file cannot be read"),
        (locked, "This file is locked or old"),
        (macros, "This file carries macros"),
        (foreign, "This file was not given out from here"),
    ):
        with pytest.raises(StudioError) as told:
            read_xlsx_back(file)
        assert told.value.title == title


def test_a_text_longer_than_a_cell_is_not_cut_but_refused(tmp_path):
    long = guide_rubric().model_copy(update={"name": "x" * 32_768})
    with pytest.raises(StudioError, match="Too long for Excel"):
        write_xlsx(tmp_path / "long.xlsx", given(long))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("formats", [("xlsx",), ("ods", "xlsx")])
def test_keys_texts_and_notes_survive_libreoffice(path, office: LibreOffice, formats):  # noqa: F811
    book = Book(path)
    book.cell("year", "wording").value = "Names the year.\nAnd why."
    book.cell("invents", "point").comment = Comment("Ben Roth:\nOr facts?", "Ben Roth")
    book.save("Carla Lux")
    before, after = read_xlsx_back(path), read_xlsx_back(office.through(path, *formats))
    assert texts(after) == texts(before)
    assert (after.base, after.complaints, after.notes) == (RECORD, (), ())
    comments = {field.id: field.comments for field in after.fields}[point("invents", "title").id]
    assert [(each.text, each.author) for each in comments] == [("Or facts?", "Ben Roth")]


@pytest.mark.parametrize("through", [(), ("xlsx",), ("ods", "xlsx")])
def test_a_workbook_is_the_whole_rubric(path, office: LibreOffice, through):  # noqa: F811
    file = office.through(path, *through)
    found = guide_from_lines(read_sheet(file), "x")
    assert [each for each in found.complaints if each.is_error] == []
    assert found.rubric is not None
    assert found.rubric.to_json() == _written(guide_rubric().to_json(), in_cells)


def test_a_csv_file_is_the_whole_rubric(tmp_path):
    write_csv(tmp_path / "g.csv", given())
    found = guide_from_lines(read_sheet(tmp_path / "g.csv"), "x")
    assert found.rubric is not None
    assert found.rubric.to_json() == _written(guide_rubric().to_json(), safe_text)


def _written(value, text):
    """A value whose texts were written."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, list):
        return [_written(each, text) for each in value]
    return {name: _written(each, text) for name, each in value.items()} if isinstance(value, dict) else value


def test_a_place_of_a_criterion_does_not_depend_on_its_part():
    assert FieldPlace(field="title", stratum="a", criterion="c").id == point("c", "title").id
