"""Write a round as a workbook for those who cannot install anything: read from top to bottom, choose each grade.

Only grades and reasons can be changed; a text longer than a row can be high goes on in the next row.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from rubric_studio.domain.review_sheet import ReviewSheet, SheetAnswer, SheetPoint, choices, given_choice
from rubric_studio.files.atomic_write import written_atomically
from rubric_studio.files.rubric_cell_text import cell_text

SCORE, GRADES, ABOUT = "Score", "Grades", "About"
ROUND_LABEL, PERSON_LABEL = "Round", "Expert"
NUMBER, TITLE, WORDS, GRADE, REASON, ID = range(1, 7)
HEADS = {NUMBER: "", TITLE: "Point", WORDS: "What it asks", GRADE: "Your grade", REASON: "Why", ID: "id"}
WIDTHS = {NUMBER: 5, TITLE: 30, WORDS: 56, GRADE: 18, REASON: 44, ID: 4}
HEAD_ROW = 3
LONGEST_PIECE = 1_500
"""Characters of a text in one row: more would be higher than Excel's rows can be."""
LINE_POINTS, TALLEST = 15.0, 405.0
HOW = (
    "Read each answer, choose a grade beside each point, and say why where you like. Then save the file and send it "
    "back. The other cells are locked."
)


def _font(**more: Any) -> Font:
    return Font(name="Calibri", **{"size": 11, **more})


EDGE = Side("thin", color="8795A8")
DRESS: dict[str, dict[str, Any]] = {
    "title": {"font": _font(bold=True, size=14)},
    "how": {"font": _font(color="5B6675")},
    "head": {"font": _font(bold=True, color="FFFFFF"), "fill": PatternFill("solid", fgColor="33475B")},
    "answer": {"font": _font(bold=True, size=12), "fill": PatternFill("solid", fgColor="DDE5EF")},
    "label": {"font": _font(bold=True, color="5B6675")},
    "text": {"font": _font()},
    "point": {"font": _font(bold=True), "border": Border(top=Side("thin", color="C6CDD8"))},
    "words": {"font": _font(), "border": Border(top=Side("thin", color="C6CDD8"))},
    "open": {
        "font": _font(),
        "border": Border(left=EDGE, right=EDGE, top=EDGE, bottom=EDGE),
        "fill": PatternFill("solid", fgColor="FFFBE6"),
        "protection": Protection(locked=False),
    },
    "hidden": {"font": _font(color="FFFFFF", size=6)},
}


