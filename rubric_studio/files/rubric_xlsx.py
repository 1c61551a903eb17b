"""Write a rubric as a workbook that people fill in: one sheet of points, keys locked, and a sheet about the file."""

from copy import copy
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from rubric_studio.domain.errors import StudioError
from rubric_studio.domain.exported_guide import ExportedGuide
from rubric_studio.domain.guide_lines import COLUMNS, GuideLine, What, guide_lines, place_of
from rubric_studio.files.atomic_write import written_atomically
from rubric_studio.files.characters import EXCEL_CELL_LIMIT
from rubric_studio.files.rubric_cell_text import cell_text

POINTS, ABOUT, BASE_LABEL = "Points", "About", "Given out as"
OURS = "Rubric Studio"
"""The author of the notes on the columns: they are no comments."""

WIDTHS = {"key": 20, "what": 8, "part": 18, "point": 26, "wording": 48, "weight": 8, "grade": 10, "value": 7}
WIDTHS |= {"text": 44, "how": 30, "settings": 14}
LINE_POINTS, TALLEST = 15.0, 405.0
"""The height of a line of text, and of the tallest row that Excel knows."""

NOTES = {
    "key": "The permanent name. It is locked: by it each line is found again.",
    "what": "What the line is about: the guide, a part, a point or a grade.",
    "part": "The guide's name, or the title of a part.",
    "point": "The title of a point.",
    "wording": "What whoever marks the point reads.",
    "weight": "A number. Below 0 it is a fault, which costs points.",
    "grade": "The name of a grade. It is locked.",
    "value": "What the grade is worth, from 0 to 1.",
    "text": "When this grade applies.",
    "how": "How the point is marked; only to be read.",
    "settings": "What has no column of its own; leave it as it is.",
}
FILLS = {"guide": "DDE5EF", "part": "DDE5EF", "point": "F1F4F8"}
ABOUT_LINES = (
    "Change the white and shaded cells that are not locked, write comments on cells, and save the file as .xlsx.",
    "Brought back into Rubric Studio, each change is accepted or refused one by one.",
)


