"""The list of complaints as a workbook, and the writing of files whole or not at all."""

import pytest
from openpyxl import load_workbook

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.table import Complaint
from rubric_studio.files.atomic_write import written_atomically
from rubric_studio.files.complaints_file import save_complaints


def test_complaints_are_saved_one_a_line_and_formulas_stay_text(tmp_path):
    path = tmp_path / "complaints.xlsx"
    complaints = [
        Complaint(7, "mark", '=HYPERLINK("x") holds \x00', "Repair it.", "error", "a.xlsx", "Sheet", "C7"),
        Complaint(None, None, "Only a note.", severity="warning"),
    ]
    save_complaints(path, complaints)
    sheet = load_workbook(path).worksheets[0]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert rows[0] == (
        "Error",
        "a.xlsx",
        "Sheet",
        7,
        "mark",
        "C7",
        '=HYPERLINK("x") holds \ufffd',
        "Repair it.",
    )
    assert rows[1][0] == "Note"
    assert sheet["G2"].data_type == "s"


def _write_half(path):
    with written_atomically(path) as beside:
        beside.write_text("half")
        raise RuntimeError


def test_an_error_while_writing_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(RuntimeError):
        _write_half(path)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_that_is_not_there_says_so(tmp_path):
    with pytest.raises(StudioError, match="not written"):
        save_complaints(tmp_path / "gone" / "a.xlsx", [])