def write_review_sheet(path: Path, review: ReviewSheet) -> None:
    """Write the workbook, whole or not at all.

    Raises:
        StudioError: the file cannot be written.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    _Writing(sheet, book.create_sheet(GRADES)).write(review)
    _about(book.create_sheet(ABOUT), review)
    book.properties.title = cell_text(review.title)[:255]
    page = BytesIO()
    book.save(page)
    with written_atomically(path) as beside:
        beside.write_bytes(page.getvalue())


class _Writing:
    """One sheet while it is written, from top to bottom."""

    def __init__(self, sheet: Worksheet, grades: Worksheet) -> None:
        self._sheet, self._grades = sheet, grades
        self._row = 0
        self._styles: dict[str, Any] = {}
        self._rules: dict[tuple[str, ...], DataValidation] = {}

    def write(self, review: ReviewSheet) -> None:
        sheet = self._sheet
        sheet.title = SCORE
        self._line("title", f"{review.title} - {review.name}", height=1.4 * LINE_POINTS)
        self._line("how", HOW, height=2 * LINE_POINTS)
        self._row += 1
        for column, name in HEADS.items():
            self._cell(column, "hidden" if column == ID else "head", name)
        for answer in review.answers:
            self._answer(answer, len(review.answers))
        self._layout()

    def _answer(self, answer: SheetAnswer, total: int) -> None:
        self._row += 1
        self._line("answer", f"Answer {answer.number} of {total}", height=1.4 * LINE_POINTS)
        for label, text in (("Question", answer.question), ("Reference", answer.reference)):
            if text:
                self._text(label, text)
        self._text("Answer", answer.answer)
        for point in answer.points:
            self._point(point)

    def _text(self, label: str, text: str) -> None:
        """A text in as many rows as it takes, each as wide as is good to read."""
        self._line("label", label)
        for piece in pieces(text):
            self._line("text", piece, height=_height(piece, WIDTHS[TITLE] + WIDTHS[WORDS]))

    def _line(self, dress: str, text: str, height: float = LINE_POINTS) -> None:
        self._row += 1
        self._cell(TITLE, dress, text)
        self._sheet.merge_cells(start_row=self._row, end_row=self._row, start_column=TITLE, end_column=WORDS)
        self._sheet.row_dimensions[self._row].height = min(TALLEST, height)

    def _point(self, point: SheetPoint) -> None:
        self._row += 1
        offered = choices(point)
        words = "\n".join(
            [point.wording, *(f"{name}: {grade.text}" for name, grade in _told(point, offered) if grade.text)]
        ).strip()
        first, *more = fitting(words) or [""]
        self._cell(TITLE, "point", point.title)
        self._cell(WORDS, "words", first)
        self._cell(GRADE, "open", given_choice(point))
        self._cell(REASON, "open", point.reason)
        self._cell(ID, "hidden", point.id)
        self._rule(offered).add(f"{get_column_letter(GRADE)}{self._row}")
        height = max(_height(first, WIDTHS[WORDS]), _height(point.title, WIDTHS[TITLE]))
        self._sheet.row_dimensions[self._row].height = min(TALLEST, height)
        for piece in more:
            self._row += 1
            self._cell(WORDS, "text", piece)
            self._sheet.row_dimensions[self._row].height = min(TALLEST, _height(piece, WIDTHS[WORDS]))

    def _rule(self, offered: tuple[str, ...]) -> DataValidation:
        """The list to choose from; its choices stand on a sheet of their own, as Excel takes no long lists."""
        if offered not in self._rules:
            column = len(self._rules) + 1
            for row, name in enumerate(offered, start=1):
                self._grades.cell(row, column, cell_text(name)).data_type = "s"
            letter = get_column_letter(column)
            rule = DataValidation("list", formula1=f"{GRADES}!${letter}$1:${letter}${len(offered)}")
            rule.allow_blank = True
            rule.errorTitle, rule.error = (
                "Your grade",
                cell_text(f"Choose one of: {', '.join(offered)}.")[:225],
            )
            rule.showErrorMessage = True
            self._sheet.add_data_validation(rule)
            self._rules[offered] = rule
        return self._rules[offered]

    def _cell(self, column: int, dress: str, text: str) -> None:
        cell: Any = self._sheet.cell(self._row, column)
        if dress not in self._styles:
            cell.alignment = Alignment(vertical="top", wrap_text=dress != "hidden")
            for name, value in DRESS[dress].items():
                setattr(cell, name, value)
            self._styles[dress] = cell._style
        cell._style = copy(self._styles[dress])  # dressing each cell anew takes seven times as long
        if text:
            cell.value = cell_text(text)
            cell.data_type = "s"  # also where it begins like a formula
            if text.startswith(("=", "+", "-", "@", "'")):
                cell.quotePrefix = True

    def _layout(self) -> None:
        sheet = self._sheet
        for column, width in WIDTHS.items():
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.column_dimensions[get_column_letter(ID)].hidden = True
        sheet.freeze_panes = f"A{HEAD_ROW + 1}"
        sheet.protection.sheet = True  # without a password: a hand rail, not a lock
        for freedom in ("formatCells", "formatColumns", "formatRows"):
            setattr(sheet.protection, freedom, False)
        self._grades.sheet_state = "hidden"
        self._grades.protection.sheet = True
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True  # pyright: ignore[reportOptionalMemberAccess]


def pieces(text: str) -> Iterator[str]:
    """The paragraphs of a text, long ones in parts at a space where there is one; blank lines are left out."""
    for paragraph in text.replace("\r\n", "\n").split("\n"):
        rest = paragraph.rstrip()
        while len(rest) > LONGEST_PIECE:
            space = rest.rfind(" ", LONGEST_PIECE // 2, LONGEST_PIECE)
            cut = space if space > 0 else LONGEST_PIECE
            yield rest[:cut]
            rest = rest[cut:].lstrip(" ")
        if rest.strip():
            yield rest


def fitting(text: str) -> list[str]:
    """A point's words in parts that a row can show, broken between lines where that is possible."""
    found: list[str] = []
    for piece in pieces(text):
        longer = f"{found[-1]}\n{piece}" if found else piece
        if found and len(longer) <= LONGEST_PIECE and _height(longer, WIDTHS[WORDS]) <= TALLEST:
            found[-1] = longer
        else:
            found.append(piece)
    return found


def _told(point: SheetPoint, offered: Sequence[str]) -> Iterator[tuple[str, Any]]:
    return zip(offered, point.grades, strict=False)


def _height(text: str, width: int) -> float:
    """Points for a text, by its letters: not every program works it out on opening."""
    return LINE_POINTS * sum(1 + len(line) // width for line in text.split("\n"))


def _about(sheet: Worksheet, review: ReviewSheet) -> None:
    for row, (label, text) in enumerate(
        ((ROUND_LABEL, review.round), (PERSON_LABEL, review.person)), start=1
    ):
        sheet.cell(row, 1, label)
        sheet.cell(row, 2, text).data_type = "s"
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True