def write_xlsx(path: Path, guide: ExportedGuide) -> None:
    """Write the workbook, whole or not at all.

    Raises:
        StudioError: a text is longer than a cell can be, or the file cannot be written.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    _points(sheet, guide)
    _about(book.create_sheet(ABOUT), guide)
    book.properties.title = cell_text(guide.title)[:255]
    book.properties.creator = cell_text(guide.author)[:255]
    book.properties.identifier = guide.record
    page = BytesIO()
    book.save(page)
    with written_atomically(path) as beside:
        beside.write_bytes(page.getvalue())


def _points(sheet: Worksheet, guide: ExportedGuide) -> None:
    sheet.title = POINTS
    for column, name in enumerate(COLUMNS, start=1):
        head = sheet.cell(1, column, name)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="33475B")
        head.comment = Comment(NOTES[name], OURS, height=80, width=240)
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS[name]
    styles: dict[tuple[str, str], Any] = {}
    for number, line in enumerate(guide_lines(guide.rubric, guide.how), start=2):
        _line(sheet, number, line, styles)
    _rules(sheet)
    _layout(sheet, guide)


def _line(sheet: Worksheet, number: int, line: GuideLine, styles: dict[tuple[str, str], Any]) -> None:
    for column, name in enumerate(COLUMNS, start=1):
        cell = sheet.cell(number, column)
        if (line.what, name) not in styles:
            _dress(cell, line.what, name)
            styles[line.what, name] = cell._style
        cell._style = copy(styles[line.what, name])  # dressing each cell anew takes seven times as long
        _fill(cell, line.values.get(name, ""), f"{line.values.get('key', '')}, {name}")
    sheet.row_dimensions[number].height = min(TALLEST, LINE_POINTS * _lines(line))


def _lines(line: GuideLine) -> int:
    """How many lines the tallest cell takes, by its letters: not every program works it out on opening."""
    return max(
        sum(1 + len(part) // WIDTHS[name] for part in str(value).split("\n"))
        for name, value in line.values.items()
        if name != "settings"
    )


def _dress(cell: Any, what: What, name: str) -> None:
    """Let a cell look like what it holds; only what may be changed is not locked."""
    editable = place_of(what, "", name) is not None
    cell.protection = Protection(locked=not editable)
    is_hidden = name == "settings"
    cell.alignment = Alignment("fill" if is_hidden else None, "top", wrap_text=not is_hidden)
    cell.border = Border(bottom=Side("thin", color="C6CDD8"))
    is_title = (what, name) in (("guide", "part"), ("part", "part"), ("point", "point"))
    cell.font = Font(bold=is_title, color=None if editable else "5B6675")
    if what in FILLS:
        cell.fill = PatternFill("solid", fgColor=FILLS[what])


def _fill(cell: Any, value: str | float, where: str) -> None:
    """Put a value into a cell; a text stays text, also where it begins like a formula."""
    if not isinstance(value, str):
        cell.value = int(value) if float(value).is_integer() else value
    elif value:
        text = cell_text(value)
        if len(text.encode("utf-16-le")) // 2 > EXCEL_CELL_LIMIT:
            raise StudioError(
                "Too long for Excel",
                f"A text ({where}) is longer than a cell can be, {EXCEL_CELL_LIMIT:,} characters.",
                "Give the guide to Word instead.",
            )
        cell.value = text
        cell.data_type = "s"
        if text.startswith(("=", "+", "-", "@", "'")):
            cell.quotePrefix = True


def _rules(sheet: Worksheet) -> None:
    """Let Excel refuse what cannot be: a value outside 0 and 1, a weight that is no number."""
    last = max(sheet.max_row, 2)
    value = DataValidation("decimal", operator="between", formula1="0", formula2="1", allow_blank=True)
    value.error, value.errorTitle = "A grade is worth something from 0 to 1.", "Value"
    weight = DataValidation("decimal", operator="between", formula1="-100000", formula2="100000")
    weight.error, weight.errorTitle = "A weight is a number.", "Weight"
    what = DataValidation("list", formula1='"guide,part,point,grade"', allow_blank=True)
    for name, rule in (("value", value), ("weight", weight), ("what", what)):
        letter = get_column_letter(COLUMNS.index(name) + 1)
        rule.add(f"{letter}2:{letter}{last}")
        sheet.add_data_validation(rule)


def _layout(sheet: Worksheet, guide: ExportedGuide) -> None:
    sheet.freeze_panes = "E2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.protection.sheet = True  # without a password: a hand rail, not a lock
    for freedom in ("formatCells", "formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(sheet.protection, freedom, False)
    sheet.protection.objects = False
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:{get_column_letter(len(COLUMNS) - 1)}{sheet.max_row}"  # settings stay off paper
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # pyright: ignore[reportOptionalMemberAccess]
    # openpyxl makes these parts only at run time.
    sheet.oddHeader.left.text = cell_text(f"{guide.title} - {guide.which}").replace("&", "&&")  # pyright: ignore[reportOptionalMemberAccess]
    sheet.oddFooter.right.text = "&P / &N"  # pyright: ignore[reportOptionalMemberAccess]


def _about(sheet: Worksheet, guide: ExportedGuide) -> None:
    lines = (
        ("Scoring guide", guide.title),
        ("Version", guide.which),
        ("Note", guide.note),
        (BASE_LABEL, guide.record),
        *(("", text) for text in ABOUT_LINES),
    )
    for number, (label, text) in enumerate(lines, start=1):
        sheet.cell(number, 1, label).font = Font(color="5B6675")
        _fill(sheet.cell(number, 2), text, label)
        sheet.cell(number, 2).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 90
    sheet.protection.sheet = True
