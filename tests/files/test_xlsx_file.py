"""Odd workbooks: what Excel shows otherwise than it stores it is named with its cell."""

import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from rubric_studio.domain.errors import Cancelled, StudioError
from rubric_studio.domain.table import Complaint, ReadOptions, TableLine
from rubric_studio.files.reader import describe, read


def book_of(path: Path, *rows: tuple) -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.save(path)
    return book


def split(path: Path, options: ReadOptions | None = None):
    items = list(read(path, options))
    lines = [item for item in items if isinstance(item, TableLine)]
    return lines, [item for item in items if isinstance(item, Complaint)]


def named(complaints: list[Complaint]) -> list[tuple[str, str]]:
    return [(complaint.cell, complaint.severity) for complaint in complaints]


def test_values_keep_their_kinds_and_lines_their_numbers(tmp_path):
    path = tmp_path / "a.xlsx"
    book_of(path, ("id", "mark", "ok", "day"), (12.0, 0.5, True, None), (), ("x", 1, False, "late"))
    lines, complaints = split(path)
    assert [line.number for line in lines] == [2, 4]
    assert lines[0].values == {"id": 12, "mark": 0.5, "ok": True, "day": None}
    assert (lines[0].file, lines[0].sheet) == ("a.xlsx", "Sheet")
    assert complaints == []


def test_error_values_are_absent_and_named(tmp_path):
    path = tmp_path / "a.xlsx"
    book_of(path, ("a", "b"), ("x", "#REF!"))
    lines, complaints = split(path)
    assert lines[0].values == {"a": "x", "b": None}
    assert [(c.line, c.column, c.cell, c.is_error) for c in complaints] == [(2, "b", "B2", True)]
    assert "#REF!" in complaints[0].message


def test_a_formula_without_a_stored_value_is_named(tmp_path):
    path = tmp_path / "a.xlsx"  # openpyxl writes formulas without values, as many programs do
    book_of(path, ("a", "b"), ("x", "=1+1"))
    lines, complaints = split(path)
    assert lines[0].values["b"] is None
    assert named(complaints) == [("B2", "error")]
    assert "=1+1" in complaints[0].message


def test_decimal_commas_stored_as_text_are_named_and_stay_text(tmp_path):
    path = tmp_path / "a.xlsx"
    book_of(path, ("a", "b"), ("x", "0,5"), ("y", "1.234,50"), ("z", "1, 2 and 3"))
    lines, complaints = split(path)
    assert [line.values["b"] for line in lines] == ["0,5", "1.234,50", "1, 2 and 3"]
    assert named(complaints) == [("B2", "warning"), ("B3", "warning")]


def test_a_text_that_excel_has_cut_is_named(tmp_path):
    path = tmp_path / "a.xlsx"
    book_of(path, ("a", "b"), ("x", "y" * 32_767), ("x", "y" * 32_766))
    assert named(split(path)[1]) == [("B2", "error")]


def test_dates_among_numbers_are_named_and_dates_among_dates_are_not(tmp_path):
    path = tmp_path / "a.xlsx"
    day = date(2026, 5, 1)
    book_of(
        path,
        ("mark", "on"),
        (0.5, day),
        (datetime(2026, 5, 1), datetime(2026, 5, 1, 12)),  # noqa: DTZ001
    )
    lines, complaints = split(path)
    assert lines[0].values["on"] == "2026-05-01"
    assert lines[1].values == {"mark": "2026-05-01", "on": "2026-05-01T12:00:00"}
    assert named(complaints) == [("A3", "error")]


def test_cells_merged_downward_speak_for_every_line(tmp_path):
    path = tmp_path / "a.xlsx"
    book = book_of(path, ("q", "a"), ("what?", "one"), (None, "two"), (None, "three"), ("why?", "four"))
    book.worksheets[0].merge_cells("A2:A4")
    book.save(path)
    lines, complaints = split(path)
    assert [line.values["q"] for line in lines] == ["what?", "what?", "what?", "why?"]
    assert named(complaints) == [("A2:A4", "warning")]


def test_hidden_rows_columns_and_sheets_are_named_and_read(tmp_path):
    path = tmp_path / "a.xlsx"
    book = book_of(path, ("a", "b", "c"), *[(str(n), "x", "y") for n in range(2, 7)])
    sheet = book.worksheets[0]
    sheet.column_dimensions["B"].hidden = True
    for row in (3, 4, 6):
        sheet.row_dimensions[row].hidden = True
    secret = book.create_sheet("Secret")
    secret.append(("left over",))
    secret.sheet_state = "hidden"
    book.save(path)
    lines, complaints = split(path)
    assert len(lines) == 5
    assert [(c.sheet, c.cell) for c in complaints] == [
        ("Secret", ""),
        ("Sheet", "3:4"),
        ("Sheet", "6:6"),
        ("Sheet", "B:B"),
    ]
    assert not any(c.is_error for c in complaints)
    assert [(t.name, t.lines, t.hidden) for t in describe(path).tables] == [
        ("Sheet", 6, False),
        ("Secret", 1, True),
    ]


def test_sheet_and_header_row_are_asked_where_they_are_not_clear(tmp_path):
    path = tmp_path / "a.xlsx"
    book = book_of(path, ("Test of 2026",), (), ("no", "question", "answer"), (1, "what", "this"))
    other = book.create_sheet("Other")
    other.append(("x", "y"))
    other.append((1, 2))
    book.save(path)
    facts = describe(path)
    assert facts.doubts == {"sheet", "header_row"}
    assert (facts.options.sheet, facts.options.header_row) == ("Sheet", 3)
    assert facts.columns == ("no", "question", "answer")
    chosen = describe(path, ReadOptions(sheet="Other", header_row=1))
    assert chosen.doubts == frozenset()
    assert chosen.columns == ("x", "y")


def test_a_value_beyond_the_header_is_kept_and_named(tmp_path):
    path = tmp_path / "a.xlsx"
    book_of(path, ("a", "b"), ("x", "y", None, "check this"))
    lines, complaints = split(path)
    assert lines[0].values == {"a": "x", "b": "y", "D": "check this"}
    assert named(complaints) == [("D2", "warning")]


def test_a_workbook_under_another_name_is_still_a_workbook(tmp_path):
    path = tmp_path / "export.csv"
    book_of(tmp_path / "a.xlsx", ("a",), ("x",))
    (tmp_path / "a.xlsx").rename(path)
    assert split(path)[0][0].values == {"a": "x"}


def test_cells_without_an_address_are_counted_along_the_row(tmp_path):
    path, bare = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book = book_of(path, ("a", "b"), ("x", "=1+1"), ("y", "z"))
    book.worksheets[0].row_dimensions[3].hidden = True
    book.save(path)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if "sheet1" in name:
                content = re.sub(rb'<(row|c) r="\w+"', rb"<\1", content)
            target.writestr(name, content)
    lines, complaints = split(bare)
    assert [line.number for line in lines] == [2, 3]
    assert named(complaints) == [("3:3", "warning"), ("B2", "error")]


def test_damaged_and_foreign_files_say_so(tmp_path):
    path = tmp_path / "a.xlsx"
    book_of(path, ("a",), *[(f"text {n}",) for n in range(500)])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StudioError, match="workbook"):
        list(read(path))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(StudioError, match="workbook"):
        describe(path)


def test_an_unknown_sheet_is_named_with_those_there_are(tmp_path):
    path = tmp_path / "a.xlsx"
    book_of(path, ("a",), ("x",))
    with pytest.raises(StudioError, match="There is: Sheet"):
        list(read(path, ReadOptions(sheet="Blatt 1")))


def test_reading_can_be_cancelled_and_lets_go_of_the_file(tmp_path):
    path = tmp_path / "a.xlsx"
    book_of(path, ("a",), *[(n,) for n in range(1000)])

    def stop(done: int, total: int, message: str) -> None:
        if message.startswith("Reading") and done > 300:
            assert total == 1001
            raise Cancelled

    with pytest.raises(Cancelled):
        list(read(path, None, stop))
    path.unlink()
